/*
 * Settings and lists of methods as people write them: on a command line, in a form, in a
 * script. In: text. Out: a field of struct estimate_settings or methods, or an error that says
 * what may be written.
 */
#ifndef ESTIMATE_SETTINGS_H
#define ESTIMATE_SETTINGS_H

#include "base/array.h"
#include "base/text.h"
#include "estimate/estimate.h"

enum setting_id {
    SETTING_SEED,
    SETTING_BOOT,
    SETTING_PRESSO_SIMS,
    SETTING_LEVEL,
    SETTING_CONVENTION,
    SETTINGS
};

struct setting {
    const char *key;    /* "presso-sims": the name of the option too */
    const char *shows;  /* N_() */
    const char *remedy; /* what may be written, N_() */
    bool (*take)(struct estimate_settings *settings, const char *value);
    void (*say)(const struct estimate_settings *settings, struct text *text);
};

/* The setting of an id. Static. */
const struct setting *settings_get(enum setting_id id);

/* Sets one of them from text; false with what may be written. */
MUST_USE bool settings_take(struct estimate_settings *settings, enum setting_id id,
                            const char *value, struct error *error);

/* A whole number of digits alone, from least to most. */
bool settings_whole(const char *value, uint64_t least, uint64_t most, uint64_t *number);

/*
 * The methods of a list "ivw,egger" in which "default" and "all" may stand, each once, in the
 * order of the list; `named` are those given by their keys. Both hold const struct method *;
 * what they held is forgotten.
 */
MUST_USE bool settings_take_methods(struct array *methods, struct array *named,
                                    const char *list, struct error *error);

#endif
