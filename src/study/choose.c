#include "study/choose.h"
#include "base/i18n.h"
#include <math.h>
#include <stddef.h>

struct choose_settings choose_nothing(void)
{
    return (struct choose_settings){.clump_p = NAN,
                                    .clump_r2 = NAN,
                                    .clump_kb = NAN,
                                    .proxies = NAN,
                                    .min_maf = NAN,
                                    .min_info = NAN,
                                    .min_f = NAN,
                                    .build = NAN};
}

static double either(double over, double base)
{
    return isnan(over) ? base : over;
}

struct choose_settings choose_over(const struct choose_settings *base,
                                   const struct choose_settings *over)
{
    return (struct choose_settings){
        .reference = over->reference == NULL ? base->reference : over->reference,
        .clump_p = either(over->clump_p, base->clump_p),
        .clump_r2 = either(over->clump_r2, base->clump_r2),
        .clump_kb = either(over->clump_kb, base->clump_kb),
        .proxies = either(over->proxies, base->proxies),
        .min_maf = either(over->min_maf, base->min_maf),
        .min_info = either(over->min_info, base->min_info),
        .min_f = either(over->min_f, base->min_f),
        .exclude_regions =
            over->exclude_regions == NULL ? base->exclude_regions : over->exclude_regions,
        .build = either(over->build, base->build),
        .correlations = over->correlations || base->correlations};
}

bool choose_is_clumped(const struct choose_settings *settings)
{
    return !isnan(settings->clump_r2) || !isnan(settings->clump_kb);
}

bool choose_is_asked(const struct choose_settings *settings)
{
    return settings->reference != NULL || settings->exclude_regions != NULL ||
           choose_is_clumped(settings) || !isnan(settings->proxies) ||
           !isnan(settings->clump_p) || !isnan(settings->min_maf) ||
           !isnan(settings->min_info) || !isnan(settings->min_f) || settings->correlations;
}

static bool fail(const char *where, const char *text, struct error *error)
{
    return error_set(error, ERROR_DATA, where, 0, NULL, "%s", text);
}

bool choose_check(const struct choose_settings *settings, const char *where,
                  struct error *error)
{
    bool has_reference = settings->reference != NULL;

    if (!isnan(settings->clump_r2) && !has_reference) {
        return fail(where,
                    _("found an r2 to clump by and no reference; name a PLINK 1 set, or give "
                      "a distance (kb) alone"),
                    error);
    }
    if (has_reference && !isnan(settings->clump_kb) && isnan(settings->clump_r2)) {
        return fail(where,
                    _("found a reference and a distance, and no r2 to clump by; give an r2 such "
                      "as 0.001"),
                    error);
    }
    if (!isnan(settings->proxies) && !has_reference) {
        return fail(where,
                    _("found that proxies are asked for, and no reference to find them in; "
                      "name a PLINK 1 set"),
                    error);
    }
    if (settings->correlations && !has_reference) {
        return fail(where,
                    _("found that correlations are asked for, and no reference; name a PLINK 1 "
                      "set"),
                    error);
    }
    if (!isnan(settings->clump_p) && !choose_is_clumped(settings)) {
        return fail(where,
                    _("found a P to clump by and nothing else; give an r2 and a reference, or "
                      "a distance"),
                    error);
    }
    return true;
}
