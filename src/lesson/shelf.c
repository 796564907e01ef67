#include "lesson/shelf.h"

#include "base/array.h"
#include "base/i18n.h"
#include "base/paths.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* "ivw.txt": its only dot is that of the ending. */
static bool is_lesson(const char *name)
{
    const char *dot = strchr(name, '.');
    return dot != NULL && dot != name && strcmp(dot, ".txt") == 0;
}

static bool add(const char *folder, const char *name, const char *language, struct shelf *shelf,
                struct array *lessons, struct error *error)
{
    struct arena *arena = shelf->arena;
    const char *path = arena_format(arena, "%s/%s", folder, name);
    if (language != NULL) {
        const char *other = arena_format(arena, "%s/%.*s.%s.txt", folder,
                                         (int)strcspn(name, "."), name, language);
        path = paths_exist(other) ? other : path;
    }
    return lesson_read(path, arena, array_add(lessons), error);
}

static int by_order(const void *one, const void *other)
{
    const struct lesson *a = one, *b = other;
    return a->order < b->order ? -1 : a->order > b->order ? 1 : strcmp(a->key, b->key);
}

static void keep(struct shelf *shelf, const struct array *lessons)
{
    struct lesson *kept = arena_get(shelf->arena, lessons->count + 1, sizeof *kept);
    if (lessons->count > 0) {
        memcpy(kept, lessons->items, lessons->count * sizeof *kept);
        qsort(kept, lessons->count, sizeof *kept, by_order);
    }
    shelf->lessons = kept;
    shelf->count = lessons->count;
}

bool shelf_read(const char *folder, const char *language, struct shelf *shelf,
                struct error *error)
{
    struct array lessons = ARRAY_OF(struct lesson);
    const struct dirent *entry;
    bool is_read = true;
    *shelf = (struct shelf){0};
    DIR *files = opendir(folder);
    if (files == NULL) {
        return error_set_errno(error, folder, _("the folder of lessons cannot be opened"));
    }
    shelf->arena = arena_create();
    while (is_read && (entry = readdir(files)) != NULL) {
        is_read = !is_lesson(entry->d_name) ||
                  add(folder, entry->d_name, language, shelf, &lessons, error);
    }
    (void)closedir(files);
    keep(shelf, &lessons);
    array_destroy(&lessons);
    if (!is_read) {
        shelf_drop(shelf);
    }
    return is_read;
}

void shelf_drop(struct shelf *shelf)
{
    arena_destroy(shelf->arena);
    *shelf = (struct shelf){0};
}

const struct lesson *shelf_find(const struct shelf *shelf, const char *key)
{
    for (size_t i = 0; i < shelf->count; i++) {
        if (strcmp(shelf->lessons[i].key, key) == 0) {
            return &shelf->lessons[i];
        }
    }
    return NULL;
}
