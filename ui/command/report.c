#include "report/report.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/write.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include <string.h>

static bool run(const struct options *options, struct error *error);

const struct command command_report = {
    .name = "report",
    .operands = "[STUDY] -o FILE.html",
    .shows = N_("a study as one page of HTML, charts and tables and checklists in it"),
    .least = 0,
    .most = 1,
    .accepts = CHOOSING_OPTIONS | OPTION_SET(OPTION_OUTPUT) | OPTION_SET(OPTION_LD) |
               OPTION_SET(OPTION_ERROR_CORRELATION),
    .run = run,
};

static bool say(const struct options *options, size_t bytes, struct error *error)
{
    struct text text = {0};
    if (options_has(options, OPTION_QUIET)) {
        return true;
    }
    char *clean = text_clean(options->output);
    text_addf(&text, _("%s: %.1f MB, opens in any browser\n"), clean, (double)bytes / 1e6);
    memory_free(clean);
    return output_print(&text, error);
}

static bool write(const struct options *options, struct text *page, struct error *error)
{
    if (strcmp(options->output, "-") == 0) {
        return output_print(page, error);
    }
    return write_whole(options->output, page->bytes, page->length, error) &&
           say(options, page->length, error);
}

static bool run(const struct options *options, struct error *error)
{
    struct study *study;
    if (options->output == NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no -o FILE.html; say where the report goes"));
    }
    const char *name = options->operand_count > 0 ? options->operands[0] : NULL;
    if (!load_study(options, name, &study, error)) {
        return false;
    }
    struct results *results = load_results(options, study, tables_find("summary"));
    struct text page = {0};
    report_print(results, &page);
    bool is_written = write(options, &page, error);
    text_drop(&page);
    results_destroy(results);
    study_destroy(study);
    return is_written;
}
