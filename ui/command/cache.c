#include "base/i18n.h"
#include "base/memory.h"
#include "study/raw_cache.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"

static bool run(const struct options *options, struct error *error);

const struct command command_cache = {
    .name = "cache",
    .operands = "[--clear]",
    .shows = N_("what is kept of whole GWAS files, so that they need not be read again"),
    .least = 0,
    .most = 0,
    .accepts = OPTION_SET(OPTION_CLEAR),
    .run = run,
};

static bool look(const struct options *options, const char *folder, struct raw_cache_size *size,
                 struct error *error)
{
    if (options_has(options, OPTION_CLEAR)) {
        return raw_cache_clear(folder, size, error);
    }
    *size = raw_cache_measure(folder);
    return true;
}

static bool run(const struct options *options, struct error *error)
{
    char *folder = load_cache_folder();
    struct raw_cache_size size;
    if (folder == NULL) {
        return error_set(error, ERROR_SYSTEM, NULL, 0, NULL,
                         _("found no home folder; set HOME or XDG_CACHE_HOME"));
    }
    bool is_done = look(options, folder, &size, error);
    if (is_done) {
        struct text text = {0};
        char *clean = text_clean(folder);
        text_addf(&text,
                  options_has(options, OPTION_CLEAR) ? _("%s: tables removed: %zu, %.1f %s\n")
                                                     : _("%s: tables: %zu, %.1f %s\n"),
                  clean, size.entries, size.bytes / (size.bytes < 1e6 ? 1e3 : 1e6),
                  size.bytes < 1e6 ? "kB" : "MB");
        memory_free(clean);
        is_done = output_print(&text, error);
    }
    memory_free(folder);
    return is_done;
}
