#include "ui/explorer/expression_steps.h"

#include "base/memory.h"
#include "base/text.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

bool expression_is_meant(const char *text)
{
    text += strspn(text, " \t");
    return *text == '!' || strpbrk(text, "<>=~&|") != NULL || strstr(text, "≤") != NULL ||
           strstr(text, "≥") != NULL || strstr(text, "≠") != NULL;
}

struct expression *expression_create(const char *text, const struct expression_column *columns,
                                     size_t count, char **said)
{
    struct expression *expression = memory_get(1, sizeof *expression);
    expression->arena = arena_create();
    expression->steps = ARRAY_OF(struct expression_step);
    if (expression_parse(expression, text, columns, count, said)) {
        return expression;
    }
    expression_destroy(expression);
    return NULL;
}

void expression_destroy(struct expression *expression)
{
    if (expression != NULL) {
        array_destroy(&expression->steps);
        arena_destroy(expression->arena);
        memory_free(expression);
    }
}

static bool number_holds(double value, enum expression_sign sign, double other)
{
    if (isnan(other)) {
        return sign == SIGN_EQUAL ? isnan(value) : !isnan(value);
    }
    switch (sign) {
    case SIGN_LESS:
        return value < other;
    case SIGN_LESS_EQUAL:
        return value <= other;
    case SIGN_MORE:
        return value > other;
    case SIGN_MORE_EQUAL:
        return value >= other;
    case SIGN_EQUAL:
        return value >= other && value <= other;
    case SIGN_NOT_EQUAL:
        return value < other || value > other;
    case SIGN_CONTAINS:
        break;
    }
    return false;
}

static bool text_holds(const char *value, enum expression_sign sign, const char *other)
{
    if (other == NULL) {
        return (value == NULL) == (sign == SIGN_EQUAL);
    }
    if (value == NULL) {
        return false;
    }
    return sign == SIGN_CONTAINS ? text_contains_fold(value, other)
                                 : text_equal_fold(value, other) == (sign == SIGN_EQUAL);
}

static bool compare(const struct expression_step *step, const struct expression_row *row)
{
    struct expression_value value = row->value(row->row, step->column.id);
    return step->column.kind == EXPRESSION_NUMBER
               ? number_holds(value.number, step->sign, step->number)
               : text_holds(value.text, step->sign, step->text);
}

bool expression_holds(const struct expression *expression, const struct expression_row *row)
{
    uint64_t truths = 0; /* the lowest bit is the top of the stack */
    for (size_t i = 0; i < expression->steps.count; i++) {
        const struct expression_step *step = array_at(&expression->steps, i);
        switch (step->kind) {
        case STEP_COMPARE:
            truths = truths << 1 | (uint64_t)compare(step, row);
            break;
        case STEP_NOT:
            truths ^= 1;
            break;
        case STEP_AND:
            truths = truths >> 1 & (truths | ~UINT64_C(1));
            break;
        case STEP_OR:
            truths = truths >> 1 | (truths & 1);
            break;
        }
    }
    return (truths & 1) != 0;
}
