#include "ui/explorer/folder.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *folder_inside(const char *path, const char *name)
{
    struct text text = {0};
    size_t length = strlen(path);
    bool has_slash = length > 0 && path[length - 1] == '/';
    if (strcmp(path, ".") != 0) {
        text_addf(&text, "%s%s", path, has_slash ? "" : "/");
    }
    text_add(&text, name);
    return text_take(&text);
}

/* By the name where that is sure, else by the file system's word. */
char *folder_above(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *last = slash == NULL ? path : slash + 1;
    bool is_plain = slash != NULL && slash != path && *last != '\0' && strcmp(last, ".") != 0 &&
                    strcmp(last, "..") != 0;
    if (is_plain) {
        return memory_copy_bytes(path, (size_t)(slash - path));
    }
    char *joined = folder_inside(path, "..");
    char *real = realpath(strcmp(path, ".") == 0 ? ".." : joined, NULL);
    char *above = memory_copy_text(real == NULL ? joined : real);
    free(real);
    memory_free(joined);
    return above;
}

/* A file of text has no byte of 0 at its beginning. */
static bool looks_readable(const char *path, bool *is_gzip)
{
    char bytes[512];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    size_t got = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    *is_gzip = got > 2 && (unsigned char)bytes[0] == 0x1f && (unsigned char)bytes[1] == 0x8b;
    return got > 0 && (*is_gzip || memchr(bytes, 0, got) == NULL);
}

static bool add(const char *folder, const char *name, struct arena *arena,
                struct array *entries)
{
    struct stat status;
    struct folder_entry entry = {.name = arena_text(arena, name)};
    char *path = folder_inside(folder, name);
    bool is_shown = stat(path, &status) == 0;
    if (is_shown && S_ISDIR(status.st_mode)) {
        entry.is_folder = true;
    } else {
        /* What has no size may be a device that makes the reader wait. */
        is_shown = is_shown && S_ISREG(status.st_mode) && status.st_size > 0 &&
                   looks_readable(path, &entry.is_gzip);
        entry.size = is_shown ? (double)status.st_size : 0;
    }
    memory_free(path);
    if (is_shown) {
        *(struct folder_entry *)array_add(entries) = entry;
    }
    return is_shown;
}

static int compare(const void *left, const void *right)
{
    const struct folder_entry *one = left, *other = right;
    if (one->is_folder != other->is_folder) {
        return one->is_folder ? -1 : 1;
    }
    return strcmp(one->name, other->name);
}

bool folder_read(const char *path, struct arena *arena, struct array *entries, size_t *left_out,
                 struct error *error)
{
    DIR *folder = opendir(path);
    const struct dirent *found;
    *left_out = 0;
    if (folder == NULL) {
        return error_set_errno(error, path, _("the folder cannot be opened"));
    }
    while ((found = readdir(folder)) != NULL) {
        if (found->d_name[0] != '.') {
            *left_out += !add(path, found->d_name, arena, entries);
        }
    }
    (void)closedir(folder);
    if (entries->count > 0) {
        qsort(entries->items, entries->count, entries->item_size, compare);
    }
    return true;
}
