#include "ui/explorer/asked.h"

#include "base/i18n.h"
#include "base/memory.h"
#include <math.h>
#include <string.h>

static void add_method(struct array *methods, const struct method *method)
{
    *(const struct method **)array_add(methods) = method;
}

static const struct method *method_at(const struct array *methods, size_t index)
{
    return *(const struct method **)array_at(methods, index);
}

struct asked asked_of(const struct results_options *options)
{
    struct asked asked = {ARRAY_OF(const struct method *), options->settings};
    for (size_t i = 0; i < options->method_count; i++) {
        add_method(&asked.methods, options->methods[i]);
    }
    return asked;
}

struct asked asked_copy(const struct asked *asked)
{
    struct results_options options = asked_options(asked);
    return asked_of(&options);
}

void asked_end(struct asked *asked)
{
    array_destroy(&asked->methods);
}

struct results_options asked_options(const struct asked *asked)
{
    return (struct results_options){.methods =
                                        (const struct method *const *)asked->methods.items,
                                    .method_count = asked->methods.count,
                                    .settings = asked->settings};
}

static bool same_methods(const struct asked *one, const struct asked *other)
{
    bool is_same = one->methods.count == other->methods.count;
    for (size_t i = 0; is_same && i < one->methods.count; i++) {
        is_same = method_at(&one->methods, i) == method_at(&other->methods, i);
    }
    return is_same;
}

static void say_value(const struct asked *asked, size_t index, struct text *text)
{
    if (index < SETTINGS) {
        settings_get((enum setting_id)index)->say(&asked->settings, text);
        return;
    }
    const struct parameter *parameter = parameters_get((enum parameter_id)(index - SETTINGS));
    double value = asked->settings.parameters[index - SETTINGS];
    if (isnan(value)) {
        text_add(text, "default");
    } else if (parameter->choices != NULL) {
        text_add(text, parameter->choices[(size_t)value]);
    } else {
        text_add_number(text, value);
    }
}

/* Values are equal when they are said alike: numbers are said so that they read back. */
static bool same_value(const struct asked *one, const struct asked *other, size_t index)
{
    struct text texts[2] = {{0}, {0}};
    say_value(one, index, &texts[0]);
    say_value(other, index, &texts[1]);
    bool is_same = strcmp(texts[0].bytes, texts[1].bytes) == 0;
    text_drop(&texts[0]);
    text_drop(&texts[1]);
    return is_same;
}

bool asked_equal(const struct asked *one, const struct asked *other)
{
    bool is_same = same_methods(one, other);
    for (size_t i = 0; is_same && i < ASKED_COUNT; i++) {
        is_same = same_value(one, other, i);
    }
    return is_same;
}

bool asked_take_methods(struct asked *asked, const char *list, struct error *error)
{
    struct array methods = ARRAY_OF(const struct method *),
                 named = ARRAY_OF(const struct method *);
    bool is_good =
        strcmp(list, "none") == 0 || settings_take_methods(&methods, &named, list, error);
    if (is_good) {
        struct array before = asked->methods;
        asked->methods = methods;
        methods = before;
    }
    array_destroy(&methods);
    array_destroy(&named);
    return is_good;
}

bool asked_has(const struct asked *asked, const struct method *method)
{
    for (size_t i = 0; i < asked->methods.count; i++) {
        if (method_at(&asked->methods, i) == method) {
            return true;
        }
    }
    return false;
}

const char *asked_key(size_t index)
{
    return index < SETTINGS ? settings_get((enum setting_id)index)->key
                            : parameters_get((enum parameter_id)(index - SETTINGS))->key;
}

const char *asked_shows(size_t index)
{
    return gettext(index < SETTINGS
                       ? settings_get((enum setting_id)index)->shows
                       : parameters_get((enum parameter_id)(index - SETTINGS))->shows);
}

const char *const *asked_choices(size_t index)
{
    static const char *const conventions[] = {"twosamplemr", "mendelianrandomization", NULL};
    if (index < SETTINGS) {
        return index == SETTING_CONVENTION ? conventions : NULL;
    }
    return parameters_get((enum parameter_id)(index - SETTINGS))->choices;
}

void asked_say_allowed(size_t index, struct text *text)
{
    if (index < SETTINGS) {
        text_add(text, gettext(settings_get((enum setting_id)index)->remedy));
        return;
    }
    const struct parameter *parameter = parameters_get((enum parameter_id)(index - SETTINGS));
    if (parameter->choices == NULL) {
        text_addf(text, _("write a number from %g to %g"), parameter->least, parameter->most);
        return;
    }
    text_add(text, _("write one of"));
    for (size_t i = 0; parameter->choices[i] != NULL; i++) {
        text_addf(text, "%s %s", i == 0 ? "" : ",", parameter->choices[i]);
    }
}

void asked_say(const struct asked *asked, size_t index, struct text *text)
{
    if (index >= SETTINGS && isnan(asked->settings.parameters[index - SETTINGS])) {
        text_add(text, _("from data"));
    } else {
        say_value(asked, index, text);
    }
}

/* Where the name ends and where the value starts; false without a value. */
static bool split(const char *line, size_t *length, const char **value)
{
    *length = strcspn(line, " \t=");
    *value = line + *length + strspn(line + *length, " \t=");
    return *length > 0 && **value != '\0';
}

static void take_default(struct asked *asked, size_t index, uint64_t seed)
{
    struct asked usual = {.settings = estimate_default_settings()};
    usual.settings.seed = seed;
    struct text value = {0};
    struct error unused = {0};
    if (index >= SETTINGS) {
        asked->settings.parameters[index - SETTINGS] =
            usual.settings.parameters[index - SETTINGS];
        return;
    }
    say_value(&usual, index, &value);
    if (!settings_take(&asked->settings, (enum setting_id)index, value.bytes, &unused)) {
        error_clear(&unused);
    }
    text_drop(&value);
}

static bool take_parameter(struct asked *asked, const char *key, const char *value,
                           struct error *error)
{
    struct text pair = {0};
    text_addf(&pair, "%s=%s", key, value);
    bool is_good = parameters_take(asked->settings.parameters, pair.bytes, error);
    text_drop(&pair);
    return is_good;
}

static bool refuse_name(const char *line, struct error *error)
{
    struct text keys = {0};
    for (size_t i = 0; i < ASKED_COUNT; i++) {
        text_addf(&keys, "%s%s", i == 0 ? "" : ", ", asked_key(i));
    }
    error_set(error, ERROR_USAGE, NULL, 0, NULL,
              _("found '%s'; write a name and its value, as boot 5000. Names are %s"), line,
              keys.bytes);
    text_drop(&keys);
    return false;
}

bool asked_take(struct asked *asked, const char *line, uint64_t seed, struct error *error)
{
    size_t length;
    const char *value;
    bool has_value = split(line, &length, &value);
    for (size_t i = 0; has_value && i < ASKED_COUNT; i++) {
        const char *key = asked_key(i);
        if (strlen(key) != length || strncmp(key, line, length) != 0) {
            continue;
        }
        if (strcmp(value, "default") == 0) {
            take_default(asked, i, seed);
            return true;
        }
        return i < SETTINGS ? settings_take(&asked->settings, (enum setting_id)i, value, error)
                            : take_parameter(asked, key, value, error);
    }
    return refuse_name(line, error);
}

/* Whether they are those of a word that stands for many. */
static bool is_word(const struct asked *asked, const char *word)
{
    struct asked other = {.methods = ARRAY_OF(const struct method *)};
    struct error unused = {0};
    bool is_same = asked_take_methods(&other, word, &unused) && same_methods(asked, &other);
    asked_end(&other);
    return is_same;
}

void asked_say_methods(const struct asked *asked, struct text *text)
{
    static const char *const words[] = {"none", "default", "all"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (is_word(asked, words[i])) {
            text_add(text, words[i]);
            return;
        }
    }
    for (size_t i = 0; i < asked->methods.count; i++) {
        text_addf(text, "%s%s", i == 0 ? "" : ",", method_at(&asked->methods, i)->key);
    }
}

void asked_say_difference(const struct asked *asked, const struct asked *from,
                          struct text *text)
{
    size_t start = text->length;
    if (!same_methods(asked, from)) {
        text_add(text, "methods ");
        asked_say_methods(asked, text);
    }
    for (size_t i = 0; i < ASKED_COUNT; i++) {
        if (!same_value(asked, from, i)) {
            text_addf(text, "%s%s ", text->length > start ? ", " : "", asked_key(i));
            say_value(asked, i, text);
        }
    }
    text_add(text, "");
}
