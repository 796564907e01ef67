#include "study/snapshot.h"
#include "base/map.h"
#include "study/asked.h"
#include "study/build.h"
#include "study/snapshot_parts.h"

/* The name of a trait in one of its roles; the caller drops it. */
static struct text role_of(const struct pair *pair, bool is_exposure)
{
    struct text name = {0};
    text_addf(&name, "%d\x1f%d\x1f%s", (int)pair->direction, is_exposure,
              is_exposure ? pair->exposure->key : pair->outcome->key);
    return name;
}

static void note_trait(struct snapshot_traits *traits, const struct pair *pair,
                       bool is_exposure)
{
    struct text name = role_of(pair, is_exposure);
    size_t place;
    if (!map_get(traits->places, name.bytes, &place)) {
        map_set(traits->places, name.bytes, traits->traits.count);
        *(const struct trait **)array_add(&traits->traits) =
            is_exposure ? pair->exposure : pair->outcome;
    }
    text_drop(&name);
}

struct snapshot_traits snapshot_traits_of(const struct study *study)
{
    struct snapshot_traits traits = {ARRAY_OF(const struct trait *), map_create()};
    for (size_t i = 0; i < study->pair_count; i++) {
        note_trait(&traits, study->pairs[i], true);
        note_trait(&traits, study->pairs[i], false);
    }
    return traits;
}

void snapshot_traits_end(struct snapshot_traits *traits)
{
    map_destroy(traits->places);
    array_destroy(&traits->traits);
}

size_t snapshot_place(const struct snapshot_traits *traits, const struct pair *pair,
                      bool is_exposure)
{
    struct text name = role_of(pair, is_exposure);
    size_t place = 0;
    (void)map_get(traits->places, name.bytes, &place);
    text_drop(&name);
    return place;
}

static void add_trait(struct text *bytes, const struct trait *trait)
{
    pack_text(bytes, trait->key);
    pack_text(bytes, trait->name);
    pack_text(bytes, trait->cohort);
    pack_text(bytes, trait->shared_name);
    pack_count(bytes, trait->unit);
    pack_count(bytes, trait->rank);
    for (int rank = 0; rank < RANK_COUNT; rank++) {
        pack_text(bytes, trait->lineage[rank]);
    }
    pack_number(bytes, trait->n);
    pack_number(bytes, trait->cases);
    pack_number(bytes, trait->prevalence);
    pack_count(bytes, trait->is_simulated);
}

static struct trait *take_trait(struct unpack *from, struct arena *arena)
{
    struct trait *trait = arena_get(arena, 1, sizeof *trait);
    trait->key = unpack_text(from, arena);
    trait->name = unpack_text(from, arena);
    trait->cohort = unpack_text(from, arena);
    trait->shared_name = unpack_text(from, arena);
    trait->unit = (enum trait_unit)unpack_below(from, UNIT_SCORE + 1);
    trait->rank = (enum trait_rank)unpack_below(from, RANK_COUNT);
    for (int rank = 0; rank < RANK_COUNT; rank++) {
        trait->lineage[rank] = unpack_text(from, arena);
    }
    trait->n = unpack_number(from);
    trait->cases = unpack_number(from);
    trait->prevalence = unpack_number(from);
    trait->is_simulated = unpack_below(from, 2);
    from->is_broken |= trait->key == NULL || trait->name == NULL;
    return trait;
}

/* Those without an instrument are in no pair. */
void snapshot_add_traits(struct text *bytes, struct trait *const *traits, size_t count)
{
    pack_count(bytes, count);
    for (size_t i = 0; i < count; i++) {
        add_trait(bytes, traits[i]);
    }
}

struct trait **snapshot_take_traits(struct unpack *from, struct arena *arena, size_t *count)
{
    *count = unpack_length(from, sizeof(uint64_t));
    struct trait **traits = arena_get(arena, *count, sizeof *traits);
    for (size_t i = 0; i < *count && !from->is_broken; i++) {
        traits[i] = take_trait(from, arena);
    }
    return traits;
}

void snapshot_add_entry(struct text *bytes, const struct ledger_entry *entry)
{
    pack_text(bytes, entry->trait);
    pack_text(bytes, entry->outcome);
    pack_text(bytes, entry->variant);
    pack_count(bytes, entry->direction);
    pack_count(bytes, entry->stage);
    pack_count(bytes, entry->reason);
    pack_text(bytes, entry->other);
    pack_number(bytes, entry->r2);
}

void snapshot_take_entry(struct unpack *from, struct ledger_entry *entry, struct arena *arena)
{
    entry->trait = unpack_text(from, arena);
    entry->outcome = unpack_text(from, arena);
    entry->variant = unpack_text(from, arena);
    entry->direction = (enum direction)unpack_below(from, REVERSE + 1);
    entry->stage = (enum stage)unpack_below(from, STAGE_HAND + 1);
    entry->reason = (enum reason)unpack_below(from, REASONS);
    entry->other = unpack_text(from, arena);
    entry->r2 = unpack_number(from);
}

static void add_ledger(struct text *bytes, const struct array *ledger)
{
    for (size_t i = 0; i < ledger->count; i++) {
        snapshot_add_entry(bytes, array_at(ledger, i));
    }
}

static void take_ledger(struct unpack *from, size_t count, struct study *study)
{
    for (size_t i = 0; i < count && !from->is_broken; i++) {
        snapshot_take_entry(from, array_add(&study->ledger), study->arena);
    }
}

void snapshot_add_files(struct text *bytes, const struct array *files)
{
    pack_count(bytes, files->count);
    for (size_t i = 0; i < files->count; i++) {
        const struct study_file *file = array_at(files, i);
        pack_text(bytes, file->path);
        pack_count(bytes, file->sum.bytes);
        pack_count(bytes, file->sum.crc32);
        pack_count(bytes, file->sum.extent);
    }
}

void snapshot_take_files(struct unpack *from, struct study *study)
{
    size_t count = unpack_length(from, sizeof(uint64_t));
    for (size_t i = 0; i < count && !from->is_broken; i++) {
        struct study_file *file = array_add(&study->files);
        file->path = unpack_text(from, study->arena);
        file->sum.bytes = unpack_count(from);
        file->sum.crc32 = (uint32_t)unpack_count(from);
        file->sum.extent = (enum checksum_extent)unpack_below(from, CHECKSUM_EXTENTS);
        from->is_broken |= file->path == NULL;
    }
}

void snapshot_add_asked(struct text *bytes, const struct study *study)
{
    pack_count(bytes, study->asked.count);
    for (size_t i = 0; i < study->asked.count; i++) {
        const struct study_asked *asked = array_at(&study->asked, i);
        pack_text(bytes, asked->item);
        pack_text(bytes, asked->name);
        pack_text(bytes, asked->value);
    }
}

void snapshot_take_asked(struct unpack *from, struct study *study)
{
    size_t count = unpack_length(from, sizeof(uint64_t));
    for (size_t i = 0; i < count && !from->is_broken; i++) {
        struct study_asked *asked = array_add(&study->asked);
        asked->item = unpack_text(from, study->arena);
        asked->name = unpack_text(from, study->arena);
        asked->value = unpack_text(from, study->arena);
        from->is_broken |= asked->item == NULL || asked->name == NULL;
    }
}

void snapshot_add_study(struct text *bytes, const struct study *study,
                        const struct snapshot_traits *traits, bool with_ledger)
{
    pack_text(bytes, study->title);
    pack_count(bytes, study->is_simulated);
    pack_count(bytes, study->seed);
    pack_count(bytes, study->action);
    pack_count(bytes, study->has_direction[FORWARD]);
    pack_count(bytes, study->has_direction[REVERSE]);
    pack_count(bytes, traits->traits.count);
    for (size_t i = 0; i < traits->traits.count; i++) {
        add_trait(bytes, *(const struct trait **)array_at(&traits->traits, i));
    }
    snapshot_add_traits(bytes, study->exposures, study->exposure_count);
    snapshot_add_traits(bytes, study->outcomes, study->outcome_count);
    snapshot_add_through(bytes, study->through);
    pack_count(bytes, with_ledger ? study->ledger.count : 0);
    if (with_ledger) {
        add_ledger(bytes, &study->ledger);
    }
}

struct study *snapshot_take_study(struct unpack *from, struct snapshot_traits *traits)
{
    struct study *study = study_create();
    study->title = unpack_text(from, study->arena);
    study->is_simulated = unpack_below(from, 2);
    study->seed = unpack_count(from);
    study->action = (enum harmonise_action)unpack_below(from, ACTION_DROP + 1);
    study->has_direction[FORWARD] = unpack_below(from, 2);
    study->has_direction[REVERSE] = unpack_below(from, 2);
    *traits = (struct snapshot_traits){ARRAY_OF(const struct trait *), map_create()};
    size_t count = unpack_length(from, sizeof(uint64_t));
    for (size_t i = 0; i < count && !from->is_broken; i++) {
        *(const struct trait **)array_add(&traits->traits) = take_trait(from, study->arena);
    }
    study->exposures = snapshot_take_traits(from, study->arena, &study->exposure_count);
    study->outcomes = snapshot_take_traits(from, study->arena, &study->outcome_count);
    study->through =
        snapshot_take_through(from, study->exposure_count * study->outcome_count, study->arena);
    take_ledger(from, unpack_length(from, sizeof(uint64_t)), study);
    if (from->is_broken) {
        snapshot_traits_end(traits);
        study_destroy(study);
        return NULL;
    }
    return study;
}
