#include "base/i18n.h"
#include "study/claims_parts.h"
#include <string.h>

/* Answers as they are found. */
struct answering {
    const struct claims_gathering *of;
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

/* No pair bears on it. */
static void add(struct answering *answering, const struct claim *claim, enum claim_stand stand,
                const char *can, const char *cannot)
{
    *(struct claim_answer *)array_add(&answering->answers) = (struct claim_answer){
        .claim = claim, .grade = '-', .stand = stand, .can = can, .cannot = cannot};
}

/* --- abundance */

static const char *say_not_abundance(const struct claim *claim)
{
    return strcmp(claim->direction, "more") == 0
               ? _("It cannot say whether people with the disease have more of it today, nor "
                   "why: people are compared by their genes, not the ill with the healthy.")
               : _("It cannot say whether people with the disease have less of it today, nor "
                   "why: people are compared by their genes, not the ill with the healthy.");
}

static void answer_abundance(struct answering *answering, const struct claim *claim,
                             const struct claim_found *found)
{
    const char *cannot = say_not_abundance(claim);
    size_t before = answering->answers.count;

    for (int direction = FORWARD; direction <= REVERSE; direction++) {
        for (size_t i = 0; i < found->pairs[direction].count; i++) {
            struct claim_answer *answer = array_add(&answering->answers);
            *answer = *(struct claim_answer *)array_at(&found->pairs[direction], i);
            answer->cannot = cannot;
        }
    }
    if (answering->answers.count == before) {
        add(answering, claim, CLAIM_NOT_IN_STUDY,
            _("This taxon is not compared with the disease here."), cannot);
    }
}

/* --- order */

static const char *say_counts(const struct results_count *ways, struct arena *arena)
{
    struct results_count forward = ways[FORWARD], reverse = ways[REVERSE];

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
    add(answering, claim, CLAIM_CANNOT_SAY,
        answering->of->has_both
            ? say_counts(answering->of->ways, answering->arena)
            : _("It asks one way only, so that the two directions cannot be set side by "
                "side."),
        _("It cannot say what came first in anybody's life: genes are there from birth, and "
          "nobody was watched over time."));
}

/* --- links */

/* What has its own command says more than what is compared by itself. */
static const char *say_found(const struct claim_found *found, struct arena *arena)
{
    const char *trait = found->trait[found->trait[FORWARD] == NULL ? REVERSE : FORWARD];

    if (found->mediator != NULL) {
        return arena_format(arena,
                            _("It has %s between them: taxamr mediate estimates what goes "
                              "through it."),
                            found->mediator);
    }
    if (trait != NULL) {
        return arena_format(arena, _("It has %s among its traits, each compared by itself."),
                            trait);
    }
    return found->covariate == NULL
               ? NULL
               : arena_format(arena, _("It has %s as a covariate and no more."),
                              found->covariate);
}

static void answer_link(struct answering *answering, const struct claim *claim,
                        const struct claim_found *found)
{
    const char *can = say_found(found, answering->arena);

    if (can == NULL) {
        add(answering, claim, CLAIM_NOT_IN_STUDY, _("No trait of this study measures it."),
            _("It cannot say by which way anything acts: that needs a study of what lies "
              "between."));
        return;
    }
    add(answering, claim, CLAIM_CANNOT_SAY, can,
        found->mediator != NULL
            ? NULL
            : _("It cannot say whether one acts by way of the other: that needs an analysis of "
                "what lies between."));
}

static void answer(struct answering *answering, const struct claim *claim,
                   const struct claim_found *found)
{
    if (!found->has_disease) {
        add(answering, claim, CLAIM_NOT_IN_STUDY, _("This study is not about that disease."),
            _("It cannot say anything of it."));
        return;
    }
    switch (claim->kind) {
    case CLAIM_ABUNDANCE:
        answer_abundance(answering, claim, found);
        break;
    case CLAIM_ORDER:
        answer_order(answering, claim);
        break;
    case CLAIM_LINK:
        answer_link(answering, claim, found);
        break;
    }
}

const struct claim_answer *claims_gathered(const struct claims_gathering *of,
                                           struct arena *arena, size_t *count)
{
    struct answering answering = {of, arena, ARRAY_OF(struct claim_answer)};
    struct claim_answer *answers;

    for (size_t i = 0; i < of->count; i++) {
        answer(&answering, &of->claims[i], &of->found[i]);
    }
    *count = answering.answers.count;
    answers = arena_get(arena, *count, sizeof *answers);
    memcpy(answers, answering.answers.items, *count * sizeof *answers);
    array_destroy(&answering.answers);
    return answers;
}

const struct claim_answer *claims_answer(const struct verdicts *verdicts, struct arena *arena,
                                         size_t *count)
{
    struct claims_gathering *of = claims_gather_begin(arena);
    const struct claim_answer *answers;

    claims_gather(of, verdicts);
    answers = claims_gathered(of, arena, count);
    claims_gather_end(of);
    return answers;
}
