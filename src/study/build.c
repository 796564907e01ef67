#include "study/build.h"
#include "base/memory.h"
#include "study/asked.h"
#include <math.h>
#include <string.h>

struct study *study_create(void)
{
    struct study *study = memory_get(1, sizeof *study);
    study->arena = arena_create();
    study->seed = PLAN_SEED;
    study->action = ACTION_INFER;
    study->ledger = ARRAY_OF(struct ledger_entry);
    study->files = ARRAY_OF(struct study_file);
    study->warnings = ARRAY_OF(char *);
    study->asked = ARRAY_OF(struct study_asked);
    return study;
}

void study_destroy(struct study *study)
{
    if (study == NULL) {
        return;
    }
    array_destroy(&study->ledger);
    array_destroy(&study->files);
    array_destroy(&study->warnings);
    array_destroy(&study->asked);
    arena_destroy(study->arena);
    memory_free(study);
}

void study_note(struct study *study, struct ledger_entry entry)
{
    struct ledger_entry *place = array_add(&study->ledger);
    *place = entry;
}

static enum reason reason_of(enum gwas_drop drop)
{
    switch (drop) {
    case DROP_NO_ID:
        return REASON_NO_ID;
    case DROP_NO_BETA:
    case DROP_NO_SE:
    case DROP_FAILED:
        return REASON_MISSING_NUMBER;
    case DROP_SE_NOT_POSITIVE:
        return REASON_BAD_SE;
    case DROP_P_RANGE:
        return REASON_BAD_P;
    case DROP_EAF_RANGE:
        return REASON_BAD_EAF;
    case DROP_ALLELES:
        return REASON_BAD_ALLELES;
    case DROP_POSITION:
        return REASON_BAD_POSITION;
    case DROP_DUPLICATE:
        return REASON_DUPLICATE;
    case DROP_BAD_ROW:
    case DROP_NONE:
    case DROP_REASONS:
        break;
    }
    return REASON_BAD_ROW;
}

static void note_dropped(struct study *study, const struct gwas_table *table, const char *owner)
{
    for (size_t i = 0; i < table->dropped.count; i++) {
        const struct gwas_dropped *dropped = array_at(&table->dropped, i);
        const char *variant = dropped->variant;
        if (variant == NULL) {
            variant = arena_format(study->arena, "line %ld", dropped->line);
        }
        study_note(study, (struct ledger_entry){
                              .trait = dropped->trait == NULL ? owner : dropped->trait,
                              .variant = variant,
                              .stage = STAGE_READING,
                              .reason = reason_of(dropped->reason)});
    }
}

void study_note_table(struct study *study, const char *path, const struct gwas_table *table,
                      const char *owner)
{
    struct study_file *file = array_add(&study->files);
    *file = (struct study_file){.path = arena_text(study->arena, path),
                                .rows = table->read,
                                .times = 1,
                                .dropped = table->dropped.count};
    char *warning = gwas_warning(path, table);
    if (warning != NULL) {
        *(char **)array_add(&study->warnings) = arena_text(study->arena, warning);
        memory_free(warning);
    }
    note_dropped(study, table, owner == NULL ? file->path : owner);
}

void study_choose(struct study *study, const struct trait *trait,
                  const struct instrument_settings *settings, enum direction direction,
                  const struct association ***chosen, size_t *count)
{
    *chosen = arena_get(study->arena, trait->count, sizeof(struct association *));
    *count = 0;
    for (size_t i = 0; i < trait->count; i++) {
        const struct association *association = &trait->associations[i];
        if (instrument_is_chosen(association, settings)) {
            (*chosen)[(*count)++] = association;
            continue;
        }
        study_note(study, (struct ledger_entry){.trait = trait->key,
                                                .variant = association->variant,
                                                .direction = direction,
                                                .stage = STAGE_INSTRUMENT,
                                                .reason = REASON_TOO_WEAK});
    }
}

void study_add_pair(struct study *study, struct array *pairs, const struct trait *exposure,
                    const struct association *const *chosen, size_t count,
                    const struct trait *outcome, enum direction direction)
{
    struct harmonised *rows = NULL;
    harmonise_join(chosen, count, outcome->associations, outcome->count, study->action,
                   study->arena, &rows);
    *(struct pair **)array_add(pairs) =
        pair_create(study->arena, exposure, outcome, direction, rows, count);
}

void study_take_pairs(struct study *study, const struct array *pairs)
{
    study->pair_count = pairs->count;
    study->pairs = arena_get(study->arena, pairs->count, sizeof(struct pair *));
    for (size_t i = 0; i < pairs->count; i++) {
        study->pairs[i] = *(struct pair **)array_at(pairs, i);
        ledger_add_pair(&study->ledger, study->pairs[i]);
    }
}

void study_mark_regions(struct study *study)
{
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        for (size_t j = 0; j < pair->row_count; j++) {
            /* the rows are in the study's arena, which is not frozen yet */
            struct harmonised *row = (struct harmonised *)(uintptr_t)&pair->rows[j];
            row->region = regions_find(&study->regions, &row->x, study->build);
        }
    }
}

bool study_take_regions(struct study *study, const char *path, struct error *error)
{
    if (!regions_read(path, study->arena, &study->regions, error)) {
        return false;
    }
    study_mark_regions(study);
    return true;
}

const struct pair *study_find_pair(const struct study *study, const char *exposure,
                                   const char *outcome, enum direction direction, size_t *index)
{
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        if (pair->direction == direction && strcmp(pair->exposure->key, exposure) == 0 &&
            strcmp(pair->outcome->key, outcome) == 0) {
            if (index != NULL) {
                *index = i;
            }
            return pair;
        }
    }
    return NULL;
}

const struct trait *study_taxon(const struct pair *pair)
{
    return pair->direction == FORWARD ? pair->exposure : pair->outcome;
}

const struct trait *study_disease(const struct pair *pair)
{
    return pair->direction == FORWARD ? pair->outcome : pair->exposure;
}
