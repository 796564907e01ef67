#include "ui/command/asking.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/paths.h"
#include "study/asked.h"

/* The others say how a run goes, or have a note of their own: the language, which may come from
 * the environment, the format, which merge has its own of, and the shard. */
static const uint64_t changes_results =
    CHOOSING_OPTIONS | OPTION_SET(OPTION_METHODS) | OPTION_SET(OPTION_LEVEL) |
    OPTION_SET(OPTION_SEED) | OPTION_SET(OPTION_BOOT) | OPTION_SET(OPTION_PRESSO_SIMS) |
    OPTION_SET(OPTION_PARAMETER) | OPTION_SET(OPTION_CONVENTION) | OPTION_SET(OPTION_COL) |
    OPTION_SET(OPTION_SKIP_BAD_ROWS) | OPTION_SET(OPTION_LD) |
    OPTION_SET(OPTION_ERROR_CORRELATION);

static const uint64_t names_file =
    OPTION_SET(OPTION_BFILE) | OPTION_SET(OPTION_LD) | OPTION_SET(OPTION_ERROR_CORRELATION);

static void note(const struct option_said *said, struct study *study)
{
    bool is_file = (names_file & OPTION_SET(said->option)) != 0;
    char *path = is_file ? paths_absolute(said->value) : NULL;
    asked_note(study, "option", options_name(said->option), is_file ? path : said->value);
    memory_free(path);
}

void asking_note(const struct options *options, const char *file, struct study *study)
{
    if (file != NULL) {
        asked_note(study, "study", "file", file);
    }
    for (size_t i = 0; i < options->said.count; i++) {
        const struct option_said *said = array_at(&options->said, i);
        if ((changes_results & OPTION_SET(said->option)) != 0) {
            note(said, study);
        }
    }
    asked_note(study, "option", options_name(OPTION_LANG), I18N_LANGUAGE);
}
