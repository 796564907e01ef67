#include "chart/flow_counts.h"

#include "base/i18n.h"
#include "base/map.h"
#include "instrument/instrument.h"
#include "numeric/tail.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double WEAK_F = 10, GENOME_WIDE = 5e-8, NEAR = 10e6;

struct identity flow_counts_identity(int step)
{
    static const char *const keys[FLOW_STEPS] = {
        [FLOW_EXPOSURES] = "exposures",
        [FLOW_WITHOUT] = "without-instrument",
        [FLOW_INSTRUMENTS] = "instruments",
        [FLOW_WEAK] = "weak",
        [FLOW_GENOME_WIDE] = "genome-wide",
        [FLOW_NEAR] = "near",
        [FLOW_PALINDROMIC] = "palindromic-kept",
        [FLOW_NONE] = "no-variant",
        [FLOW_ONE] = "one-variant",
        [FLOW_TWO] = "two-variants",
        [FLOW_MORE] = "more-variants",
        [FLOW_TESTED] = "tested",
        [FLOW_UNTESTED] = "untested",
        [FLOW_NOMINAL] = "nominal",
        [FLOW_SOUND] = "sound",
        [FLOW_FOUND] = "found",
        [FLOW_HOLDS] = "holds",
        [FLOW_PASSED] = "passed",
    };
    const char *key = step < FLOW_STEPS      ? keys[step]
                      : step >= FLOW_READING ? reason_text((enum reason)(step - FLOW_READING))
                                             : reason_text((enum reason)(step - FLOW_LEDGER));
    return (struct identity){OF_COUNT, key, (size_t)step};
}

int flow_counts_step(struct identity of)
{
    return of.kind == OF_COUNT ? (int)of.index : FLOW_STEPS;
}

const char *flow_counts_words(int step)
{
    static const char *const words[FLOW_STEPS] = {
        [FLOW_EXPOSURES] = N_("exposures"),
        [FLOW_WITHOUT] = N_("without an instrument"),
        [FLOW_INSTRUMENTS] = N_("instruments"),
        [FLOW_WEAK] = N_("with F below 10"),
        [FLOW_GENOME_WIDE] = N_("with p < 5e-8"),
        [FLOW_NEAR] = N_("within 10 Mb of another one of their exposure"),
        [FLOW_PALINDROMIC] = N_("palindromic and kept, by frequency or as told"),
        [FLOW_NONE] = N_("pairs without a variant"),
        [FLOW_ONE] = N_("pairs with one variant"),
        [FLOW_TWO] = N_("pairs with two"),
        [FLOW_MORE] = N_("pairs with three or more"),
        [FLOW_TESTED] = N_("pairs tested"),
        [FLOW_UNTESTED] = N_("pairs without an estimate"),
        [FLOW_NOMINAL] = N_("with p < .05"),
        [FLOW_SOUND] = N_("where no check but that of q failed"),
        [FLOW_FOUND] = N_("with q < .05"),
        [FLOW_HOLDS] = N_("where no check failed"),
        [FLOW_PASSED] = N_("where every check could be judged and passed"),
    };
    return step < FLOW_STEPS ? gettext(words[step]) : gettext(flow_counts_identity(step).key);
}

/* Whether no check failed, or with `must_pass` every one passed. That of q is asked where
 * `with_q` is set. */
static bool holds(const struct results *results, size_t pair, bool with_q, bool must_pass)
{
    size_t count;
    const struct diagnostic *const *diagnostics = diagnostics_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (diagnostics[i]->letter == 'F' && !with_q) {
            continue;
        }
        enum judgement judged = results_judge(results, pair, diagnostics[i]);
        if (judged == JUDGE_FAILED || (must_pass && judged != JUDGE_PASSED)) {
            return false;
        }
    }
    return true;
}

static bool has_variants(const struct results *results, size_t pair, int step)
{
    const struct analysis *analysis = results->pairs[pair].analysis;
    size_t count = analysis == NULL ? 0 : analysis->pair->count;
    return step == FLOW_MORE ? count > 2 : count == (size_t)(step - FLOW_NONE);
}

bool flow_counts_pair(const struct results *results, size_t pair, int step)
{
    const struct estimate *estimate = family_main(results, pair);
    double q = results->pairs[pair].q;
    if (step >= FLOW_NONE && step <= FLOW_MORE) {
        return has_variants(results, pair, step);
    }
    if (estimate == NULL) {
        return step == FLOW_UNTESTED;
    }
    switch (step) {
    case FLOW_TESTED:
        return true;
    case FLOW_NOMINAL:
        return estimate->p < RESULTS_LEVEL;
    case FLOW_SOUND:
        return estimate->p < RESULTS_LEVEL && holds(results, pair, false, false);
    case FLOW_FOUND:
        return q < RESULTS_LEVEL;
    case FLOW_HOLDS:
        return q < RESULTS_LEVEL && holds(results, pair, true, false);
    case FLOW_PASSED:
        return q < RESULTS_LEVEL && holds(results, pair, true, true);
    default:
        return false;
    }
}

static const struct association *read_of(const struct harmonised *row)
{
    return row->x_read == NULL ? &row->x : row->x_read;
}

/* A row by where it stands. */
struct placed {
    const char *chromosome;
    double position;
    size_t row;
};

static int compare(const void *one, const void *other)
{
    const struct placed *a = one, *b = other;
    int order = strcmp(a->chromosome, b->chromosome);
    return order != 0 ? order : a->position < b->position ? -1 : a->position > b->position;
}

static void mark_near(const struct pair *pair, bool *counted, struct arena *arena)
{
    struct placed *placed = arena_get(arena, pair->row_count, sizeof *placed);
    size_t count = 0;
    for (size_t i = 0; i < pair->row_count; i++) {
        const struct association *x = read_of(&pair->rows[i]);
        if (x->chromosome != NULL && isfinite(x->position)) {
            placed[count++] = (struct placed){x->chromosome, x->position, i};
        }
    }
    if (count > 0) {
        qsort(placed, count, sizeof *placed, compare);
    }
    for (size_t i = 1; i < count; i++) {
        if (strcmp(placed[i].chromosome, placed[i - 1].chromosome) == 0 &&
            placed[i].position - placed[i - 1].position < NEAR) {
            counted[placed[i].row] = counted[placed[i - 1].row] = true;
        }
    }
}

static bool is_row(const struct harmonised *row, int step)
{
    const struct association *x = read_of(row);
    double neglog10_p =
        isnan(x->neglog10_p) ? tail_normal_two_sided_neglog10(x->beta / x->se) : x->neglog10_p;
    switch (step) {
    case FLOW_INSTRUMENTS:
        return true;
    case FLOW_WEAK:
        return instrument_f(x) < WEAK_F;
    case FLOW_GENOME_WIDE:
        return neglog10_p > -log10(GENOME_WIDE);
    case FLOW_PALINDROMIC:
        return row->is_palindromic && pair_is_usable(row);
    default:
        return false;
    }
}

void flow_counts_rows(const struct pair *pair, int step, bool *counted, struct arena *arena)
{
    memset(counted, 0, pair->row_count * sizeof *counted);
    if (step == FLOW_NEAR) {
        mark_near(pair, counted, arena);
        return;
    }
    for (size_t i = 0; i < pair->row_count; i++) {
        counted[i] = is_row(&pair->rows[i], step);
    }
}

size_t flow_counts_exposures(const struct family *family, size_t **pairs, struct arena *arena)
{
    const struct study *study = family->results->study;
    struct map *seen = map_create();
    size_t count = 0, unused;
    *pairs = arena_get(arena, family->count, sizeof **pairs);
    for (size_t i = 0; i < family->count; i++) {
        const struct pair *pair = study->pairs[family->pairs[i]];
        if (pair->row_count > 0 && !map_get(seen, pair->exposure->key, &unused)) {
            map_set(seen, pair->exposure->key, i);
            (*pairs)[count++] = family->pairs[i];
        }
    }
    map_destroy(seen);
    return count;
}

static void count_rows(struct flow_counts *counts, const struct pair *pair, struct arena *arena)
{
    bool *counted = arena_get(arena, pair->row_count, sizeof *counted);
    for (int step = FLOW_INSTRUMENTS; step <= FLOW_PALINDROMIC; step++) {
        flow_counts_rows(pair, step, counted, arena);
        for (size_t i = 0; i < pair->row_count; i++) {
            counts->of[step] += counted[i];
        }
    }
}

static void count_instruments(struct flow_counts *counts, const struct family *family,
                              struct arena *arena)
{
    const struct study *study = family->results->study;
    size_t *pairs, with = flow_counts_exposures(family, &pairs, arena);
    struct map *variants = map_create();
    counts->least_f = NAN;
    for (size_t i = 0; i < with; i++) {
        const struct pair *pair = study->pairs[pairs[i]];
        count_rows(counts, pair, arena);
        for (size_t j = 0; j < pair->row_count; j++) {
            map_set(variants, pair->rows[j].x.variant, j);
            counts->least_f = fmin(counts->least_f, instrument_f(read_of(&pair->rows[j])));
        }
    }
    counts->variants = map_count(variants);
    map_destroy(variants);
    counts->of[FLOW_EXPOSURES] = family->direction == FORWARD ? study->exposure_count
                                 : family->disease != NULL    ? 1
                                                              : study->outcome_count;
    counts->of[FLOW_WITHOUT] =
        counts->of[FLOW_EXPOSURES] > with ? counts->of[FLOW_EXPOSURES] - with : 0;
}

static void count_pairs(struct flow_counts *counts, const struct family *family)
{
    for (size_t i = 0; i < family->count; i++) {
        for (int step = FLOW_NONE; step < FLOW_STEPS; step++) {
            counts->of[step] += flow_counts_pair(family->results, family->pairs[i], step);
        }
    }
}

static bool is_key(const char *key, const char *wanted)
{
    return key == wanted || (key != NULL && strcmp(key, wanted) == 0);
}

/* Rows dropped while reading are of files, whatever the direction. */
static bool belongs(const struct ledger_entry *entry, enum direction direction,
                    const char *disease)
{
    if (entry->stage == STAGE_READING) {
        return true;
    }
    if (entry->direction != direction) {
        return false;
    }
    bool is_forward_instrument = direction == FORWARD && entry->outcome == NULL;
    return disease == NULL || is_forward_instrument ||
           is_key(direction == FORWARD ? entry->outcome : entry->trait, disease);
}

static int step_of(const struct ledger_entry *entry)
{
    return (entry->stage == STAGE_READING ? FLOW_READING : FLOW_LEDGER) + (int)entry->reason;
}

bool flow_counts_entry(const struct ledger_entry *entry, enum direction direction,
                       const char *disease, int step)
{
    return step_of(entry) == step && belongs(entry, direction, disease);
}

static void count_ledger(struct flow_counts *counts, const struct family *family)
{
    const struct array *ledger = &family->results->study->ledger;
    struct map *excluded = exclusions_ids(&family->results->options.exclusions);
    for (size_t i = 0; i < ledger->count; i++) {
        const struct ledger_entry *entry = array_at(ledger, i);
        if (!belongs(entry, family->direction, family->disease)) {
            continue;
        }
        enum reason reason = exclusions_entry(excluded, entry).reason;
        counts->reading[reason] += entry->stage == STAGE_READING;
        counts->ledger[reason] += entry->stage != STAGE_READING;
        counts->looked_up += entry->stage != STAGE_READING && entry->stage != STAGE_INSTRUMENT;
    }
    map_destroy(excluded);
}

struct flow_counts flow_counts_of(const struct family *family, struct arena *arena)
{
    struct flow_counts counts = {.sets = family_sets(family)};
    count_instruments(&counts, family, arena);
    count_pairs(&counts, family);
    count_ledger(&counts, family);
    return counts;
}
