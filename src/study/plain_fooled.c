#include "base/i18n.h"
#include "study/plain_parts.h"
#include <math.h>

/* What it means for the lay reader that a rule does not hold, or cannot be judged; NULL: this
 * is said elsewhere. */
static const char *say_failed(const struct plain_pair *plain, enum verdict_rule rule)
{
    switch (rule) {
    case RULE_VARIANTS:
        return _("So few variants stand for it that hardly anything can be checked.");
    case RULE_METHODS:
        return _("Other methods, which other things would fool, do not agree well enough.");
    case RULE_LEAVE_ONE_OUT:
        return _("Taking away a single variant changes whether a difference is seen.");
    case RULE_OUTLIERS:
        return _("Without the variants that stand out from the others, nothing is left of it.");
    case RULE_GENOME_WIDE:
        return arena_format(plain->arena,
                            _("No variant is tied to %s beyond doubt, so that some may have "
                              "nothing to do with it."),
                            plain->exposure);
    case RULE_HETEROGENEITY:
        return arena_format(plain->arena,
                            _("The variants disagree among themselves more than chance would "
                              "have it, so that some probably act by ways other than %s."),
                            plain->exposure);
    case RULE_INTERCEPT:
        return arena_format(plain->arena,
                            _("There are signs that the variants act on %1$s by ways that pass "
                              "by %2$s, mostly to the same side."),
                            plain->outcome, plain->exposure);
    case RULE_DIRECTION:
        return arena_format(plain->arena,
                            _("The direction is not settled: the variants may belong to %1$s "
                              "rather than to %2$s."),
                            plain->outcome, plain->exposure);
    case RULE_REVERSE:
        return arena_format(plain->arena,
                            _("The other direction, from %1$s to %2$s, has a P below 0.05: "
                              "a link could run that way."),
                            plain->outcome, plain->exposure);
    case RULE_REPLICATED:
        return _("Other cohorts of the outcome were asked, and do not show it.");
    case RULE_NOMINAL:
    case RULE_FDR:
    case RULE_POWER:
    case VERDICT_RULES:
    default:
        return NULL;
    }
}

/* The other direction, which a study may lack, or of which there may be no estimate. */
static const char *say_no_reverse(const struct plain_pair *plain)
{
    const struct study *study = plain->results->study;
    enum direction other = plain->pair->direction == FORWARD ? REVERSE : FORWARD;
    if (!isnan(plain->verdict->rulings[RULE_REVERSE].value)) {
        return arena_format(plain->arena,
                            _("In the other direction, from %1$s to %2$s, nothing is seen, but "
                              "a modest effect could well have been missed."),
                            plain->outcome, plain->exposure);
    }

    return arena_format(
        plain->arena,
        study->has_direction[other]
            ? _("The other direction, from %1$s to %2$s, gave nothing that could be judged.")
            : _("The other direction, from %1$s to %2$s, was not looked at."),
        plain->outcome, plain->exposure);
}

static const char *say_cannot(const struct plain_pair *plain, enum verdict_rule rule)
{
    switch (rule) {
    case RULE_METHODS:
        return _("Too few other methods gave an answer to compare it with.");
    case RULE_HETEROGENEITY:
    case RULE_INTERCEPT:
    case RULE_LEAVE_ONE_OUT:
    case RULE_OUTLIERS:
        return NULL; /* so few variants that the rule on their number says so */
    case RULE_DIRECTION:
        return _("Which direction is the right one cannot be told from these data.");
    case RULE_REVERSE:
        return say_no_reverse(plain);
    case RULE_REPLICATED:
        return _("No other cohort of the outcome was asked.");
    case RULE_GENOME_WIDE:
    case RULE_VARIANTS:
    case RULE_NOMINAL:
    case RULE_FDR:
    case RULE_POWER:
    case VERDICT_RULES:
    default:
        return NULL;
    }
}

static const char *say_rule(const struct plain_pair *plain, enum verdict_rule rule)
{
    switch (plain->verdict->rulings[rule].judged) {
    case JUDGE_FAILED:
        return say_failed(plain, rule);
    case JUDGE_CANNOT:
        return say_cannot(plain, rule);
    case JUDGE_PASSED:
    case JUDGE_NOT_RUN:
    default:
        return NULL;
    }
}

/* Where no difference is seen, that it does not stand the checks is no warning. */
static bool is_warning(const struct plain_pair *plain, enum verdict_rule rule)
{
    bool is_null = plain->verdict->grade == 'E';

    return !is_null || (rule != RULE_LEAVE_ONE_OUT && rule != RULE_OUTLIERS &&
                        rule != RULE_METHODS && rule != RULE_REPLICATED);
}

static const char *say_same_set(const struct plain_pair *plain)
{
    size_t count = plain->results->pairs[plain->index].same_set;

    if (count == 0) {
        return NULL;
    }
    return arena_format(
        plain->arena,
        ngettext("%zu other trait has the very same variants, so that the two cannot be told "
                 "apart.",
                 "%zu other traits have the very same variants, so that they cannot be told "
                 "apart.",
                 count),
        count);
}

const char *plain_fooled(const struct plain_pair *plain)
{
    const char *sentences = NULL;

    for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
        if (is_warning(plain, rule)) {
            sentences = plain_join(plain->arena, sentences, say_rule(plain, rule));
        }
    }
    if (!plain_has_estimate(plain)) {
        return _("Nothing could be checked.");
    }
    if (sentences == NULL) {
        sentences = _("None of the checks made here gave a warning.");
    }
    sentences = plain_join(plain->arena, sentences, say_same_set(plain));
    return plain_join(plain->arena, sentences,
                      _("And all of it rests on the variants acting in no other way, which no "
                        "data can show for certain."));
}

/* --- what it does not mean */

static const char *say_no_advice(const struct plain_pair *plain)
{
    if (trait_is_taxon(plain->pair->exposure)) {
        return arena_format(plain->arena,
                            _("It does not mean that a probiotic, a diet or a test of the gut "
                              "would change %s: differences by genes are small and last a "
                              "lifetime."),
                            plain->outcome);
    }
    return arena_format(plain->arena,
                        _("It does not mean that treating %1$s would change %2$s as much: "
                          "differences by genes are small and last a lifetime."),
                        plain->exposure, plain->outcome);
}

static const char *say_no_null(const struct plain_pair *plain)
{
    if (plain->verdict->grade != 'E') {
        return NULL;
    }
    return arena_format(plain->arena,
                        _("Nor does it show that %1$s has nothing to do with %2$s: only what "
                          "common genetic variants tell was looked at."),
                        plain->exposure, plain->outcome);
}

const char *plain_not(const struct plain_pair *plain)
{
    const char *sentences =
        plain_join(plain->arena, say_no_advice(plain),
                   _("It says nothing of any single person, and little of people other than "
                     "those who were studied."));

    return plain_join(plain->arena, sentences, say_no_null(plain));
}

const char *plain_simulated(bool is_simulated)
{
    return is_simulated
               ? _("Effects in this study are made up for practice: nothing here is about real "
                   "people.")
               : NULL;
}
