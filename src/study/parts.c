#include "study/parts.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/paths.h"
#include "gwas/checksum.h"
#include "study/across.h"
#include "study/parts_file.h"
#include "study/parts_networks.h"
#include "study/results_owned.h"
#include "study/snapshot.h"
#include <string.h>
#include <unistd.h>

/* So few pairs that little is lost, and so few files that none of them is in the way. */
enum { FEWEST_PAIRS = 8, MOST_PARTS = 64 };

struct parts {
    const struct study *whole;
    const struct results_options *options;
    struct parts_shard shard;
    char *folder;
    struct study own; /* the whole with the shard's pairs */
    size_t *place;    /* of each of those in the whole */
    struct snapshot_traits traits;
    struct text head;  /* what a part must begin with to count */
    size_t size;       /* pairs of a part */
    size_t pair_parts; /* behind them those of networks */
    struct parts_networks *networks;
    struct results *base; /* what lay there */
    struct arena *arena;
    struct parts_count count;
};

/* The taxa get their numbers in order of appearance; a shard has every so many of them. */
static void deal_out(struct parts *parts)
{
    const struct study *whole = parts->whole;
    struct map *taxa = map_create();
    parts->own = *whole;
    parts->own.pairs = arena_get(parts->arena, whole->pair_count, sizeof *whole->pairs);
    parts->place = arena_get(parts->arena, whole->pair_count, sizeof *parts->place);
    parts->own.pair_count = 0;
    for (size_t i = 0; i < whole->pair_count; i++) {
        const char *taxon = study_taxon(whole->pairs[i])->key;
        size_t number = map_count(taxa);
        if (!map_get(taxa, taxon, &number)) {
            map_set(taxa, taxon, number);
        }
        if (number % parts->shard.count == parts->shard.shard - 1) {
            parts->place[parts->own.pair_count] = i;
            parts->own.pairs[parts->own.pair_count++] = whole->pairs[i];
        }
    }
    map_destroy(taxa);
}

static size_t first_of(const struct parts *parts, size_t part)
{
    size_t first = part * parts->size;
    return first < parts->own.pair_count ? first : parts->own.pair_count;
}

struct parts *parts_begin(const struct study *study, const struct results_options *options,
                          struct parts_shard shard, const char *folder)
{
    struct parts *parts = memory_get(1, sizeof *parts);
    parts->whole = study;
    parts->options = options;
    parts->shard = shard;
    parts->folder = memory_copy_text(folder);
    parts->arena = arena_create();
    parts->traits = snapshot_traits_of(study);
    deal_out(parts);
    snapshot_add_options(&parts->head, options);
    snapshot_add_study(&parts->head, study, &parts->traits, false);
    pack_text(&parts->head, I18N_LANGUAGE); /* of the notes */
    size_t pairs = parts->own.pair_count, size = (pairs + MOST_PARTS - 1) / MOST_PARTS;
    parts->size = size < FEWEST_PAIRS ? FEWEST_PAIRS : size;
    parts->pair_parts = (pairs + parts->size - 1) / parts->size;
    parts->networks =
        parts_networks_begin(study, options, &parts->own, parts->place, parts->arena);
    parts->count.parts = parts->pair_parts + parts_networks_count(parts->networks);
    return parts;
}

void parts_end(struct parts *parts)
{
    if (parts != NULL) {
        results_destroy(parts->base);
        parts_networks_end(parts->networks);
        snapshot_traits_end(&parts->traits);
        text_drop(&parts->head);
        arena_destroy(parts->arena);
        memory_free(parts->folder);
        memory_free(parts);
    }
}

struct parts_count parts_count_of(const struct parts *parts)
{
    return parts->count;
}

/* A pair's place and its data, which the analysis stands behind. */
static void add_pair(const struct parts *parts, size_t pair, struct text *bytes)
{
    pack_count(bytes, parts->place[pair]);
    size_t place = pack_open(bytes);
    snapshot_add_pair(bytes, parts->own.pairs[pair], &parts->traits);
    pack_close(bytes, place);
}

/* Whether the bytes go on with exactly these, which are dropped. */
static bool goes_on_with(struct unpack *from, struct text *bytes)
{
    bool is_same = (size_t)(from->end - from->at) >= bytes->length &&
                   memcmp(from->at, bytes->bytes, bytes->length) == 0;
    from->at += is_same ? bytes->length : 0;
    text_drop(bytes);
    return is_same;
}

static void add_head(const struct parts *parts, enum parts_kind kind, struct text *bytes)
{
    text_add_bytes(bytes, parts->head.bytes, parts->head.length);
    pack_count(bytes, kind);
}

static bool has_head(const struct parts *parts, enum parts_kind kind, struct unpack *from)
{
    struct text head = {0};
    add_head(parts, kind, &head);
    return goes_on_with(from, &head);
}

static bool take_pairs(const struct parts *parts, size_t part, struct unpack *from,
                       struct arena *scratch)
{
    struct arena *arena = ((struct owned *)parts->base)->analyses[0];
    size_t first = first_of(parts, part), end = first_of(parts, part + 1);
    bool is_same = has_head(parts, PARTS_PAIRS, from) && unpack_count(from) == end - first;
    for (size_t i = first; i < end && is_same; i++) {
        struct text pair = {0};
        add_pair(parts, i, &pair);
        is_same = goes_on_with(from, &pair);
        if (is_same) {
            struct unpack block = unpack_block(from);
            parts->base->pairs[i].analysis = snapshot_take_analysis(
                &block, parts->own.pairs[i], &parts->options->settings, scratch, arena);
            is_same = parts->base->pairs[i].analysis != NULL;
        }
    }
    return is_same;
}

/* All of a part's pairs or none. */
static bool take_part(struct parts *parts, size_t part, struct unpack *from,
                      struct arena *scratch)
{
    if (part >= parts->pair_parts) {
        return has_head(parts, PARTS_NETWORKS, from) &&
               parts_networks_take(parts->networks, part - parts->pair_parts, from);
    }
    bool is_taken = take_pairs(parts, part, from, scratch);
    for (size_t i = first_of(parts, part); i < first_of(parts, part + 1); i++) {
        struct pair_result *result = &parts->base->pairs[i];
        result->analysis = is_taken ? result->analysis : NULL;
        result->set = across_set(parts->own.pairs[i]);
    }
    return is_taken;
}

static void take_over(struct parts *parts, size_t part, struct arena *scratch)
{
    struct unpack from;
    char *bytes, *path = parts_file_path(parts->folder, part);
    if (parts_file_read(path, &bytes, &from)) {
        bool is_taken = take_part(parts, part, &from, scratch);
        parts->count.taken_over += is_taken;
        parts->count.outdated += !is_taken;
        memory_free(bytes);
    }
    memory_free(path);
}

static void add_pairs(const struct parts *parts, const struct results *results, size_t part,
                      struct text *bytes)
{
    size_t first = first_of(parts, part), end = first_of(parts, part + 1);
    pack_count(bytes, end - first);
    for (size_t i = first; i < end; i++) {
        add_pair(parts, i, bytes);
        size_t place = pack_open(bytes);
        snapshot_add_analysis(bytes, results->pairs[i].analysis);
        pack_close(bytes, place);
    }
}

/* `results` are those of its pairs. */
static bool write_part(struct parts *parts, const struct results *results, size_t part,
                       struct error *error)
{
    struct text bytes = {0};
    if (part < parts->pair_parts) {
        add_head(parts, PARTS_PAIRS, &bytes);
        add_pairs(parts, results, part, &bytes);
    } else {
        add_head(parts, PARTS_NETWORKS, &bytes);
        parts_networks_add(parts->networks, part - parts->pair_parts, &bytes);
    }
    char *path = parts_file_path(parts->folder, part);
    bool is_written = parts_file_write(path, &bytes, error);
    memory_free(path);
    parts->count.written += is_written;
    return is_written;
}

static bool is_done(const struct parts *parts, const struct results *results, size_t part)
{
    for (size_t i = first_of(parts, part); i < first_of(parts, part + 1); i++) {
        if (results->pairs[i].analysis == NULL) {
            return false;
        }
    }
    return true;
}

/* Each part is written when its last pair is done, while others are under way. */
static bool write_as_done(struct parts *parts, struct results_job *job, struct error *error)
{
    static const double LONG = 1e6; /* seconds */
    bool is_written = true;
    for (size_t part = 0; part < parts->pair_parts && is_written; part++) {
        if (is_done(parts, parts->base, part)) {
            continue;
        }
        while (!is_done(parts, results_job_look(job), part)) {
            for (size_t i = first_of(parts, part); i < first_of(parts, part + 1); i++) {
                results_job_wait_for(job, i, LONG);
            }
        }
        is_written = write_part(parts, results_job_look(job), part, error);
    }
    return is_written;
}

/* What goes through mediators comes behind the pairs. */
static bool run_networks(struct parts *parts, struct job_pool *pool, struct error *error)
{
    size_t count = parts_networks_count(parts->networks);
    bool is_written = true;
    for (size_t part = 0; part < count && is_written; part++) {
        if (!parts_networks_has(parts->networks, part)) {
            parts_networks_run(parts->networks, part, pool);
            is_written = write_part(parts, NULL, parts->pair_parts + part, error);
        }
    }
    return is_written;
}

static bool open_folder(const struct parts *parts, struct error *error)
{
    char *path = parts_file_end_path(parts->folder);
    bool is_there = paths_make(path, PATHS_FOR_ALL, error);
    if (is_there) {
        (void)unlink(path); /* unfinished from now on */
        parts_file_sweep(parts->folder, false);
    }
    memory_free(path);
    return is_there;
}

bool parts_run(struct parts *parts, struct job_pool *pool, struct results **results,
               struct error *error)
{
    struct arena *scratch = arena_create();
    if (!open_folder(parts, error)) {
        arena_destroy(scratch);
        return false;
    }
    parts->base = &owned_create(&parts->own, parts->options, 1)->results;
    parts_networks_start(parts->networks, pool);
    for (size_t part = 0; part < parts->count.parts; part++) {
        take_over(parts, part, scratch);
    }
    arena_destroy(scratch);
    struct results_job *job = results_start_rest(parts->base, pool);
    if (!write_as_done(parts, job, error) || !run_networks(parts, pool, error)) {
        results_job_destroy(job);
        return false;
    }
    *results = results_finish(job);
    (*results)->mediations = parts_networks_finish(parts->networks);
    return true;
}

/* Of the data of all pairs and networks, those of other shards too. */
static uint32_t sum_of_pairs(const struct parts *parts)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < parts->whole->pair_count; i++) {
        struct text bytes = {0};
        snapshot_add_pair(&bytes, parts->whole->pairs[i], &parts->traits);
        sum = checksum_bytes(sum, bytes.bytes, bytes.length);
        text_drop(&bytes);
    }
    return parts_networks_sum(parts->whole, sum);
}

bool parts_finish(const struct parts *parts, const char *table, struct error *error)
{
    struct text bytes = {0};
    char *path = parts_file_end_path(parts->folder);
    pack_count(&bytes, parts->shard.shard);
    pack_count(&bytes, parts->shard.count);
    pack_count(&bytes, parts->shard.slices);
    pack_count(&bytes, parts->count.parts);
    pack_count(&bytes, parts->whole->pair_count);
    pack_count(&bytes, sum_of_pairs(parts));
    pack_text(&bytes, table);
    pack_text(&bytes, I18N_LANGUAGE);
    size_t place = pack_open(&bytes);
    snapshot_add_files(&bytes, &parts->whole->files);
    snapshot_add_asked(&bytes, parts->whole);
    pack_close(&bytes, place);
    place = pack_open(&bytes);
    text_add_bytes(&bytes, parts->head.bytes, parts->head.length);
    pack_close(&bytes, place);
    snapshot_add_study(&bytes, parts->whole, &parts->traits, parts->shard.shard == 1);
    bool is_written = parts_file_write(path, &bytes, error);
    memory_free(path);
    return is_written;
}
