#include "ui/command/option_values.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "estimate/settings.h"
#include "multivariable/multivariable.h"
#include "report/table_ldscore.h"
#include "ui/command/language.h"
#include <stdlib.h>
#include <string.h>

/* More than any cluster runs at once. */
#define MOST_SHARDS 100000

static bool refuse(struct error *error, const char *option, const char *value,
                   const char *remedy)
{
    return error_set(error, ERROR_USAGE, NULL, 0, NULL, _("found --%s %s; %s"), option, value,
                     remedy);
}

static bool refuse_mv_method(const char *key, struct error *error)
{
    struct text keys = {0};
    size_t count;
    const struct mv_method *const *methods = mv_methods_all(&count);

    for (size_t i = 0; i < count; i++) {
        text_addf(&keys, "%s%s", i == 0 ? "" : ", ", methods[i]->key);
    }
    error_set(error, ERROR_USAGE, NULL, 0, NULL,
              _("found method %.*s, which mv does not have; take default, all, or of %s"),
              (int)strcspn(key, ","), key, keys.bytes);
    text_drop(&keys);
    return false;
}

/* Methods for one exposure and for several have keys of their own; a list names one kind. */
bool take_methods(struct options *options, const char *value, struct error *error)
{
    bool is_mv = strncmp(value, "mv_", 3) == 0, is_taken;
    const char *unknown = value;

    options->mv_methods.count = 0;
    is_taken = mv_methods_take(value, &options->mv_methods, &unknown);
    options->is_mv = is_mv;
    if (is_mv) {
        return is_taken || refuse_mv_method(unknown, error);
    }
    return settings_take_methods(&options->methods, &options->named_methods, value, error);
}

bool take_table(struct options *options, const char *value, struct error *error)
{
    options->table =
        strcmp(value, table_ldscore.key) == 0 ? &table_ldscore : tables_find(value);
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
    return settings_take(&options->settings, SETTING_LEVEL, value, error);
}

bool take_seed(struct options *options, const char *value, struct error *error)
{
    return settings_take(&options->settings, SETTING_SEED, value, error);
}

bool take_studies(struct options *options, const char *value, struct error *error)
{
    uint64_t number;
    if (!settings_whole(value, 1, 1000000, &number)) {
        return refuse(error, "studies", value, _("write a whole number from 1 to 1000000"));
    }
    options->studies = (size_t)number;
    return true;
}

bool take_threads(struct options *options, const char *value, struct error *error)
{
    uint64_t number;
    if (!settings_whole(value, 1, 1024, &number)) {
        return refuse(error, "threads", value, _("write a whole number from 1 to 1024"));
    }
    options->threads = (size_t)number;
    return true;
}

bool take_boot(struct options *options, const char *value, struct error *error)
{
    return settings_take(&options->settings, SETTING_BOOT, value, error);
}

bool take_presso_sims(struct options *options, const char *value, struct error *error)
{
    return settings_take(&options->settings, SETTING_PRESSO_SIMS, value, error);
}

bool take_parameter(struct options *options, const char *value, struct error *error)
{
    return parameters_take(options->settings.parameters, value, error);
}

bool take_convention(struct options *options, const char *value, struct error *error)
{
    return settings_take(&options->settings, SETTING_CONVENTION, value, error);
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
    if (!settings_whole(value, 1, 3, &number)) {
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

bool take_shard(struct options *options, const char *value, struct error *error)
{
    const char *slash = strchr(value, '/');
    char *first = memory_copy_bytes(value, slash == NULL ? 0 : (size_t)(slash - value));
    uint64_t shard = 0, count = 0;
    bool is_good = slash != NULL && settings_whole(slash + 1, 1, MOST_SHARDS, &count) &&
                   settings_whole(first, 1, count, &shard);
    memory_free(first);
    options->shard = (struct parts_shard){.shard = (size_t)shard, .count = (size_t)count};
    return is_good || refuse(error, "shard", value,
                             _("write K/N, the K-th of N parts, as 1/8; K is at least 1 and at "
                               "most N, N at most 100000"));
}

bool take_width(struct options *options, const char *value, struct error *error)
{
    uint64_t number;
    if (!settings_whole(value, 40, 1000, &number)) {
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
    *(const char **)array_add(&options->exposures) = value;
    return take_text(&options->exposure, value);
}

bool take_outcome(struct options *options, const char *value, struct error *error)
{
    (void)error;
    *(const char **)array_add(&options->outcomes) = value;
    return take_text(&options->outcome, value);
}

bool take_mediator(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->mediator, value);
}

bool take_output(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->output, value);
}

bool take_x(struct options *options, const char *value, struct error *error)
{
    (void)error;
    *(const char **)array_add(&options->x_files) = value;
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

bool take_error_correlation(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->error_correlation, value);
}

bool take_ld_scores(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->ld_scores, value);
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

bool take_proxies(struct options *options, const char *value, struct error *error)
{
    return (take_decimal(value, &options->proxies) && options->proxies > 0 &&
            options->proxies <= 1) ||
           refuse(error, "proxies", value, _("write a number above 0 and up to 1, as 0.8"));
}

bool take_min_maf(struct options *options, const char *value, struct error *error)
{
    return (take_decimal(value, &options->min_maf) && options->min_maf >= 0 &&
            options->min_maf <= 0.5) ||
           refuse(error, "min-maf", value, _("write a number from 0 to 0.5, as 0.01"));
}

bool take_min_info(struct options *options, const char *value, struct error *error)
{
    return (take_decimal(value, &options->min_info) && options->min_info >= 0 &&
            options->min_info <= 1) ||
           refuse(error, "min-info", value, _("write a number from 0 to 1, as 0.8"));
}

bool take_min_f(struct options *options, const char *value, struct error *error)
{
    return (take_decimal(value, &options->min_f) && options->min_f >= 0 &&
            options->min_f <= 1e300) ||
           refuse(error, "min-f", value, _("write a number from 0, as 10"));
}

bool take_exclude_regions(struct options *options, const char *value, struct error *error)
{
    (void)error;
    return take_text(&options->exclude_regions, value);
}
