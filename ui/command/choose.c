#include "ui/command/choose.h"
#include "base/i18n.h"
#include <string.h>

/* How well a name fits a trait: a key is unique, a name need not be. */
enum fit { FIT_NONE, FIT_NAME, FIT_KEY };

static enum fit fit_of(const char *wanted, const struct trait *trait)
{
    if (wanted == NULL || strcmp(wanted, trait->key) == 0) {
        return FIT_KEY;
    }
    bool is_alike = text_equal_fold(wanted, trait->key) ||
                    (trait->name != NULL && text_equal_fold(wanted, trait->name));
    return is_alike ? FIT_NAME : FIT_NONE;
}

static bool is_direction(const struct options *options, const struct pair *pair)
{
    return !options_has(options, OPTION_DIRECTION) || pair->direction == options->direction;
}

static enum fit pair_fit(const struct options *options, const struct pair *pair)
{
    enum fit exposure = fit_of(options->exposure, pair->exposure);
    enum fit outcome = fit_of(options->outcome, pair->outcome);
    if (!is_direction(options, pair)) {
        return FIT_NONE;
    }
    return exposure < outcome ? exposure : outcome;
}

/* The first pair that fits best, and how many fit as well. */
static const struct pair *best_pair(const struct options *options, const struct study *study,
                                    size_t *count)
{
    const struct pair *best = NULL;
    enum fit best_fit = FIT_NONE;
    *count = 0;
    for (size_t i = 0; i < study->pair_count; i++) {
        enum fit fit = pair_fit(options, study->pairs[i]);
        if (fit > best_fit) {
            best = study->pairs[i];
            best_fit = fit;
            *count = 0;
        }
        *count += fit == best_fit && fit != FIT_NONE;
    }
    return best;
}

const struct pair *choose_pair(const struct options *options, const struct study *study,
                               struct error *error)
{
    size_t count;
    const struct pair *pair = best_pair(options, study, &count);
    if (pair == NULL) {
        error_set(error, ERROR_USAGE, NULL, 0, NULL,
                  _("found no pair of exposure '%s' and outcome '%s'; the first of %zu is "
                    "'%s' and '%s'"),
                  options->exposure == NULL ? "*" : options->exposure,
                  options->outcome == NULL ? "*" : options->outcome, study->pair_count,
                  study->pair_count == 0 ? "" : study->pairs[0]->exposure->key,
                  study->pair_count == 0 ? "" : study->pairs[0]->outcome->key);
    } else if (count > 1) {
        error_set(error, ERROR_USAGE, NULL, 0, NULL,
                  _("found %zu pairs; choose one by its key with --exposure, --outcome and "
                    "--direction: the first is --exposure %s --outcome %s --direction %s"),
                  count, pair->exposure->key, pair->outcome->key,
                  direction_key(pair->direction));
    }
    return count == 1 ? pair : NULL;
}
