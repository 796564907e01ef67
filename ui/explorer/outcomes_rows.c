#include "ui/explorer/outcomes_rows.h"

#include "base/i18n.h"
#include "base/text.h"
#include "chart/words.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *key, *name;
} sorts[OUTCOMES_SORTS] = {
    [OUTCOMES_FILE] = {"file", N_("order of the study")},
    [OUTCOMES_NAME] = {"name", N_("name of the outcome")},
    [OUTCOMES_TESTED] = {"tested", N_("pairs tested")},
    [OUTCOMES_NOMINAL] = {"nominal", N_("pairs with p < .05")},
    [OUTCOMES_SIGNIFICANT] = {"significant", N_("pairs with q < .05")},
};

const char *outcomes_sort_key(enum outcomes_sort sort)
{
    return sorts[sort].key;
}

const char *outcomes_sort_name(enum outcomes_sort sort)
{
    return gettext(sorts[sort].name);
}

bool outcomes_sort_of(const char *key, enum outcomes_sort *sort)
{
    for (int i = 0; i < OUTCOMES_SORTS; i++) {
        if (strcmp(sorts[i].key, key) == 0) {
            *sort = (enum outcomes_sort)i;
            return true;
        }
    }
    return false;
}

enum { OF_OUTCOME, OF_DIRECTION, OF_UNIT, OF_N, OF_TESTED, OF_NOMINAL, OF_SIGNIFICANT };

static const char *const directions[] = {"forward", "reverse", NULL};

static const struct expression_column columns[] = {
    {"outcome", EXPRESSION_TEXT, NULL, OF_OUTCOME},
    {"direction", EXPRESSION_WORD, directions, OF_DIRECTION},
    {"unit", EXPRESSION_TEXT, NULL, OF_UNIT},
    {"n", EXPRESSION_NUMBER, NULL, OF_N},
    {"tested", EXPRESSION_NUMBER, NULL, OF_TESTED},
    {"nominal", EXPRESSION_NUMBER, NULL, OF_NOMINAL},
    {"significant", EXPRESSION_NUMBER, NULL, OF_SIGNIFICANT},
};

const struct expression_column *outcomes_columns(size_t *count)
{
    *count = sizeof columns / sizeof columns[0];
    return columns;
}

static struct expression_value value_of(const void *data, int id)
{
    const struct outcomes_row *row = data;
    struct expression_value value = {NAN, NULL};
    switch (id) {
    case OF_OUTCOME:
        value.text = row->trait->name;
        break;
    case OF_DIRECTION:
        value.text = directions[row->direction == FORWARD ? 0 : 1];
        break;
    case OF_UNIT:
        value.text = trait_unit_key(row->trait->unit);
        break;
    case OF_N:
        value.number = row->trait->n;
        break;
    case OF_TESTED:
        value.number = row->is_counted ? (double)row->count.tested : NAN;
        break;
    case OF_NOMINAL:
        value.number = row->is_counted ? (double)row->count.nominal : NAN;
        break;
    default:
        value.number = row->is_counted ? (double)row->count.significant : NAN;
        break;
    }
    return value;
}

static bool passes(const struct outcomes_row *row, const struct filter *filter)
{
    struct expression_row of = {row, value_of};
    return filter == NULL ||
           (filter->expression != NULL
                ? expression_holds(filter->expression, &of)
                : text_contains_fold(row->trait->name, filter->text) ||
                      text_contains_fold(row->trait->key, filter->text) ||
                      text_contains_fold(direction_key(row->direction), filter->text) ||
                      text_contains_fold(words_direction(row->direction), filter->text));
}

static void add_row(const struct state *state, size_t outcome, enum direction direction,
                    const struct filter *filter, struct array *rows)
{
    struct outcomes_row row = {
        .outcome = outcome, .direction = direction, .trait = state->study->outcomes[outcome]};
    if (state_results(state) != NULL) {
        row.count = results_count_of(state_results(state), row.trait->key, direction);
        row.is_counted = row.count.analysed >= row.count.pairs;
    }
    if (passes(&row, filter)) {
        *(struct outcomes_row *)array_add(rows) = row;
    }
}

/* Whether `one` goes below `other`; NAN never does. */
static bool goes_below(const struct outcomes_row *one, const struct outcomes_row *other,
                       enum outcomes_sort sort)
{
    static const int ids[] = {[OUTCOMES_TESTED] = OF_TESTED,
                              [OUTCOMES_NOMINAL] = OF_NOMINAL,
                              [OUTCOMES_SIGNIFICANT] = OF_SIGNIFICANT};
    switch (sort) {
    case OUTCOMES_FILE:
        return false;
    case OUTCOMES_NAME:
        return strcmp(one->trait->name, other->trait->name) > 0;
    default:
        return value_of(one, ids[sort]).number < value_of(other, ids[sort]).number;
    }
}

/* By insertion: rows that are alike stay in the study's order. */
static void sort_rows(struct array *rows, enum outcomes_sort sort, bool is_turned)
{
    for (size_t i = 1; i < rows->count; i++) {
        struct outcomes_row row = *(struct outcomes_row *)array_at(rows, i);
        size_t at = i;
        for (; at > 0; at--) {
            const struct outcomes_row *above = array_at(rows, at - 1);
            if (!(is_turned ? goes_below(&row, above, sort) : goes_below(above, &row, sort))) {
                break;
            }
            *(struct outcomes_row *)array_at(rows, at) = *above;
        }
        *(struct outcomes_row *)array_at(rows, at) = row;
    }
}

void outcomes_rows(const struct state *state, enum outcomes_sort sort, bool is_turned,
                   const struct filter *filter, struct array *rows)
{
    const struct study *study = state->study;
    array_clear(rows);
    for (size_t i = 0; i < study->outcome_count; i++) {
        for (int direction = FORWARD; direction <= REVERSE; direction++) {
            if (study->has_direction[direction]) {
                add_row(state, i, (enum direction)direction, filter, rows);
            }
        }
    }
    sort_rows(rows, sort, is_turned);
}
