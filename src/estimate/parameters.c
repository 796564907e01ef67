#include "estimate/parameters.h"
#include "base/i18n.h"
#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const radial_weights[] = {"first", "second", "modified", NULL};
static const char *const radial_fits[] = {"plain", "iterated", "exact", "exact_random", NULL};
static const char *const losses[] = {"l2", "huber", "tukey", NULL};
static const char *const distortions[] = {"without_outliers", "with_outliers", NULL};
static const char *const no_yes[] = {"no", "yes", NULL};

static const struct parameter parameters[PARAMETERS] = {
    [PARAMETER_BANDWIDTH] = {"bandwidth", N_("factor of the modes' bandwidth, phi"), NULL, 1,
                             1e-3, 1e3},
    [PARAMETER_PENALTY] = {"penalty", N_("of the penalised median and mode"), NULL, 20, 1e-3,
                           1e6},
    [PARAMETER_RADIAL_WEIGHTS] = {"radial_weights", N_("of radial regressions"), radial_weights,
                                  RADIAL_MODIFIED, 0, RADIAL_MODIFIED},
    [PARAMETER_RADIAL_FIT] = {"radial_fit", N_("of ivw_radial"), radial_fits, RADIAL_PLAIN, 0,
                              RADIAL_EXACT_RANDOM},
    [PARAMETER_LOSS] = {"loss", N_("of raps and raps_mle"), losses, LOSS_HUBER, 0, LOSS_TUKEY},
    [PARAMETER_OVERDISPERSION] = {"overdispersion",
                                  N_("whether raps and raps_mle allow balanced pleiotropy"),
                                  no_yes, 1, 0, 1},
    [PARAMETER_CONMIX_PSI] = {"conmix_psi",
                              N_("spread of invalid ratios (1.5 times that of all ratios)"),
                              NULL, NAN, 1e-300, 1e300},
    [PARAMETER_CONMIX_STEP] = {"conmix_step", N_("grid step of conmix (no grid, exact)"), NULL,
                               NAN, 1e-300, 1e300},
    [PARAMETER_SAMPLE_SIZE] = {"sample_size", N_("n of cml (the smaller of the two samples)"),
                               NULL, NAN, 2, 1e12},
    [PARAMETER_PERTURBATIONS] = {"perturbations", N_("of cml_dp"), NULL, 200, 2, 1e6},
    [PARAMETER_MIX_LOWEST] = {"mix_lowest", N_("first effect of mix's grid (from the data)"),
                              NULL, NAN, -1e300, 1e300},
    [PARAMETER_MIX_HIGHEST] = {"mix_highest", N_("last effect of mix's grid (from the data)"),
                               NULL, NAN, -1e300, 1e300},
    [PARAMETER_MIX_STEP] = {"mix_step", N_("step of mix's grid (relative to its error)"), NULL,
                            NAN, 1e-300, 1e300},
    [PARAMETER_VALID_SHARE] = {"valid_share",
                               N_("prior share of valid variants, of hetpen (0.5)"), NULL, 0.5,
                               1e-6, 1 - 1e-6},
    [PARAMETER_PREVALENCE_EXPOSURE] = {"prevalence.exposure",
                                       N_("of a binary exposure in the population"), NULL, NAN,
                                       1e-9, 1 - 1e-9},
    [PARAMETER_PREVALENCE_OUTCOME] = {"prevalence.outcome",
                                      N_("of a binary outcome in the population"), NULL, NAN,
                                      1e-9, 1 - 1e-9},
    [PARAMETER_LD_SAMPLE_SIZE] = {"ld_sample_size",
                                  N_("people behind --ld, of gsmr: chance correlations are set "
                                     "to 0 (all are kept)"),
                                  NULL, NAN, 2, 1e12},
    [PARAMETER_HEIDI_P] = {"heidi_p",
                           N_("of gsmr: outliers have a P below it (0.01; 0 keeps all)"), NULL,
                           0.01, 0, 1},
    [PARAMETER_CONVERT] = {"convert",
                           N_("whether table meta turns linear effects on a 0/1 trait of known "
                              "case share into log odds (no)"),
                           no_yes, 0, 0, 1},
    [PARAMETER_PSI] = {"psi",
                       N_("of ivw_delta: correlation of the two effects' errors, where samples "
                          "overlap (0)"),
                       NULL, 0, -0.999, 0.999},
    [PARAMETER_MV_ORIENTATION] =
        {"mv_orientation",
         N_("which exposure orients the variants of mv_egger and mv_lasso (1)"), NULL, 1, 1,
         1e6},
    [PARAMETER_MV_CORRELATION] = {"mv_correlation",
                                  N_("of the errors of any two exposures of mv, where their "
                                     "samples overlap (0)"),
                                  NULL, 0, -0.999, 0.999},
    [PARAMETER_MV_EXPOSURE_N] = {"mv_exposure_n",
                                 N_("sample size of every exposure of mv (from the table)"),
                                 NULL, NAN, 2, 1e12},
    [PARAMETER_MV_OUTCOME_N] = {"mv_outcome_n",
                                N_("sample size of the outcome of mv (from the table)"), NULL,
                                NAN, 2, 1e12},
    [PARAMETER_OVERLAP_H2] = {"overlap_h2",
                              N_("of overlap: heritability of the exposure in its sample"),
                              NULL, NAN, 1e-6, 1},
    [PARAMETER_OVERLAP_H2_SE] = {"overlap_h2_se", N_("its standard error (0)"), NULL, 0, 0, 1},
    [PARAMETER_OVERLAP_INTERCEPT] =
        {
            "overlap_intercept",
            N_("of overlap: intercept of cross-trait LD score regression (0: no one in both "
               "samples)"),
            NULL, 0, -10, 10},
    [PARAMETER_OVERLAP_INTERCEPT_SE] = {"overlap_intercept_se", N_("its standard error (0)"),
                                        NULL, 0, 0, 10},
    [PARAMETER_OVERLAP_P] = {"overlap_p",
                             N_("of overlap: the P by which variants were chosen (5e-8)"), NULL,
                             5e-8, 1e-300, 1},
    [PARAMETER_OVERLAP_MARKERS] =
        {"overlap_markers", N_("of overlap: independent markers of the genome (1150000)"), NULL,
         1150000, 10, 1e9},
    [PARAMETER_OVERLAP_DRAWS] =
        {"overlap_draws",
         N_("of overlap: draws that its error is found by (0: none, by the delta method)"),
         NULL, 0, 0, 1e7},
    [PARAMETER_PRESSO_DISTORTION] = {"presso_distortion",
                                     N_("what MR-PRESSO's distortion test draws"), distortions,
                                     DISTORTION_WITHOUT_OUTLIERS, 0, DISTORTION_WITH_OUTLIERS},
};

const struct parameter *parameters_get(enum parameter_id id)
{
    return &parameters[id];
}

static void say_choices(const struct parameter *parameter, struct text *text)
{
    if (parameter->choices == NULL) {
        text_addf(text, _("a number from %g to %g"), parameter->least, parameter->most);
        return;
    }
    for (size_t i = 0; parameter->choices[i] != NULL; i++) {
        text_addf(text, "%s%s", i == 0 ? "" : ", ", parameter->choices[i]);
    }
}

static bool refuse_value(const struct parameter *parameter, const char *found,
                         struct error *error)
{
    struct text choices = {0};

    say_choices(parameter, &choices);
    error_set(error, ERROR_USAGE, NULL, 0, NULL, _("found --set %s; write %s"), found,
              choices.bytes);
    text_drop(&choices);
    return false;
}

static bool refuse_key(const char *found, struct error *error)
{
    struct text keys = {0};

    for (size_t i = 0; i < PARAMETERS; i++) {
        text_addf(&keys, "%s%s", i == 0 ? "" : ", ", parameters[i].key);
    }
    error_set(error, ERROR_USAGE, NULL, 0, NULL,
              _("found --set %s; write NAME=VALUE, where NAME is one of %s"), found,
              keys.bytes);
    text_drop(&keys);
    return false;
}

/* NaN where the word is none of the choices. */
static double choice_of(const struct parameter *parameter, const char *word)
{
    for (size_t i = 0; parameter->choices[i] != NULL; i++) {
        if (strcmp(parameter->choices[i], word) == 0) {
            return (double)i;
        }
    }
    return NAN;
}

static double number_of(const struct parameter *parameter, const char *word)
{
    char *end;
    double number = strtod(word, &end);
    bool is_good =
        end != word && *end == '\0' && number >= parameter->least && number <= parameter->most;

    return is_good ? number : NAN;
}

static bool take_value(const struct parameter *parameter, const char *word, double *value)
{
    double number =
        parameter->choices == NULL ? number_of(parameter, word) : choice_of(parameter, word);

    if (!isnan(number)) {
        *value = number;
    }
    return !isnan(number);
}

bool parameters_take(double *values, const char *text, struct error *error)
{
    const char *sign = strchr(text, '=');
    size_t length = sign == NULL ? 0 : (size_t)(sign - text);

    for (size_t i = 0; sign != NULL && i < PARAMETERS; i++) {
        if (strlen(parameters[i].key) == length &&
            strncmp(parameters[i].key, text, length) == 0) {
            return take_value(&parameters[i], sign + 1, &values[i]) ||
                   refuse_value(&parameters[i], text, error);
        }
    }
    return refuse_key(text, error);
}
