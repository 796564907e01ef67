#include "ui/explorer/keep.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/write.h"
#include "report/table.h"
#include "ui/folders.h"
#include <string.h>
#include <sys/stat.h>

/* None of these files grows beyond it by itself. */
static const size_t KEPT_MOST = 1 << 22;

#define TYPED_NAME "commands"

/* "places/0123456789abcdef" in a kind of folder; NULL without a home. */
static char *path_of(const struct loop *loop, enum folder folder, const char *group)
{
    char *digest = folders_digest(loop->options->study_path);
    struct text name = {0};
    text_addf(&name, "%s/%s", group, digest);
    char *path = folders_path(folder, name.bytes);
    text_drop(&name);
    memory_free(digest);
    return path;
}

static char *place_path(const struct loop *loop)
{
    return path_of(loop, FOLDER_STATE, "places");
}

static char *notes_path(const struct loop *loop)
{
    return path_of(loop, FOLDER_DATA, "notes");
}

static char *read_at(char *path)
{
    char *text = folders_read(path, KEPT_MOST);
    memory_free(path);
    return text;
}

static bool is_there(char *path)
{
    struct stat status;
    bool is_there = path != NULL && stat(path, &status) == 0;
    memory_free(path);
    return is_there;
}

static void take_place(struct loop *loop)
{
    char *text = loop->options->is_fresh ? NULL : read_at(place_path(loop));
    (void)keep_place_take(loop, text, loop->options->study_path);
    memory_free(text);
}

void keep_begin(struct loop *loop)
{
    const char *study = loop->options->study_path;
    if (study == NULL) {
        return;
    }
    char *home = folders_path(FOLDER_STATE, "places");
    loop->is_kept = home != NULL;
    loop->state.is_first_run = home != NULL && !is_there(home);
    char *lines = read_at(folders_path(FOLDER_STATE, TYPED_NAME));
    char *notes = read_at(notes_path(loop));
    typed_take(&loop->state.typed, lines);
    (void)notes_take(&loop->state.notes, notes, study);
    memory_free(lines);
    memory_free(notes);
    take_place(loop);
}

/* Both are freed. */
static bool write_at(char *path, char *text, struct error *error)
{
    bool is_written = path == NULL || (paths_make(path, PATHS_FOR_OWNER, error) &&
                                       write_whole(path, text, strlen(text), error));
    memory_free(path);
    memory_free(text);
    return is_written;
}

bool keep_notes(struct loop *loop, struct error *error)
{
    return !loop->is_kept ||
           write_at(notes_path(loop), notes_text(&loop->state.notes, loop->options->study_path),
                    error);
}

/* Another session may have ended meanwhile: its lines stay, before ours. */
static char *lines_of_both(const struct loop *loop)
{
    struct typed both = {0};
    char *theirs = read_at(folders_path(FOLDER_STATE, TYPED_NAME));
    typed_take(&both, theirs);
    for (size_t i = 0; i < loop->state.typed.lines.count; i++) {
        typed_add(&both, typed_line(&loop->state.typed, i));
    }
    char *text = typed_text(&both);
    typed_end(&both);
    memory_free(theirs);
    return text;
}

bool keep_end(struct loop *loop, struct error *error)
{
    if (!loop->is_kept) {
        return true;
    }
    bool has_lines = loop->state.typed.lines.count > 0;
    bool is_kept =
        write_at(place_path(loop), keep_place_text(loop, loop->options->study_path), error);
    return is_kept && (!has_lines || write_at(folders_path(FOLDER_STATE, TYPED_NAME),
                                              lines_of_both(loop), error));
}
