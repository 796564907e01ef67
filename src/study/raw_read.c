#include "study/raw_read.h"
#include "base/memory.h"
#include "study/raw_cache.h"
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>

/* How often progress is told while nothing ends. */
#define SECONDS_BETWEEN 0.1

/* Readings under way. Each writes to its own place; the rest is atomic. */
struct pass {
    const struct study_loading *loading;
    struct raw_reading *readings;
    size_t count;
    uint64_t ids;
    size_t threads;           /* for one file; 0: as asked */
    struct error *errors;     /* one each */
    double *sizes;            /* of the files */
    _Atomic uint64_t *read;   /* bytes, one each */
    _Atomic size_t first_bad; /* what stands behind it need not be read */
};

double raw_file_size(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) ? (double)status.st_size : 0;
}

static void note_bad(struct pass *pass, size_t index)
{
    size_t first = atomic_load(&pass->first_bad);
    while (index < first && !atomic_compare_exchange_weak(&pass->first_bad, &first, index)) {
    }
}

/* The key of what may have been kept; NULL when nothing may. */
static char *key_of(const struct pass *pass, const struct raw_reading *reading)
{
    return pass->loading->cache == NULL || reading->is_whole
               ? NULL
               : raw_cache_key(reading->path, &reading->options, pass->ids);
}

static bool is_same(const char *key, const char *other)
{
    return key != NULL && other != NULL && strcmp(key, other) == 0;
}

/* A file that changed while it was read is not kept. */
static void read_file(struct pass *pass, size_t index, const char *key)
{
    struct raw_reading *reading = &pass->readings[index];
    struct gwas_options options = reading->options;
    options.consumed = &pass->read[index];
    options.threads = pass->threads > 0 ? pass->threads : options.threads;
    reading->is_read = gwas_read(reading->path, &options, reading->arena, &reading->table,
                                 &pass->errors[index]);
    if (!reading->is_read) {
        note_bad(pass, index);
        return;
    }
    char *after = key == NULL ? NULL : key_of(pass, reading);
    if (is_same(key, after)) {
        raw_cache_put(pass->loading->cache, key, &reading->table);
    }
    memory_free(after);
}

static void read_one(void *context, size_t index, size_t worker)
{
    struct pass *pass = context;
    struct raw_reading *reading = &pass->readings[index];
    (void)worker;
    if (index > atomic_load(&pass->first_bad)) {
        return;
    }
    reading->arena = arena_create();
    char *key = key_of(pass, reading);
    reading->was_kept = key != NULL && raw_cache_take(pass->loading->cache, key, reading->arena,
                                                      &reading->table);
    reading->is_read = reading->was_kept;
    if (!reading->was_kept) {
        read_file(pass, index, key);
    }
    memory_free(key);
}

/* Of a file that is done every byte counts, and none of one that need not be read. */
static void add_file(const struct pass *pass, size_t index, bool is_done,
                     struct study_progress *progress)
{
    double size = pass->sizes[index];
    double read = (double)atomic_load_explicit(&pass->read[index], memory_order_relaxed);
    if (is_done && pass->readings[index].was_kept) {
        progress->all_bytes -= size;
    } else {
        progress->bytes += is_done || read > size ? size : read;
    }
    progress->files += is_done;
}

static void tell(const struct raw_reader *reader, struct pass *pass, const bool *is_done)
{
    struct study_progress progress = reader->done;
    for (size_t i = 0; i < pass->count; i++) {
        add_file(pass, i, is_done[i], &progress);
    }
    if (reader->loading->progress != NULL) {
        reader->loading->progress(reader->loading->context, &progress);
    }
}

static size_t first_open(const bool *is_done, size_t count)
{
    size_t open = 0;
    while (open < count && is_done[open]) {
        open++;
    }
    return open;
}

static void read_side_by_side(const struct raw_reader *reader, struct pass *pass, bool *is_done)
{
    struct job_batch *batch =
        job_batch_start(reader->loading->pool, pass->count, read_one, pass);
    while (!job_batch_is_over(batch)) {
        job_batch_note_done(batch, is_done);
        tell(reader, pass, is_done);
        size_t open = first_open(is_done, pass->count);
        if (open < pass->count) {
            job_batch_wait_for(batch, open, SECONDS_BETWEEN);
        }
    }
    bool is_whole = job_batch_finish(batch);
    (void)is_whole; /* nobody cancels it */
}

static void read_in_turn(const struct raw_reader *reader, struct pass *pass, bool *is_done)
{
    for (size_t i = 0; i < pass->count; i++) {
        tell(reader, pass, is_done);
        read_one(pass, i, 0);
        is_done[i] = true;
    }
}

static void read_all(struct raw_reader *reader, struct pass *pass)
{
    bool *is_done = memory_get(pass->count, sizeof *is_done);
    if (reader->loading->pool == NULL) {
        read_in_turn(reader, pass, is_done);
    } else {
        read_side_by_side(reader, pass, is_done);
    }
    for (size_t i = 0; i < pass->count; i++) {
        add_file(pass, i, true, &reader->done);
    }
    if (reader->loading->progress != NULL) {
        reader->loading->progress(reader->loading->context, &reader->done);
    }
    memory_free(is_done);
}

/* Where there are fewer files than threads, several work on one. */
static size_t threads_of_one(const struct raw_reader *reader, size_t count)
{
    if (reader->loading->pool == NULL) {
        return 0;
    }
    size_t threads = job_pool_threads(reader->loading->pool);
    return count < threads && count > 0 ? threads / count : 1;
}

/* The first error in order, which does not depend on what happened first. */
static bool take_errors(struct pass *pass, struct error *error)
{
    bool is_good = true;
    for (size_t i = 0; i < pass->count; i++) {
        if (pass->errors[i].code != ERROR_NONE && is_good) {
            is_good = false;
            *error = pass->errors[i];
        } else {
            error_clear(&pass->errors[i]);
        }
    }
    return is_good;
}

bool raw_read(struct raw_reader *reader, struct array *readings, uint64_t ids,
              struct error *error)
{
    struct pass pass = {.loading = reader->loading,
                        .readings = readings->items,
                        .count = readings->count,
                        .ids = ids,
                        .threads = threads_of_one(reader, readings->count),
                        .errors = memory_get(readings->count, sizeof *pass.errors),
                        .sizes = memory_get(readings->count, sizeof *pass.sizes),
                        .read = memory_get(readings->count, sizeof *pass.read)};
    atomic_init(&pass.first_bad, readings->count);
    for (size_t i = 0; i < pass.count; i++) {
        pass.sizes[i] = raw_file_size(pass.readings[i].path);
    }
    read_all(reader, &pass);
    bool is_good = take_errors(&pass, error);
    for (size_t i = 0; i < pass.count && !is_good; i++) {
        raw_reading_end(&pass.readings[i]);
    }
    memory_free(pass.errors);
    memory_free(pass.sizes);
    memory_free((void *)pass.read);
    return is_good;
}

void raw_reading_end(struct raw_reading *reading)
{
    if (reading->is_read) {
        gwas_table_destroy(&reading->table);
    }
    arena_destroy(reading->arena);
    reading->is_read = false;
    reading->arena = NULL;
}
