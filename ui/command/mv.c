#include "base/i18n.h"
#include "base/memory.h"
#include "report/table_mv.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

static bool run(const struct options *options, struct error *error);

const struct command command_mv = {
    .name = "mv",
    .operands = "FILE",
    .shows = N_("several exposures on one outcome, from a wide table: beta_NAME and se_NAME "
                "of every exposure, beta_outcome and se_outcome"),
    .least = 1,
    .most = 1,
    .accepts = OPTION_SET(OPTION_LD),
    .run = run,
};

static struct design_options asked(const struct options *options)
{
    const double *parameters = options->settings.parameters;

    return (struct design_options){parameters[PARAMETER_MV_CORRELATION],
                                   parameters[PARAMETER_MV_EXPOSURE_N],
                                   parameters[PARAMETER_MV_OUTCOME_N], options->ld};
}

static void warn(const struct options *options, const char *path, size_t dropped,
                 struct arena *arena)
{
    char *name;

    if (dropped == 0 || options_has(options, OPTION_QUIET)) {
        return;
    }
    name = text_clean(path);
    output_complain(arena_format(
        arena,
        ngettext("%s: %zu row left out: it lacks a number, or its variant is not in --ld",
                 "%s: %zu rows left out: they lack a number, or their variants are not in --ld",
                 (unsigned long)dropped),
        name, dropped));
    memory_free(name);
}

static bool check_orientation(const struct options *options, const struct design *design,
                              struct error *error)
{
    double asked = options->settings.parameters[PARAMETER_MV_ORIENTATION];

    return asked <= (double)design->exposure_count ||
           error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found mv_orientation=%g with %zu exposures; write a number from 1 to "
                       "%zu"),
                     asked, design->exposure_count, design->exposure_count);
}

static bool check_methods(const struct options *options, struct error *error)
{
    return options->mv_methods.count > 0 ||
           error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found --methods for one exposure; mv has its own, all called mv_...: "
                       "see taxamr help mv"));
}

static bool print(const struct options *options, const struct design *design,
                  struct arena *arena, struct text *text, struct error *error)
{
    size_t count = options->mv_methods.count;
    struct arena *scratch = arena_create();
    struct mv_estimate *estimates = arena_get(arena, count, sizeof *estimates);
    struct mv_results results = {design, &options->settings, estimates, count, arena};
    const char *key = options->table == NULL ? "estimates" : options->table->key;
    bool is_printed;

    for (size_t i = 0; i < count; i++) {
        const struct mv_method *method =
            *(const struct mv_method *const *)array_at(&options->mv_methods, i);

        estimates[i] = mv_run(method, design, &options->settings, scratch, arena);
    }
    arena_destroy(scratch);
    is_printed = table_mv_print(key, &results, options->format, text);
    return is_printed ||
           error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found --table %s, which mv does not have; take one of estimates, "
                       "heterogeneity, pleiotropy, strength, harmonised"),
                     key);
}

static bool run(const struct options *options, struct error *error)
{
    struct arena *arena = arena_create();
    struct design_options reading = asked(options);
    struct design design;
    struct text text = {0};
    size_t dropped = 0;
    const char *path = options->operands[0];
    bool is_done = check_methods(options, error) &&
                   design_read(path, &reading, arena, &design, &dropped, error) &&
                   check_orientation(options, &design, error);

    if (is_done) {
        warn(options, path, dropped, arena);
        is_done = print(options, &design, arena, &text, error) && output_print(&text, error);
    }
    arena_destroy(arena);
    text_drop(&text);
    return is_done;
}
