#include "ui/command/option_values.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "ui/command/language.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool refuse(struct error *error, const char *option, const char *value,
                   const char *remedy)
{
    return error_set(error, ERROR_USAGE, NULL, 0, NULL, _("found --%s %s; %s"), option, value,
                     remedy);
}

/* A whole number of digits alone, within its bounds. */
static bool take_whole(const char *value, uint64_t least, uint64_t most, uint64_t *number)
{
    char *end;
    errno = 0;
    unsigned long long read = strtoull(value, &end, 10);
    bool is_number = value[0] >= '0' && value[0] <= '9' && *end == '\0' && errno == 0;
    *number = read;
    return is_number && read >= least && read <= most;
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
static bool add_methods(struct options *options, const char *word)
{
    bool is_all = strcmp(word, "all") == 0;
    const struct method *method = methods_find(word);
    if (!is_all && strcmp(word, "default") != 0) {
        if (method != NULL) {
            add_method(&options->methods, method);
            add_method(&options->named_methods, method);
        }
        return method != NULL;
    }
    size_t count;
    const struct method *const *known = methods_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (is_all || known[i]->is_default) {
            add_method(&options->methods, known[i]);
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

bool take_methods(struct options *options, const char *value, struct error *error)
{
    array_clear(&options->methods);
    array_clear(&options->named_methods);
    char *list = memory_copy_text(value);
    bool is_good = true;
    for (char *rest = list; is_good && rest != NULL;) {
        char *word = rest;
        rest = strchr(word, ',');
        if (rest != NULL) {
            *rest++ = '\0';
        }
        is_good = add_methods(options, word) || refuse_method(word, error);
    }
    memory_free(list);
    return is_good;
}

bool take_table(struct options *options, const char *value, struct error *error)
{
    options->table = tables_find(value);
    if (options->table != NULL) {
        return true;
    }
    struct text keys = {0};
    size_t count;
    const struct table_kind *const *kinds = tables_all(&count);
    for (size_t i = 0; i < count; i++) {
        text_addf(&keys, "%s%s", i == 0 ? "" : ", ", kinds[i]->key);
    }
    error_set(error, ERROR_USAGE, NULL, 0, NULL,
              _("found table '%s', which is not in this version; take one of %s"), value,
              keys.bytes);
    text_drop(&keys);
    return false;
}

bool take_format(struct options *options, const char *value, struct error *error)
{
    return table_format_of(value, &options->format) ||
           refuse(error, "format", value, _("write tsv, csv or json"));
}

bool take_level(struct options *options, const char *value, struct error *error)
{
    char *end;
    double level = strtod(value, &end);
    if (end == value || *end != '\0' || !(level >= 0.5 && level <= 0.9999)) {
        return refuse(error, "level", value, _("write a number from 0.5 to 0.9999"));
    }
    options->settings.level = level;
    return true;
}

bool take_seed(struct options *options, const char *value, struct error *error)
{
    return take_whole(value, 0, UINT64_MAX, &options->settings.seed) ||
           refuse(error, "seed", value, _("write a whole number, 0 or more"));
}

bool take_threads(struct options *options, const char *value, struct error *error)
{
    uint64_t number;
    if (!take_whole(value, 1, 1024, &number)) {
        return refuse(error, "threads", value, _("write a whole number from 1 to 1024"));
    }
    options->threads = (size_t)number;
    return true;
}

bool take_boot(struct options *options, const char *value, struct error *error)
{
    uint64_t number;
    if (!take_whole(value, 2, 10000000, &number)) {
        return refuse(error, "boot", value, _("write a whole number from 2 to 10000000"));
    }
    options->settings.boot = (size_t)number;
    return true;
}

bool take_presso_sims(struct options *options, const char *value, struct error *error)
{
    uint64_t number;
    if (!take_whole(value, 10, 100000000, &number)) {
        return refuse(error, "presso-sims", value,
                      _("write a whole number from 10 to 100000000"));
    }
    options->settings.presso_sims = (size_t)number;
    return true;
}

bool take_parameter(struct options *options, const char *value, struct error *error)
{
    return parameters_take(options->settings.parameters, value, error);
}

bool take_convention(struct options *options, const char *value, struct error *error)
{
    if (strcmp(value, "twosamplemr") == 0) {
        options->settings.convention = CONVENTION_TWOSAMPLEMR;
    } else if (strcmp(value, "mendelianrandomization") == 0) {
        options->settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    } else {
        return refuse(error, "convention", value,
                      _("write twosamplemr or mendelianrandomization"));
    }
    return true;
}

bool take_direction(struct options *options, const char *value, struct error *error)
{
    for (enum direction direction = FORWARD; direction <= REVERSE; direction++) {
        if (strcmp(value, direction_key(direction)) == 0) {
            options->direction = direction;
            return true;
        }
    }
    return refuse(error, "direction", value, _("write forward or reverse"));
}

bool take_action(struct options *options, const char *value, struct error *error)
{
    uint64_t number;
    if (!take_whole(value, 1, 3, &number)) {
        return refuse(error, "action", value, _("write 1, 2 or 3"));
    }
    options->action = (enum harmonise_action)number;
    return true;
}

bool take_column(struct options *options, const char *value, struct error *error)
{
    const char *sign = strchr(value, '=');
    if (sign == NULL || sign == value || sign[1] == '\0') {
        return refuse(error, "col", value, _("write ROLE=NAME, as beta=EFFECT"));
    }
    *(const char **)array_add(&options->columns) = value;
    return true;
}

bool take_size(struct options *options, const char *value, struct error *error)
{
    char *middle;
    unsigned long columns = strtoul(value, &middle, 10);
    char *end = middle;
    unsigned long rows = *middle == 'x' ? strtoul(middle + 1, &end, 10) : 0;
    bool is_good = end != middle && *end == '\0' && columns >= 1 && columns <= 1000 &&
                   rows >= 1 && rows <= 1000;
    options->size_columns = columns;
    options->size_rows = rows;
    return is_good ||
           refuse(error, "size", value, _("write columns and rows up to 1000, as 100x30"));
}

bool take_width(struct options *options, const char *value, struct error *error)
{
    uint64_t number;
    if (!take_whole(value, 40, 1000, &number)) {
        return refuse(error, "width", value, _("write a whole number from 40 to 1000"));
    }
    options->width = (size_t)number;
    return true;
}

bool take_language(struct options *options, const char *value, struct error *error)
{
    (void)options;
    if (strcmp(value, "en") != 0 && strcmp(value, "zh") != 0) {
        return refuse(error, "lang", value, _("write en or zh"));
    }
    language_choose(value);
    return true;
}

static bool take_text(const char **place, const char *value)
{
    *place = value;
    return true;
}

bool take_exposure(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->exposure, value);
}

bool take_outcome(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->outcome, value);
}

bool take_output(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->output, value);
}

bool take_x(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->x, value);
}

bool take_y(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->y, value);
}

bool take_ld(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->ld, value);
}

bool take_script(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->script, value);
}

bool take_bfile(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->bfile, value);
}

bool take_ld_out(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->ld_out, value);
}

/* A plain decimal and nothing behind it. */
static bool take_decimal(const char *value, double *number)
{
    char *end;
    bool is_plain = value[0] != '\0' && value[strspn(value, "0123456789.eE+-")] == '\0';
    *number = strtod(value, &end);
    return is_plain && end != value && *end == '\0';
}

bool take_p1(struct options *options, const char *value, struct error *error)
{
    return (take_decimal(value, &options->p1) && options->p1 > 0 && options->p1 <= 1) ||
           refuse(error, "p1", value, _("write a number above 0 and up to 1, as 5e-8"));
}

bool take_r2(struct options *options, const char *value, struct error *error)
{
    return (take_decimal(value, &options->r2) && options->r2 >= 0 && options->r2 < 1) ||
           refuse(error, "r2", value, _("write a number from 0 up to but not 1, as 0.001"));
}

bool take_kb(struct options *options, const char *value, struct error *error)
{
    return (take_decimal(value, &options->kb) && options->kb >= 0.001 && options->kb <= 1e7) ||
           refuse(error, "kb", value, _("write a number from 0.001 to 1e7, as 10000"));
}
