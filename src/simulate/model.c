#include "base/i18n.h"
#include "gwas/rows.h"
#include "simulate/simulate.h"
#include <math.h>
#include <string.h>

/* The columns of a model. */
enum { MODEL_KEY, MODEL_EXPOSURE, MODEL_OUTCOME, MODEL_SNP, MODEL_VALUE, MODEL_COLUMNS };
static const char *const model_columns[MODEL_COLUMNS] = {"key", "exposure", "outcome", "SNP",
                                                         "value"};

/* A row of it, and where complaints about it go. */
struct model_row {
    const char *text[MODEL_COLUMNS]; /* NULL: missing */
    double value;
    const struct rows *rows;
    struct error *error;
};

static bool complain(const struct model_row *row, int column, const char *what)
{
    return error_set(row->error, ERROR_DATA, rows_name(row->rows), rows_line(row->rows),
                     model_columns[column], "%s", what);
}

static struct simulate_target *target_of(struct simulate_model *model, const char *key,
                                         struct arena *arena)
{
    for (size_t i = 0; i < model->targets.count; i++) {
        struct simulate_target *target = array_at(&model->targets, i);
        if (strcmp(target->key, key) == 0) {
            return target;
        }
    }
    struct simulate_target *target = array_add(&model->targets);
    *target = (struct simulate_target){arena_text(arena, key), NAN, NAN};
    return target;
}

static bool add_effect(struct simulate_model *model, const struct model_row *row,
                       struct arena *arena)
{
    const char *exposure = row->text[MODEL_EXPOSURE], *outcome = row->text[MODEL_OUTCOME];
    if (exposure == NULL || outcome == NULL) {
        return complain(row, exposure == NULL ? MODEL_EXPOSURE : MODEL_OUTCOME,
                        _("found nothing; name the trait"));
    }
    const char *key = arena_format(arena, "%s\x1f%s", exposure, outcome);
    if (!map_set(model->effect_of, key, model->effects.count)) {
        return complain(row, MODEL_EXPOSURE, _("found the same effect again; keep one"));
    }
    *(struct simulate_effect *)array_add(&model->effects) = (struct simulate_effect){
        arena_text(arena, exposure), arena_text(arena, outcome), row->value};
    return true;
}

static bool add_size(struct simulate_model *model, const struct model_row *row, bool are_cases,
                     struct arena *arena)
{
    if (row->text[MODEL_OUTCOME] == NULL) {
        return complain(row, MODEL_OUTCOME, _("found nothing; name the trait"));
    }
    struct simulate_target *target = target_of(model, row->text[MODEL_OUTCOME], arena);
    *(are_cases ? &target->cases : &target->n) = row->value;
    return true;
}

static bool add_pleiotropic(struct simulate_model *model, const struct model_row *row,
                            struct arena *arena)
{
    if (!map_set(model->is_pleiotropic, row->text[MODEL_SNP], model->pleiotropic.count)) {
        return complain(row, MODEL_SNP, _("found the same variant again; keep one"));
    }
    *(const char **)array_add(&model->pleiotropic) = arena_text(arena, row->text[MODEL_SNP]);
    return true;
}

/* Keys that are about one thing of the whole model; false when it is none of them. */
static bool set_scalar(struct simulate_model *model, const struct model_row *row,
                       struct arena *arena)
{
    const char *key = row->text[MODEL_KEY];
    if (strcmp(key, "seed") == 0) {
        model->seed = (uint64_t)row->value;
    } else if (strcmp(key, "missing") == 0) {
        model->missing = row->value;
    } else if (strcmp(key, "pleiotropy_sd") == 0) {
        model->pleiotropy_sd = row->value;
    } else if (strcmp(key, "instruments") == 0 && row->text[MODEL_EXPOSURE] != NULL) {
        model->exposure = arena_text(arena, row->text[MODEL_EXPOSURE]);
    } else {
        return false;
    }
    return true;
}

/* What is wrong with a number of the whole model, or NULL. */
static const char *scalar_refusal(const char *key, double value)
{
    static const double MOST_SEED = 9007199254740992.0; /* whole numbers are exact up to it */
    if (strcmp(key, "seed") == 0 &&
        !(value >= 0 && value <= MOST_SEED && value == floor(value))) {
        return _("found no seed; write a whole number, 0 or more");
    }
    if (strcmp(key, "missing") == 0 && !(value >= 0 && value < 1)) {
        return _("found no share; write 0 or more, below 1");
    }
    return strcmp(key, "pleiotropy_sd") == 0 && value < 0
               ? _("found a negative SD; write 0 or more")
               : NULL;
}

static bool apply(struct simulate_model *model, const struct model_row *row,
                  struct arena *arena)
{
    const char *key = row->text[MODEL_KEY];
    bool needs_value =
        key != NULL && strcmp(key, "pleiotropic") != 0 && strcmp(key, "instruments") != 0;
    if (needs_value && (isnan(row->value) || isinf(row->value))) {
        return complain(row, MODEL_VALUE, _("found no number; write one"));
    }
    if (key != NULL && strcmp(key, "effect") == 0) {
        return add_effect(model, row, arena);
    }
    if (key != NULL && (strcmp(key, "n") == 0 || strcmp(key, "cases") == 0)) {
        return row->value > 0 ? add_size(model, row, key[0] == 'c', arena)
                              : complain(row, MODEL_VALUE, _("found no size; write how many"));
    }
    if (key != NULL && strcmp(key, "pleiotropic") == 0 && row->text[MODEL_SNP] != NULL) {
        return add_pleiotropic(model, row, arena);
    }
    if (key != NULL && scalar_refusal(key, row->value) != NULL) {
        return complain(row, MODEL_VALUE, scalar_refusal(key, row->value));
    }
    if (key != NULL && set_scalar(model, row, arena)) {
        return true;
    }
    return complain(row, MODEL_KEY,
                    _("found no such key, or one without its trait or variant; write seed, n, "
                      "cases, missing, instruments, effect, pleiotropic or pleiotropy_sd"));
}

static bool read_rows(struct rows *rows, struct arena *arena, struct simulate_model *model,
                      struct error *error)
{
    size_t columns[MODEL_COLUMNS];
    if (!rows_find_columns(rows, model_columns, MODEL_COLUMNS, columns,
                           _("found no such column; add it"), error)) {
        return false;
    }
    const char *const *cells;
    enum read_result result;
    while ((result = rows_next(rows, &cells, error)) == READ_ROW) {
        struct model_row row = {.rows = rows, .error = error};
        for (int i = 0; i < MODEL_COLUMNS; i++) {
            const char *cell = cells[columns[i]];
            row.text[i] = rows_is_missing(cell, true) ? NULL : cell;
        }
        if (!rows_number(cells[columns[MODEL_VALUE]], &row.value)) {
            return complain(&row, MODEL_VALUE, _("found no number; write one"));
        }
        if (!apply(model, &row, arena)) {
            return false;
        }
    }
    return result == READ_END;
}

bool simulate_model_read(const char *path, struct arena *arena, struct simulate_model *model,
                         struct error *error)
{
    *model = (struct simulate_model){.exposure = "exposure",
                                     .targets = ARRAY_OF(struct simulate_target),
                                     .effects = ARRAY_OF(struct simulate_effect),
                                     .effect_of = map_create(),
                                     .pleiotropic = ARRAY_OF(const char *),
                                     .is_pleiotropic = map_create()};
    struct rows *rows;
    bool is_read = false;
    if (rows_open(path, &rows, error)) {
        is_read = read_rows(rows, arena, model, error);
        rows_close(rows);
    }
    if (!is_read) {
        simulate_model_destroy(model);
    }
    return is_read;
}

void simulate_model_destroy(struct simulate_model *model)
{
    array_destroy(&model->targets);
    array_destroy(&model->effects);
    map_destroy(model->effect_of);
    array_destroy(&model->pleiotropic);
    map_destroy(model->is_pleiotropic);
}

bool simulate_model_add_taxa(const char *path, struct arena *arena,
                             struct simulate_model *model, struct error *error)
{
    static const char *const names[2] = {"taxon", "n"};
    size_t columns[2];
    struct rows *rows;
    if (!rows_open(path, &rows, error)) {
        return false;
    }
    const char *const *cells;
    enum read_result result = READ_ERROR;
    if (rows_find_columns(rows, names, 2, columns, _("found no such column; add it"), error)) {
        while ((result = rows_next(rows, &cells, error)) == READ_ROW) {
            double n;
            if (!rows_number(cells[columns[1]], &n) || !(n > 0)) {
                error_set(error, ERROR_DATA, rows_name(rows), rows_line(rows), "n",
                          _("found \"%s\"; write how many people"), cells[columns[1]]);
                result = READ_ERROR;
                break;
            }
            target_of(model, cells[columns[0]], arena)->n = n;
        }
    }
    rows_close(rows);
    return result == READ_END;
}
