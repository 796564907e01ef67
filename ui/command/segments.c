#include "ui/command/segments.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/write.h"
#include "study/parts.h"
#include "ui/command/flow.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is left of a slice's rows, to their files; nothing more once one was not written. */
static bool write_rest(struct flow *flow, bool is_written, struct error *error)
{
    for (int segment = 0; segment < SEGMENTS && is_written; segment++) {
        const struct text *rest = &flow->rest[segment];
        char *path = flow_path(flow->place, flow->kind, segment);
        is_written = write_more(path, rest->bytes, rest->length, error);
        memory_free(path);
    }
    return is_written;
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

/* The tables of some results, printed; the caller ends all, and frees the list. */
static struct flow *print(const struct run_tables *tables, const struct results *results,
                          const char *place, size_t *count, bool *is_good, struct error *error)
{
    const struct table_kind **kinds = run_tables_kinds(tables, count);
    struct flow *flows = memory_get(*count, sizeof *flows);
    for (size_t i = 0; i < *count; i++) {
        flows[i] = (struct flow){.kind = kinds[i],
                                 .place = place,
                                 .results = results,
                                 .format = tables->options->format,
                                 .is_whole = tables->slices == 1};
    }
    if (tables->slices > 1) {
        gather(tables, kinds, *count, results);
    }
    *is_good = flow_print(flows, *count, tables->options->threads, error);
    memory_free(kinds);
    return flows;
}

static void end_all(struct flow *flows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        flow_end(&flows[i]);
    }
    memory_free(flows);
}

bool segments_write(const struct run_tables *tables, const struct results *results,
                    const char *place, struct error *error)
{
    size_t count;
    bool is_written;
    if (!flow_make_place(place, error)) {
        return false;
    }
    struct flow *flows = print(tables, results, place, &count, &is_written, error);
    for (size_t i = 0; i < count; i++) {
        is_written = write_rest(&flows[i], is_written, error);
    }
    end_all(flows, count);
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
            const char *path = joining->paths[joining->next++];
            do {
                joining->file = open(path, O_RDONLY | O_CLOEXEC);
            } while (joining->file < 0 && errno == EINTR);
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
        paths[i] = flow_path(place, kind, (int)(i / slices));
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

static struct joining *begin_joining(char **paths)
{
    struct joining *joining = memory_get(1, sizeof *joining);
    joining->paths = paths;
    joining->file = -1;
    return joining;
}

/* Ends it, too. */
static bool write_joined(struct run_tables *tables, const struct table_kind *kind,
                         struct joining *joining, struct error *error)
{
    struct text name = {0};
    text_addf(&name, "%s.%s", kind->key, table_format_key(tables->options->format));
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

static bool join_table(struct run_tables *tables, const struct table_kind *kind, char **paths,
                       struct error *error)
{
    enum table_format format = tables->options->format;
    struct joining *joining = begin_joining(paths);
    joining->is_json = format == TABLE_JSON;
    open_table(tables, kind, joining);
    return write_joined(tables, kind, joining, error);
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

/* A table that was printed whole: what waits on the disk, and behind it the rest. */
static bool write_flow(struct run_tables *tables, struct flow *flow, struct error *error)
{
    char *paths[] = {NULL, NULL};
    if (flow->has_file[SEGMENT_NEITHER]) {
        paths[0] = flow_path(flow->place, flow->kind, SEGMENT_NEITHER);
    }
    struct joining *joining = begin_joining(paths);
    joining->is_opened = true;
    joining->closing = flow->rest[SEGMENT_NEITHER];
    flow->rest[SEGMENT_NEITHER] = (struct text){0};
    bool is_written = write_joined(tables, flow->kind, joining, error);
    memory_free(paths[0]);
    return is_written;
}

bool segments_write_whole(struct run_tables *tables, const struct results *results,
                          const char *place, struct error *error)
{
    size_t count;
    bool is_written;
    struct flow *flows = print(tables, results, place, &count, &is_written, error);
    for (size_t i = 0; i < count && is_written; i++) {
        is_written = write_flow(tables, &flows[i], error);
    }
    end_all(flows, count);
    return is_written;
}
