#include "base/text.h"
#include "chart/study_charts.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/cell.h"
#include "chart/family.h"
#include "chart/words.h"
#include <math.h>
#include <string.h>

/*
 * All taxa round a circle, grouped by phylum, a ring a method: as characters the rings are
 * unrolled into columns.
 */
enum { TAXON, COLUMNS };

static const struct chart_column columns[COLUMNS] = {[TAXON] = {.heading = N_("taxon")}};

/* More rings than these cannot be told apart. */
enum { MOST_RINGS = 8 };

struct rings {
    const struct method *methods[MOST_RINGS]; /* [0]: the main method, or Wald's ratio */
    size_t count, left_out;
};

static bool is_main(const struct method *method)
{
    return strcmp(method->key, "ivw") == 0 || strcmp(method->key, "wald") == 0;
}

/* The main estimate first, then what else was run, as far as it is an effect. */
static struct rings rings_of(const struct results *results)
{
    struct rings rings = {.methods = {methods_find("ivw")}, .count = 1};
    for (size_t i = 0; i < results->options.method_count; i++) {
        const struct method *method = results->options.methods[i];
        if (is_main(method) || method->is_share) {
            continue;
        }
        if (rings.count == MOST_RINGS) {
            rings.left_out++;
        } else {
            rings.methods[rings.count++] = method;
        }
    }
    return rings;
}

static const char *phylum_of(const struct results *results, size_t pair)
{
    return study_taxon(results->study->pairs[pair])->lineage[RANK_PHYLUM];
}

/* The pairs of a family with those of a phylum together, in the order of its first. */
static size_t *grouped(const struct family *family, struct arena *arena)
{
    size_t *order = arena_get(arena, family->count, sizeof *order), filled = 0;
    bool *is_taken = arena_get(arena, family->count, sizeof *is_taken);
    for (size_t first = 0; first < family->count; first++) {
        const char *phylum = phylum_of(family->results, family->pairs[first]);
        for (size_t i = is_taken[first] ? family->count : first; i < family->count; i++) {
            const char *other = phylum_of(family->results, family->pairs[i]);
            if (!is_taken[i] && text_equal(phylum, other)) {
                order[filled++] = family->pairs[i];
                is_taken[i] = true;
            }
        }
    }
    return order;
}

static const struct estimate *estimate_of(const struct results *results, size_t pair,
                                          const struct method *method)
{
    const struct analysis *analysis = results->pairs[pair].analysis;
    if (is_main(method)) {
        return family_main(results, pair);
    }
    for (size_t i = 0; analysis != NULL && i < analysis->estimate_count; i++) {
        const struct estimate *estimate = &analysis->estimates[i];
        if (estimate->method == method) {
            bool is_done = estimate->status == ESTIMATE_DONE && isfinite(estimate->b) &&
                           isfinite(estimate->neglog10_p);
            return is_done ? estimate : NULL;
        }
    }
    return NULL;
}

/* A method that needs more variants than there are leaves its cell blank. */
static void set_cells(struct mark *cells, const struct results *results, size_t pair,
                      const struct rings *rings)
{
    const struct analysis *analysis = results->pairs[pair].analysis;
    for (size_t k = 0; k < rings->count; k++) {
        const struct estimate *estimate = estimate_of(results, pair, rings->methods[k]);
        bool is_blank = k > 0 && estimate == NULL &&
                        (analysis == NULL || analysis->pair->count < rings->methods[k]->least);
        cells[k].of =
            k == 0 ? family_identity(results, pair) : (struct identity){.kind = OF_NOTHING};
        if (!is_blank) {
            cell_set(&cells[k], estimate, k == 0 ? results->pairs[pair].q : NAN);
        }
    }
}

static struct chart_grid *grid_of(const struct rings *rings, struct arena *arena)
{
    struct chart_grid *grid = arena_get(arena, rings->count, sizeof *grid);
    for (size_t k = 0; k < rings->count; k++) {
        grid[k].group = arena_format(arena, "%zu", k + 1);
        grid[k].heading = k == 0 ? _("IVW or Wald") : words_method(rings->methods[k]);
        grid[k].brief = grid[k].heading;
    }
    return grid;
}

/* A row a taxon, and one above each phylum for its name. */
static size_t add_rows(struct build *build, const struct results *results, const size_t *pairs,
                       size_t count, size_t width)
{
    const char *group = NULL;
    size_t row = 0;
    for (size_t i = 0; i < count; i++) {
        const struct trait *taxon = study_taxon(results->study->pairs[pairs[i]]);
        const char *phylum = phylum_of(results, pairs[i]);
        if (phylum != NULL && !text_equal(group, phylum)) {
            build_row(build, ROW_SUMMARY, build_nothing, row++ * width)->cells[TAXON] = phylum;
        }
        group = phylum;
        struct identity of = {OF_TAXON, taxon->key, 0};
        struct chart_row *added = build_row(build, ROW_DATA, of, row++ * width);
        added->cells[TAXON] = words_trait(taxon, build->arena);
        added->group = phylum;
    }
    return row;
}

static struct mark *cells_of(const struct build *build, const struct results *results,
                             const size_t *pairs, const struct rings *rings)
{
    struct mark *cells = cells_empty(build->rows.count * rings->count, build->arena);
    for (size_t row = 0, next = 0; row < build->rows.count; row++) {
        const struct chart_row *at = array_at(&build->rows, row);
        if (at->kind == ROW_DATA) {
            set_cells(&cells[row * rings->count], results, pairs[next++], rings);
        }
    }
    return cells;
}

static const char *ring_names(const struct rings *rings, struct arena *arena)
{
    const char *names = _("rings, outermost first:");
    for (size_t k = 0; k < rings->count; k++) {
        names = arena_format(arena, "%s%s %zu %s", names, k == 0 ? "" : " ·", k + 1,
                             k == 0 ? _("IVW, or Wald ratio of one variant")
                                    : rings->methods[k]->name);
    }
    return names;
}

static void add_words(struct build *build, const struct family *family,
                      const struct rings *rings, const char *disease)
{
    struct arena *arena = build->arena;
    double level = family->results->options.settings.level;
    struct results_count count = results_count_of(family->results, disease, family->direction);
    build->chart->title = arena_format(
        arena, ngettext("%zu taxon by phylum", "%zu taxa by phylum", family->count),
        family->count);
    build->chart->scale = family_scale(family, arena);
    build->chart->level = level;
    build->chart->sentence = family_tests(count, arena);
    build_note(build, build->chart->sentence);
    build_note(build, ring_names(rings, arena));
    build_note(build, cell_legend(level, arena));
    if (rings->left_out > 0) {
        build_note(build,
                   arena_format(arena,
                                ngettext("%zu more method is not drawn.",
                                         "%zu more methods are not drawn.", rings->left_out),
                                rings->left_out));
    }
}

static struct chart *circular_chart(const struct results *results, enum direction direction,
                                    const char *disease, const struct chart_options *options,
                                    struct arena *arena)
{
    struct family family = family_of(results, direction, disease, options, arena);
    struct rings rings = rings_of(results);
    const size_t *pairs = grouped(&family, arena);
    struct build build = build_start("circular", columns, COLUMNS, arena);
    size_t rows = add_rows(&build, results, pairs, family.count, rings.count);
    struct mark *cells = cells_of(&build, results, pairs, &rings);
    add_words(&build, &family, &rings, disease);
    build.chart->x.null = NAN;
    struct chart *chart = build_finish(&build, TAXON);
    chart->marks = cells;
    chart->mark_count = rows * rings.count;
    chart->grid = grid_of(&rings, arena);
    chart->grid_count = rings.count;
    chart->is_circle = true;
    return chart;
}

const struct study_chart_kind chart_of_circular = {
    .key = "circular",
    .name = N_("Circular"),
    .shows = N_("All taxa round a circle by phylum, a ring a method; as text unrolled."),
    .has_methods = true,
    .function = circular_chart,
};
