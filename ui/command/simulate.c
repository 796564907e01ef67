#include "simulate/simulate.h"
#include "base/i18n.h"
#include "base/write.h"
#include "gwas/gwas.h"
#include "report/table.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include "ui/command/simulate_studies.h"
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static bool run(const struct options *options, struct error *error);

const struct command command_simulate = {
    .name = "simulate",
    .operands = "[NAME=VALUE...] | MODEL [TAXA] -x INSTRUMENTS [-o DIR]",
    .shows =
        N_("studies of a stated model, and how methods do on them, as in\n"
           "      taxamr simulate kind=directional invalid=0.3 --operating-characteristics\n"
           "      or effects of known truth at the variants of real instruments"),
    .least = 0,
    .most = 40,
    .accepts = OPTION_SET(OPTION_X) | OPTION_SET(OPTION_OUTPUT) | OPTION_SET(OPTION_STUDIES) |
               OPTION_SET(OPTION_OPERATING),
    .run = run,
};

static bool write_file(const char *folder, const char *name, const struct text *text,
                       struct error *error)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", folder, name);
    bool is_written = write_whole(path.bytes, text->bytes, text->length, error);
    text_drop(&path);
    return is_written;
}

static bool write_both(const char *folder, const struct text *effects, const struct text *truth,
                       struct error *error)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        return error_set_errno(error, folder, _("cannot make the folder"));
    }
    return write_file(folder, "effects.tsv", effects, error) &&
           write_file(folder, "truth.tsv", truth, error);
}

/* Effects go to standard output, or with their truth into a folder. */
static bool hand_over(const struct options *options, const struct array *rows,
                      const struct simulate_model *model, struct error *error)
{
    struct text effects = {0}, truth = {0};
    simulate_print_effects(rows, model, &effects);
    if (options->output == NULL) {
        return output_print(&effects, error);
    }
    simulate_print_truth(rows, model, &truth);
    bool is_written = write_both(options->output, &effects, &truth, error);
    text_drop(&effects);
    text_drop(&truth);
    return is_written;
}

static bool simulate(const struct options *options, struct arena *arena,
                     struct simulate_model *model, struct error *error)
{
    struct gwas_options reading = load_reading(options);
    struct gwas_table instruments;
    if (options_has(options, OPTION_SEED)) {
        model->seed = options->settings.seed;
    }
    if (options->operand_count > 1 &&
        !simulate_model_add_taxa(options->operands[1], arena, model, error)) {
        return false;
    }
    if (!gwas_read(options->x, &reading, arena, &instruments, error)) {
        return false;
    }
    bool is_done =
        simulate_model_check(model, &instruments.rows, options->operands[0], error) &&
        hand_over(options, &instruments.rows, model, error);
    gwas_table_destroy(&instruments);
    return is_done;
}

static bool run(const struct options *options, struct error *error)
{
    if (simulate_is_studies(options)) {
        return simulate_studies(options, error);
    }
    if (options->operand_count == 0 || options->operand_count > 2) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no model, or too many; write simulate MODEL -x INSTRUMENTS"));
    }
    if (options->x == NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no -x FILE; write simulate MODEL -x INSTRUMENTS"));
    }
    struct arena *arena = arena_create();
    struct simulate_model model;
    bool is_done = simulate_model_read(options->operands[0], arena, &model, error);
    if (is_done) {
        is_done = simulate(options, arena, &model, error);
        simulate_model_destroy(&model);
    }
    arena_destroy(arena);
    return is_done;
}
