#include "ldscore/effects.h"
#include "base/i18n.h"
#include "pair/alleles.h"
#include <math.h>
#include <string.h>

/* A file's rows on their way to the places of the scores. */
struct filling {
    const struct scores *scores;
    double *z, *n;
    char (*alleles)[2];
    struct effects *effects;
    struct arena *scratch;
};

static bool is_base(const char *allele)
{
    return allele != NULL && allele[0] != '\0' && allele[1] == '\0' &&
           strchr("ACGT", allele[0]) != NULL;
}

/* Whether the scores have an id, whatever its case. */
static bool find(const struct filling *filling, const char *id, size_t *place)
{
    struct arena_mark mark = arena_mark(filling->scratch);
    bool is_found = id != NULL &&
                    map_get(filling->scores->places, arena_lower(filling->scratch, id), place);

    arena_reset(filling->scratch, mark);
    return is_found;
}

/* The first usable row of an id counts. */
static void take(struct filling *filling, const struct association *one)
{
    double z = one->beta / one->se;
    size_t place;

    if (!find(filling, one->variant, &place)) {
        return;
    }
    filling->effects->found++;
    if (!isnan(filling->z[place]) || !isfinite(z) || !(one->n > 0) ||
        !is_base(one->effect_allele) || !is_base(one->other_allele)) {
        return;
    }
    filling->z[place] = z;
    filling->n[place] = one->n;
    filling->alleles[place][0] = one->effect_allele[0];
    filling->alleles[place][1] = one->other_allele[0];
}

/* One trait's heritability is not another's. */
static bool check_trait(const struct effects *effects, const struct gwas_table *table,
                        struct error *error)
{
    const char *first = NULL;

    for (size_t i = 0; i < table->rows.count; i++) {
        const char *trait = ((const struct gwas_row *)array_at(&table->rows, i))->trait;

        if (first != NULL && trait != NULL && strcmp(first, trait) != 0) {
            return error_set(error, ERROR_DATA, effects->path, 0, NULL,
                             _("found traits %s and %s; give one trait a file"), first, trait);
        }
        first = first == NULL ? trait : first;
    }
    return true;
}

static bool check(const struct effects *effects, const struct gwas_table *table,
                  struct error *error)
{
    bool has_sizes = false;

    if (effects->found == 0) {
        return error_set(error, ERROR_DATA, effects->path, 0, NULL,
                         _("found no variant that has an LD score; both need the same ids, "
                           "such as rs12345"));
    }
    for (size_t i = 0; i < table->rows.count && !has_sizes; i++) {
        has_sizes = ((const struct gwas_row *)array_at(&table->rows, i))->association.n > 0;
    }
    if (has_sizes) {
        return check_trait(effects, table, error);
    }
    return error_set(error, ERROR_DATA, effects->path, 0, NULL,
                     _("found no sample sizes, which LD score regression needs; name their "
                       "column by --col n=NAME"));
}

static struct filling begin(const struct scores *scores, struct arena *arena,
                            struct effects *effects)
{
    struct filling filling = {scores,
                              arena_get(arena, scores->count, sizeof(double)),
                              arena_get(arena, scores->count, sizeof(double)),
                              arena_get(arena, scores->count, sizeof *filling.alleles),
                              effects,
                              arena_create()};

    for (size_t i = 0; i < scores->count; i++) {
        filling.z[i] = NAN;
    }
    effects->z = filling.z;
    effects->n = filling.n;
    effects->alleles = (const char(*)[2])filling.alleles;
    return filling;
}

bool effects_read(const char *path, const struct gwas_options *options,
                  const struct scores *scores, struct arena *arena, struct effects *effects,
                  struct error *error)
{
    struct gwas_options asked = *options;
    struct arena *texts = arena_create();
    struct gwas_table table;
    struct filling filling;
    bool is_read;

    *effects = (struct effects){.path = path};
    asked.wanted = (struct gwas_wanted){.variants = scores->places};
    is_read = gwas_read(path, &asked, texts, &table, error);
    if (is_read) {
        filling = begin(scores, arena, effects);
        for (size_t i = 0; i < table.rows.count; i++) {
            take(&filling, &((const struct gwas_row *)array_at(&table.rows, i))->association);
        }
        arena_destroy(filling.scratch);
        is_read = check(effects, &table, error);
        gwas_table_destroy(&table);
    }
    arena_destroy(texts);
    return is_read;
}

/* 1 where the second's effect is of the first's allele, -1 where it is of the other one, on
 * either strand; 0 where that cannot be told. */
static double turn(const char *first, const char *second)
{
    char one = second[0], other = second[1];

    if (first[1] == alleles_other_strand(first[0]) || first[0] == first[1]) {
        return 0;
    }
    for (int strand = 0; strand < 2; strand++) {
        if (one == first[0] && other == first[1]) {
            return 1;
        }
        if (one == first[1] && other == first[0]) {
            return -1;
        }
        one = alleles_other_strand(one);
        other = alleles_other_strand(other);
    }
    return 0;
}

bool effects_join(const struct scores *scores, const struct effects *first,
                  const struct effects *second, struct arena *arena, struct ldsc_data *data,
                  struct error *error)
{
    double *columns[5];
    size_t count = 0;

    for (int i = 0; i < 5; i++) {
        columns[i] = arena_get(arena, scores->count, sizeof *columns[i]);
    }
    for (size_t i = 0; i < scores->count; i++) {
        double sign = isnan(first->z[i]) || isnan(second->z[i])
                          ? 0
                          : turn(first->alleles[i], second->alleles[i]);

        if (sign != 0) {
            columns[0][count] = scores->scores[i];
            columns[1][count] = first->z[i];
            columns[2][count] = sign * second->z[i];
            columns[3][count] = first->n[i];
            columns[4][count++] = second->n[i];
        }
    }
    *data = (struct ldsc_data){
        count, columns[0], {columns[1], columns[2]}, {columns[3], columns[4]}, scores->markers};
    return count >= LDSC_LEAST_VARIANTS ||
           error_set(error, ERROR_DATA, second->path, 0, NULL,
                     _("found %zu variants that have an LD score, are in both files and have "
                       "the same two alleles; LD score regression needs %zu, and better "
                       "%zu"),
                     count, LDSC_LEAST_VARIANTS, LDSC_FEW_VARIANTS);
}
