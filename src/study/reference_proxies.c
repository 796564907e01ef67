#include "base/array.h"
#include "base/memory.h"
#include "instrument/genotype.h"
#include "instrument/haplotype.h"
#include "study/reference.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An instrument whose proxies are looked for. */
struct target {
    struct reference_place *place;
    struct genotype_masks masks;
    struct genotype_tally tally;
    struct array found; /* struct proxy */
};

struct search {
    struct plink *plink;
    double least, reach;
    struct arena *arena;
    struct target *targets; /* by chromosome and position */
    size_t count;
};

static int compare_targets(const void *one, const void *other)
{
    const struct plink_variant *a = &((const struct target *)one)->place->variant;
    const struct plink_variant *b = &((const struct target *)other)->place->variant;
    int order = strcmp(a->chromosome, b->chromosome);
    return order != 0 ? order : (a->position > b->position) - (a->position < b->position);
}

/* The larger r2 first, then the nearer, then the row. */
static int compare_proxies(const void *one, const void *other)
{
    const struct proxy *a = one, *b = other;
    if (a->r2 != b->r2) {
        return a->r2 > b->r2 ? -1 : 1;
    }
    if (a->distance != b->distance) {
        return a->distance < b->distance ? -1 : 1;
    }
    return (a->row > b->row) - (a->row < b->row);
}

/* The first target that lies not before a place. */
static size_t first_at(const struct search *search, const char *chromosome, double position)
{
    size_t low = 0, high = search->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct plink_variant *variant = &search->targets[middle].place->variant;
        int order = strcmp(variant->chromosome, chromosome);
        if (order < 0 || (order == 0 && variant->position < position)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void hold(const struct search *search, struct target *target,
                 const struct plink_variant *row)
{
    const struct plink_variant *own = &target->place->variant;
    const struct plink_people *people = plink_people_on(search->plink, own->chromosome);
    const unsigned char *genotypes = plink_genotypes(search->plink, row->index);
    struct genotype_tally tally = genotype_tally_of(people, genotypes);
    struct genotype_table table;
    genotype_count_tallied(&target->masks, &target->tally, genotypes, &tally, &table);
    double r = haplotype_r(&table);
    if (!(r * r >= search->least)) {
        return;
    }
    double first = 2.0 * tally.count[0] + tally.count[1];
    *(struct proxy *)array_add(&target->found) =
        (struct proxy){.id = arena_text(search->arena, row->id),
                       .chromosome = own->chromosome,
                       .position = row->position,
                       .first = arena_text(search->arena, row->first),
                       .second = arena_text(search->arena, row->second),
                       .first_share = first / (first + 2.0 * tally.count[2] + tally.count[1]),
                       .r = r,
                       .r2 = fmin(1, haplotype_r2(&table)),
                       .distance = fabs(row->position - own->position),
                       .row = row->index};
}

static bool visit(void *context, const struct plink_variant *row, long line,
                  struct error *error)
{
    struct search *search = context;
    const char *code = plink_chromosome(row->chromosome);
    (void)line;
    (void)error;
    if (row->position < 0) {
        return true;
    }
    for (size_t i = first_at(search, code, row->position - search->reach); i < search->count;
         i++) {
        struct target *target = &search->targets[i];
        const struct plink_variant *own = &target->place->variant;
        if (strcmp(own->chromosome, code) != 0 ||
            own->position > row->position + search->reach) {
            break;
        }
        if (own->index != row->index) {
            hold(search, target, row);
        }
    }
    return true;
}

static void begin(struct search *search, struct reference_place **places, struct arena *scratch)
{
    for (size_t i = 0; i < search->count; i++) {
        struct target *target = &search->targets[i];
        const struct plink_variant *own = &places[i]->variant;
        const struct plink_people *people = plink_people_on(search->plink, own->chromosome);
        const unsigned char *genotypes = plink_genotypes(search->plink, own->index);
        *target = (struct target){.place = places[i],
                                  .masks = genotype_masks_of(people, scratch),
                                  .tally = genotype_tally_of(people, genotypes),
                                  .found = ARRAY_OF(struct proxy)};
        genotype_fill(&target->masks, genotypes);
    }
    qsort(search->targets, search->count, sizeof *search->targets, compare_targets);
}

/* What was found goes to the places, by r2. */
static void end(const struct search *search)
{
    for (size_t i = 0; i < search->count; i++) {
        struct target *target = &search->targets[i];
        size_t count = target->found.count;
        target->place->proxies = arena_get(search->arena, count + 1, sizeof(struct proxy));
        target->place->proxy_count = count;
        if (count > 0) {
            qsort(target->found.items, count, sizeof(struct proxy), compare_proxies);
            memcpy(target->place->proxies, target->found.items, count * sizeof(struct proxy));
        }
        array_destroy(&target->found);
    }
}

bool proxies_search(struct plink *plink, struct reference_place **places, size_t count,
                    double least, double reach, struct arena *arena, struct error *error)
{
    struct arena *scratch = arena_create();
    struct search search = {.plink = plink,
                            .least = least,
                            .reach = reach,
                            .arena = arena,
                            .targets = arena_get(scratch, count, sizeof(struct target)),
                            .count = count};
    begin(&search, places, scratch);
    bool is_good = plink_each(plink, visit, &search, error);
    end(&search);
    arena_destroy(scratch);
    return is_good;
}
