#include "base/i18n.h"
#include "base/memory.h"
#include "base/write.h"
#include "report/table.h"
#include "study/draft.h"
#include "study/plan_path.h"
#include "ui/command/command.h"
#include "ui/command/output.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool run(const struct options *options, struct error *error);

const struct command command_new = {
    .name = "new",
    .operands = "DIR --exposure FILE... --outcome FILE...",
    .shows = N_("a study of whole GWAS files, with everything detected written out"),
    .least = 1,
    .most = 1,
    .accepts = OPTION_SET(OPTION_EXPOSURE) | OPTION_SET(OPTION_OUTCOME),
    .run = run,
};

/* A study in the making. */
struct making {
    const struct options *options;
    const char *folder;
    const char *study; /* path of its file */
    struct arena *arena;
    bool is_new;                      /* the folder was not there before */
    bool *is_used;                    /* one an override: a file has its column */
    struct array exposures, outcomes; /* struct draft_file */
};

static bool is_among(const struct array *names, const char *wanted)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(*(const char **)array_at(names, i), wanted) == 0) {
            return true;
        }
    }
    return false;
}

/* The overrides of --col whose columns a file has: the two sides may differ. */
static bool take_overrides(struct making *making, struct draft_file *file, const char *path,
                           struct error *error)
{
    size_t count = making->options->columns.count;
    const char **own = arena_get(making->arena, count, sizeof *own);
    struct array names = ARRAY_OF(const char *);
    if (count > 0 && !detect_columns(path, making->arena, &names, error)) {
        array_destroy(&names);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const char *override = *(const char **)array_at(&making->options->columns, i);
        if (is_among(&names, strchr(override, '=') + 1)) {
            own[file->override_count++] = override;
            making->is_used[i] = true;
        }
    }
    array_destroy(&names);
    file->overrides = own;
    return true;
}

static bool detect(struct making *making, const char *path, struct array *into,
                   struct error *error)
{
    struct draft_file *file = array_add(into);
    if (!text_is_clean(path) || strcmp(path, "-") == 0) {
        return error_set(error, ERROR_DATA, path, 0, NULL,
                         _("found a name that a study file cannot hold; rename the file"));
    }
    file->path = plan_path_from(making->folder, path, making->arena);
    if (!take_overrides(making, file, path, error)) {
        return false;
    }
    return detect_file(path, file->overrides, file->override_count, making->arena, &file->found,
                       error);
}

static bool detect_all(struct making *making, const struct array *paths, struct array *into,
                       struct error *error)
{
    for (size_t i = 0; i < paths->count; i++) {
        if (!detect(making, *(const char **)array_at(paths, i), into, error)) {
            return false;
        }
    }
    return true;
}

/* An override that no file has a column for is a mistake. */
static bool check_overrides(const struct making *making, struct error *error)
{
    for (size_t i = 0; i < making->options->columns.count; i++) {
        if (!making->is_used[i]) {
            return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                             _("found --col %s, and no file has that column; correct it"),
                             *(const char **)array_at(&making->options->columns, i));
        }
    }
    return true;
}

static bool check(const struct options *options, struct error *error)
{
    if (options->exposures.count == 0 || options->outcomes.count == 0) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found no --%s FILE; name the files of both sides"),
                         options->exposures.count == 0 ? "exposure" : "outcome");
    }
    return true;
}

static bool open_folder(struct making *making, struct error *error)
{
    making->is_new = mkdir(making->folder, 0777) == 0;
    if (!making->is_new && errno != EEXIST) {
        return error_set_errno(error, making->folder, _("cannot make the folder"));
    }
    if (access(making->study, F_OK) == 0) {
        return error_set(error, ERROR_DATA, making->study, 0, NULL,
                         _("found a study there already; remove it, or choose another folder"));
    }
    return true;
}

static bool write_study(struct making *making, struct error *error)
{
    struct text text = {0};
    draft_study(&making->exposures, &making->outcomes, making->arena, &text);
    bool is_written = write_whole(making->study, text.bytes, text.length, error);
    text_drop(&text);
    return is_written;
}

static bool say(const struct making *making, struct error *error)
{
    struct text text = {0};
    if (options_has(making->options, OPTION_QUIET)) {
        return true;
    }
    char *clean = text_clean(making->study);
    text_addf(&text, _("%s: exposures: %zu, outcomes: %zu; look it over, then taxamr run\n"),
              clean, making->exposures.count, making->outcomes.count);
    memory_free(clean);
    return output_print(&text, error);
}

static bool make(struct making *making, struct error *error)
{
    const struct options *options = making->options;
    bool is_open = open_folder(making, error);
    bool is_made = is_open &&
                   detect_all(making, &options->exposures, &making->exposures, error) &&
                   detect_all(making, &options->outcomes, &making->outcomes, error) &&
                   check_overrides(making, error) && write_study(making, error);
    if (!is_made && making->is_new) {
        rmdir(making->folder);
    }
    return is_made && say(making, error);
}

static bool run(const struct options *options, struct error *error)
{
    if (!check(options, error)) {
        return false;
    }
    struct making making = {.options = options,
                            .folder = options->operands[0],
                            .arena = arena_create(),
                            .exposures = ARRAY_OF(struct draft_file),
                            .outcomes = ARRAY_OF(struct draft_file)};
    making.study = arena_format(making.arena, "%s/study.conf", making.folder);
    making.is_used = arena_get(making.arena, options->columns.count, sizeof(bool));
    bool is_made = make(&making, error);
    array_destroy(&making.exposures);
    array_destroy(&making.outcomes);
    arena_destroy(making.arena);
    return is_made;
}
