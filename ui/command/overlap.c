#include "base/i18n.h"
#include "ldscore/scores.h"
#include "report/table_ldscore.h"
#include "study/plan_path.h"
#include "study/two_clumped.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include <math.h>
#include <string.h>
#include <sys/stat.h>

/* P (overlap_p) and distance as MRlap has them. */
#define USUAL_KB 500
#define USUAL_R2 0.001
#define USUAL_DRAWS 10000

static bool run(const struct options *options, struct error *error);

const struct command command_overlap = {
    .name = "overlap",
    .operands = "-x FILE -y FILE --ld-scores DIR [--p1 P] [--kb KB] [--bfile PREFIX --r2 R]",
    .shows = N_("IVW of two whole GWAS, corrected for people in both and for winner's curse by "
                "what LD score regression finds in them, much as MRlap does:\n"
                "      taxamr overlap -x bmi.tsv.gz -y chd.tsv.gz --ld-scores eur_w_ld_chr"),
    .least = 0,
    .most = 0,
    .accepts = OPTION_SET(OPTION_X) | OPTION_SET(OPTION_Y) | OPTION_SET(OPTION_LD_SCORES) |
               OPTION_SET(OPTION_P1) | OPTION_SET(OPTION_KB) | OPTION_SET(OPTION_R2) |
               OPTION_SET(OPTION_BFILE) | OPTION_SET(OPTION_ACTION),
    .run = run,
};

/* How often an option was given. */
static size_t count_said(const struct options *options, enum option_id option)
{
    size_t count = 0;

    for (size_t i = 0; i < options->said.count; i++) {
        count += ((const struct option_said *)array_at(&options->said, i))->option == option;
    }
    return count;
}

/* Both files are there to be read twice; that one is there is for reading to tell. */
static bool check_files(const struct options *options, struct error *error)
{
    const char *const paths[] = {options->x, options->y};

    if (count_said(options, OPTION_X) > 1 || count_said(options, OPTION_Y) > 1) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found several -x or -y; overlap takes one of each"));
    }
    for (int side = 0; side < 2; side++) {
        struct stat status;

        if (strcmp(paths[side], "-") == 0 ||
            (stat(paths[side], &status) == 0 && !S_ISREG(status.st_mode))) {
            return error_set(error, ERROR_USAGE, paths[side], 0, NULL,
                             _("found no regular file; overlap reads each file twice"));
        }
    }
    return true;
}

static bool check(const struct options *options, struct error *error)
{
    const char *missing = options->x == NULL           ? "-x FILE"
                          : options->y == NULL         ? "-y FILE"
                          : options->ld_scores == NULL ? "--ld-scores DIR"
                                                       : NULL;

    if (missing != NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no %s; write overlap -x EXPOSURE -y OUTCOME --ld-scores DIR"),
                         missing);
    }
    if (options_has(options, OPTION_R2) && options->bfile == NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found --r2 without --bfile; without a reference distance alone "
                           "decides"));
    }
    return check_files(options, error);
}

/* Where variants or chromosomes are few, or a heritability cannot be. */
static void warn(const struct options *options, const struct found *found, struct arena *arena)
{
    const char *const paths[] = {options->x, options->y};

    if (options_has(options, OPTION_QUIET)) {
        return;
    }
    for (int side = 0; side < 2; side++) {
        if (found->traits[side].slope > 1) {
            output_complain(arena_format(
                arena,
                _("%s: heritability %.3g is above 1; check its N, effects and LD scores"),
                paths[side], found->traits[side].slope));
        }
    }
    if (found->both.variants < LDSC_FEW_VARIANTS) {
        output_complain(arena_format(
            arena, _("LD score regression has %zu variants; with fewer than %zu it is unsure"),
            found->both.variants, LDSC_FEW_VARIANTS));
    }
    if (found->chromosomes < SCORES_CHROMOSOMES) {
        output_complain(arena_format(
            arena,
            _("%s: LD scores of chromosomes 1 to %d alone; give instruments of these alone "
              "and their number of markers by --set overlap_markers"),
            options->ld_scores, found->chromosomes));
    }
}

/* Whether --set named a parameter. */
static bool is_set(const struct options *options, enum parameter_id id)
{
    const char *key = parameters_get(id)->key;
    size_t length = strlen(key);

    for (size_t i = 0; i < options->said.count; i++) {
        const struct option_said *said = array_at(&options->said, i);

        if (said->option == OPTION_PARAMETER && strncmp(said->value, key, length) == 0 &&
            said->value[length] == '=') {
            return true;
        }
    }
    return false;
}

/* What was found becomes what the method is told, but for what was set by hand. */
static void tell(const struct options *options, const struct found *found, double p,
                 double *parameters)
{
    if (!is_set(options, PARAMETER_OVERLAP_H2)) {
        parameters[PARAMETER_OVERLAP_H2] = found->traits[0].slope;
        parameters[PARAMETER_OVERLAP_H2_SE] = found->traits[0].slope_se;
    }
    if (!is_set(options, PARAMETER_OVERLAP_INTERCEPT)) {
        parameters[PARAMETER_OVERLAP_INTERCEPT] = found->both.intercept;
        parameters[PARAMETER_OVERLAP_INTERCEPT_SE] = found->both.intercept_se;
    }
    if (!is_set(options, PARAMETER_OVERLAP_DRAWS)) {
        parameters[PARAMETER_OVERLAP_DRAWS] = USUAL_DRAWS;
    }
    parameters[PARAMETER_OVERLAP_P] = p;
}

static struct two_clumped asked(const struct options *options)
{
    double p = options->settings.parameters[PARAMETER_OVERLAP_P];

    return (struct two_clumped){.exposure = options->x,
                                .outcome = options->y,
                                .reading = load_reading(options),
                                .action = options->action,
                                .p = options_has(options, OPTION_P1) ? options->p1 : p,
                                .r2 = options_has(options, OPTION_R2) ? options->r2 : USUAL_R2,
                                .kb = options_has(options, OPTION_KB) ? options->kb : USUAL_KB,
                                .reference = options->bfile};
}

/* IVW and its correction, or what was asked for, of the instruments. */
static bool print_pair(const struct options *options, const struct found *found,
                       struct error *error)
{
    const struct two_clumped loading = asked(options);
    const struct method *usual[] = {methods_find("ivw"), methods_find("overlap")};
    const struct table_kind *kind =
        options->table != NULL ? options->table : tables_find("estimates");
    struct options changed = *options;
    struct text text = {0};
    struct results *results;
    struct study *study;

    tell(options, found, loading.p, changed.settings.parameters);
    if (!options_has(options, OPTION_METHODS)) {
        changed.methods = (struct array){usual, 2, 2, sizeof *usual};
    }
    if (!two_clumped_load(&loading, &study, error) || !load_regions(study, error)) {
        return false;
    }
    load_warn(options, study);
    results = load_results(&changed, study, kind);
    table_print(kind, results, options->format, &text);
    results_destroy(results);
    study_destroy(study);
    return output_print(&text, error);
}

static bool print_found(const struct options *options, const struct found *found,
                        struct arena *arena, struct error *error)
{
    const char *const names[] = {plan_path_stem(options->x, arena),
                                 plan_path_stem(options->y, arena)};
    struct text text = {0};

    table_ldscore_print(found, names, options->format, &text);
    return output_print(&text, error);
}

static bool run(const struct options *options, struct error *error)
{
    const char *const paths[] = {options->x, options->y};
    struct gwas_options reading = load_reading(options);
    struct arena *arena = arena_create();
    struct found found;
    bool is_done = check(options, error) &&
                   found_read(options->ld_scores, paths, &reading, arena, &found, error);

    if (is_done) {
        warn(options, &found, arena);
        is_done = options->table == &table_ldscore ? print_found(options, &found, arena, error)
                                                   : print_pair(options, &found, error);
    }
    arena_destroy(arena);
    return is_done;
}
