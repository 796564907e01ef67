#include "instrument/ld.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "estimate/correlated.h"
#include "study/ld_take.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* So many correlations above 0 and none below look like squares. */
#define SUSPICIOUS 10

/* The variants of all pairs once each, by the lines of their file. */
static int compare_lines(const void *one, const void *other)
{
    const struct association *a = *(const struct association *const *)one;
    const struct association *b = *(const struct association *const *)other;
    return (a->line > b->line) - (a->line < b->line);
}

static size_t count_rows(const struct study *study)
{
    size_t count = 0;
    for (size_t i = 0; i < study->pair_count; i++) {
        count += study->pairs[i]->row_count;
    }
    return count;
}

static size_t variants_in_order(const struct ld_taking *taking, const char **ids)
{
    const struct study *study = taking->study;
    size_t rows = count_rows(study), at = 0, count = 0;
    const struct association **all = memory_get(rows, sizeof(struct association *));
    for (size_t i = 0; i < study->pair_count; i++) {
        for (size_t j = 0; j < study->pairs[i]->row_count; j++) {
            all[at++] = &study->pairs[i]->rows[j].x;
        }
    }
    qsort(all, rows, sizeof *all, compare_lines);
    struct map *seen = map_create();
    for (size_t i = 0; i < rows; i++) {
        if (map_set(seen, all[i]->variant, i)) {
            ids[count++] = all[i]->variant;
        }
    }
    map_destroy(seen);
    memory_free(all);
    return count;
}

static const char *first_file(const struct study *study)
{
    return ((const struct study_file *)array_at(&study->files, 0))->path;
}

/* A bare square has the variants of the study's only file in their order. */
static bool name_bare(const struct ld_taking *taking)
{
    const struct study *study = taking->study;
    if (study->files.count != 1) {
        return error_set(taking->error, ERROR_DATA, taking->path, 1, NULL,
                         _("found no names of variants; write their ids into a first line"));
    }
    const char **ids = memory_get(count_rows(study), sizeof(char *));
    size_t count = variants_in_order(taking, ids);
    bool is_equal = count == ld_count(taking->ld);
    if (is_equal) {
        ld_name(taking->ld, ids);
    } else {
        error_set(taking->error, ERROR_DATA, taking->path, 1, NULL,
                  _("found a square of %zu without names where %s has %zu variants; write the "
                    "ids into a first line"),
                  ld_count(taking->ld), first_file(study), count);
    }
    memory_free(ids);
    return is_equal;
}

/* The rows of a pair, those that the file does not have set aside; their places in *places, one
 * a row. */
static struct harmonised *set_aside(struct ld_taking *taking, const struct pair *pair,
                                    struct ld_place *places)
{
    struct harmonised *rows =
        arena_get(taking->study->arena, pair->row_count, sizeof(struct harmonised));
    for (size_t i = 0; i < pair->row_count; i++) {
        rows[i] = pair->rows[i];
        if (!pair_is_usable(&rows[i])) {
            continue;
        }
        places[i] = ld_find(taking->ld, &rows[i].x);
        if (places[i].match == LD_FOUND) {
            taking->found++;
            if (places[i].is_unchecked) {
                map_set(taking->unchecked, rows[i].x.variant, 0);
            }
            continue;
        }
        rows[i].keep = false;
        rows[i].reason = taking->is_reference             ? REASON_NO_LD
                         : places[i].match == LD_ABSENT ? REASON_NOT_IN_LD
                                                        : REASON_LD_ALLELES_DIFFER;
        map_set(taking->absent, rows[i].x.variant, 0);
    }
    return rows;
}

static double *correlations(struct ld_taking *taking, const struct pair *pair,
                            const struct ld_place *places)
{
    double *r = arena_get(taking->study->arena, pair->count * pair->count, sizeof(double));
    for (size_t i = 0; i < pair->count; i++) {
        for (size_t k = 0; k < pair->count; k++) {
            double *cell = &r[i * pair->count + k];
            *cell = ld_correlation(taking->ld, &places[pair->row[i]], &places[pair->row[k]]);
            if (isnan(*cell)) {
                *cell = 0;
                taking->unlisted += k < i;
            }
            taking->positive += k<i && * cell> 0;
            taking->negative += k < i && *cell < 0;
        }
    }
    return r;
}

struct pair *ld_take_pair(struct ld_taking *taking, const struct pair *pair)
{
    struct arena *arena = taking->study->arena;
    struct ld_place *places = memory_get(pair->row_count, sizeof *places);
    const struct harmonised *rows = set_aside(taking, pair, places);
    struct pair *left = pair_create(arena, pair->exposure, pair->outcome, pair->direction, rows,
                                    pair->row_count);
    struct pair *with = pair_with_ld(arena, left, correlations(taking, left, places));
    memory_free(places);
    const char *refusal = correlated_refusal(with, arena);
    if (refusal != NULL) {
        error_set(taking->error, ERROR_DATA, taking->path, 0, NULL, "%s", refusal);
    }
    return refusal == NULL ? with : NULL;
}

/* Pairs that are new need the ledger's entries of pairs new; those have an outcome. */
static void forget_pairs(struct study *study)
{
    struct array kept = ARRAY_OF(struct ledger_entry);
    for (size_t i = 0; i < study->ledger.count; i++) {
        const struct ledger_entry *entry = array_at(&study->ledger, i);
        if (entry->outcome == NULL) {
            struct ledger_entry *place = array_add(&kept);
            *place = *entry;
        }
    }
    array_destroy(&study->ledger);
    study->ledger = kept;
}

static bool take_pairs(struct ld_taking *taking)
{
    struct array pairs = ARRAY_OF(struct pair *);
    bool is_good = true;
    for (size_t i = 0; is_good && i < taking->study->pair_count; i++) {
        struct pair *pair = ld_take_pair(taking, taking->study->pairs[i]);
        struct pair **place = array_add(&pairs);
        *place = pair;
        is_good = pair != NULL;
    }
    if (is_good && taking->found == 0) {
        is_good = error_set(taking->error, ERROR_DATA, taking->path, 0, NULL,
                            _("found none of the variants of the pairs on their alleles; give "
                              "LD of these variants, under the same ids"));
    }
    if (is_good) {
        forget_pairs(taking->study);
        study_take_pairs(taking->study, &pairs);
    }
    array_destroy(&pairs);
    return is_good;
}

static void add_warning(const struct ld_taking *taking, const char *text)
{
    char **place = array_add(&taking->study->warnings);
    *place = arena_format(taking->study->arena, "%s: %s", taking->path, text);
}

static void warn_of_squares(const struct ld_taking *taking)
{
    if (taking->negative == 0 && taking->positive >= SUSPICIOUS) {
        add_warning(taking, _("no correlation in it is negative; if these are r2, give r"));
    }
}

static void warn(const struct ld_taking *taking)
{
    struct arena *arena = taking->study->arena;
    size_t absent = map_count(taking->absent), unchecked = map_count(taking->unchecked);
    if (absent > 0) {
        add_warning(taking,
                    arena_format(arena,
                                 ngettext("%zu variant is not in it on the same alleles and is "
                                          "left out (see the ledger)",
                                          "%zu variants are not in it on the same alleles and "
                                          "are left out (see the ledger)",
                                          (unsigned long)absent),
                                 absent));
    }
    if (taking->is_bare) {
        add_warning(taking,
                    arena_format(arena,
                                 _("it names no variants, so they are taken in the order of %s "
                                   "and on its effect alleles"),
                                 first_file(taking->study)));
    } else if (unchecked > 0) {
        add_warning(taking,
                    _("it names no alleles, so each correlation is taken as that of the effect "
                      "alleles; names as rs1_A_G, the counted allele first, let them be "
                      "checked"));
    }
    if (taking->unlisted > 0) {
        add_warning(taking,
                    arena_format(arena,
                                 ngettext("%zu correlation is not listed and counts as 0",
                                          "%zu correlations are not listed and count as 0",
                                          (unsigned long)taking->unlisted),
                                 taking->unlisted));
    }
}

void ld_taking_begin(struct ld_taking *taking)
{
    taking->absent = map_create();
    taking->unchecked = map_create();
}

void ld_taking_end(struct ld_taking *taking)
{
    map_destroy(taking->absent);
    map_destroy(taking->unchecked);
}

bool study_take_ld(struct study *study, const char *path, struct error *error)
{
    struct ld_taking taking = {.study = study, .path = path, .error = error};
    if (!ld_read(path, &taking.ld, error)) {
        return false;
    }
    ld_taking_begin(&taking);
    taking.is_bare = !ld_has_names(taking.ld);
    bool is_taken = (!taking.is_bare || name_bare(&taking)) && take_pairs(&taking);
    if (is_taken) {
        warn(&taking);
        warn_of_squares(&taking);
    }
    ld_taking_end(&taking);
    ld_destroy(taking.ld);
    return is_taken;
}
