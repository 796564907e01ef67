#include "estimate/settings.h"

#include "base/i18n.h"
#include "base/memory.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool settings_whole(const char *value, uint64_t least, uint64_t most, uint64_t *number)
{
    char *end;
    errno = 0;
    unsigned long long read = strtoull(value, &end, 10);
    bool is_number = value[0] >= '0' && value[0] <= '9' && *end == '\0' && errno == 0;
    *number = read;
    return is_number && read >= least && read <= most;
}

static bool take_seed(struct estimate_settings *settings, const char *value)
{
    uint64_t number;
    bool is_good = settings_whole(value, 0, UINT64_MAX, &number);
    settings->seed = is_good ? number : settings->seed;
    return is_good;
}

static void say_seed(const struct estimate_settings *settings, struct text *text)
{
    text_addf(text, "%llu", (unsigned long long)settings->seed);
}

static bool take_count(const char *value, uint64_t least, uint64_t most, size_t *count)
{
    uint64_t number;
    bool is_good = settings_whole(value, least, most, &number);
    *count = is_good ? (size_t)number : *count;
    return is_good;
}

static bool take_boot(struct estimate_settings *settings, const char *value)
{
    return take_count(value, 2, 10000000, &settings->boot);
}

static void say_boot(const struct estimate_settings *settings, struct text *text)
{
    text_addf(text, "%zu", settings->boot);
}

static bool take_presso_sims(struct estimate_settings *settings, const char *value)
{
    return take_count(value, 10, 100000000, &settings->presso_sims);
}

static void say_presso_sims(const struct estimate_settings *settings, struct text *text)
{
    text_addf(text, "%zu", settings->presso_sims);
}

static bool take_level(struct estimate_settings *settings, const char *value)
{
    char *end;
    double level = strtod(value, &end);
    bool is_good = end != value && *end == '\0' && level >= 0.5 && level <= 0.9999;
    settings->level = is_good ? level : settings->level;
    return is_good;
}

static void say_level(const struct estimate_settings *settings, struct text *text)
{
    text_add_number(text, settings->level);
}

static const char *const conventions[] = {
    [CONVENTION_TWOSAMPLEMR] = "twosamplemr",
    [CONVENTION_MENDELIANRANDOMIZATION] = "mendelianrandomization",
};

static bool take_convention(struct estimate_settings *settings, const char *value)
{
    for (enum convention i = CONVENTION_TWOSAMPLEMR; i <= CONVENTION_MENDELIANRANDOMIZATION;
         i++) {
        if (strcmp(value, conventions[i]) == 0) {
            settings->convention = i;
            return true;
        }
    }
    return false;
}

static void say_convention(const struct estimate_settings *settings, struct text *text)
{
    text_add(text, conventions[settings->convention]);
}

static const struct setting all[SETTINGS] = {
    [SETTING_SEED] = {"seed", N_("seed of random numbers (the study's own)"),
                      N_("write a whole number, 0 or more"), take_seed, say_seed},
    [SETTING_BOOT] = {"boot", N_("bootstrap repetitions (1000)"),
                      N_("write a whole number from 2 to 10000000"), take_boot, say_boot},
    [SETTING_PRESSO_SIMS] = {"presso-sims", N_("simulations of MR-PRESSO (1000)"),
                             N_("write a whole number from 10 to 100000000"), take_presso_sims,
                             say_presso_sims},
    [SETTING_LEVEL] = {"level", N_("level of intervals (0.95)"),
                       N_("write a number from 0.5 to 0.9999"), take_level, say_level},
    [SETTING_CONVENTION] = {"convention",
                            N_("where packages differ: twosamplemr or mendelianrandomization"),
                            N_("write twosamplemr or mendelianrandomization"), take_convention,
                            say_convention},
};

const struct setting *settings_get(enum setting_id id)
{
    return &all[id];
}

bool settings_take(struct estimate_settings *settings, enum setting_id id, const char *value,
                   struct error *error)
{
    return all[id].take(settings, value) ||
           error_set(error, ERROR_USAGE, NULL, 0, NULL, _("found --%s %s; %s"), all[id].key,
                     value, gettext(all[id].remedy));
}

static void add_method(struct array *methods, const struct method *method)
{
    for (size_t i = 0; i < methods->count; i++) {
        if (*(const struct method **)array_at(methods, i) == method) {
            return;
        }
    }
    *(const struct method **)array_add(methods) = method;
}

/* One word of the list: a key, or "default", or "all". */
static bool add_methods(struct array *methods, struct array *named, const char *word)
{
    bool is_all = strcmp(word, "all") == 0;
    const struct method *method = methods_find(word);
    if (!is_all && strcmp(word, "default") != 0) {
        if (method != NULL) {
            add_method(methods, method);
            add_method(named, method);
        }
        return method != NULL;
    }
    size_t count;
    const struct method *const *known = methods_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (is_all || known[i]->is_default) {
            add_method(methods, known[i]);
        }
    }
    return true;
}

static bool refuse_method(const char *word, struct error *error)
{
    struct text keys = {0};
    size_t count;
    const struct method *const *known = methods_all(&count);
    for (size_t i = 0; i < count; i++) {
        text_addf(&keys, ", %s", known[i]->key);
    }
    error_set(error, ERROR_USAGE, NULL, 0, NULL,
              _("found method '%s', which is not in this version; take some of default, all%s"),
              word, keys.bytes);
    text_drop(&keys);
    return false;
}

bool settings_take_methods(struct array *methods, struct array *named, const char *list,
                           struct error *error)
{
    array_clear(methods);
    array_clear(named);
    char *copy = memory_copy_text(list);
    bool is_good = true;
    for (char *rest = copy; is_good && rest != NULL;) {
        char *word = rest;
        rest = strchr(word, ',');
        if (rest != NULL) {
            *rest++ = '\0';
        }
        is_good = add_methods(methods, named, word) || refuse_method(word, error);
    }
    memory_free(copy);
    return is_good;
}
