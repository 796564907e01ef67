#include "base/i18n.h"
#include "base/text.h"
#include "simulate/scenario.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_VARIANTS 10000
#define MOST_PEOPLE 1e9

static const char *const kinds[] = {"valid",   "balanced", "directional", "correlated",
                                    "reverse", "ancestry", NULL};
static const char *const selections[] = {"same_sample", "other_sample", NULL};

#define NUMBER(key, shows, least, most)                                                        \
    {                                                                                          \
#key, shows, offsetof(struct scenario, key), least, most, NULL, false                  \
    }
#define WHOLE(key, shows, least, most)                                                         \
    {                                                                                          \
#key, shows, offsetof(struct scenario, key), least, most, NULL, true                   \
    }
#define CHOICE(key, shows, words, most)                                                        \
    {                                                                                          \
#key, shows, offsetof(struct scenario, key), 0, most, words, true                      \
    }

static const struct scenario_field fields[] = {
    WHOLE(instruments, N_("variants, before any selection"), 1, MOST_VARIANTS),
    WHOLE(n_exposure, N_("people in the exposure's study"), 10, MOST_PEOPLE),
    WHOLE(n_outcome, N_("people in the outcome's study"), 10, MOST_PEOPLE),
    NUMBER(case_share, N_("share of cases among the outcome's people (quantitative)"), 1e-4,
           1 - 1e-4),
    NUMBER(h2, N_("variance of the exposure that the variants explain"), 0, 1),
    NUMBER(spread, N_("of the sizes of their effects: 0 all equal, 1 half-normal"), 0, 1),
    NUMBER(null_share, N_("share of variants without effect on the exposure"), 0, 1),
    NUMBER(effect, N_("true, of the exposure on the outcome: SD or log odds per SD"), -10, 10),
    CHOICE(kind, N_("what is wrong with invalid variants"), kinds, SCENARIO_ANCESTRY),
    NUMBER(invalid, N_("share of invalid variants"), 0, 1),
    NUMBER(invalid_mean, N_("mean of their effects past the exposure, per allele"), -10, 10),
    NUMBER(invalid_sd, N_("standard deviation of these"), 0, 10),
    NUMBER(reverse, N_("effect of the outcome on the exposure, of kind reverse"), -10, 10),
    NUMBER(overlap, N_("share of the smaller study's people that are in both"), 0, 1),
    NUMBER(confounding, N_("correlation of the traits beside the effect's"), -1, 1),
    NUMBER(p_threshold, N_("largest P of a variant that is used"), 1e-300, 1),
    CHOICE(selection, N_("whose P that is"), selections, SCENARIO_OTHER_SAMPLE),
    NUMBER(ld, N_("correlation r of neighbouring variants"), 0, 0.99),
};
#define FIELDS (sizeof fields / sizeof *fields)

const struct scenario_field *scenario_fields(size_t *count)
{
    *count = FIELDS;
    return fields;
}

double *scenario_value(struct scenario *scenario, const struct scenario_field *field)
{
    return (double *)(void *)((char *)scenario + field->offset);
}

static const struct scenario_field *field_of(const char *key, size_t length)
{
    for (size_t i = 0; i < FIELDS; i++) {
        if (strlen(fields[i].key) == length && strncmp(fields[i].key, key, length) == 0) {
            return &fields[i];
        }
    }
    return NULL;
}

/* NaN where it is none that the field may have. */
static double value_of(const struct scenario_field *field, const char *word)
{
    char *end;
    double number = strtod(word, &end);

    for (size_t i = 0; field->choices != NULL; i++) {
        if (field->choices[i] == NULL) {
            return NAN;
        }
        if (strcmp(field->choices[i], word) == 0) {
            return (double)i;
        }
    }
    if (end == word || *end != '\0' || !(number >= field->least && number <= field->most)) {
        return NAN;
    }
    return field->is_whole && number != floor(number) ? NAN : number;
}

static bool refuse_value(const struct scenario_field *field, const char *text,
                         struct error *error)
{
    struct text choices = {0};

    for (size_t i = 0; field->choices != NULL && field->choices[i] != NULL; i++) {
        text_addf(&choices, "%s%s", i == 0 ? "" : ", ", field->choices[i]);
    }
    if (field->choices != NULL) {
        error_set(error, ERROR_USAGE, NULL, 0, NULL, _("found \"%s\"; write one of %s"), text,
                  choices.bytes);
    } else if (field->is_whole) {
        error_set(error, ERROR_USAGE, NULL, 0, NULL,
                  _("found \"%s\"; write a whole number from %.10g to %.10g"), text,
                  field->least, field->most);
    } else {
        error_set(error, ERROR_USAGE, NULL, 0, NULL,
                  _("found \"%s\"; write a number from %.10g to %.10g"), text, field->least,
                  field->most);
    }
    text_drop(&choices);
    return false;
}

static bool refuse_key(const char *found, struct error *error)
{
    struct text keys = {0};

    for (size_t i = 0; i < FIELDS; i++) {
        text_addf(&keys, "%s%s", i == 0 ? "" : ", ", fields[i].key);
    }
    error_set(error, ERROR_USAGE, NULL, 0, NULL,
              _("found \"%s\"; write NAME=VALUE, where NAME is one of %s"), found, keys.bytes);
    text_drop(&keys);
    return false;
}

bool scenario_take(struct scenario *scenario, const char *text, struct error *error)
{
    const char *sign = strchr(text, '=');
    const struct scenario_field *field =
        sign == NULL ? NULL : field_of(text, (size_t)(sign - text));
    double value;

    if (field == NULL) {
        return refuse_key(text, error);
    }
    value = value_of(field, sign + 1);
    if (isnan(value)) {
        return refuse_value(field, text, error);
    }
    *scenario_value(scenario, field) = value;
    return true;
}

bool scenario_check(const struct scenario *scenario, struct error *error)
{
    if (fabs(scenario_error_correlation(scenario)) > 1) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found traits that correlate by more than 1; make effect or "
                           "confounding smaller"));
    }
    if ((enum scenario_kind)scenario->kind == SCENARIO_REVERSE && scenario->reverse == 0) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found an outcome that does not change the exposure; make reverse "
                           "another number than 0"));
    }
    if (scenario->null_share == 1 && scenario->h2 > 0) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no variant with an effect that could explain h2; make "
                           "null_share smaller or h2 0"));
    }
    return true;
}
