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
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many letters a name that is not whole yet has behind a point (base/write.c). */
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

/* "estimates.tsv.Xy12Zz" */
static bool is_unfinished(const char *name)
{
    const char *point = strrchr(name, '.');
    if (point == NULL || strlen(point + 1) != LETTERS ||
        !is_ours(name, (size_t)(point - name))) {
        return false;
    }
    for (const char *at = point + 1; *at != '\0'; at++) {
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
    *folder =
        (struct folder){.path = path, .lock = -1, .written = ARRAY_OF(struct manifest_output)};
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

bool folder_write_stream(struct folder *folder, const char *name, write_source *source,
                         void *context, struct error *error)
{
    struct counted counted = {source, context, 0, 0};
    char *path = folder_path(folder, name);
    bool is_written = write_stream(path, count_on, &counted, error);
    if (is_written) {
        *(struct manifest_output *)array_add(&folder->written) = (struct manifest_output){
            memory_copy_text(name), {counted.bytes, counted.crc32, CHECKSUM_WHOLE}};
    }
    memory_free(path);
    return is_written;
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

void folder_close(struct folder *folder, bool is_kept)
{
    for (size_t i = 0; i < folder->written.count; i++) {
        struct manifest_output *output = array_at(&folder->written, i);
        char *path = folder_path(folder, output->name);
        if (!is_kept) {
            unlink(path);
        }
        memory_free(path);
        memory_free(output->name);
    }
    array_destroy(&folder->written);
    if (folder->lock >= 0) {
        (void)close(folder->lock);
    }
    if (!is_kept && folder->is_new) {
        rmdir(folder->path);
    }
}
