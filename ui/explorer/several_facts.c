#include "ui/explorer/several_view.h"

#include "base/i18n.h"
#include "chart/words.h"
#include <math.h>
#include <string.h>

/* Weaker than this is called weak (Staiger and Stock 1997; Sanderson et al. 2021). */
static const double WEAK = 10;

static struct several_fact *add(struct array *facts, const char *label)
{
    struct several_fact *fact = array_add(facts);
    *fact = (struct several_fact){.label = label};
    return fact;
}

static void add_heading(struct array *facts, const char *label)
{
    add(facts, label)->is_heading = true;
}

static const char *strength_words(double f, const char *name, struct arena *arena)
{
    if (isnan(f)) {
        return arena_format(arena,
                            _("How far the variants move %s apart from the other exposures is "
                              "not known."),
                            name);
    }
    return f < WEAK
               ? arena_format(
                     arena,
                     _("Below 10: with the other exposures held, the variants hardly move "
                       "%s. Its effect may be biased, either way, and its interval may be too "
                       "narrow; mv_gmm, mv_ivw_me and "
                       "mv_qhet count these errors."),
                     name)
               : arena_format(
                     arena,
                     _("10 or more: the variants move %s apart from the other exposures, so "
                       "that its own effect can be told from theirs."),
                     name);
}

static const char *number_text(double f, struct arena *arena)
{
    return isnan(f) ? "-" : chart_number(f, 1, arena);
}

static void add_strength(const struct together *several, size_t exposure, struct array *facts)
{
    const struct mv_strength *strength = &several->strengths[exposure];
    struct arena *arena = several->arena;
    const char *name = several->design.exposures[exposure];
    struct several_fact *fact = add(facts, name);
    fact->is_warning = !(strength->f_conditional >= WEAK);
    fact->value =
        arena_format(arena, _("F %s, conditional F %s"), number_text(strength->f_mean, arena),
                     number_text(strength->f_conditional, arena));
    fact->verdict = isnan(strength->f_conditional) ? _("not known")
                    : fact->is_warning             ? _("weak")
                                                   : _("strong enough");
    fact->words = strength_words(strength->f_conditional, name, arena);
}

static void add_joint(const struct together *several, struct array *facts)
{
    struct several_fact *fact = add(facts, _("mixtures"));
    if (!isfinite(several->joint)) {
        fact->value = "-";
        fact->words = _("The weakest mixture of the exposures was not found.");
        return;
    }
    fact->is_warning = several->joint < WEAK;
    fact->value = arena_format(several->arena, _("F %s at least"),
                               chart_number(several->joint, 1, several->arena));
    fact->verdict = fact->is_warning ? _("weak") : _("strong enough");
    fact->words = _("The least F of all mixtures of the exposures. Below 10 some mixture "
                    "hardly differs from "
                    "nothing, and no method can say which of its parts acts.");
}

static void add_agreement(const struct together *several, struct array *facts)
{
    const struct mv_heterogeneity *all = &several->heterogeneity;
    struct arena *arena = several->arena;
    struct several_fact *fact = add(facts, "Q_A");
    if (!isfinite(all->q)) {
        fact->value = "-";
        fact->words = _("As many variants as exposures: nothing is left to disagree.");
        return;
    }
    fact->is_warning = all->p < 0.05;
    fact->value = arena_format(
        arena, _("%s on %.0f df, p %s, I² %s"), chart_number(all->q, 1, arena), all->df,
        chart_p(all->p, -log10(all->p), arena), words_percent(all->i2, arena));
    fact->verdict = fact->is_warning ? _("they disagree") : _("not seen to disagree");
    fact->words =
        fact->is_warning
            ? _("The variants differ by more than the errors of outcome and exposures: some "
                "act on "
                "the outcome in another way. mv_median, mv_lasso, mv_robust and mv_egger bear "
                "such variants, each in its own way; see whether they agree.")
            : _("The variants differ no more than their errors let them. With few variants "
                "a disagreement can hide.");
}

static void add_intercept(const struct together *several, struct array *facts)
{
    for (size_t i = 0; i < several->count; i++) {
        const struct mv_estimate *estimate = &several->estimates[i];
        double p = estimate->intercept_p;
        bool is_egger = strcmp(estimate->method->key, "mv_egger") == 0;
        if (is_egger && estimate->status == ESTIMATE_DONE) {
            struct several_fact *fact = add(facts, _("intercept"));
            fact->is_warning = p < 0.05;
            fact->value = arena_format(several->arena, _("%s (SE %s), p %s"),
                                       chart_number(estimate->intercept, 3, several->arena),
                                       chart_number(estimate->intercept_se, 3, several->arena),
                                       chart_p(p, -log10(p), several->arena));
            fact->verdict = fact->is_warning ? _("directional") : _("not seen");
            fact->words =
                _("What the variants do to the outcome beside the exposures, on average, per "
                  "allele "
                  "that raises the first exposure. Away from 0 it pulls IVW to one side.");
        }
    }
}

void several_facts(const struct together *several, struct array *facts)
{
    add_heading(facts, _("Do the variants tell the exposures apart?"));
    for (size_t k = 0; k < several->design.exposure_count; k++) {
        add_strength(several, k, facts);
    }
    if (several->design.exposure_count > 1) {
        add_joint(several, facts);
    }
    add_heading(facts, _("Do the variants agree?"));
    add_agreement(several, facts);
    add_intercept(several, facts);
}
