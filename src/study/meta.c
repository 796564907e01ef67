#include "study/meta.h"
#include "base/i18n.h"
#include "numeric/pooling.h"
#include "numeric/tail.h"
#include "study/meta_notes.h"
#include <math.h>

const char *meta_model_key(enum meta_model model)
{
    static const char *const keys[] = {"fixed", "dl", "reml", "pm", "reml_hk"};
    return keys[model];
}

const char *meta_model_name(enum meta_model model)
{
    static const char *const names[] = {N_("fixed effects"), N_("random, DerSimonian-Laird"),
                                        N_("random, REML"), N_("random, Paule-Mandel"),
                                        N_("random, Hartung-Knapp")};
    return gettext(names[model]);
}

static const struct estimate *estimate_at(const struct results *results, size_t pair)
{
    const struct analysis *analysis = results->pairs[pair].analysis;
    bool is_done = analysis != NULL && analysis->main.status == ESTIMATE_DONE &&
                   isfinite(analysis->main.b) && analysis->main.se > 0;
    return is_done ? &analysis->main : NULL;
}

/* K (1 - K) of a trait in cases and controls; NaN unknown. */
static double case_variance(const struct trait *trait)
{
    double share = trait->cases > 0 && trait->cases < trait->n ? trait->cases / trait->n : NAN;
    return share * (1 - share);
}

/* What a pair's effect is multiplied by to be one of log odds on both sides. */
static double factor_of(const struct pair *pair)
{
    double factor = 1;
    if (pair->outcome->unit == UNIT_LINEAR) {
        factor /= case_variance(pair->outcome);
    }
    if (pair->exposure->unit == UNIT_LINEAR) {
        factor *= case_variance(pair->exposure);
    }
    return factor;
}

static enum trait_unit unit_of(const struct trait *trait, bool converts)
{
    return converts && trait->unit == UNIT_LINEAR ? UNIT_LOG_ODDS : trait->unit;
}

static const char *unit_refusal(const struct trait *one, const struct trait *other,
                                struct arena *arena)
{
    return arena_format(arena,
                        _("effects of different units (%s: %s; %s: %s) are not put together; "
                          "--set convert=yes turns linear ones into log odds where the number "
                          "of cases is known"),
                        one->key, trait_unit_key(one->unit), other->key,
                        trait_unit_key(other->unit));
}

/* Why the pairs of a group do not go together, or NULL. */
static const char *refusal_of(const struct results *results, const struct meta_group *group,
                              bool converts, struct arena *arena)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct pair *pair = results->study->pairs[group->member[i]];
        const struct pair *first = group->first;
        if (unit_of(pair->exposure, converts) != unit_of(first->exposure, converts)) {
            return unit_refusal(first->exposure, pair->exposure, arena);
        }
        if (unit_of(pair->outcome, converts) != unit_of(first->outcome, converts)) {
            return unit_refusal(first->outcome, pair->outcome, arena);
        }
        if (converts && isnan(factor_of(pair))) {
            return arena_format(arena,
                                _("the linear effects of %s or %s cannot become log odds: the "
                                  "number of cases is unknown"),
                                pair->exposure->key, pair->outcome->key);
        }
        if (pair->outcome->unit == UNIT_SCORE || pair->exposure->unit == UNIT_SCORE) {
            return _("effects on a scale of one study's own are not put together");
        }
    }
    return NULL;
}

static bool is_any_linear(const struct results *results, const struct meta_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct pair *pair = results->study->pairs[group->member[i]];
        if (pair->exposure->unit == UNIT_LINEAR || pair->outcome->unit == UNIT_LINEAR) {
            return true;
        }
    }
    return false;
}

/* What was done about the scale; NULL. */
static const char *scale_of(const struct results *results, const struct meta_group *group,
                            bool converts)
{
    bool is_unknown = group->first->exposure->unit == UNIT_UNKNOWN ||
                      group->first->outcome->unit == UNIT_UNKNOWN;
    return converts && is_any_linear(results, group)
               ? _("linear effects were turned into log odds")
           : is_unknown ? _("units are unknown, and taken as the same")
                        : NULL;
}

static struct meta_item item_of(const struct results *results, size_t pair, double factor)
{
    const struct estimate *estimate = estimate_at(results, pair);
    return (struct meta_item){.pair = pair,
                              .b = estimate->b * factor,
                              .se = estimate->se * factor,
                              .p = estimate->p,
                              .neglog10_p = estimate->neglog10_p,
                              .lower = estimate->lower * factor,
                              .upper = estimate->upper * factor,
                              .contains_null = estimate->contains_null,
                              .replication_p = NAN};
}

static void take_items(struct meta *meta, const struct results *results, bool converts,
                       struct arena *arena)
{
    meta->items = arena_get(arena, meta->group->count, sizeof *meta->items);
    for (size_t i = 0; i < meta->group->count; i++) {
        size_t pair = meta->group->member[i];
        bool is_converted = converts && meta->refusal == NULL;
        double factor = is_converted ? factor_of(results->study->pairs[pair]) : 1;
        if (estimate_at(results, pair) != NULL) {
            meta->items[meta->count++] = item_of(results, pair, factor);
        }
    }
}

/* The one-sided P of z in the direction of `sign`. */
static double one_sided(double z, double sign)
{
    double two_sided = tail_normal_two_sided(z);
    return z * sign > 0 ? two_sided / 2 : 1 - two_sided / 2;
}

static void compare_items(struct meta *meta)
{
    for (size_t i = 1; i < meta->count; i++) {
        struct meta_item *item = &meta->items[i];
        item->replication_p = one_sided(item->b / item->se, meta->items[0].b);
    }
}

static double tau2_of(enum meta_model model, const double *b, const double *variance,
                      size_t count)
{
    double tau2 = 0;
    bool is_found = true;
    switch (model) {
    case META_DL:
        tau2 = pooling_tau2_dl(b, variance, count);
        break;
    case META_REML:
    case META_REML_HK:
        is_found = pooling_tau2_reml(b, variance, count, &tau2);
        break;
    case META_PM:
        is_found = pooling_tau2_pm(b, variance, count, &tau2);
        break;
    case META_FIXED:
    case META_MODELS:
        break;
    }
    return is_found ? tau2 : NAN;
}

/* P and interval from b and se, normal or Student's. */
static void fill_fit(struct meta_fit *fit, double df, double level)
{
    double z = fit->b / fit->se, tail = (1 - level) / 2;
    bool is_t = df > 0;
    double reach = fit->se * (is_t ? quantile_t_upper(tail, df) : quantile_normal(1 - tail));
    fit->p = is_t ? tail_t_two_sided(z, df) : tail_normal_two_sided(z);
    fit->neglog10_p =
        is_t ? tail_t_two_sided_neglog10(z, df) : tail_normal_two_sided_neglog10(z);
    fit->lower = fit->b - reach;
    fit->upper = fit->b + reach;
    fit->contains_null = fit->lower <= 0 && 0 <= fit->upper;
}

static void predict(struct meta_fit *fit, size_t count, double level)
{
    double df = (double)count - 2;
    double reach =
        df > 0 ? quantile_t_upper((1 - level) / 2, df) * sqrt(fit->tau2 + fit->se * fit->se)
               : NAN;
    fit->prediction_lower = fit->b - reach;
    fit->prediction_upper = fit->b + reach;
}

static struct meta_fit fit_of(enum meta_model model, const double *b, const double *variance,
                              size_t count, double level)
{
    struct meta_fit fit = {.tau2 = tau2_of(model, b, variance, count)};
    struct pooling pooling = pooling_at(b, variance, count, fit.tau2);
    double df = model == META_REML_HK ? (double)count - 1 : 0;
    fit.b = pooling.mean;
    fit.se = model == META_REML_HK ? sqrt(pooling.q / (df * pooling.weight))
                                   : 1 / sqrt(pooling.weight);
    fit.note = meta_fit_note(model, fit.se, 1 / sqrt(pooling.weight));
    fill_fit(&fit, df, level);
    if (model == META_FIXED) {
        fit.prediction_lower = fit.prediction_upper = NAN;
    } else {
        predict(&fit, count, level);
    }
    return fit;
}

static void pool(struct meta *meta, double level, struct arena *arena)
{
    double *b = arena_get(arena, meta->count, sizeof *b);
    double *variance = arena_get(arena, meta->count, sizeof *variance);
    for (size_t i = 0; i < meta->count; i++) {
        b[i] = meta->items[i].b;
        variance[i] = meta->items[i].se * meta->items[i].se;
    }
    struct pooling fixed = pooling_at(b, variance, meta->count, 0);
    meta->q = fixed.q;
    meta->q_df = (double)meta->count - 1;
    meta->q_p = tail_chi_square(meta->q, meta->q_df);
    meta->i2 = meta->q > 0 ? fmax(0, (meta->q - meta->q_df) / meta->q) : 0;
    for (enum meta_model model = META_FIXED; model < META_MODELS; model++) {
        meta->fits[model] = fit_of(model, b, variance, meta->count, level);
    }
    for (size_t i = 0; i < meta->count; i++) {
        meta->items[i].weight = 1 / variance[i] / fixed.weight;
        meta->same_sign += (b[i] < 0) == (fixed.mean < 0);
    }
}

struct meta meta_of(const struct results *results, const struct meta_group *group,
                    struct arena *arena)
{
    const struct estimate_settings *settings = &results->options.settings;
    bool converts = settings->parameters[PARAMETER_CONVERT] > 0;
    struct meta meta = {.group = group,
                        .refusal = refusal_of(results, group, converts, arena),
                        .is_log_odds =
                            unit_of(group->first->outcome, converts) == UNIT_LOG_ODDS};
    take_items(&meta, results, converts, arena);
    compare_items(&meta);
    if (meta.refusal == NULL && meta.count < 2) {
        meta.refusal = _("fewer than two cohorts have an estimate");
    }
    struct meta_shared shared = {0};
    if (meta.refusal == NULL) {
        shared = meta_shared_of(results, meta.items, meta.count, arena);
        meta.refusal = meta_shared_refusal(results, &shared, arena);
    }
    if (meta.refusal == NULL) {
        meta.note = meta_note(group, &shared, scale_of(results, group, converts), arena);
        pool(&meta, settings->level, arena);
    }
    return meta;
}

/* What the others of `member` say of a pair. On the same outcome data an estimate has the same
 * errors again: that is no other look. */
static struct replication replicate(const struct results *results, size_t pair,
                                    const size_t *member, size_t count)
{
    const struct estimate *one = estimate_at(results, pair);
    struct replication found = {0};
    for (size_t k = 0; k < count && one != NULL; k++) {
        const struct estimate *other = estimate_at(results, member[k]);
        bool is_other =
            other != NULL && !meta_group_is_cohort(results->study->pairs[pair]->outcome,
                                                   results->study->pairs[member[k]]->outcome);
        bool is_same = is_other && (other->b < 0) == (one->b < 0);
        found.asked += is_other;
        found.same_sign += is_same;
        found.replicated += is_same && other->p < RESULTS_LEVEL;
    }
    return found;
}

/* The largest group of a pair says it; it holds the others. */
struct replication *meta_replications(const struct results *results, struct arena *arena)
{
    struct replication *all = arena_get(arena, results->study->pair_count, sizeof *all);
    struct meta_groups groups = meta_groups_of(results->study, arena);
    for (size_t g = 0; g < groups.count; g++) {
        const struct meta_group *group = &groups.groups[g];
        for (size_t i = 0; i < group->count; i++) {
            struct replication found =
                replicate(results, group->member[i], group->member, group->count);
            struct replication *said = &all[group->member[i]];
            *said = found.asked > said->asked ? found : *said;
        }
    }
    return all;
}

struct replication meta_replication_of(const struct results *results, size_t pair,
                                       struct arena *scratch)
{
    size_t count;
    const size_t *member = meta_group_with(results->study, pair, scratch, &count);
    return replicate(results, pair, member, count);
}
