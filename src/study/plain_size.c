#include "base/i18n.h"
#include "study/plain_parts.h"
#include <math.h>

/* A thousand people, as absolute risks count them. */
#define PEOPLE 1000
#define MOST_DECIMALS 6
#define MOST_OF_RATIO 4

static bool is_binary(const struct trait *trait)
{
    return trait->unit == UNIT_LOG_ODDS || trait->unit == UNIT_LINEAR;
}

/* --- what was compared */

static const char *say_carriers(const struct plain_pair *plain)
{
    const struct trait *exposure = plain->pair->exposure;

    if (trait_is_taxon(exposure)) {
        return arena_format(
            plain->arena,
            _("Some people carry genetic variants that go with more %s in the gut."),
            plain->exposure);
    }
    if (is_binary(exposure)) {
        return arena_format(
            plain->arena,
            _("Some people carry genetic variants that go with a higher chance of %s."),
            plain->exposure);
    }
    return arena_format(plain->arena,
                        _("Some people carry genetic variants that go with a higher level of "
                          "%s."),
                        plain->exposure);
}

static const char *say_question(const struct plain_pair *plain)
{
    const struct trait *outcome = plain->pair->outcome;

    if (trait_is_taxon(outcome)) {
        return arena_format(plain->arena,
                            _("This asks whether these people have more, or less, %s in the "
                              "gut than others."),
                            plain->outcome);
    }
    if (is_binary(outcome)) {
        return arena_format(plain->arena,
                            _("This asks whether these people have %s more often, or less "
                              "often, than others."),
                            plain->outcome);
    }
    return arena_format(plain->arena,
                        _("This asks whether these people have a higher, or lower, level of %s "
                          "than others."),
                        plain->outcome);
}

static const char *say_variants(const struct plain_pair *plain)
{
    size_t count = plain->pair->count;

    if (count == 0) {
        return _("No variant could be used.");
    }
    return arena_format(
        plain->arena,
        ngettext("It rests on %zu such variant.", "It rests on %zu such variants.", count),
        count);
}

const char *plain_compared(const struct plain_pair *plain)
{
    const char *carriers = say_carriers(plain), *question = say_question(plain);
    const char *asked = plain_join(plain->arena, carriers, question);

    asked =
        plain_join(plain->arena, plain_simulated(plain->results->study->is_simulated), asked);
    return plain_join(plain->arena, asked, say_variants(plain));
}

/* --- how large */

/* What one step of the exposure is; *scale turns an effect per unit into one per step. */
static const char *say_step(const struct plain_pair *plain, double *scale)
{
    const struct trait *exposure = plain->pair->exposure;

    *scale = exposure->unit == UNIT_LOG_ODDS ? M_LN2 : 1;
    if (exposure->unit == UNIT_SD) {
        return arena_format(plain->arena,
                            _("One step here is a standard deviation more %s: about as far as "
                              "from the middle of 100 people to the 84th."),
                            plain->exposure);
    }
    if (exposure->unit == UNIT_LOG_ODDS) {
        return arena_format(plain->arena, _("One step here is a doubling of the odds of %s."),
                            plain->exposure);
    }
    return arena_format(plain->arena,
                        _("One step here is a unit of %s, on the scale of its own study."),
                        plain->exposure);
}

/* Whether an interval, as it is printed, has `null` in it. */
static bool has_in_text(double lower, double upper, double null, int decimals)
{
    double tens = pow(10, decimals);

    return round(lower * tens) <= null * tens && round(upper * tens) >= null * tens;
}

/* As many decimals as it takes for the text of an interval to leave out what it leaves out. */
static int decimals_of(const struct plain_pair *plain, double lower, double upper, double null,
                       int decimals, int most)
{
    while (!plain->analysis->main.contains_null && decimals < most &&
           has_in_text(lower, upper, null, decimals)) {
        decimals++;
    }
    return decimals;
}

/* An odds ratio; more digits where the whole interval tells little apart. */
static const char *ratio_text(const struct plain_pair *plain, double log_ratio, double scale)
{
    const struct estimate *main = &plain->analysis->main;
    double ratio = exp(scale * log_ratio);
    double lower = exp(scale * main->lower), upper = exp(scale * main->upper);
    int decimals =
        decimals_of(plain, lower, upper, 1, upper - lower < 0.2 ? 3 : 2, MOST_OF_RATIO);

    if (ratio >= 100 && ratio < 1e6) {
        decimals = 0;
    }
    return ratio >= 1e6 || ratio < 0.01 ? arena_format(plain->arena, "%.2g", ratio)
                                        : arena_format(plain->arena, "%.*f", decimals, ratio);
}

/* A number with its sign; what is printed as zero has none. */
static const char *with_sign(double value, int decimals, struct arena *arena)
{
    return round(value * pow(10, decimals)) == 0
               ? arena_format(arena, "%.*f", decimals, 0.0)
               : arena_format(arena, "%+.*f", decimals, value);
}

/* A difference, with as many digits as its interval has a use for. */
static const char *signed_text(const struct plain_pair *plain, double value, double scale)
{
    const struct estimate *main = &plain->analysis->main;
    double lower = scale * main->lower, upper = scale * main->upper;
    double decimals = fmax(0, 1 - floor(log10(upper - lower)));

    return decimals <= MOST_DECIMALS
               ? with_sign(scale * value,
                           decimals_of(plain, lower, upper, 0, (int)decimals, MOST_DECIMALS),
                           plain->arena)
               : arena_format(plain->arena, "%+.2g", scale * value);
}

/* People among a thousand: no more than all of them. */
static const char *signed_people(const struct plain_pair *plain, double value, double scale)
{
    double most = 1 / scale; /* a difference of all of them, in steps of the exposure */

    return signed_text(plain, fmax(-most, fmin(most, value)), PEOPLE * scale);
}

static const char *people_text(double risk, struct arena *arena)
{
    double people = PEOPLE * risk;

    return arena_format(arena, people < 10 ? "%.1f" : "%.0f", people);
}

static const char *say_null(const struct plain_pair *plain)
{
    if (plain->pair->outcome->unit == UNIT_LOG_ODDS) {
        return plain->analysis->main.contains_null
                   ? _("That range includes 1, which is no difference at all.")
                   : _("That range leaves out 1, which would be no difference.");
    }
    return plain->analysis->main.contains_null
               ? _("That range includes 0, which is no difference at all.")
               : _("That range leaves out 0, which would be no difference.");
}

/* The risk of those whose odds are multiplied. */
static double risk_of(double prevalence, double log_ratio)
{
    double odds = prevalence / (1 - prevalence) * exp(log_ratio);

    return isinf(odds) ? 1 : odds / (1 + odds);
}

static const char *say_absolute(const struct plain_pair *plain, double scale)
{
    const struct trait *outcome = plain->pair->outcome;
    const struct estimate *main = &plain->analysis->main;
    double prevalence = outcome->prevalence;
    struct arena *arena = plain->arena;

    if (outcome->unit != UNIT_LOG_ODDS || !(prevalence > 0 && prevalence < 1)) {
        return NULL;
    }
    return arena_format(
        arena,
        _("Of 1,000 people about %1$s have %2$s; if the estimate is right, one step up it is "
          "about %3$s (from %4$s to %5$s)."),
        people_text(prevalence, arena), plain->outcome,
        people_text(risk_of(prevalence, scale * main->b), arena),
        people_text(risk_of(prevalence, scale * main->lower), arena),
        people_text(risk_of(prevalence, scale * main->upper), arena));
}

static const char *say_ratio(const struct plain_pair *plain, double scale)
{
    const struct estimate *main = &plain->analysis->main;
    struct arena *arena = plain->arena;

    return arena_format(arena,
                        _("With one step up, the odds of %1$s are estimated to be %2$s times "
                          "as high; at the level of %5$g%%, the data fit anything from %3$s to "
                          "%4$s."),
                        plain->outcome, ratio_text(plain, main->b, scale),
                        ratio_text(plain, main->lower, scale),
                        ratio_text(plain, main->upper, scale),
                        100 * plain->analysis->settings.level);
}

static const char *say_people(const struct plain_pair *plain, double scale)
{
    const struct estimate *main = &plain->analysis->main;
    struct arena *arena = plain->arena;

    return arena_format(arena,
                        _("With one step up, the number of people with %1$s among 1,000 is "
                          "estimated to differ by %2$s; at the level of %5$g%%, the data fit "
                          "anything from %3$s to %4$s."),
                        plain->outcome, signed_people(plain, main->b, scale),
                        signed_people(plain, main->lower, scale),
                        signed_people(plain, main->upper, scale),
                        100 * plain->analysis->settings.level);
}

static const char *say_level(const struct plain_pair *plain, double scale)
{
    const struct estimate *main = &plain->analysis->main;
    struct arena *arena = plain->arena;
    const char *b = signed_text(plain, main->b, scale);
    const char *lower = signed_text(plain, main->lower, scale);
    const char *upper = signed_text(plain, main->upper, scale);
    double level = 100 * plain->analysis->settings.level;

    if (plain->pair->outcome->unit == UNIT_SD) {
        return arena_format(arena,
                            _("With one step up, %1$s is estimated to differ by %2$s standard "
                              "deviations; at the level of %5$g%%, the data fit anything from "
                              "%3$s to %4$s."),
                            plain->outcome, b, lower, upper, level);
    }
    return arena_format(
        arena,
        _("With one step up, %1$s is estimated to differ by %2$s on the scale "
          "of its own study; at the level of %5$g%%, the data fit anything from "
          "%3$s to %4$s."),
        plain->outcome, b, lower, upper, level);
}

const char *plain_size(const struct plain_pair *plain)
{
    double scale;
    const char *step, *effect;

    if (!plain_has_estimate(plain)) {
        return _("There is no estimate of its size.");
    }
    step = say_step(plain, &scale);
    switch (plain->pair->outcome->unit) {
    case UNIT_LOG_ODDS:
        effect = say_ratio(plain, scale);
        break;
    case UNIT_LINEAR:
        effect = say_people(plain, scale);
        break;
    case UNIT_UNKNOWN:
    case UNIT_SD:
    case UNIT_SCORE:
    default:
        effect = say_level(plain, scale);
        break;
    }
    effect = plain_join(plain->arena, effect, say_null(plain));
    effect = plain_join(plain->arena, effect, say_absolute(plain, scale));
    return plain_join(plain->arena, step, effect);
}
