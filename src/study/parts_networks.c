#include "study/parts_networks.h"
#include "base/memory.h"
#include "gwas/checksum.h"
#include "study/snapshot.h"
#include <string.h>

/* As with pairs (parts.c). */
enum { FEWEST_NETWORKS = 8, MOST_PARTS = 64 };

struct parts_networks {
    const struct study *whole, *own;
    struct mediations_options options;
    size_t *place, *total; /* in the whole: of each network, and of its pair */
    size_t size, count;    /* networks of a part; parts */
    struct mediations *mediations;
    bool *is_there; /* by part */
};

static bool is_total(const struct through_network *network, const struct pair *pair)
{
    return pair->direction == FORWARD && pair->exposure == network->exposure &&
           pair->outcome == network->outcome;
}

/* Pairs and networks have the same order: the search goes on behind the last one found. */
static size_t find_total(const struct study *whole, const struct through_network *network,
                         size_t *from)
{
    for (size_t i = 0; i < whole->pair_count; i++) {
        size_t at = (*from + i) % whole->pair_count;
        if (is_total(network, whole->pairs[at])) {
            *from = at + 1;
            return at;
        }
    }
    return whole->pair_count;
}

/* A network comes with its triples. */
static void choose(struct parts_networks *networks, struct study *own, const size_t *place,
                   struct arena *arena)
{
    const struct study *study = networks->whole;
    const struct through *whole = own->through;
    size_t mediators = whole->mediator_count, from = 0;
    bool *is_own = arena_get(arena, study->pair_count, sizeof *is_own);
    struct through *chosen = arena_get(arena, 1, sizeof *chosen);
    *chosen = *whole;
    chosen->networks = arena_get(arena, whole->network_count, sizeof *chosen->networks);
    chosen->triples = arena_get(arena, whole->triple_count, sizeof *chosen->triples);
    chosen->network_count = 0;
    for (size_t i = 0; i < own->pair_count; i++) {
        is_own[place[i]] = true;
    }
    networks->place = arena_get(arena, whole->network_count, sizeof *networks->place);
    networks->total = arena_get(arena, whole->network_count, sizeof *networks->total);
    for (size_t i = 0; i < whole->network_count; i++) {
        size_t pair = find_total(study, &whole->networks[i], &from);
        if (pair < study->pair_count && is_own[pair]) {
            size_t at = chosen->network_count++;
            networks->place[at] = i;
            networks->total[at] = pair;
            chosen->networks[at] = whole->networks[i];
            memcpy(&chosen->triples[at * mediators], &whole->triples[i * mediators],
                   mediators * sizeof *chosen->triples);
        }
    }
    chosen->triple_count = chosen->network_count * mediators;
    own->through = chosen;
}

struct parts_networks *parts_networks_begin(const struct study *whole,
                                            const struct results_options *options,
                                            struct study *own, const size_t *place,
                                            struct arena *arena)
{
    if (whole->through == NULL || !options->wants_mediations) {
        return NULL;
    }
    struct parts_networks *networks = arena_get(arena, 1, sizeof *networks);
    networks->whole = whole;
    networks->own = own;
    networks->options = mediations_default(&options->settings, arena);
    choose(networks, own, place, arena);
    size_t count = own->through->network_count, size = (count + MOST_PARTS - 1) / MOST_PARTS;
    networks->size = size < FEWEST_NETWORKS ? FEWEST_NETWORKS : size;
    networks->count = (count + networks->size - 1) / networks->size;
    networks->is_there = arena_get(arena, networks->count, sizeof *networks->is_there);
    return networks;
}

void parts_networks_end(struct parts_networks *networks)
{
    if (networks != NULL && networks->mediations != NULL) {
        mediations_destroy(networks->mediations);
    }
}

size_t parts_networks_count(const struct parts_networks *networks)
{
    return networks == NULL ? 0 : networks->count;
}

void parts_networks_start(struct parts_networks *networks, struct job_pool *pool)
{
    if (networks != NULL) {
        networks->mediations = mediations_create(networks->own, &networks->options,
                                                 pool == NULL ? 1 : job_pool_threads(pool));
    }
}

/* The first network of a part. */
static size_t first_of(const struct parts_networks *networks, size_t part)
{
    size_t first = part * networks->size, all = networks->own->through->network_count;
    return first < all ? first : all;
}

static void add_numbers(struct text *bytes, const double *numbers, size_t count)
{
    pack_count(bytes, numbers != NULL);
    for (size_t i = 0; numbers != NULL && i < count; i++) {
        pack_number(bytes, numbers[i]);
    }
}

static void add_pair(struct text *bytes, const struct pair *pair)
{
    pack_count(bytes, pair != NULL);
    if (pair == NULL) {
        return;
    }
    pack_count(bytes, pair->count);
    pack_count(bytes, pair->ld != NULL); /* notes tell */
    for (size_t j = 0; j < pair->count; j++) {
        const struct association *x = &pair->rows[pair->row[j]].x;
        pack_text(bytes, pair_variant(pair, j));
        pack_text(bytes, x->effect_allele);
        pack_text(bytes, x->other_allele);
    }
    add_numbers(bytes, pair->bx, pair->count);
    add_numbers(bytes, pair->sx, pair->count);
    add_numbers(bytes, pair->by, pair->count);
    add_numbers(bytes, pair->sy, pair->count);
}

static void add_joined(struct text *bytes, const struct joined *joined)
{
    const struct design *design = &joined->design;
    size_t count = design->count, exposures = design->exposure_count;
    pack_count(bytes, count);
    for (size_t j = 0; j < count; j++) {
        pack_text(bytes, design->variants[j]);
    }
    for (size_t k = 0; k < exposures; k++) {
        pack_count(bytes, joined->own[k]);
    }
    add_numbers(bytes, design->x, count * exposures);
    add_numbers(bytes, design->sx, count * exposures);
    add_numbers(bytes, design->y, count);
    add_numbers(bytes, design->sy, count);
    add_numbers(bytes, design->p, count * exposures);
    add_numbers(bytes, design->n, exposures);
    pack_number(bytes, design->outcome_n);
}

static void add_correlations(struct text *bytes, const struct correlations *correlations)
{
    size_t count = correlations == NULL ? 0 : correlations->count;
    pack_count(bytes, count);
    for (size_t i = 0; i < count; i++) {
        pack_text(bytes, correlations->names[i]);
    }
    add_numbers(bytes, count == 0 ? NULL : correlations->r, count * count);
}

/* Of all that a network and its triples are computed from, beside settings and traits. */
static uint32_t sum_of(const struct through *through, size_t network, uint32_t sum)
{
    const struct through_network *of = &through->networks[network];
    size_t mediators = through->mediator_count, traits = mediators + 2;
    struct text bytes = {0};
    add_correlations(&bytes, through->correlations);
    add_joined(&bytes, &of->joined);
    for (size_t i = 0; i < traits * traits; i++) {
        add_pair(&bytes, of->pairs[i]);
    }
    for (size_t i = 0; i < mediators; i++) {
        add_joined(&bytes, &through->triples[network * mediators + i].joined);
    }
    sum = checksum_bytes(sum, bytes.bytes, bytes.length);
    text_drop(&bytes);
    return sum;
}

uint32_t parts_networks_sum(const struct study *study, uint32_t sum)
{
    size_t count = study->through == NULL ? 0 : study->through->network_count;
    for (size_t i = 0; i < count; i++) {
        sum = sum_of(study->through, i, sum);
    }
    return sum;
}

/* What stands before a network's answers. */
static void add_data(const struct parts_networks *networks, size_t network, struct text *bytes)
{
    const struct through *through = networks->own->through;
    pack_count(bytes, networks->place[network]);
    pack_count(bytes, networks->total[network]);
    pack_count(bytes, sum_of(through, network, 0));
    size_t place = pack_open(bytes);
    snapshot_add_designs(bytes, through, network);
    pack_close(bytes, place);
}

void parts_networks_add(const struct parts_networks *networks, size_t part, struct text *bytes)
{
    size_t first = first_of(networks, part), end = first_of(networks, part + 1);
    pack_count(bytes, end - first);
    for (size_t i = first; i < end; i++) {
        add_data(networks, i, bytes);
        size_t place = pack_open(bytes);
        snapshot_add_mediated(bytes, networks->mediations, i);
        pack_close(bytes, place);
    }
}

/* Whether the bytes go on with this network's data, and then what came of them. */
static bool take_network(struct parts_networks *networks, size_t network, struct unpack *from)
{
    struct text data = {0};
    add_data(networks, network, &data);
    bool is_same = (size_t)(from->end - from->at) >= data.length &&
                   memcmp(from->at, data.bytes, data.length) == 0;
    from->at += is_same ? data.length : 0;
    text_drop(&data);
    if (is_same) {
        struct unpack block = unpack_block(from);
        snapshot_take_mediated(&block, networks->mediations, network);
        is_same = !block.is_broken;
    }
    return is_same;
}

bool parts_networks_take(struct parts_networks *networks, size_t part, struct unpack *from)
{
    size_t first = first_of(networks, part), end = first_of(networks, part + 1);
    bool is_same = unpack_count(from) == end - first;
    for (size_t i = first; i < end && is_same; i++) {
        is_same = take_network(networks, i, from);
    }
    networks->is_there[part] = is_same;
    return is_same;
}

bool parts_networks_has(const struct parts_networks *networks, size_t part)
{
    return networks->is_there[part];
}

void parts_networks_run(struct parts_networks *networks, size_t part, struct job_pool *pool)
{
    mediations_run(networks->mediations, first_of(networks, part), first_of(networks, part + 1),
                   pool);
    networks->is_there[part] = true;
}

const struct mediations *parts_networks_finish(struct parts_networks *networks)
{
    if (networks == NULL) {
        return NULL;
    }
    mediations_adjust(networks->mediations);
    return networks->mediations;
}

static void merge_network(struct unpack *from, struct pair *const *pairs, size_t pair_count,
                          const struct mediations *mediations)
{
    const struct through *through = mediations->study->through;
    size_t network = unpack_below(from, through->network_count);
    size_t total = unpack_below(from, pair_count);
    (void)unpack_count(from);
    struct unpack designs = unpack_block(from), said = unpack_block(from);
    if (from->is_broken || pairs[total] == NULL || through->networks[network].total != NULL) {
        from->is_broken = true;
        return;
    }
    snapshot_take_designs(&designs, through, network, pairs[total],
                          mediations_arena(mediations));
    snapshot_take_mediated(&said, mediations, network);
    from->is_broken |= designs.is_broken || said.is_broken;
}

void parts_networks_merge(struct unpack *from, struct pair *const *pairs, size_t pair_count,
                          const struct mediations *mediations)
{
    size_t count = unpack_length(from, sizeof(uint64_t));
    for (size_t i = 0; i < count && !from->is_broken; i++) {
        merge_network(from, pairs, pair_count, mediations);
    }
}

bool parts_networks_are_whole(const struct mediations *mediations)
{
    for (size_t i = 0; i < mediations->network_count; i++) {
        if (mediations->networks[i].network->total == NULL) {
            return false;
        }
    }
    return true;
}
