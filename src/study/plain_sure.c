#include "base/i18n.h"
#include "study/plain_parts.h"
#include <math.h>

static bool is_up(const struct plain_pair *plain)
{
    return plain->analysis->main.b > 0;
}

static enum judgement judged(const struct plain_pair *plain, enum verdict_rule rule)
{
    return plain->verdict->rulings[rule].judged;
}

/* --- in one sentence */

static const char *say_null_headline(const struct plain_pair *plain)
{
    struct arena *arena = plain->arena;

    switch (judged(plain, RULE_POWER)) {
    case JUDGE_PASSED:
        return arena_format(
            arena,
            _("No difference in %1$s was seen with %2$s, and a modest one would "
              "probably have been seen."),
            plain->outcome, plain->exposure);
    case JUDGE_FAILED:
        return arena_format(
            arena,
            plain->verdict->has_power
                ? _("No difference in %1$s was seen with %2$s, but a modest one "
                    "fits these data too.")
                : _("No difference in %1$s was seen with %2$s, but a modest one could "
                    "well have been missed."),
            plain->outcome, plain->exposure);
    case JUDGE_CANNOT:
    case JUDGE_NOT_RUN:
    default:
        return arena_format(arena,
                            _("No difference in %1$s was seen with %2$s; whether a modest one "
                              "would have been seen is not known."),
                            plain->outcome, plain->exposure);
    }
}

static const char *say_strong(const struct plain_pair *plain)
{
    return arena_format(
        plain->arena,
        is_up(plain)
            ? _("More %1$s goes with more %2$s; the evidence is strong, and consistent "
                "with a causal effect.")
            : _("More %1$s goes with less %2$s; the evidence is strong, and consistent "
                "with a causal effect."),
        plain->exposure, plain->outcome);
}

static const char *say_moderate(const struct plain_pair *plain)
{
    return arena_format(plain->arena,
                        is_up(plain)
                            ? _("More %1$s goes with more %2$s; the evidence is moderate.")
                            : _("More %1$s goes with less %2$s; the evidence is moderate."),
                        plain->exposure, plain->outcome);
}

static const char *say_suggestive(const struct plain_pair *plain)
{
    return arena_format(
        plain->arena,
        is_up(plain)
            ? _("More %1$s goes with more %2$s; the evidence is suggestive and no more.")
            : _("More %1$s goes with less %2$s; the evidence is suggestive and no more."),
        plain->exposure, plain->outcome);
}

static const char *say_weak(const struct plain_pair *plain)
{
    return arena_format(
        plain->arena,
        is_up(plain) ? _("In these data more %1$s goes with more %2$s, but the evidence is "
                         "weak: chance or a flaw may well be behind it.")
                     : _("In these data more %1$s goes with less %2$s, but the evidence is "
                         "weak: chance or a flaw may well be behind it."),
        plain->exposure, plain->outcome);
}

const char *plain_headline(const struct plain_pair *plain)
{
    switch (plain->verdict->grade) {
    case 'A':
        return say_strong(plain);
    case 'B':
        return say_moderate(plain);
    case 'C':
        return say_suggestive(plain);
    case 'D':
        return say_weak(plain);
    case 'E':
        return say_null_headline(plain);
    default:
        return arena_format(plain->arena,
                            plain_has_estimate(plain)
                                ? _("What %1$s has to do with %2$s is still being computed.")
                                : _("Nothing can be said of %1$s and %2$s: there is no "
                                    "estimate."),
                            plain->exposure, plain->outcome);
    }
}

/* --- how sure */

static const char *say_moderate_grade(const struct plain_pair *plain)
{
    if (judged(plain, RULE_REPLICATED) == JUDGE_PASSED) {
        return _("By the rules of this program it has grade B, moderate: it stands correction "
                 "for the number of questions asked and the checks, but the other direction is "
                 "not ruled out.");
    }
    if (judged(plain, RULE_REVERSE) == JUDGE_PASSED) {
        return _("By the rules of this program it has grade B, moderate: it stands correction "
                 "for the number of questions asked and the checks, but it was not shown in "
                 "another cohort.");
    }
    return _("By the rules of this program it has grade B, moderate: it stands correction "
             "for the number of questions asked and the checks, but it was not shown in "
             "another cohort, and the other direction is not ruled out.");
}

static const char *say_weak_grade(const struct plain_pair *plain)
{
    return judged(plain, RULE_FDR) == JUDGE_PASSED
               ? _("By the rules of this program it has grade D, weak: it stands correction "
                   "for the number of questions asked, but fails, or could not be put to, a "
                   "check "
                   "that a better grade needs.")
               : _("By the rules of this program it has grade D, weak: taken alone it is more "
                   "than chance usually shows, but it does not stand correction for the number "
                   "of questions asked.");
}

static const char *say_grade(const struct plain_pair *plain)
{
    switch (plain->verdict->grade) {
    case 'A':
        return _("By the rules of this program it has grade A: it stands correction for the "
                 "number of questions asked, the checks, and the look at the other direction, "
                 "and another cohort shows it too. That is what one would see if there were a "
                 "causal effect; it is not yet proof of one.");
    case 'B':
        return say_moderate_grade(plain);
    case 'C':
        return _("By the rules of this program it has grade C, suggestive: it stands "
                 "correction for the number of questions asked, but some check does not hold.");
    case 'D':
        return say_weak_grade(plain);
    case 'E':
        return _("By the rules of this program it has grade E: what was seen is no more than "
                 "chance often shows.");
    default:
        return plain_has_estimate(plain) ? _("It has no grade yet.") : _("It has no grade.");
    }
}

static const char *say_tests(const struct plain_pair *plain)
{
    struct results_count count = results_count_of(
        plain->results, study_disease(plain->pair)->key, plain->pair->direction);

    if (count.tested < 2) {
        return NULL;
    }
    return arena_format(plain->arena,
                        _("It is one of %1$zu such questions; by chance alone about %2$.1f of "
                          "them would look like something, and %3$zu do."),
                        count.tested, count.expected, count.nominal);
}

/* Where the interval reaches such an effect although the probability was high, that it would
 * have been seen is not the thing to say. */
static const char *say_power(const struct plain_pair *plain)
{
    double power = plain->verdict->rulings[RULE_POWER].value;
    bool has_power = plain->verdict->has_power;
    bool is_odds = plain->pair->outcome->unit == UNIT_LOG_ODDS ||
                   plain->pair->outcome->unit == UNIT_LINEAR;

    if (plain->pair->exposure->unit != UNIT_SD || isnan(power) ||
        has_power != (judged(plain, RULE_POWER) == JUDGE_PASSED)) {
        return NULL;
    }
    if (is_odds) {
        return arena_format(plain->arena,
                            has_power ? _("Odds a tenth higher would have been seen with a "
                                          "probability of %.0f%%.")
                                      : _("Odds a tenth higher would have been seen with a "
                                          "probability of %.0f%% only."),
                            100 * power);
    }
    return arena_format(plain->arena,
                        has_power ? _("A difference of a tenth of a standard deviation would "
                                      "have been seen with a probability of %.0f%%.")
                                  : _("A difference of a tenth of a standard deviation would "
                                      "have been seen with a probability of %.0f%% only."),
                        100 * power);
}

const char *plain_sure(const struct plain_pair *plain)
{
    const char *sentences = plain_headline(plain);

    sentences = plain_join(plain->arena, sentences, say_grade(plain));
    if (plain_has_estimate(plain)) {
        sentences = plain_join(plain->arena, sentences, say_tests(plain));
    }
    return plain->verdict->grade == 'E' ? plain_join(plain->arena, sentences, say_power(plain))
                                        : sentences;
}
