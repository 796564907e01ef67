#include "chart/study_charts.h"

#include "base/i18n.h"
#include "base/map.h"
#include "chart/family.h"
#include "chart/plane.h"
#include "instrument/instrument.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Human chromosomes 1 to 22, X, Y and the mitochondrion; whatever else there is comes last. */
enum { SEX_X = 23, SEX_Y, MITOCHONDRION, OTHERS, CHROMOSOMES };
static const double GENOME_WIDE = 5e-8;

/* Their lengths in megabases, rounded up, so that they stand as wide as they are long. */
static const double lengths[CHROMOSOMES] = {0,   250, 244, 199, 192, 182, 172, 160, 147,
                                            142, 136, 136, 134, 116, 108, 103, 91,  84,
                                            81,  60,  65,  49,  52,  157, 60,  5,   60};

struct instrument {
    const struct association *association;
    struct identity of;
    double neglog10_p;
    int chromosome; /* 0: none, or no position */
};

/* All of them, and how many have no place on a chromosome. */
struct genome {
    struct instrument *instruments;
    size_t count, lost, exposures;
    double start[CHROMOSOMES], length[CHROMOSOMES];
};

static int chromosome_of(const struct association *association)
{
    const char *name = association->chromosome;
    if (name == NULL || *name == '\0' || !isfinite(association->position)) {
        return 0;
    }
    name += strncasecmp(name, "chr", 3) == 0 ? 3 : 0;
    long number = strtol(name, NULL, 10);
    if (number >= 1 && number <= MITOCHONDRION) {
        return (int)number;
    }
    return strcasecmp(name, "X") == 0             ? SEX_X
           : strcasecmp(name, "Y") == 0           ? SEX_Y
           : toupper((unsigned char)*name) == 'M' ? MITOCHONDRION
                                                  : OTHERS;
}

static void add_pair(struct genome *genome, const struct pair *pair, size_t index)
{
    for (size_t i = 0; i < pair->row_count; i++) {
        const struct harmonised *row = &pair->rows[i];
        const struct association *x = row->x_read == NULL ? &row->x : row->x_read;
        struct instrument found = {x,
                                   {OF_ASSOCIATION, row->x.variant, index},
                                   instrument_neglog10_p(x),
                                   chromosome_of(x)};
        if (found.chromosome == 0 || !isfinite(found.neglog10_p)) {
            genome->lost++;
        } else {
            genome->instruments[genome->count++] = found;
        }
    }
}

/* The first pair of each exposure: the others have the same instruments. */
static struct genome collect(const struct family *family, struct arena *arena)
{
    const struct study *study = family->results->study;
    struct genome genome = {0};
    size_t rows = 0;
    for (size_t i = 0; i < family->count; i++) {
        rows += study->pairs[family->pairs[i]]->row_count;
    }
    genome.instruments = arena_get(arena, rows, sizeof *genome.instruments);
    struct map *seen = map_create();
    for (size_t i = 0; i < family->count; i++) {
        size_t unused;
        const struct pair *pair = study->pairs[family->pairs[i]];
        if (pair->row_count > 0 && !map_get(seen, pair->exposure->key, &unused)) {
            map_set(seen, pair->exposure->key, i);
            genome.exposures++;
            add_pair(&genome, pair, family->pairs[i]);
        }
    }
    map_destroy(seen);
    return genome;
}

static int compare(const void *one, const void *other)
{
    const struct instrument *a = one, *b = other;
    double x = a->association->position, y = b->association->position;
    if (a->chromosome != b->chromosome) {
        return a->chromosome - b->chromosome;
    }
    if (x != y) {
        return x < y ? -1 : 1;
    }
    return a->neglog10_p > b->neglog10_p ? -1 : a->neglog10_p < b->neglog10_p;
}

/* Chromosomes that have instruments, one after the other. */
static void lay_out(struct genome *genome)
{
    double at = 0;
    for (size_t i = 0; i < genome->count; i++) {
        const struct instrument *instrument = &genome->instruments[i];
        double *length = &genome->length[instrument->chromosome];
        *length = fmax(fmax(*length, lengths[instrument->chromosome]),
                       instrument->association->position / 1e6);
    }
    for (int i = 1; i < CHROMOSOMES; i++) {
        genome->start[i] = at;
        at += genome->length[i];
    }
}

static const char *name_of(int chromosome, struct arena *arena)
{
    static const char *const names[] = {"X", "Y", "MT", "other"};
    return chromosome < SEX_X ? arena_format(arena, "%d", chromosome)
                              : names[chromosome - SEX_X];
}

/* Names in the middle of chromosomes. */
static void name_chromosomes(struct axis *x, const struct genome *genome, struct arena *arena)
{
    x->ticks = arena_get(arena, CHROMOSOMES, sizeof *x->ticks);
    x->tick_count = 0;
    for (int i = 1; i < CHROMOSOMES; i++) {
        if (genome->length[i] > 0) {
            x->ticks[x->tick_count++] =
                (struct tick){genome->start[i] + 0.5 * genome->length[i], name_of(i, arena)};
        }
    }
}

/* Filled and hollow change from chromosome to chromosome. */
static void add_points(struct build *build, const struct genome *genome)
{
    for (size_t i = 0; i < genome->count; i++) {
        const struct instrument *instrument = &genome->instruments[i];
        double megabases = instrument->association->position / 1e6;
        plane_point(
            build, instrument->of,
            &(struct plane_point){.x = genome->start[instrument->chromosome] + megabases,
                                  .y = instrument->neglog10_p,
                                  .across = NAN,
                                  .up = NAN,
                                  .is_hollow = instrument->chromosome % 2 == 0});
    }
}

static void set_axes(struct build *build, const struct genome *genome)
{
    struct axis *x = &build->chart->x;
    plane_axis(build, PLANE_X, _("chromosome and position"), NAN, false);
    plane_axis(build, PLANE_Y, build->chart->scale, NAN, false);
    if (genome->count == 0) { /* nothing sets the axis */
        build->chart->y.lower = 0;
        build->chart->y.upper = 10;
    }
    x->lower = 0;
    x->upper = fmax(1, genome->start[OTHERS] + genome->length[OTHERS]);
}

/* The line of genome-wide significance, where it is in sight. */
static void add_line(struct build *build)
{
    const struct axis *x = &build->chart->x, *y = &build->chart->y;
    double at = -log10(GENOME_WIDE);
    if (y->lower < at && at < y->upper) {
        plane_line(build, x->lower, at, x->upper, at, 2, "p 5e-8");
    }
}

static const char *sentence_of(const struct genome *genome, struct arena *arena)
{
    size_t strong = 0;
    for (size_t i = 0; i < genome->count; i++) {
        strong += genome->instruments[i].neglog10_p > -log10(GENOME_WIDE);
    }
    const char *seen =
        arena_format(arena,
                     _("Instruments by chromosome: %zu, of exposures: %zu; below "
                       "p 5e-8: %zu."),
                     genome->count, genome->exposures, strong);
    return genome->lost == 0 ? seen
                             : arena_format(arena, _("%s Left out without a position: %zu."),
                                            seen, genome->lost);
}

static struct chart *manhattan(const struct results *results, enum direction direction,
                               const char *disease, const struct chart_options *options,
                               struct arena *arena)
{
    struct family family = family_of(results, direction, disease, options, arena);
    struct genome genome = collect(&family, arena);
    struct build build = plane_start("manhattan", arena);
    struct chart *chart = build.chart;
    if (genome.count > 0) {
        qsort(genome.instruments, genome.count, sizeof *genome.instruments, compare);
    }
    lay_out(&genome);
    add_points(&build, &genome);
    chart->level = results->options.settings.level;
    chart->scale = _("-log10 p of the association with the exposure");
    chart->title = arena_format(
        arena,
        ngettext("%zu instrument · filled and hollow: chromosomes in turn",
                 "%zu instruments · filled and hollow: chromosomes in turn", genome.count),
        genome.count);
    set_axes(&build, &genome);
    add_line(&build);
    chart->sentence = sentence_of(&genome, arena);
    build_note(&build, chart->sentence);
    struct chart *finished = plane_finish(&build);
    name_chromosomes(&finished->x, &genome, arena);
    return finished;
}

const struct study_chart_kind chart_of_manhattan = {
    .key = "manhattan",
    .name = N_("Manhattan"),
    .shows = N_("The instruments along the genome, and how sure their associations are."),
    .function = manhattan,
};
