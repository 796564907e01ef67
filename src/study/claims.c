#include "study/claims.h"
#include "base/array.h"
#include "base/i18n.h"
#include "base/text.h"
#include "study/plain_words.h"
#include "study/through.h"
#include <string.h>

/* Answers as they are found. */
struct answering {
    const struct verdicts *verdicts;
    struct arena *arena;
    struct array answers; /* struct claim_answer */
};

const char *claim_stand_key(enum claim_stand stand)
{
    static const char *const keys[CLAIM_STANDS] = {[CLAIM_NOT_IN_STUDY] = "not in study",
                                                   [CLAIM_CANNOT_SAY] = "cannot say",
                                                   [CLAIM_UNKNOWN] = "no estimate",
                                                   [CLAIM_NOT_SEEN] = "not seen",
                                                   [CLAIM_CONTRARY] = "contrary",
                                                   [CLAIM_WEAKLY_AGREES] = "agrees weakly",
                                                   [CLAIM_AGREES] = "agrees"};

    return keys[stand];
}

const char *claim_stand_words(enum claim_stand stand)
{
    switch (stand) {
    case CLAIM_NOT_IN_STUDY:
        return _("not in this study");
    case CLAIM_CANNOT_SAY:
        return _("this study cannot say");
    case CLAIM_UNKNOWN:
        return _("no estimate");
    case CLAIM_NOT_SEEN:
        return _("not seen");
    case CLAIM_CONTRARY:
        return _("contrary");
    case CLAIM_WEAKLY_AGREES:
        return _("agrees weakly");
    case CLAIM_AGREES:
        return _("agrees");
    case CLAIM_STANDS:
        break;
    }
    return "";
}

static void add(struct answering *answering, const struct claim *claim, size_t pair, char grade,
                enum claim_stand stand, const char *can, const char *cannot)
{
    *(struct claim_answer *)array_add(&answering->answers) =
        (struct claim_answer){claim, pair, grade, stand, can, cannot};
}

static bool is_about_disease(const struct pair *pair, const struct claim *claim)
{
    return text_contains_fold(study_disease(pair)->name, claim->disease);
}

static bool has_disease(const struct study *study, const struct claim *claim)
{
    for (size_t i = 0; i < study->pair_count; i++) {
        if (is_about_disease(study->pairs[i], claim)) {
            return true;
        }
    }
    return false;
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

static const char *say_not_abundance(const struct claim *claim)
{
    return strcmp(claim->direction, "more") == 0
               ? _("It cannot say whether people with the disease have more of it today, nor "
                   "why: people are compared by their genes, not the ill with the healthy.")
               : _("It cannot say whether people with the disease have less of it today, nor "
                   "why: people are compared by their genes, not the ill with the healthy.");
}

static void answer_pair(struct answering *answering, const struct claim *claim, size_t pair)
{
    const struct results *results = answering->verdicts->results;
    struct verdict verdict = verdicts_at(answering->verdicts, pair);
    struct plain_words words = plain_words_of_pair(results, pair, &verdict, answering->arena);

    add(answering, claim, pair, verdict.grade,
        stand_of(claim, results->pairs[pair].analysis, verdict.grade), words.headline,
        say_not_abundance(claim));
}

static void answer_abundance(struct answering *answering, const struct claim *claim)
{
    const struct study *study = answering->verdicts->results->study;
    size_t before = answering->answers.count;

    for (size_t i = 0; i < study->pair_count; i++) {
        if (is_about_disease(study->pairs[i], claim) &&
            is_called(study_taxon(study->pairs[i]), claim->about)) {
            answer_pair(answering, claim, i);
        }
    }
    if (answering->answers.count == before) {
        add(answering, claim, CLAIM_NO_PAIR, '-', CLAIM_NOT_IN_STUDY,
            _("This taxon is not compared with the disease here."), say_not_abundance(claim));
    }
}

/* --- order */

static const char *say_counts(const struct results *results, struct arena *arena)
{
    struct results_count forward = results_count_of(results, NULL, FORWARD);
    struct results_count reverse = results_count_of(results, NULL, REVERSE);

    return arena_format(
        arena,
        _("It asks both ways: from gut to disease %1$zu of %2$zu comparisons look like "
          "something "
          "(about %3$.1f would by chance), from disease to gut %4$zu of %5$zu (about %6$.1f)."),
        forward.nominal, forward.tested, forward.expected, reverse.nominal, reverse.tested,
        reverse.expected);
}

static void answer_order(struct answering *answering, const struct claim *claim)
{
    const struct results *results = answering->verdicts->results;
    bool has_both =
        results->study->has_direction[FORWARD] && results->study->has_direction[REVERSE];

    add(answering, claim, CLAIM_NO_PAIR, '-', CLAIM_CANNOT_SAY,
        has_both ? say_counts(results, answering->arena)
                 : _("It asks one way only, so that the two directions cannot be set side by "
                     "side."),
        _("It cannot say what came first in anybody's life: genes are there from birth, and "
          "nobody was watched over time."));
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

/* The first trait of a pair whose name has one of the words. */
static const struct trait *trait_with(const struct study *study, const char *words)
{
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];

        if (has_word(pair->exposure->name, words)) {
            return pair->exposure;
        }
        if (has_word(pair->outcome->name, words)) {
            return pair->outcome;
        }
    }
    return NULL;
}

/* What has its own command says more than what is compared by itself. */
static bool answer_between(struct answering *answering, const struct claim *claim)
{
    const struct through *through = answering->verdicts->results->study->through;
    const struct trait *trait;

    if (through == NULL) {
        return false;
    }
    trait = trait_in(through->mediators, through->mediator_count, claim->about);
    if (trait == NULL) {
        return false;
    }
    add(answering, claim, CLAIM_NO_PAIR, '-', CLAIM_CANNOT_SAY,
        arena_format(answering->arena,
                     _("It has %s between them: taxamr mediate estimates what goes through "
                       "it."),
                     trait->name),
        NULL);
    return true;
}

static const char *say_trait(const struct study *study, const char *words, struct arena *arena)
{
    const struct through *through = study->through;
    const struct trait *trait = trait_with(study, words);

    if (trait != NULL) {
        return arena_format(arena, _("It has %s among its traits, each compared by itself."),
                            trait->name);
    }
    trait =
        through == NULL ? NULL : trait_in(through->covariates, through->covariate_count, words);
    return trait == NULL
               ? NULL
               : arena_format(arena, _("It has %s as a covariate and no more."), trait->name);
}

static void answer_link(struct answering *answering, const struct claim *claim)
{
    const struct study *study = answering->verdicts->results->study;
    const char *can = say_trait(study, claim->about, answering->arena);

    if (answer_between(answering, claim)) {
        return;
    }
    if (can == NULL) {
        add(answering, claim, CLAIM_NO_PAIR, '-', CLAIM_NOT_IN_STUDY,
            _("No trait of this study measures it."),
            _("It cannot say by which way anything acts: that needs a study of what lies "
              "between."));
        return;
    }
    add(answering, claim, CLAIM_NO_PAIR, '-', CLAIM_CANNOT_SAY, can,
        _("It cannot say whether one acts by way of the other: that needs an analysis of what "
          "lies between."));
}

static void answer(struct answering *answering, const struct claim *claim)
{
    if (!has_disease(answering->verdicts->results->study, claim)) {
        add(answering, claim, CLAIM_NO_PAIR, '-', CLAIM_NOT_IN_STUDY,
            _("This study is not about that disease."), _("It cannot say anything of it."));
        return;
    }
    switch (claim->kind) {
    case CLAIM_ABUNDANCE:
        answer_abundance(answering, claim);
        break;
    case CLAIM_ORDER:
        answer_order(answering, claim);
        break;
    case CLAIM_LINK:
        answer_link(answering, claim);
        break;
    }
}

const struct claim_answer *claims_answer(const struct verdicts *verdicts, struct arena *arena,
                                         size_t *count)
{
    struct answering answering = {verdicts, arena, ARRAY_OF(struct claim_answer)};
    size_t claim_count;
    const struct claim *claims = claims_read(arena, &claim_count);
    struct claim_answer *answers;

    for (size_t i = 0; i < claim_count; i++) {
        answer(&answering, &claims[i]);
    }
    *count = answering.answers.count;
    answers = arena_get(arena, *count, sizeof *answers);
    memcpy(answers, answering.answers.items, *count * sizeof *answers);
    array_destroy(&answering.answers);
    return answers;
}
