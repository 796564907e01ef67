#include "base/i18n.h"
#include "base/memory.h"
#include "base/paths.h"
#include "gwas/index_parts.h"
#include "gwas/policy.h"
#include "gwas/record.h"
#include "gwas/record_parts.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

bool index_add(struct index_maker *maker, const char *id, long line, uint64_t place,
               struct error *error)
{
    struct index_entry *entry;

    if ((uint64_t)line > UINT32_MAX) {
        return error_set(error, ERROR_DATA, maker->path, line, NULL,
                         _("found more than %lu lines; split the file"),
                         (unsigned long)UINT32_MAX);
    }
    entry = array_add(&maker->entries);
    entry->hash = index_hash(id);
    entry->line = (uint32_t)line;
    entry->place = place;
    return true;
}

void index_note_row(struct index_maker *maker, long line, uint64_t place)
{
    if (maker->facts.rows++ == 0) {
        maker->facts.first = place;
        maker->facts.first_line = (uint64_t)line;
    }
}

bool index_is_blank(const char *line, size_t length)
{
    size_t blank = strspn(line, " \r");

    return blank == length;
}

/* Goes on to the line of a number; those between hold nothing. */
static bool reach(struct index_maker *maker, long number, uint64_t *place, struct error *error)
{
    const char *line;
    size_t length;
    bool has_text = false;

    while (maker->line < number) {
        if (!index_source_next(maker->source, &line, &length, place, error)) {
            return false;
        }
        maker->line++;
        if (line == NULL) {
            break;
        }
        has_text = has_text || (maker->line < number && maker->facts.rows > 0 &&
                                !index_is_blank(line, length));
    }
    if (maker->line != number || has_text) {
        return error_set(error, ERROR_DATA, maker->path, number, NULL,
                         _("found a row that goes over several lines; an index needs one line "
                           "a row"));
    }
    return true;
}

/* The ids of a row, as the reader has them. */
static bool add_ids(struct index_maker *maker, const struct association *association, long line,
                    uint64_t place, struct error *error)
{
    const char *all = association->more_ids, *id;
    size_t length;

    if (association->variant != NULL &&
        !index_add(maker, association->variant, line, place, error)) {
        return false;
    }
    while (all != NULL && (length = record_next_id(&all, &id)) > 0) {
        maker->id.length = 0;
        text_add_bytes(&maker->id, id, length);
        if (strcmp(maker->id.bytes, association->variant) != 0 &&
            !index_add(maker, maker->id.bytes, line, place, error)) {
            return false;
        }
    }
    return true;
}

static bool add_row(struct index_maker *maker, struct record *record, struct error *error)
{
    struct association association = {0};
    struct arena_mark mark = arena_mark(maker->arena);
    long line = rows_line(record->rows);
    uint64_t place = 0;
    bool is_other = record_is_other_test(record), is_added;

    if (!reach(maker, line, &place, error)) {
        return false;
    }
    index_note_row(maker, line, place);
    maker->other_tests += is_other;
    is_added = is_other || (record_association(record, &association, error) &&
                            add_ids(maker, &association, line, place, error));
    index_marks_add(&maker->marks, association.chromosome, association.position, (uint32_t)line,
                    place);
    memset(record->last, 0, sizeof record->last);
    arena_reset(maker->arena, mark);
    return is_added;
}

/* The rows of a table, in step with the places of its lines. */
static bool make_table(struct index_maker *maker, struct lines *lines, struct error *error)
{
    struct rows *rows;
    struct columns columns;
    struct record record = {.columns = &columns, .arena = maker->arena};
    enum read_result result = READ_ROW;

    if (!rows_open_lines(lines, &rows, error)) {
        return false;
    }
    record.rows = rows;
    rows_threads(rows, maker->options->threads);
    if (!columns_find(rows, FORM_ASSOCIATIONS, maker->options->overrides,
                      maker->options->override_count, &columns, error)) {
        result = READ_ERROR;
    }
    while (result == READ_ROW) {
        result = rows_next(rows, &record.cells, error);
        if (result == READ_ROW && !add_row(maker, &record, error)) {
            result = READ_ERROR;
        }
    }
    rows_close(rows);
    return result == READ_END;
}

/* Beside the file, or in the cache where that cannot be. */
static bool write_index(struct index_maker *maker, struct index_made *made, struct error *error)
{
    struct error beside = {0};
    char *other;

    made->path = index_beside(maker->path);
    if (index_file_write(made->path, &maker->facts, &maker->entries, &maker->marks, &beside)) {
        return true;
    }
    other = index_in_cache(maker->path);
    if (other != NULL) {
        memory_free(made->path);
        made->path = other;
    }
    error_clear(&beside);
    return (other == NULL || paths_make(other, PATHS_FOR_OWNER, error)) &&
           index_file_write(made->path, &maker->facts, &maker->entries, &maker->marks, error);
}

static bool make(struct index_maker *maker, struct error *error)
{
    struct lines *lines;
    struct index_stamp stamp;

    if (!index_stamp_of(maker->path, &maker->facts.stamp)) {
        return error_set_errno(error, maker->path, _("cannot read"));
    }
    if (!lines_open(maker->path, &lines, error) ||
        !(lines_kind(lines) == LINES_VCF ? index_make_vcf(maker, lines, error)
                                         : make_table(maker, lines, error))) {
        return false;
    }
    if (maker->facts.rows == 0) {
        return error_set(error, ERROR_DATA, maker->path, 0, NULL,
                         _("found a header and no rows; give a table with rows"));
    }
    if (maker->facts.rows == maker->other_tests) {
        return policy_fail_tests(maker->path, maker->other_tests, error);
    }
    if (!index_stamp_of(maker->path, &stamp) ||
        !index_stamp_equal(&stamp, &maker->facts.stamp)) {
        return error_set(error, ERROR_DATA, maker->path, 0, NULL,
                         _("found the file changed while it was read; try again"));
    }
    return true;
}

bool index_make(const char *path, const struct gwas_options *options, struct index_made *made,
                struct error *error)
{
    struct index_maker maker = {.path = path,
                                .options = options,
                                .arena = arena_create(),
                                .entries = ARRAY_OF(struct index_entry),
                                .marks = ARRAY_OF(struct index_mark)};
    bool is_made;

    *made = (struct index_made){0};
    maker.facts.columns = index_columns(options);
    is_made = index_source_open(path, &maker.source, error) && make(&maker, error) &&
              write_index(&maker, made, error);
    made->rows = (size_t)maker.facts.rows;
    made->ids = maker.entries.count;
    if (!is_made) {
        memory_free(made->path);
        made->path = NULL;
    }
    index_source_close(maker.source);
    array_destroy(&maker.entries);
    array_destroy(&maker.marks);
    text_drop(&maker.id);
    arena_destroy(maker.arena);
    return is_made;
}
