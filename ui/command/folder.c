#include "ui/command/folder.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/checksum.h"
#include "report/manifest.h"
#include "report/repeat.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many letters a name that is not whole yet has behind its mark (base/write.h). */
enum { LETTERS = 6 };

static bool make(struct folder *folder, struct error *error)
{
    struct stat status;
    folder->is_new = mkdir(folder->path, 0777) == 0;
    if (folder->is_new) {
        return true;
    }
    if (errno != EEXIST) {
        return error_set_errno(error, folder->path, _("cannot make the folder"));
    }
    if (stat(folder->path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return true;
    }
    return error_set(error, ERROR_SYSTEM, folder->path, 0, NULL,
                     _("found a file where a folder should be; give another name behind -o"));
}

/* The lock ends with the process, however that ends; file systems that have none do without. */
static bool lock(struct folder *folder, struct error *error)
{
    folder->lock = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->lock < 0) {
        return error_set_errno(error, folder->path, _("cannot be opened"));
    }
    if (flock(folder->lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) {
        return true;
    }
    (void)close(folder->lock);
    folder->lock = -1; /* what lies there is the other run's */
    return error_set(error, ERROR_SYSTEM, folder->path, 0, NULL,
                     _("found another run at work in this folder; wait for it or give another "
                       "name behind -o"));
}

static bool is_ours(const char *name, size_t length)
{
    const char *point = memchr(name, '.', length);
    size_t stem = point == NULL ? length : (size_t)(point - name);
    size_t count;
    const struct table_kind *const *kinds = tables_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (strlen(kinds[i]->key) == stem && strncmp(kinds[i]->key, name, stem) == 0) {
            return true;
        }
    }
    return (length == strlen(MANIFEST_NAME) && strncmp(name, MANIFEST_NAME, length) == 0) ||
           (length == strlen(REPEAT_NAME) && strncmp(name, REPEAT_NAME, length) == 0);
}

/* "estimates.tsv.taxamr-Xy12Zz": a name that no person gives to a file of theirs. */
static bool is_unfinished(const char *name)
{
    const char *point = strrchr(name, '.');
    size_t mark = strlen(WRITE_TEMPORARY);
    if (point == NULL || strncmp(point, WRITE_TEMPORARY, mark) != 0 ||
        strlen(point + mark) != LETTERS || !is_ours(name, (size_t)(point - name))) {
        return false;
    }
    for (const char *at = point + mark; *at != '\0'; at++) {
        if (!isalnum((unsigned char)*at)) {
            return false;
        }
    }
    return memchr(name, '.', (size_t)(point - name)) != NULL;
}

static void sweep(const struct folder *folder)
{
    DIR *open = opendir(folder->path);
    for (struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;) {
        if (is_unfinished(entry->d_name)) {
            (void)unlinkat(dirfd(open), entry->d_name, 0);
        }
    }
    if (open != NULL) {
        (void)closedir(open);
    }
}

bool folder_open(struct folder *folder, const char *path, struct error *error)
{
    *folder = (struct folder){.path = path,
                              .lock = -1,
                              .written = ARRAY_OF(struct manifest_output),
                              .waiting = ARRAY_OF(char *),
                              .places = ARRAY_OF(char *)};
    if (!make(folder, error) || !lock(folder, error)) {
        return false;
    }
    sweep(folder);
    return true;
}

char *folder_path(const struct folder *folder, const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", folder->path, name);
    return text_take(&path);
}

static struct manifest_output *output_at(const struct folder *folder, size_t i)
{
    return array_at(&folder->written, i);
}

static char *place_at(const struct folder *folder, size_t i)
{
    return *(char **)array_at(&folder->places, i);
}

/* Pieces on their way through, with their sum. */
struct counted {
    write_source *source;
    void *context;
    size_t bytes;
    uint32_t crc32;
};

static bool count_on(void *context, struct write_piece *piece)
{
    struct counted *counted = context;
    bool is_there = counted->source(counted->context, piece);
    if (is_there && piece->bytes != NULL) {
        counted->bytes += piece->length;
        counted->crc32 = checksum_bytes(counted->crc32, piece->bytes, piece->length);
    }
    return is_there;
}

/* From the first file on, until all have their places or are gone. */
static void hold(struct folder *folder)
{
    if (!folder->is_holding) {
        folder->is_holding = true;
        write_hold_signals(&folder->before);
    }
}

static void release(struct folder *folder)
{
    if (folder->is_holding) {
        folder->is_holding = false;
        write_release_signals(&folder->before);
    }
}

bool folder_write_stream(struct folder *folder, const char *name, write_source *source,
                         void *context, struct error *error)
{
    struct counted counted = {source, context, 0, 0};
    hold(folder);
    char *path = folder_path(folder, name);
    struct text place = {0};
    char *waiting = write_follow(path, &place, error)
                        ? write_beside(place.bytes, count_on, &counted, error)
                        : NULL;
    if (waiting != NULL) {
        *(char **)array_add(&folder->waiting) = waiting;
        *(char **)array_add(&folder->places) = text_take(&place);
        *(struct manifest_output *)array_add(&folder->written) = (struct manifest_output){
            memory_copy_text(name), {counted.bytes, counted.crc32, CHECKSUM_WHOLE}};
    }
    text_drop(&place);
    memory_free(path);
    return waiting != NULL;
}

static bool whole(void *context, struct write_piece *piece)
{
    struct text *text = context;
    *piece = (struct write_piece){text->bytes == NULL ? "" : text->bytes, text->length};
    bool is_there = text->capacity > 0;
    text->capacity = 0; /* given once */
    return is_there;
}

bool folder_write(struct folder *folder, const char *name, struct text *text,
                  struct error *error)
{
    struct text given = *text;
    bool is_written = folder_write_stream(folder, name, whole, &given, error);
    text_drop(text);
    return is_written;
}

/* A file that is about to be replaced, and the name that it has until all are. */
struct replaced {
    char *path, *aside;
    bool is_there;  /* under the name aside */
    bool is_placed; /* the new one, under the path */
};

/* Where a file system has no links, move_aside does it. */
static void set_aside(struct replaced *replaced)
{
    struct text aside = {0};
    text_addf(&aside, "%s" WRITE_TEMPORARY "000000",
              replaced->path); /* as is_unfinished knows it */
    replaced->aside = text_take(&aside);
    replaced->is_there = link(replaced->path, replaced->aside) == 0;
}

/* Out of the way, where it is not under the name aside yet. */
static void move_aside(struct replaced *replaced)
{
    struct stat status;
    if (replaced->aside != NULL && !replaced->is_there && lstat(replaced->path, &status) == 0 &&
        !S_ISDIR(status.st_mode)) {
        replaced->is_there = rename(replaced->path, replaced->aside) == 0;
    }
}

static void put_back(const struct replaced *replaced)
{
    if (replaced->is_there) {
        (void)rename(replaced->aside, replaced->path);
        (void)unlink(
            replaced->aside); /* where both names are of one file rename does nothing */
    } else if (replaced->is_placed) {
        (void)unlink(replaced->path);
    }
}

static bool place(const char *waiting, struct replaced *replaced, struct error *error)
{
    move_aside(replaced);
    replaced->is_placed = rename(waiting, replaced->path) == 0;
    return replaced->is_placed ||
           error_set_errno(error, replaced->path, _("cannot write the file"));
}

static char *manifest_place(const struct folder *folder)
{
    struct text place = {0};
    struct error ignored = {0};
    char *path = folder_path(folder, MANIFEST_NAME);
    bool is_followed = write_follow(path, &place, &ignored);
    if (is_followed) {
        memory_free(path);
        return text_take(&place);
    }
    error_clear(&ignored);
    text_drop(&place);
    return path;
}

/* The manifest, which is among the files or not, and then the files. */
static struct replaced *set_all_aside(const struct folder *folder)
{
    size_t count = folder->written.count;
    struct replaced *all = memory_get(count + 1, sizeof *all);
    all[0].path = manifest_place(folder);
    set_aside(&all[0]);
    for (size_t i = 1; i <= count; i++) {
        all[i].path = memory_copy_text(place_at(folder, i - 1));
        if (strcmp(all[i].path, all[0].path) != 0) {
            set_aside(&all[i]);
        }
    }
    return all;
}

static void end_replaced(struct replaced *all, size_t count, bool is_kept)
{
    while (count-- > 0) {
        if (!is_kept) {
            put_back(&all[count]);
        } else if (all[count].is_there) {
            (void)unlink(all[count].aside);
        }
        memory_free(all[count].path);
        memory_free(all[count].aside);
    }
    memory_free(all);
}

/* The manifest goes first and comes last: a folder with one is of one run. */
bool folder_keep(struct folder *folder, struct error *error)
{
    size_t count = folder->written.count;
    struct replaced *all = set_all_aside(folder);
    move_aside(&all[0]);
    (void)unlink(all[0].path);
    folder->is_kept = true;
    for (size_t i = 1; i <= count && folder->is_kept; i++) {
        folder->is_kept = place(*(char **)array_at(&folder->waiting, i - 1), &all[i], error);
    }
    end_replaced(all, count + 1, folder->is_kept);
    if (folder->is_kept) {
        release(folder);
    }
    return folder->is_kept;
}

bool folder_has_other(const struct folder *folder, const char *name)
{
    struct stat status;
    for (size_t i = 0; i < folder->written.count; i++) {
        if (strcmp(output_at(folder, i)->name, name) == 0) {
            return false;
        }
    }
    return fstatat(folder->lock, name, &status, 0) == 0;
}

void folder_close(struct folder *folder)
{
    for (size_t i = 0; i < folder->written.count; i++) {
        char *waiting = *(char **)array_at(&folder->waiting, i);
        if (!folder->is_kept) {
            (void)unlink(waiting);
        }
        memory_free(waiting);
        memory_free(place_at(folder, i));
        memory_free(output_at(folder, i)->name);
    }
    array_destroy(&folder->written);
    array_destroy(&folder->waiting);
    array_destroy(&folder->places);
    if (folder->lock >= 0) {
        (void)close(folder->lock);
    }
    if (!folder->is_kept && folder->is_new) {
        (void)rmdir(folder->path);
    }
    release(folder);
}
