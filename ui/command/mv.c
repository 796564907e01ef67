#include "base/i18n.h"
#include "base/memory.h"
#include "report/table_mv.h"
#include "study/build.h"
#include "study/several.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include <math.h>

static bool run(const struct options *options, struct error *error);

const struct command command_mv = {
    .name = "mv",
    .operands =
        "FILE | -x FILE -x FILE... -y FILE [--p1 P] [--r2 R] [--kb KB] [--bfile PREFIX] "
        "[--error-correlation FILE]",
    .shows =
        N_("several exposures on one outcome: from a wide table (beta_NAME and se_NAME of "
           "every exposure, beta_outcome and se_outcome), or from the GWAS of each, joined"),
    .least = 0,
    .most = 1,
    .accepts = OPTION_SET(OPTION_LD) | OPTION_SET(OPTION_X) | OPTION_SET(OPTION_Y) |
               OPTION_SET(OPTION_P1) | OPTION_SET(OPTION_R2) | OPTION_SET(OPTION_KB) |
               OPTION_SET(OPTION_BFILE) | OPTION_SET(OPTION_ACTION) |
               OPTION_SET(OPTION_ERROR_CORRELATION),
    .run = run,
};

/* What a design is completed with, the file of --error-correlation read. */
static bool ask(const struct options *options, struct arena *arena,
                struct design_options *asked, struct error *error)
{
    const double *parameters = options->settings.parameters;
    struct correlations *correlations = NULL;

    if (options->error_correlation != NULL) {
        correlations = arena_get(arena, 1, sizeof *correlations);
        if (!correlations_read(options->error_correlation, arena, correlations, error)) {
            return false;
        }
    }
    *asked = (struct design_options){
        parameters[PARAMETER_MV_CORRELATION], parameters[PARAMETER_MV_EXPOSURE_N],
        parameters[PARAMETER_MV_OUTCOME_N], options->ld, correlations};
    return true;
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

/* The ledger alone says what is missing, also where nothing is left to be estimated. */
static bool is_ledger(const struct options *options)
{
    return options->table != NULL && options->table == tables_find("ledger");
}

/* What the errors were taken to have in common, where a file says it. */
static void tell_correlations(const struct options *options, const struct design *design,
                              struct arena *arena)
{
    size_t count = design->exposure_count;
    double least = 1, most = -1;
    char *name;

    if (options->error_correlation == NULL || options_has(options, OPTION_QUIET) || count < 2 ||
        is_ledger(options)) {
        return;
    }
    for (size_t i = 0; i < count * count; i++) {
        if (i % (count + 1) != 0) {
            least = fmin(least, design->correlation[i]);
            most = fmax(most, design->correlation[i]);
        }
    }
    name = text_clean(options->error_correlation);
    output_complain(arena_format(arena,
                                 _("%s: errors of %zu exposures correlated two by two, from "
                                   "%.3g to %.3g"),
                                 name, count, least, most));
    memory_free(name);
}

static bool check_methods(const struct options *options, struct error *error)
{
    return options->mv_methods.count > 0 ||
           error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found --methods for one exposure; mv has its own, all called mv_...: "
                       "see taxamr help mv"));
}

/* What was asked about, from whichever files. */
struct several_design {
    struct design design;
    struct joined joined; /* without a ledger where one table had it all */
    struct arena *arena;
};

static bool print(const struct options *options, const struct several_design *of,
                  struct text *text, struct error *error)
{
    size_t count = is_ledger(options) ? 0 : options->mv_methods.count;
    struct arena *scratch = arena_create(), *arena = of->arena;
    struct mv_estimate *estimates = arena_get(arena, count, sizeof *estimates);
    struct mv_results results = {
        &of->design,       &options->settings,     estimates, count, arena,
        of->joined.ledger, of->joined.ledger_count};
    const char *key = options->table == NULL ? "estimates" : options->table->key;
    bool is_printed;

    for (size_t i = 0; i < count; i++) {
        const struct mv_method *method =
            *(const struct mv_method *const *)array_at(&options->mv_methods, i);

        estimates[i] = mv_run(method, &of->design, &options->settings, scratch, arena);
    }
    arena_destroy(scratch);
    is_printed = table_mv_print(key, &results, options->format, text);
    return is_printed ||
           error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found --table %s, which mv does not have; take one of estimates, "
                       "heterogeneity, pleiotropy, strength, harmonised, ledger"),
                     key);
}

static bool finish(const struct options *options, struct several_design *of,
                   struct error *error)
{
    struct text text = {0};

    tell_correlations(options, &of->design, of->arena);
    bool is_done = load_check_orientation(options, of->design.exposure_count, error) &&
                   print(options, of, &text, error) && output_print(&text, error);

    text_drop(&text);
    return is_done;
}

static bool run_wide(const struct options *options, struct error *error)
{
    struct several_design of = {.arena = arena_create()};
    struct design_options reading;
    size_t dropped = 0;
    const char *path = options->operands[0];
    bool is_done = ask(options, of.arena, &reading, error) &&
                   design_read(path, &reading, of.arena, &of.design, &dropped, error);

    if (is_done) {
        warn(options, path, dropped, of.arena);
        is_done = finish(options, &of, error);
    }
    arena_destroy(of.arena);
    return is_done;
}

static bool run_several(const struct options *options, struct error *error)
{
    struct study *study = study_create();
    struct several_design of = {.arena = study->arena};
    const struct several_asked reading = {
        .exposures = (const char *const *)options->x_files.items,
        .exposure_count = options->x_files.count,
        .outcome = options->y,
        .reading = load_reading(options),
        .action = options->action,
        .p = options_has(options, OPTION_P1) ? options->p1 : NAN,
        .r2 = options_has(options, OPTION_R2) ? options->r2 : NAN,
        .kb = options_has(options, OPTION_KB) ? options->kb : NAN,
        .reference = options->bfile};
    struct design_options completing;
    bool is_done = ask(options, of.arena, &completing, error) &&
                   several_read(&reading, study, &of.joined, error);

    if (is_done) {
        load_warn(options, study);
        of.design = of.joined.design;
        is_done = (is_ledger(options) ||
                   design_complete(options->y, &completing, of.arena, &of.design, error)) &&
                  finish(options, &of, error);
    }
    study_destroy(study);
    return is_done;
}

static bool check_files(const struct options *options, struct error *error)
{
    bool is_wide = options->operand_count > 0;

    if (is_wide && (options->x != NULL || options->y != NULL)) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found a wide table and files behind -x or -y; give the one or the "
                           "others"));
    }
    if (is_wide && is_ledger(options)) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found --table ledger, which a wide table does not have; give the "
                           "files of the exposures behind -x"));
    }
    if (!is_wide && (options->x_files.count == 0 || options->y == NULL)) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no %s; write mv FILE, or mv -x EXPOSURE -x EXPOSURE -y "
                           "OUTCOME"),
                         options->y == NULL && options->x_files.count > 0 ? "-y FILE"
                                                                          : "-x FILE");
    }
    if (!is_wide && options->ld != NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found --ld, which belongs to a wide table; files behind -x are "
                           "clumped, with --bfile by r2"));
    }
    return true;
}

static bool run(const struct options *options, struct error *error)
{
    return check_methods(options, error) && check_files(options, error) &&
           (options->operand_count > 0 ? run_wide : run_several)(options, error);
}
