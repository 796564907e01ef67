#include "instrument/instrument.h"
#include "base/i18n.h"
#include "numeric/tail.h"
#include <math.h>

double instrument_neglog10_p(const struct association *association)
{
    return isnan(association->neglog10_p)
               ? tail_normal_two_sided_neglog10(association->beta / association->se)
               : association->neglog10_p;
}

bool instrument_is_chosen(const struct association *association,
                          const struct instrument_settings *settings)
{
    return settings->all || instrument_neglog10_p(association) > -log10(settings->p_threshold);
}

double instrument_f(const struct association *association)
{
    double z = association->beta / association->se;

    return z * z;
}

/* Share of the variance behind an F with 1 and n - 2 degrees of freedom. */
static double share_of_f(double f, double n)
{
    return n > 2 && isfinite(f) ? f / (n - 2 + f) : NAN;
}

/* The F of a P. Above these df R's quantile, which the usual packages call, is chi-square's. */
static double f_of_p(double p, double neglog10_p, double df)
{
    double z;

    if (df <= 4e5) {
        return quantile_f1_upper(p, df);
    }
    z = tail_z_of_neglog10(neglog10_p);
    return z * z;
}

double instrument_r2_pn(double p, double neglog10_p, double n)
{
    if (!(p > 0) || p > 1 || !(n > 2) || isinf(neglog10_p)) {
        return NAN;
    }
    return p < 1 ? share_of_f(f_of_p(p, neglog10_p, n - 1), n) : 0;
}

double instrument_r2_bsen(double beta, double se, double n)
{
    double z = beta / se;

    return share_of_f(z * z, n);
}

static double r2_eaf(const struct association *association)
{
    double f = association->eaf;

    return 2 * f * (1 - f) * association->beta * association->beta;
}

double instrument_r2(const struct association *association, enum r2_basis *basis)
{
    enum r2_basis ignored;
    enum r2_basis *how = basis == NULL ? &ignored : basis;
    double r2;

    *how = R2_PN;
    r2 = instrument_r2_pn(association->p, association->neglog10_p, association->n);
    if (isnan(r2)) {
        *how = R2_BSEN;
        r2 = instrument_r2_bsen(association->beta, association->se, association->n);
    }
    if (isnan(r2)) {
        *how = R2_EAF;
        r2 = r2_eaf(association);
    }
    if (isnan(r2)) {
        *how = R2_UNKNOWN;
    }
    return r2;
}

const char *instrument_r2_text(enum r2_basis basis)
{
    static const char *const texts[] = {
        [R2_UNKNOWN] = N_("unknown: no sample size and no frequency"),
        [R2_PN] = N_("from P and N"),
        [R2_BSEN] = N_("from effect, SE and N"),
        [R2_EAF] = N_("from the allele frequency and the effect, taken as per SD"),
        [R2_LOG_ODDS] = N_("log odds: needs the share of cases and the prevalence"),
    };

    return _(texts[basis]);
}
