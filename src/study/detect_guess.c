#include "base/i18n.h"
#include "numeric/sort.h"
#include "study/detect_parts.h"
#include "study/plan_path.h"
#include "study/taxon_name.h"
#include <math.h>
#include <string.h>

/* A microbe's GWAS rarely has enough variants below the usual threshold. */
#define P_USUAL 5e-8
#define P_MICROBES 1e-5

/* The variance by standard errors of a trait whose SD is 1, about; of log odds, at least, as
 * 1 / (c (1 - c)) is 4 or more; and of a linear model of cases, at most, as c (1 - c) is. */
#define SPREAD_SD_LEAST 0.7
#define SPREAD_SD_MOST 1.4
#define SPREAD_LOG_ODDS 3.6
#define SPREAD_LINEAR 0.28

void detect_look(struct detect_sample *sample, double eaf, double se, double n,
                 const char *trait, struct arena *arena)
{
    double spread = 2 * eaf * (1 - eaf) * n * se * se;
    sample->n = fmax(sample->n, n);
    sample->has_frequency |= !isnan(eaf);
    if (isfinite(spread) && spread > 0 && sample->spread_count < DETECT_ROWS) {
        sample->spread[sample->spread_count++] = spread;
    }
    if (trait == NULL) {
        return;
    }
    if (sample->trait == NULL) {
        sample->trait = arena_text(arena, trait);
    }
    sample->has_traits = sample->has_traits || strcmp(sample->trait, trait) != 0;
}

void detect_taxon(struct detected *found, const struct detect_sample *sample,
                  struct arena *arena)
{
    found->trait = sample->trait;
    found->has_traits = sample->has_traits;
    found->n = sample->n;
    found->cases = sample->cases;
    found->is_taxon = taxon_name_is(plan_path_stem(found->path, arena)) ||
                      (sample->trait != NULL && taxon_name_is(sample->trait));
    found->p_threshold = found->is_taxon ? P_MICROBES : P_USUAL;
    found->p_reason = found->is_taxon
                          ? _("usual for microbes, of which few have variants below 5e-8")
                          : _("genome-wide significance; 1e-5 is usual for microbes");
}

/* NaN where frequencies or sample sizes are missing. */
static double median_spread(struct detect_sample *sample)
{
    if (sample->spread_count == 0) {
        return NAN;
    }
    sort_numbers(sample->spread, sample->spread_count);
    return sample->spread[sample->spread_count / 2];
}

static void guess(struct detected *found, enum trait_unit unit, const char *reason)
{
    found->unit = unit;
    found->unit_reason = reason;
}

/* Why there is no spread. */
static const char *what_is_missing(const struct detect_sample *sample)
{
    bool has_n = !isnan(sample->n);
    return sample->has_frequency && has_n ? _("nothing tells: no row has all of SE, frequency "
                                              "and sample size")
           : sample->has_frequency        ? _("nothing tells: there are no sample sizes")
           : has_n                        ? _("nothing tells: there are no frequencies")
                   : _("nothing tells: there are no frequencies or sample sizes");
}

/* From standard errors: a linear model has SE^2 = var / (2 f (1 - f) N), a logistic one the
 * same with 1 / (c (1 - c)) for var, where c is the share of cases (Willer et al. 2010; Pirinen
 * et al. 2013). */
static void guess_by_spread(struct detected *found, const struct detect_sample *sample,
                            double spread, struct arena *arena)
{
    if (isnan(spread)) {
        guess(found, UNIT_UNKNOWN, what_is_missing(sample));
    } else if (spread > SPREAD_SD_LEAST && spread < SPREAD_SD_MOST) {
        guess(found, UNIT_SD,
              arena_format(arena, _("SE fit a trait of SD 1 (its variance by them: %.2f)"),
                           spread));
    } else if (spread > SPREAD_LOG_ODDS) {
        guess(found, UNIT_LOG_ODDS,
              arena_format(arena,
                           _("SE fit log odds where %.0f%% are cases (or a trait of SD %.1f)"),
                           50 * (1 - sqrt(fmax(0, 1 - 4 / spread))), sqrt(spread)));
    } else {
        guess(found, UNIT_UNKNOWN,
              arena_format(arena,
                           _("SE fit a trait of SD %.2g: a scale of its own, or a linear model "
                             "of cases, which is \"linear\""),
                           sqrt(spread)));
    }
}

void detect_unit(struct detected *found, struct detect_sample *sample, struct arena *arena)
{
    double spread = median_spread(sample);
    if (sample->is_binary && spread < SPREAD_LINEAR) {
        guess(found, UNIT_LINEAR,
              arena_format(arena, _("SE fit a linear model of cases (variance by them: %.2g)"),
                           spread));
    } else if (sample->is_binary) {
        guess(found, UNIT_LOG_ODDS, _("the file tells of cases"));
    } else if (found->is_taxon && (isnan(spread) || spread < SPREAD_LOG_ODDS)) {
        guess(found, UNIT_SD,
              _("the name is that of a taxon, whose GWAS are per SD of abundance"));
    } else {
        guess_by_spread(found, sample, spread, arena);
    }
}

void detect_keep_lines(struct detected *found, const struct array *lines, struct arena *arena)
{
    struct explain_line *copy = arena_get(arena, lines->count, sizeof *copy);
    for (size_t i = 0; i < lines->count; i++) {
        copy[i] = *(const struct explain_line *)array_at(lines, i);
        copy[i].column = arena_text(arena, copy[i].column);
    }
    found->lines = copy;
    found->line_count = lines->count;
}
