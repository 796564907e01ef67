#include "study/plan_path.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/lines.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A study file is written by hand; a longer one is something else. */
#define LONGEST_STUDY_FILE ((size_t)1 << 20)

const char *plan_path_file(const char *path, struct arena *arena)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        return arena_text(arena, path);
    }
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return arena_format(arena, "%.*s/study.conf", (int)length, path);
}

const char *plan_path_folder(const char *file, struct arena *arena)
{
    const char *slash = strrchr(file, '/');
    if (slash == NULL) {
        return arena_text(arena, ".");
    }
    return slash == file ? arena_text(arena, "/")
                         : arena_bytes(arena, file, (size_t)(slash - file));
}

const char *plan_path_stem(const char *file, struct arena *arena)
{
    static const char *const endings[] = {".gz",  ".bgz", ".zst",     ".tsv",     ".csv",
                                          ".txt", ".vcf", ".summary", ".sumstats"};
    const char *slash = strrchr(file, '/');
    char *stem = arena_text(arena, slash == NULL ? file : slash + 1);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t length = strlen(stem), ending = strlen(endings[i]);
        if (length > ending && text_equal_fold(stem + length - ending, endings[i])) {
            stem[length - ending] = '\0';
        }
    }
    return stem;
}

/* Folder and name of a path without links in the folder; the name stays as it is. */
static const char *absolute(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/');
    char *folder = realpath(plan_path_folder(path, arena), NULL);
    const char *whole = NULL;
    if (folder != NULL && access(path, F_OK) == 0) {
        whole = arena_format(arena, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder,
                             slash == NULL ? path : slash + 1);
    }
    free(folder);
    return whole;
}

const char *plan_path_from(const char *folder, const char *path, struct arena *arena)
{
    char *from = realpath(folder, NULL);
    const char *to = absolute(path, arena);
    size_t same = 0;
    for (size_t i = 0; from != NULL && to != NULL && from[i] == to[i] && to[i] != '\0'; i++) {
        same = to[i] == '/' ? i : same;
        same = to[i + 1] == '/' && from[i + 1] == '\0' ? i + 1 : same;
    }
    const char *relative = to;
    if (to != NULL && from != NULL && same > 0) {
        relative = to + same + 1;
        for (const char *at = from + same; *at != '\0'; at++) {
            if (*at == '/') {
                relative = arena_format(arena, "../%s", relative);
            }
        }
    }
    free(from);
    return relative;
}

const char *plan_path_in(const char *folder, const char *path, struct arena *arena)
{
    if (path[0] == '/' || strcmp(folder, ".") == 0) {
        return arena_text(arena, path);
    }
    return arena_format(arena, "%s/%s", folder, path);
}

static bool add_lines(struct lines *lines, struct text *text, struct error *error)
{
    char *line;
    size_t length;
    enum read_result result;
    while ((result = lines_next(lines, &line, &length, error)) == READ_ROW) {
        text_add_bytes(text, line, length);
        text_add(text, "\n");
        if (text->length > LONGEST_STUDY_FILE) {
            return error_set(error, ERROR_DATA, lines_name(lines), 0, NULL,
                             _("found more than 1 MB; a study file is short text, name the "
                               "tables in it"));
        }
    }
    return result == READ_END;
}

bool plan_path_text(const char *file, char **text, struct error *error)
{
    struct lines *lines;
    if (!lines_open(file, &lines, error)) {
        return false;
    }
    struct text all = {0};
    bool is_read = add_lines(lines, &all, error);
    lines_close(lines);
    if (!is_read) {
        text_drop(&all);
        return false;
    }
    *text = text_take(&all);
    return true;
}
