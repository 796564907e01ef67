#include "ui/explorer/expression_steps.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/rows.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct parser {
    struct expression *expression;
    const char *text, *at;
    const struct expression_column *columns;
    size_t count;
    size_t depth;
    struct text said; /* empty: nothing is wrong so far */
};

static void skip_blanks(struct parser *parser)
{
    parser->at += strspn(parser->at, " \t");
}

/* Letters before a place, and one. */
static size_t letter_of(const struct parser *parser, const char *place)
{
    size_t letter = 1, left = (size_t)(place - parser->text);
    for (const char *at = parser->text; left > 0; letter++) {
        int width;
        size_t taken = text_grapheme(at, left, &width);
        at += taken;
        left -= taken;
    }
    return letter;
}

static bool fail(struct parser *parser, const char *place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Says what is wrong at a place; only the first time. Always false. */
static bool fail(struct parser *parser, const char *place, const char *format, ...)
{
    if (parser->said.length > 0) {
        return false;
    }
    if (*place == '\0') {
        text_add(&parser->said, _("at the end: "));
    } else {
        text_addf(&parser->said, _("at letter %zu: "), letter_of(parser, place));
    }
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t size = (size_t)(length < 0 ? 0 : length) + 1;
    char *rest = memory_get(size, 1);
    va_start(arguments, format);
    (void)vsnprintf(rest, size, format, arguments);
    va_end(arguments);
    text_add(&parser->said, rest);
    memory_free(rest);
    return false;
}

static const char *keep(struct parser *parser, const char *bytes, size_t length)
{
    return arena_bytes(parser->expression->arena, bytes, length);
}

static struct expression_step *add_step(struct parser *parser, enum expression_step_kind kind)
{
    struct expression_step *step = array_add(&parser->expression->steps);
    *step = (struct expression_step){.kind = kind, .number = NAN};
    return step;
}

static bool is_in_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '-' || c == '.';
}

static size_t name_length(const char *text)
{
    size_t length = 0;
    while (is_in_name(text[length])) {
        length++;
    }
    return length;
}

/* Every column's name once. */
static const char *column_names(struct parser *parser)
{
    struct text names = {0};
    for (size_t i = 0; i < parser->count; i++) {
        bool is_new = true;
        for (size_t j = 0; j < i; j++) {
            is_new = is_new && strcmp(parser->columns[i].name, parser->columns[j].name) != 0;
        }
        if (is_new) {
            text_addf(&names, "%s%s", names.length > 0 ? " " : "", parser->columns[i].name);
        }
    }
    const char *kept = keep(parser, names.bytes == NULL ? "" : names.bytes, names.length);
    text_drop(&names);
    return kept;
}

static bool is_named(const struct expression_column *column, const char *name, bool is_exact)
{
    return is_exact ? strcmp(column->name, name) == 0 : text_equal_fold(column->name, name);
}

/* Whether any column has a name exactly, else in other capitals. */
static bool has_column(const struct parser *parser, const char *name, bool is_exact)
{
    for (size_t i = 0; i < parser->count; i++) {
        if (is_named(&parser->columns[i], name, is_exact)) {
            return true;
        }
    }
    return false;
}

struct sign_text {
    const char *text;
    enum expression_sign sign;
};

/* Longer ones first. */
static const struct sign_text signs[] = {
    {"<=", SIGN_LESS_EQUAL}, {">=", SIGN_MORE_EQUAL}, {"==", SIGN_EQUAL},
    {"!=", SIGN_NOT_EQUAL},  {"<>", SIGN_NOT_EQUAL},  {"≤", SIGN_LESS_EQUAL},
    {"≥", SIGN_MORE_EQUAL},  {"≠", SIGN_NOT_EQUAL},   {"<", SIGN_LESS},
    {">", SIGN_MORE},        {"=", SIGN_EQUAL},       {"~", SIGN_CONTAINS},
};

static bool take_sign(struct parser *parser, const char *name, enum expression_sign *sign)
{
    skip_blanks(parser);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t length = strlen(signs[i].text);
        if (strncmp(parser->at, signs[i].text, length) == 0) {
            *sign = signs[i].sign;
            parser->at += length;
            return true;
        }
    }
    return fail(parser, parser->at, _("write <, <=, >, >=, =, != or ~ after %s"), name);
}

/* A value as it is written, without quotes; *place is where it begins. */
static bool take_value(struct parser *parser, const char *name, const char **value,
                       const char **place, bool *is_quoted)
{
    skip_blanks(parser);
    *place = parser->at;
    *is_quoted = *parser->at == '"' || *parser->at == '\'';
    size_t length;
    if (*is_quoted) {
        length = strcspn(++parser->at, *place[0] == '"' ? "\"" : "'");
        if (parser->at[length] == '\0') {
            return fail(parser, *place, _("close the quotes that begin here"));
        }
        *value = keep(parser, parser->at, length);
        parser->at += length + 1;
        return true;
    }
    length = strcspn(parser->at, "&|()<>=~!\"");
    const char *end = parser->at + length;
    while (length > 0 && (parser->at[length - 1] == ' ' || parser->at[length - 1] == '\t')) {
        length--;
    }
    if (length == 0) {
        return fail(parser, *place, _("write what %s is compared with"), name);
    }
    *value = keep(parser, parser->at, length);
    parser->at = end;
    return true;
}

/* A number, with % a hundredth of it; false when it is none. */
static bool number_of(struct parser *parser, const char *value, double *number)
{
    size_t length = strlen(value);
    bool is_percent = length > 1 && value[length - 1] == '%';
    const char *digits = is_percent ? keep(parser, value, length - 1) : value;
    if (!rows_number(digits, number) || isnan(*number)) {
        return false;
    }
    *number = is_percent ? *number / 100 : *number;
    return true;
}

static const char *word_of(const struct expression_column *column, const char *value)
{
    for (const char *const *word = column->words; *word != NULL; word++) {
        if (text_equal_fold(*word, value)) {
            return *word;
        }
    }
    return NULL;
}

/* "passed, failed or unrun". */
static const char *words_text(struct parser *parser, const struct expression_column *column)
{
    const char *all = "";
    for (const char *const *word = column->words; *word != NULL; word++) {
        const char *between = word == column->words ? "" : word[1] == NULL ? _(" or ") : ", ";
        all = arena_format(parser->expression->arena, "%s%s%s", all, between, *word);
    }
    return all;
}

/* Puts a value into a step of a column; false when it is no value of it. */
static bool fit(struct parser *parser, const struct expression_column *column,
                const char *value, bool is_quoted, struct expression_step *step)
{
    bool is_missing = !is_quoted && text_equal_fold(value, "NA");
    step->column = *column;
    switch (column->kind) {
    case EXPRESSION_NUMBER:
        return is_missing || number_of(parser, value, &step->number);
    case EXPRESSION_TEXT:
        step->text = is_missing ? NULL : value;
        return true;
    case EXPRESSION_WORD:
        step->text = word_of(column, value);
        return step->text != NULL;
    }
    return false;
}

/* The signs that a column is compared with; for NA only whether it is there. */
static bool check_sign(struct parser *parser, const struct expression_step *step,
                       const char *place)
{
    enum expression_sign sign = step->sign;
    bool is_equal = sign == SIGN_EQUAL || sign == SIGN_NOT_EQUAL;
    bool is_number = step->column.kind == EXPRESSION_NUMBER;
    const char *name = step->column.name;
    if (is_equal) {
        return true;
    }
    if (step->column.kind == EXPRESSION_WORD ||
        (is_number ? isnan(step->number) : step->text == NULL)) {
        return fail(parser, place, _("write %s = or %s != here"), name, name);
    }
    if (is_number) {
        return sign != SIGN_CONTAINS ||
               fail(parser, place, _("%s is a number: write <, <=, >, >=, = or !="), name);
    }
    return sign == SIGN_CONTAINS ||
           fail(parser, place, _("%s is a text: write =, != or ~ (contains)"), name);
}

/* No column of the name takes the value: what its first would take. */
static bool fail_value(struct parser *parser, const struct expression_column *column,
                       const char *value, const char *place)
{
    if (column->kind == EXPRESSION_WORD) {
        return fail(parser, place, _("found “%s”; %s is %s"), value, column->name,
                    words_text(parser, column));
    }
    double number;
    size_t first = strcspn(value, " \t");
    if (value[first] != '\0' && number_of(parser, keep(parser, value, first), &number)) {
        return fail(parser, place + first, _("write & or | between two conditions"));
    }
    return fail(parser, place, _("found “%s”; %s is compared with a number, as 0.05 or 5%%"),
                value, column->name);
}

/* The name that a comparison begins with, as far as there is such a column. */
static bool take_name(struct parser *parser, const char **name, bool *is_exact)
{
    const struct expression_column *first = &parser->columns[0];
    size_t length = name_length(parser->at);
    *name = keep(parser, parser->at, length);
    *is_exact = has_column(parser, *name, true);
    if (length == 0) {
        return fail(parser, parser->at, _("write a condition such as %s %s; there are %s"),
                    first->name, first->kind == EXPRESSION_NUMBER ? "< 0.05" : "~ x",
                    column_names(parser));
    }
    if (!*is_exact && !has_column(parser, *name, false)) {
        return fail(parser, parser->at, _("there is no column “%s”; there are %s"), *name,
                    column_names(parser));
    }
    parser->at += length;
    skip_blanks(parser);
    return true;
}

static bool take_comparison(struct parser *parser)
{
    struct expression_step step = {.kind = STEP_COMPARE, .number = NAN};
    const struct expression_column *first = NULL;
    const char *name, *value = "", *place, *sign_place;
    bool is_quoted, is_exact;
    if (!take_name(parser, &name, &is_exact)) {
        return false;
    }
    sign_place = parser->at;
    if (!take_sign(parser, name, &step.sign) ||
        !take_value(parser, name, &value, &place, &is_quoted)) {
        return false;
    }
    for (size_t i = 0; i < parser->count; i++) {
        const struct expression_column *column = &parser->columns[i];
        if (is_named(column, name, is_exact)) {
            first = first == NULL ? column : first;
            if (fit(parser, column, value, is_quoted, &step)) {
                *add_step(parser, STEP_COMPARE) = step;
                return check_sign(parser, &step, sign_place);
            }
        }
    }
    return fail_value(parser, first, value, place);
}

static bool take_or(struct parser *parser);

static bool take_group(struct parser *parser)
{
    const char *place = parser->at++;
    if (++parser->depth > EXPRESSION_DEEPEST) {
        return fail(parser, place, _("write at most %d parentheses inside of each other"),
                    EXPRESSION_DEEPEST);
    }
    if (!take_or(parser)) {
        return false;
    }
    parser->depth--;
    skip_blanks(parser);
    if (*parser->at != ')') {
        return fail(parser, parser->at, _("close the parenthesis of letter %zu, or write & |"),
                    letter_of(parser, place));
    }
    parser->at++;
    return true;
}

static bool take_any(struct parser *parser)
{
    bool is_negated = false;
    skip_blanks(parser);
    while (*parser->at == '!') {
        is_negated = !is_negated;
        parser->at++;
        skip_blanks(parser);
    }
    if (!(*parser->at == '(' ? take_group(parser) : take_comparison(parser))) {
        return false;
    }
    if (is_negated) {
        (void)add_step(parser, STEP_NOT);
    }
    return true;
}

/* Whether one of `&` `&&` (`|` `||`) stands here; takes it. */
static bool take_joint(struct parser *parser, char sign)
{
    skip_blanks(parser);
    if (*parser->at != sign) {
        return false;
    }
    parser->at += parser->at[1] == sign ? 2 : 1;
    return true;
}

static bool take_and(struct parser *parser)
{
    bool is_good = take_any(parser);
    while (is_good && take_joint(parser, '&')) {
        is_good = take_any(parser);
        (void)add_step(parser, STEP_AND);
    }
    return is_good;
}

static bool take_or(struct parser *parser)
{
    bool is_good = take_and(parser);
    while (is_good && take_joint(parser, '|')) {
        is_good = take_and(parser);
        (void)add_step(parser, STEP_OR);
    }
    return is_good;
}

bool expression_parse(struct expression *expression, const char *text,
                      const struct expression_column *columns, size_t count, char **said)
{
    struct parser parser = {expression, text, text, columns, count, 0, {0}};
    bool is_good = take_or(&parser);
    skip_blanks(&parser);
    if (is_good && *parser.at == ')') {
        is_good = fail(&parser, parser.at, _("take this parenthesis out, or open it before"));
    } else if (is_good && *parser.at != '\0') {
        is_good = fail(&parser, parser.at,
                       _("write & or | between two conditions, or quotes around a text"));
    }
    if (is_good) {
        text_drop(&parser.said);
        return true;
    }
    *said = text_take(&parser.said);
    return false;
}
