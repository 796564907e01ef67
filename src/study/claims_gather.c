#include "base/text.h"
#include "study/claims_parts.h"
#include "study/plain_words.h"
#include "study/through.h"
#include <string.h>

struct claims_gathering *claims_gather_begin(struct arena *arena)
{
    struct claims_gathering *of = arena_get(arena, 1, sizeof *of);

    of->arena = arena;
    of->claims = claims_read(arena, &of->count);
    of->found = arena_get(arena, of->count, sizeof *of->found);
    for (size_t i = 0; i < of->count; i++) {
        for (int direction = FORWARD; direction <= REVERSE; direction++) {
            of->found[i].pairs[direction] = ARRAY_OF(struct claim_answer);
        }
    }
    return of;
}

void claims_gather_end(struct claims_gathering *of)
{
    for (size_t i = 0; i < of->count; i++) {
        for (int direction = FORWARD; direction <= REVERSE; direction++) {
            array_destroy(&of->found[i].pairs[direction]);
        }
    }
}

static bool is_about_disease(const struct pair *pair, const struct claim *claim)
{
    return text_contains_fold(study_disease(pair)->name, claim->disease);
}

/* --- abundance */

/* "genus:Blautia", by rank and name: keys differ between studies. */
static bool is_called(const struct trait *trait, const char *about)
{
    const char *rank = trait_rank_key(trait->rank), *colon = strchr(about, ':');
    size_t length = colon == NULL ? 0 : (size_t)(colon - about);

    return length > 0 && strlen(rank) == length && strncmp(rank, about, length) == 0 &&
           text_equal_fold(trait_shared_name(trait), colon + 1);
}

static enum claim_stand stand_of(const struct claim *claim, const struct analysis *analysis,
                                 char grade)
{
    bool wants_more = strcmp(claim->direction, "more") == 0;

    if (grade == '-') {
        return CLAIM_UNKNOWN;
    }
    if (grade == 'E') {
        return CLAIM_NOT_SEEN;
    }
    if ((analysis->main.b > 0) != wants_more) {
        return CLAIM_CONTRARY;
    }
    return grade == 'D' ? CLAIM_WEAKLY_AGREES : CLAIM_AGREES;
}

static void take_pair(struct claims_gathering *of, const struct verdicts *verdicts,
                      size_t place, size_t claim)
{
    const struct results *results = verdicts->results;
    const struct pair *pair = results->study->pairs[place];
    struct arena *scratch = arena_create();
    struct verdict verdict = verdicts_at(verdicts, place);
    struct plain_words words = plain_words_of_pair(results, place, &verdict, scratch);

    *(struct claim_answer *)array_add(&of->found[claim].pairs[pair->direction]) =
        (struct claim_answer){.claim = &of->claims[claim],
                              .exposure = arena_text(of->arena, pair->exposure->key),
                              .outcome = arena_text(of->arena, pair->outcome->key),
                              .direction = pair->direction,
                              .grade = verdict.grade,
                              .stand = stand_of(&of->claims[claim],
                                                results->pairs[place].analysis, verdict.grade),
                              .can = arena_text(of->arena, words.headline)};
    arena_destroy(scratch);
}

/* --- links */

/* Whether a name has one of the words, which have commas between them. */
static bool has_word(const char *name, const char *words)
{
    for (const char *word = words; *word != '\0';) {
        size_t length = strcspn(word, ",");
        char one[64] = "";

        if (length < sizeof one) {
            memcpy(one, word, length);
        }
        if (one[0] != '\0' && text_contains_fold(name, one)) {
            return true;
        }
        word += length + (word[length] == ',');
    }
    return false;
}

static const struct trait *trait_in(struct trait *const *traits, size_t count,
                                    const char *words)
{
    for (size_t i = 0; i < count; i++) {
        if (has_word(traits[i]->name, words)) {
            return traits[i];
        }
    }
    return NULL;
}

/* The first trait of a pair whose name has one of the words, by the pair's direction. */
static void take_trait(struct claims_gathering *of, const struct pair *pair,
                       const struct claim *claim, struct claim_found *found)
{
    const struct trait *sides[] = {pair->exposure, pair->outcome};

    for (int i = 0; i < 2 && found->trait[pair->direction] == NULL; i++) {
        if (has_word(sides[i]->name, claim->about)) {
            found->trait[pair->direction] = arena_text(of->arena, sides[i]->name);
        }
    }
}

static const char *name_of(struct claims_gathering *of, const struct trait *trait)
{
    return trait == NULL ? NULL : arena_text(of->arena, trait->name);
}

/* Mediators are the same in every slice. */
static void take_between(struct claims_gathering *of, const struct through *through,
                         size_t claim)
{
    const char *about = of->claims[claim].about;
    struct claim_found *found = &of->found[claim];

    if (through != NULL && found->mediator == NULL && found->covariate == NULL &&
        of->claims[claim].kind == CLAIM_LINK) {
        found->mediator =
            name_of(of, trait_in(through->mediators, through->mediator_count, about));
        found->covariate =
            name_of(of, trait_in(through->covariates, through->covariate_count, about));
    }
}

/* --- all */

static void take_claim(struct claims_gathering *of, const struct verdicts *verdicts,
                       size_t place)
{
    const struct study *study = verdicts->results->study;
    const struct claim *claim = &of->claims[place];
    struct claim_found *found = &of->found[place];

    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        bool is_about = is_about_disease(pair, claim);

        found->has_disease |= is_about;
        if (claim->kind == CLAIM_LINK) {
            take_trait(of, pair, claim, found);
        } else if (claim->kind == CLAIM_ABUNDANCE && is_about &&
                   is_called(study_taxon(pair), claim->about)) {
            take_pair(of, verdicts, i, place);
        }
    }
    take_between(of, study->through, place);
}

void claims_gather(struct claims_gathering *of, const struct verdicts *verdicts)
{
    const struct results *results = verdicts->results;

    of->has_both =
        results->study->has_direction[FORWARD] && results->study->has_direction[REVERSE];
    for (int direction = FORWARD; direction <= REVERSE; direction++) {
        results_count_more(&of->ways[direction], results, (enum direction)direction);
    }
    for (size_t i = 0; i < of->count; i++) {
        take_claim(of, verdicts, i);
    }
}
