#include "ui/command/segments.h"
#include "base/i18n.h"
#include "base/job.h"
#include "base/memory.h"
#include "base/paths.h"
#include "base/write.h"
#include "study/parts.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *path_of(const char *place, const struct table_kind *kind, int segment)
{
    struct text path = {0};
    text_addf(&path, "%s/rows-%s-%d", place, kind->key, segment);
    return text_take(&path);
}

/* A table's rows, one text a segment. */
struct rows {
    const struct table_kind *kind;
    struct text texts[SEGMENTS];
};

struct printing {
    const struct results *results;
    enum table_format format;
    struct rows *rows;
};

static void print_one(void *context, size_t index, size_t worker)
{
    struct printing *printing = context;
    (void)worker;
    table_print_segments(printing->rows[index].kind, printing->results, printing->format,
                         printing->rows[index].texts);
}

/* Nothing more once one of them was not written. */
static bool write_rows(struct rows *rows, bool is_written, const char *place,
                       struct error *error)
{
    for (int segment = 0; segment < SEGMENTS; segment++) {
        struct text *text = &rows->texts[segment];
        char *path = path_of(place, rows->kind, segment);
        const struct write_piece piece = {text->bytes, text->length};
        is_written = is_written && write_unflushed(path, &piece, 1, error);
        memory_free(path);
        text_drop(text);
    }
    return is_written;
}

static bool make_place(const char *place, struct error *error)
{
    struct text inside = {0};
    text_addf(&inside, "%s/", place);
    bool is_made = paths_make(inside.bytes, PATHS_FOR_ALL, error);
    text_drop(&inside);
    return is_made;
}

static void gather(const struct run_tables *tables, const struct table_kind *const *kinds,
                   size_t count, const struct results *results)
{
    for (size_t i = 0; i < count; i++) {
        void *gathered = run_tables_gathered(tables, kinds[i]);
        if (gathered != NULL) {
            kinds[i]->gatherer->take(gathered, results);
        }
    }
}

bool segments_write(const struct run_tables *tables, const struct results *results,
                    const char *place, struct error *error)
{
    if (!make_place(place, error)) {
        return false;
    }
    size_t count;
    const struct table_kind **kinds = run_tables_kinds(tables, &count);
    struct printing printing = {results, tables->options->format,
                                memory_get(count, sizeof *printing.rows)};
    for (size_t i = 0; i < count; i++) {
        printing.rows[i].kind = kinds[i];
    }
    struct job_pool *pool = job_pool_create(tables->options->threads);
    gather(tables, kinds, count, results);
    job_run(pool, count, print_one, &printing);
    job_pool_destroy(pool);
    bool is_written = true;
    for (size_t i = 0; i < count; i++) {
        is_written = write_rows(&printing.rows[i], is_written, place, error);
    }
    memory_free(printing.rows);
    memory_free(kinds);
    return is_written;
}

/* A table as its pieces come: opening, the files of all segments, closing. */
struct joining {
    char **paths; /* NULL-terminated */
    size_t next;
    int file;  /* that is read; -1: none */
    int cause; /* errno where the last one opened cannot be read */
    bool is_json, is_first, is_opened, is_closed;
    struct text opening, closing;
    char bytes[65536];
};

/* JSON's first row has no comma before it. */
static struct write_piece piece_of(struct joining *joining, size_t length)
{
    size_t skipped = joining->is_json && joining->is_first ? 1 : 0;
    joining->is_first = false;
    return (struct write_piece){joining->bytes + skipped, length - skipped};
}

/* The next bytes of the files; 0 behind the last, negative on an error. */
static ssize_t read_on(struct joining *joining)
{
    for (;;) {
        if (joining->file < 0 && joining->paths[joining->next] == NULL) {
            return 0;
        }
        if (joining->file < 0) {
            joining->file = open(joining->paths[joining->next++], O_RDONLY | O_CLOEXEC);
        }
        ssize_t got =
            joining->file < 0 ? -1 : read(joining->file, joining->bytes, sizeof joining->bytes);
        if (got > 0) {
            return got;
        }
        if (got < 0 && errno != EINTR) {
            joining->cause = errno;
            return got;
        }
        if (got == 0) {
            (void)close(joining->file);
            joining->file = -1;
        }
    }
}

static bool next_piece(void *context, struct write_piece *piece)
{
    struct joining *joining = context;
    if (!joining->is_opened) {
        joining->is_opened = true;
        *piece = (struct write_piece){joining->opening.bytes, joining->opening.length};
        return true;
    }
    ssize_t got = joining->is_closed ? 0 : read_on(joining);
    if (got != 0) {
        *piece = got < 0 ? (struct write_piece){NULL, 0} : piece_of(joining, (size_t)got);
        return true;
    }
    bool is_last = joining->is_closed || joining->closing.length == 0;
    joining->is_closed = true;
    *piece = (struct write_piece){joining->closing.bytes, joining->closing.length};
    return !is_last;
}

static char **paths_of(const struct table_kind *kind, const char *parts, size_t slices)
{
    char **paths = memory_get(SEGMENTS * slices + 1, sizeof *paths);
    for (size_t i = 0; i < SEGMENTS * slices; i++) {
        char *place = parts_slice_folder(parts, i % slices);
        paths[i] = path_of(place, kind, (int)(i / slices));
        memory_free(place);
    }
    return paths;
}

static bool has_rows(char *const *paths)
{
    struct stat status;
    for (; *paths != NULL; paths++) {
        if (stat(*paths, &status) == 0 && status.st_size > 0) {
            return true;
        }
    }
    return false;
}

/* What could not be read says more than what could not be written for it. */
static void blame_rows(const struct joining *joining, struct error *error)
{
    if (joining->cause != 0) {
        error_clear(error);
        errno = joining->cause;
        error_set_errno(error, joining->paths[joining->next - 1], _("cannot be read"));
    }
}

/* What stands before the rows of slices, and behind them. */
static void open_table(const struct run_tables *tables, const struct table_kind *kind,
                       struct joining *joining)
{
    enum table_format format = tables->options->format;
    const void *gathered = run_tables_gathered(tables, kind);
    struct text rows = {0};
    bool are_there = false;
    if (gathered != NULL) {
        table_print_gathered(kind, tables->is_simulated, format, gathered, &rows, &are_there);
    }
    joining->is_first = !are_there;
    table_print_ends(kind, tables->is_simulated, format, are_there || has_rows(joining->paths),
                     &joining->opening, &joining->closing);
    text_add_bytes(&joining->opening, rows.bytes, rows.length);
    text_drop(&rows);
}

static bool join_table(struct run_tables *tables, const struct table_kind *kind, char **paths,
                       struct error *error)
{
    enum table_format format = tables->options->format;
    struct joining *joining = memory_get(1, sizeof *joining);
    struct text name = {0};
    joining->paths = paths;
    joining->file = -1;
    joining->is_json = format == TABLE_JSON;
    open_table(tables, kind, joining);
    text_addf(&name, "%s.%s", kind->key, table_format_key(format));
    bool is_written =
        folder_write_stream(&tables->folder, name.bytes, next_piece, joining, error);
    blame_rows(joining, error);
    if (joining->file >= 0) {
        (void)close(joining->file);
    }
    text_drop(&joining->opening);
    text_drop(&joining->closing);
    text_drop(&name);
    memory_free(joining);
    return is_written;
}

bool segments_join(struct run_tables *tables, const char *rows, struct error *error)
{
    size_t count, slices = tables->slices;
    const struct table_kind **kinds = run_tables_kinds(tables, &count);
    bool is_written = true;
    for (size_t i = 0; i < count && is_written; i++) {
        char **paths = paths_of(kinds[i], rows, slices);
        is_written = join_table(tables, kinds[i], paths, error);
        for (size_t p = 0; p < SEGMENTS * slices; p++) {
            memory_free(paths[p]);
        }
        memory_free(paths);
    }
    memory_free(kinds);
    return is_written;
}
