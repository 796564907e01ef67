#include "base/i18n.h"
#include "report/kinds.h"
#include <math.h>

static const char *const directionality_columns[] = {
    "exposure",       "outcome",
    "direction",      "snp_r2.exposure",
    "snp_r2.outcome", "correct_causal_direction",
    "steiger_pval",   "sensitivity_ratio",
    "nsnp_steiger",   "b_steiger",
    "se_steiger",     "pval_steiger",
    "note",           NULL};

/* Whether and how surely the direction is right. */
static void steiger_cells(struct table_writer *writer, const struct steiger *steiger)
{
    table_number(writer, steiger->r2_exposure);
    table_number(writer, steiger->r2_outcome);
    if (steiger->is_known) {
        table_flag(writer, steiger->is_correct);
    } else {
        table_text(writer, NULL);
    }
    table_probability(writer, steiger->is_known ? steiger->p : NAN, steiger->neglog10_p);
}

static void add_note(struct text *note, const char *label, const char *more)
{
    if (more != NULL) {
        text_addf(note, "%s%s%s", note->length == 0 ? "" : "; ", label, more);
    }
}

/* Everything that must be known to read a row; nothing prints NA. */
static void note_cell(struct table_writer *writer, const struct steiger *steiger,
                      const struct steiger_filter *filter)
{
    struct text note = {0};

    add_note(&note, "", steiger->note);
    add_note(&note, _("exposure: "), steiger->exposure_note);
    add_note(&note, _("outcome: "), steiger->outcome_note);
    if (filter->unknown > 0 && filter->kept > 0) {
        add_note(&note, "", _("variants of unknown direction are not among nsnp_steiger"));
    }
    table_text(writer, note.length == 0 ? NULL : note.bytes);
    text_drop(&note);
}

static void directionality_row(const struct analysis *analysis, struct table_writer *writer,
                               struct arena *arena)
{
    const struct pair *pair = analysis->pair;
    struct steiger_filter filter = steiger_filter_of(pair, &analysis->settings, arena, arena);
    bool is_unknown = filter.unknown == pair->count;

    kind_pair_cells(writer, pair);
    steiger_cells(writer, &analysis->steiger);
    table_number(writer, analysis->steiger.sensitivity_ratio);
    table_number(writer, is_unknown ? NAN : (double)filter.kept);
    table_number(writer, filter.estimate.b);
    table_number(writer, filter.estimate.se);
    table_probability(writer, filter.estimate.p, filter.estimate.neglog10_p);
    note_cell(writer, &analysis->steiger, &filter);
    table_end_row(writer);
}

static void directionality_fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis_with_memory(results, writer, directionality_row);
}

const struct table_kind table_directionality = {
    .key = "directionality",
    .columns = directionality_columns,
    .shows = N_("Steiger's test: do the variants explain more of the exposure? IVW of those "
                "that do"),
    .fill = directionality_fill,
};

static const char *const steiger_columns[] = {"exposure",    "outcome",      "direction",
                                              "SNP",         "r2.exposure",  "r2.outcome",
                                              "steiger_dir", "steiger_pval", NULL};

static void steiger_rows(const struct analysis *analysis, struct table_writer *writer)
{
    const struct pair *pair = analysis->pair;

    for (size_t j = 0; j < pair->count; j++) {
        struct steiger steiger = steiger_of_variant(pair, j, &analysis->settings);

        kind_pair_cells(writer, pair);
        table_text(writer, pair_variant(pair, j));
        steiger_cells(writer, &steiger);
        table_end_row(writer);
    }
}

static void steiger_fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis(results, writer, steiger_rows);
}

const struct table_kind table_steiger = {
    .key = "steiger",
    .columns = steiger_columns,
    .shows = N_("Steiger's test of each variant"),
    .fill = steiger_fill,
};
