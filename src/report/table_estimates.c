#include "base/i18n.h"
#include "report/kinds.h"

static const char *const columns[] = {
    "exposure", "outcome", "direction", "method",   "nsnp",     "b",   "se",   "pval",
    "lo_ci",    "up_ci",   "or",        "or_lci95", "or_uci95", "key", "note", NULL};

/* The default set holds methods that exclude each other (one variant, several); then only
 * those that apply to a pair are rows of it. Who names methods gets a row for each. */
static bool is_default_set(const struct results_options *options)
{
    size_t count, defaults = 0;
    const struct method *const *methods = methods_all(&count);
    for (size_t i = 0; i < count; i++) {
        defaults += methods[i]->is_default;
    }
    for (size_t i = 0; i < options->method_count; i++) {
        if (!options->methods[i]->is_default) {
            return false;
        }
    }
    return options->method_count == defaults;
}

static void add_row(struct table_writer *writer, const struct analysis *analysis,
                    const struct estimate *estimate)
{
    kind_pair_cells(writer, analysis->pair);
    table_text(writer, estimate->method->name);
    kind_count(writer, estimate->variants);
    kind_effect_cells(writer, estimate, analysis->settings.level);
    table_text(writer, estimate->method->key);
    table_text(writer, estimate->note);
    table_end_row(writer);
}

static bool is_row(const struct estimate *estimate, size_t variants, bool only_fitting)
{
    size_t most = estimate->method->most;
    return !only_fitting || most == 0 || variants <= most;
}

static void fill(const struct results *results, struct table_writer *writer)
{
    bool only_fitting = is_default_set(&results->options);
    for (size_t i = 0; i < results->study->pair_count; i++) {
        const struct analysis *analysis = results->pairs[i].analysis;
        for (size_t j = 0; analysis != NULL && j < analysis->estimate_count; j++) {
            if (is_row(&analysis->estimates[j], analysis->pair->count, only_fitting)) {
                add_row(writer, analysis, &analysis->estimates[j]);
            }
        }
    }
}

const struct table_kind table_estimates = {
    .key = "estimates",
    .columns = columns,
    .shows = N_("what each method says of each pair, as effect and as odds ratio"),
    .fill = fill,
};
