/*
 * Shards that were computed apart, as one study. Every shard holds what stands above the pairs,
 * and its own pairs with their analyses; the first holds the ledger.
 */
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "study/across.h"
#include "study/parts.h"
#include "study/parts_file.h"
#include "study/parts_networks.h"
#include "study/parts_options.h"
#include "study/results_owned.h"
#include "study/snapshot.h"
#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

/* More numbers than a line takes are only counted. */
enum { MOST_NAMED = 20 };

/* What the file of a shard says. */
struct shard {
    const char *folder, *name;
    char *bytes; /* that `head` and `study` point into */
    size_t number, count, slices, parts, pairs;
    uint64_t sum; /* of all pairs' data */
    const char *table, *language;
    struct unpack files, head, study;
};

static bool refuse(struct error *error, const char *name, const char *words)
{
    return error_set(error, ERROR_DATA, name, 0, NULL, "%s", words);
}

/* errno says why not. */
static bool is_folder(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return false;
    }
    errno = ENOTDIR;
    return S_ISDIR(status.st_mode);
}

static bool open_shard(struct shard *shard, struct arena *arena, struct error *error)
{
    struct unpack from;
    char *path = parts_file_end_path(shard->folder);
    bool is_read = parts_file_read(path, &shard->bytes, &from);
    memory_free(path);
    if (!is_read && !is_folder(shard->name)) {
        return error_set_errno(error, shard->name, _("cannot open; check the name"));
    }
    if (!is_read) {
        return refuse(error, shard->name,
                      _("found no finished shard of this version; run it again with the same "
                        "--shard and -o"));
    }
    shard->number = (size_t)unpack_count(&from);
    shard->count = (size_t)unpack_count(&from);
    shard->slices = (size_t)unpack_count(&from);
    shard->parts = (size_t)unpack_count(&from);
    shard->pairs = unpack_count(&from);
    shard->sum = unpack_count(&from);
    shard->table = unpack_text(&from, arena);
    shard->language = unpack_text(&from, arena);
    shard->files = unpack_block(&from);
    shard->head = unpack_block(&from);
    shard->study = from;
    return !from.is_broken ||
           refuse(error, shard->name, _("found a broken shard; run it again"));
}

/* Fails where the options of two shards are not the same, and says which. */
static bool fit_options(const struct shard *first, const struct shard *shard,
                        struct error *error)
{
    struct unpack heads[2] = {first->head, shard->head};
    struct results_options options[2];
    struct arena *arena = arena_create();
    const char *key = NULL;
    bool are_read = snapshot_take_options(&heads[0], &options[0], arena) &&
                    snapshot_take_options(&heads[1], &options[1], arena);
    bool are_methods = are_read && parts_have_same_methods(&options[0], &options[1]);
    if (!are_read) {
        refuse(error, shard->name, _("found a broken shard; run it again"));
    } else if (!are_methods) {
        error_set(error, ERROR_DATA, shard->name, 0, NULL,
                  _("found shard %zu made with other methods than shard %zu in %s; run one of "
                    "them again"),
                  shard->number, first->number, first->name);
    } else if ((key = parts_other_setting(&options[0].settings, &options[1].settings)) !=
               NULL) {
        error_set(error, ERROR_DATA, shard->name, 0, NULL,
                  _("found shard %zu made with another %s than shard %zu in %s; run one of "
                    "them again"),
                  shard->number, key, first->number, first->name);
    }
    arena_destroy(arena);
    return are_methods && key == NULL;
}

static bool has_same_study(const struct shard *one, const struct shard *other)
{
    size_t length = (size_t)(one->head.end - one->head.at);
    return one->slices == other->slices && one->pairs == other->pairs &&
           one->sum == other->sum && length == (size_t)(other->head.end - other->head.at) &&
           memcmp(one->head.at, other->head.at, length) == 0;
}

static bool fits(const struct shard *first, const struct shard *shard, struct error *error)
{
    if (shard->count != first->count) {
        return error_set(error, ERROR_DATA, shard->name, 0, NULL,
                         _("found shard %zu of %zu, but %s is one of %zu; run all with the "
                           "same N of --shard K/N"),
                         shard->number, shard->count, first->name, first->count);
    }
    if (!fit_options(first, shard, error)) {
        return false;
    }
    bool is_language = text_equal(first->language, shard->language);
    if (!is_language || !text_equal(first->table, shard->table)) {
        return error_set(error, ERROR_DATA, shard->name, 0, NULL,
                         _("found shard %zu made with another %s than shard %zu in %s; run one "
                           "of them again"),
                         shard->number, is_language ? "--table" : "--lang", first->number,
                         first->name);
    }
    return has_same_study(first, shard) ||
           error_set(error, ERROR_DATA, shard->name, 0, NULL,
                     _("found shard %zu made with other data than shard %zu in %s; run one of "
                       "them again"),
                     shard->number, first->number, first->name);
}

/* Each number once; `found` has a place for each. */
static bool check_numbers(const struct shard *shards, size_t count, const struct shard **found,
                          struct error *error)
{
    size_t wanted = shards[0].count;
    for (size_t i = 0; i < count; i++) {
        const struct shard **place = &found[shards[i].number - 1];
        if (*place != NULL) {
            return error_set(error, ERROR_DATA, shards[i].name, 0, NULL,
                             _("found shard %zu of %zu twice, in %s too; name each once"),
                             shards[i].number, wanted, (*place)->name);
        }
        *place = &shards[i];
    }
    struct text missing = {0};
    size_t missed = 0;
    for (size_t i = 0; i < wanted; i++) {
        if (found[i] == NULL && missed++ < MOST_NAMED) {
            text_addf(&missing, "%s%zu", missing.length == 0 ? "" : ", ", i + 1);
        }
    }
    if (missed > MOST_NAMED) {
        text_addf(&missing, _(" and %zu more"), missed - MOST_NAMED);
    }
    bool is_whole = missing.length == 0;
    if (!is_whole) {
        error_set(error, ERROR_DATA, NULL, 0, NULL,
                  _("found no shard %s of %zu; name the folders of all shards"), missing.bytes,
                  wanted);
    }
    text_drop(&missing);
    return is_whole;
}

/* Words that shards have kept stay in their language; those of the tables are this run's. */
static bool is_spoken(const struct shard *shard, struct error *error)
{
    return text_equal(shard->language, I18N_LANGUAGE) ||
           error_set(error, ERROR_DATA, shard->name, 0, NULL,
                     _("found a shard made with --lang %s; merge with the same"),
                     shard->language);
}

/* Whether they are all of one study; *first is that of number 1. */
static bool check(const struct shard *shards, size_t count, const struct shard **first,
                  struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (shards[i].number < 1 || shards[i].number > shards[i].count) {
            return refuse(error, shards[i].name, _("found a broken shard; run it again"));
        }
        if (!fits(&shards[0], &shards[i], error)) {
            return false;
        }
    }
    if (!is_spoken(&shards[0], error)) {
        return false;
    }
    const struct shard **found = memory_get(shards[0].count, sizeof(struct shard *));
    bool is_good = check_numbers(shards, count, found, error);
    *first = found[0];
    memory_free(found);
    return is_good;
}

/* Pairs as they come in; NULL where none has come yet. */
struct gathering {
    struct parts_merged *merged;
    struct snapshot_traits traits;
    struct pair **pairs;
    const struct analysis **analyses;
    size_t count;
    struct arena *scratch, *arena; /* the latter of analyses */
};

static void take_pair(struct gathering *gathering, struct unpack *from)
{
    struct parts_merged *merged = gathering->merged;
    size_t place = unpack_below(from, gathering->count);
    struct unpack data = unpack_block(from), said = unpack_block(from);
    struct pair *pair = snapshot_take_pair(&data, &gathering->traits, merged->study->arena);
    if (pair == NULL || from->is_broken || gathering->pairs[place] != NULL) {
        from->is_broken = true;
        return;
    }
    gathering->pairs[place] = pair;
    gathering->analyses[place] = snapshot_take_analysis(&said, pair, &merged->options.settings,
                                                        gathering->scratch, gathering->arena);
    from->is_broken |= gathering->analyses[place] == NULL;
}

static void take_kind(struct gathering *gathering, struct unpack *from)
{
    enum parts_kind kind = (enum parts_kind)unpack_below(from, PARTS_KINDS);
    const struct mediations *mediations = gathering->merged->mediations;
    if (kind == PARTS_NETWORKS) {
        from->is_broken |= mediations == NULL;
        if (!from->is_broken) {
            parts_networks_merge(from, gathering->pairs, gathering->count, mediations);
        }
        return;
    }
    size_t pairs = unpack_length(from, sizeof(uint64_t));
    for (size_t i = 0; i < pairs && !from->is_broken; i++) {
        take_pair(gathering, from);
    }
}

static bool take_part(struct gathering *gathering, const struct shard *shard, size_t part,
                      struct error *error)
{
    struct unpack from = {0};
    char *bytes, *path = parts_file_path(shard->folder, part);
    bool is_read = parts_file_read(path, &bytes, &from);
    size_t head = (size_t)(shard->head.end - shard->head.at);
    is_read = is_read && (size_t)(from.end - from.at) >= head &&
              memcmp(from.at, shard->head.at, head) == 0;
    from.at += is_read ? head : 0;
    if (is_read) {
        take_kind(gathering, &from);
    }
    memory_free(bytes);
    memory_free(path);
    return (is_read && !from.is_broken) ||
           refuse(error, shard->name, _("found a broken shard; run it again"));
}

static bool take_all(struct gathering *gathering, const struct shard *shards, size_t count,
                     struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t part = 0; part < shards[i].parts; part++) {
            if (!take_part(gathering, &shards[i], part, error)) {
                return false;
            }
        }
    }
    const struct mediations *mediations = gathering->merged->mediations;
    bool is_whole = mediations == NULL || parts_networks_are_whole(mediations);
    for (size_t i = 0; i < gathering->count; i++) {
        is_whole &= gathering->pairs[i] != NULL;
    }
    return is_whole ||
           refuse(error, shards[0].name, _("found pairs of no shard; run the shards again"));
}

/* The analyses become results of the study that their pairs make. */
static void make_results(struct gathering *gathering, struct owned *owned)
{
    struct results *results = &owned->results;
    for (size_t i = 0; i < gathering->count; i++) {
        results->pairs[i].analysis = gathering->analyses[i];
        results->pairs[i].set = across_set(gathering->pairs[i]);
    }
    struct across across = across_of(results->study, owned->arena);
    across_fill(results, &across);
    if (gathering->merged->mediations != NULL) {
        mediations_adjust(gathering->merged->mediations);
        results->mediations = gathering->merged->mediations;
    }
    gathering->merged->results = results;
}

static bool gather(const struct shard *shards, size_t count, struct gathering *gathering,
                   struct error *error)
{
    struct parts_merged *merged = gathering->merged;
    struct study *study = merged->study;
    study->pairs = arena_get(study->arena, gathering->count, sizeof *study->pairs);
    study->pair_count = gathering->count;
    gathering->pairs = study->pairs;
    gathering->analyses = memory_get(gathering->count, sizeof(struct analysis *));
    gathering->scratch = arena_create();
    struct owned *owned = owned_create(study, &merged->options, 1);
    gathering->arena = owned->analyses[0];
    bool is_whole = take_all(gathering, shards, count, error);
    if (is_whole) {
        make_results(gathering, owned);
    } else {
        results_destroy(&owned->results);
    }
    arena_destroy(gathering->scratch);
    memory_free(gathering->analyses);
    return is_whole;
}

static void begin_mediations(struct parts_merged *merged)
{
    if (merged->study->through != NULL && merged->options.wants_mediations) {
        const struct mediations_options options =
            mediations_default(&merged->options.settings, merged->arena);
        merged->mediations = mediations_create(merged->study, &options, 0);
    }
}

/* What stands above the pairs comes from the first shard. */
static bool merge(const struct shard *shards, size_t count, const struct shard *first,
                  struct parts_merged *merged, struct error *error)
{
    struct gathering gathering = {.merged = merged, .count = first->pairs};
    struct unpack head = first->head, study = first->study, files = first->files;
    merged->table = first->table;
    bool is_read = snapshot_take_options(&head, &merged->options, merged->arena);
    merged->study = is_read ? snapshot_take_study(&study, &gathering.traits) : NULL;
    if (merged->study == NULL) {
        return refuse(error, first->name, _("found a broken shard; run it again"));
    }
    begin_mediations(merged);
    snapshot_take_files(&files, merged->study);
    snapshot_take_asked(&files, merged->study);
    bool is_whole = !files.is_broken && gather(shards, count, &gathering, error);
    is_whole = is_whole || (files.is_broken && refuse(error, first->name,
                                                      _("found a broken shard; run it again")));
    snapshot_traits_end(&gathering.traits);
    return is_whole;
}

bool parts_merge(const char *const *folders, const char *const *names, size_t count,
                 struct parts_merged *merged, struct error *error)
{
    const struct shard *first = NULL;
    struct shard *shards = memory_get(count, sizeof *shards);
    *merged = (struct parts_merged){.arena = arena_create()};
    bool is_good = true;
    for (size_t i = 0; i < count && is_good; i++) {
        shards[i].folder = folders[i];
        shards[i].name = names[i];
        is_good = open_shard(&shards[i], merged->arena, error);
    }
    is_good = is_good && check(shards, count, &first, error) &&
              merge(shards, count, first, merged, error);
    for (size_t i = 0; i < count; i++) {
        memory_free(shards[i].bytes);
    }
    memory_free(shards);
    if (!is_good) {
        parts_merged_end(merged);
    }
    return is_good;
}

void parts_merged_end(struct parts_merged *merged)
{
    results_destroy(merged->results);
    if (merged->mediations != NULL) {
        mediations_destroy(merged->mediations);
    }
    study_destroy(merged->study);
    arena_destroy(merged->arena);
    *merged = (struct parts_merged){0};
}
