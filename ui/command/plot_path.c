#include "base/i18n.h"
#include "chart/path.h"
#include "ui/command/load.h"
#include "ui/command/plot.h"
#include <math.h>
#include <string.h>

/* Whether a trait is the one that was asked for, by key or name; NULL: any is. */
static bool is_asked(const char *wanted, const struct trait *trait)
{
    return wanted == NULL || text_equal_fold(wanted, trait->key) ||
           text_equal_fold(wanted, trait->name);
}

static bool is_candidate(const struct options *options, const struct through_triple *triple)
{
    return is_asked(options->exposure, triple->exposure) &&
           is_asked(options->mediator, triple->mediator) &&
           is_asked(options->outcome, triple->outcome);
}

/* Whether a has the smaller P; an unknown one is never smaller. */
static bool is_clearer(const struct mediated_triple *a, const struct mediated_triple *b)
{
    double one = a->mediation.product.neglog10_p, other = b->mediation.product.neglog10_p;

    return one > other || (isnan(other) && !isnan(one));
}

/* Of those asked for the one with the smallest P; those without any come last. */
static const struct mediated_triple *choose(const struct options *options,
                                            const struct mediations *mediations)
{
    const struct mediated_triple *best = NULL;

    for (size_t i = 0; i < mediations->triple_count; i++) {
        const struct mediated_triple *one = &mediations->triples[i];

        if (is_candidate(options, one->triple) && (best == NULL || is_clearer(one, best))) {
            best = one;
        }
    }
    return best;
}

static bool refuse(const struct options *options, const struct study *study,
                   struct error *error)
{
    if (study->through == NULL) {
        return error_set(error, ERROR_DATA, study->title, 0, NULL,
                         _("found no mediator in this study; give its study file a section "
                           "mediator, or see data/gut-inflammation-insomnia for an example"));
    }
    return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found no path from '%s' through '%s' to '%s'; see taxamr mediate for "
                       "those there are"),
                     options->exposure == NULL ? "*" : options->exposure,
                     options->mediator == NULL ? "*" : options->mediator,
                     options->outcome == NULL ? "*" : options->outcome);
}

bool plot_path(const struct options *options, const struct study *study, struct error *error)
{
    const struct mediations_options how = {.settings = load_asked(options, study).settings};
    struct mediations *mediations = mediations_of(study, &how, NULL);
    const struct mediated_triple *of = choose(options, mediations);
    struct arena *arena = arena_create();
    bool is_shown;

    if (of == NULL) {
        is_shown = refuse(options, study, error);
    } else {
        const char *title = arena_format(arena, "%s → %s → %s", of->triple->exposure->name,
                                         of->triple->mediator->name, of->triple->outcome->name);

        is_shown = plot_show(options, study, path_chart(of, how.settings.level, arena), title,
                             arena, error);
    }
    arena_destroy(arena);
    mediations_destroy(mediations);
    return is_shown;
}
