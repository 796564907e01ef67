/*
 * The folder of all parts: what lies in it, and in those of its slices.
 */
#include "base/memory.h"
#include "study/parts.h"
#include "study/parts_file.h"
#include <dirent.h>
#include <string.h>
#include <unistd.h>

/* What may lie in a folder of parts: parts, rows of tables (by their owner), and its end. */
static bool is_known(const char *name)
{
    return strncmp(name, "part-", 5) == 0 || strncmp(name, "rows-", 5) == 0 ||
           strncmp(name, "shard", 5) == 0;
}

void parts_file_sweep(const char *folder, bool takes_all)
{
    DIR *open = opendir(folder);
    for (struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;) {
        bool is_half = strchr(entry->d_name, '.') != NULL;
        if (is_known(entry->d_name) && (takes_all || is_half)) {
            (void)unlinkat(dirfd(open), entry->d_name, 0);
        }
    }
    if (open != NULL) {
        (void)closedir(open);
    }
}

static void each_slice(const char *folder, void (*visit)(const char *slice))
{
    DIR *open = opendir(folder);
    for (struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;) {
        if (strspn(entry->d_name, "0123456789") == strlen(entry->d_name)) {
            char *slice = parts_file_join(folder, entry->d_name);
            visit(slice);
            memory_free(slice);
        }
    }
    if (open != NULL) {
        (void)closedir(open);
    }
}

static void remove_slice(const char *slice)
{
    parts_file_sweep(slice, true);
    (void)rmdir(slice);
}

void parts_remove(const char *folder)
{
    each_slice(folder, remove_slice);
    (void)rmdir(folder);
}

static void unfinish(const char *slice)
{
    char *path = parts_file_end_path(slice);
    (void)unlink(path);
    memory_free(path);
}

void parts_unfinish(const char *folder)
{
    each_slice(folder, unfinish);
}

char *parts_slice_folder(const char *folder, size_t slice)
{
    struct text path = {0};
    text_addf(&path, "%s/%05zu", folder, slice);
    return text_take(&path);
}

size_t parts_slices(const char *folder)
{
    struct unpack from = {0};
    size_t slices = 0;
    char *bytes, *path = parts_file_end_path(folder);
    if (parts_file_read(path, &bytes, &from)) {
        (void)unpack_count(&from);
        (void)unpack_count(&from);
        slices = (size_t)unpack_count(&from);
        memory_free(bytes);
    }
    memory_free(path);
    return slices;
}
