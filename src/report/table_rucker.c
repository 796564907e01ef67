#include "base/i18n.h"
#include "diagnose/rucker.h"
#include "report/kinds.h"
#include <math.h>

static const char *const columns[] = {"exposure", "outcome",  "direction", "model", "nsnp",
                                      "Q",        "Q_df",     "Q_pval",    "b",     "se",
                                      "pval",     "selected", "note",      NULL};

static void open_row(struct table_writer *writer, const struct pair *pair, const char *model,
                     size_t variants)
{
    kind_pair_cells(writer, pair);
    table_text(writer, model);
    kind_count(writer, variants);
}

static void missing_cells(struct table_writer *writer, int count)
{
    for (int i = 0; i < count; i++) {
        table_text(writer, NULL);
    }
}

static void test_row(struct table_writer *writer, const struct pair *pair, const char *name,
                     const struct rucker_test *test, size_t variants)
{
    open_row(writer, pair, name, variants);
    table_number(writer, test->q);
    table_number(writer, test->df);
    table_number(writer, test->p);
    missing_cells(writer, 4);
    table_text(writer, estimate_ld_warning(pair));
    table_end_row(writer);
}

static void effect_cells(struct table_writer *writer, const struct rucker_model *model)
{
    missing_cells(writer, 3);
    table_number(writer, model->b);
    table_number(writer, model->se);
    table_probability(writer, model->p, model->neglog10_p);
}

static void model_row(struct table_writer *writer, const struct pair *pair,
                      const struct rucker *rucker, enum rucker_kind kind)
{
    open_row(writer, pair, rucker_name(kind), rucker->variants);
    effect_cells(writer, &rucker->models[kind]);
    table_flag(writer, kind == rucker->selected);
    table_text(writer, estimate_ld_warning(pair));
    table_end_row(writer);
}

/* The answer of the selected model, and which it is. */
static void selected_row(struct table_writer *writer, const struct pair *pair, const char *name,
                         const struct rucker *rucker, const char *removed)
{
    struct text note = {0};

    text_addf(&note, _("model %c, %s"), rucker_letter(rucker->selected),
              rucker_name(rucker->selected));
    text_add(&note, removed);
    if (isnan(rucker->models[rucker->selected].se)) {
        text_addf(&note, "; %s", _("the fit is perfect, so that there is no standard error"));
    }
    if (estimate_ld_warning(pair) != NULL) {
        text_addf(&note, "; %s", estimate_ld_warning(pair));
    }
    open_row(writer, pair, name, rucker->variants);
    effect_cells(writer, &rucker->models[rucker->selected]);
    table_flag(writer, true);
    table_text(writer, note.bytes);
    table_end_row(writer);
    text_drop(&note);
}

static void unknown_row(struct table_writer *writer, const struct pair *pair, const char *name,
                        const struct rucker *rucker)
{
    open_row(writer, pair, name, rucker->variants);
    missing_cells(writer, 7);
    table_text(writer, rucker->note);
    table_end_row(writer);
}

static void trimmed_row(struct table_writer *writer, const struct pair *pair,
                        const struct rucker_trimmed *trimmed)
{
    struct text removed = {0};
    size_t said = 0;

    if (trimmed->rucker.note != NULL) {
        unknown_row(writer, pair, "Rucker (CD)", &trimmed->rucker);
        return;
    }
    for (size_t j = 0; j < pair->count; j++) {
        if (trimmed->is_removed[j]) {
            text_addf(&removed, "%s%s", said++ == 0 ? _("; without ") : " ",
                      pair_variant(pair, j));
        }
    }
    if (said == 0) {
        text_add(&removed, _("; no variant removed"));
    }
    selected_row(writer, pair, "Rucker (CD)", &trimmed->rucker, removed.bytes);
    text_drop(&removed);
}

static void rows_of(const struct analysis *analysis, struct table_writer *writer,
                    struct arena *arena)
{
    const struct pair *pair = analysis->pair;
    struct rucker rucker = rucker_of(pair, &analysis->settings, arena);
    struct rucker_trimmed trimmed;

    if (rucker.note != NULL) {
        unknown_row(writer, pair, "Rucker", &rucker);
        return;
    }
    test_row(writer, pair, "Q_ivw", &rucker.ivw, pair->count);
    test_row(writer, pair, "Q_egger", &rucker.egger, pair->count);
    test_row(writer, pair, "Q_diff", &rucker.difference, pair->count);
    for (int kind = 0; kind < RUCKER_MODELS; kind++) {
        model_row(writer, pair, &rucker, (enum rucker_kind)kind);
    }
    selected_row(writer, pair, "Rucker", &rucker, "");
    trimmed = rucker_trimmed_of(pair, &analysis->settings, arena, arena);
    trimmed_row(writer, pair, &trimmed);
}

static void fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis_with_memory(results, writer, rows_of);
}

const struct table_kind table_rucker = {
    .key = "rucker",
    .columns = columns,
    .shows = N_("Ruecker's choice between IVW and MR Egger, fixed and random"),
    .fill = fill,
};
