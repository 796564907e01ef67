#include "gwas/index.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "gwas/index_file.h"
#include "gwas/index_source.h"
#include <stdlib.h>
#include <string.h>

/* Why an index was not used, of why_not. */
enum state { STATE_FRESH, STATE_NONE, STATE_BAD, STATE_STALE, STATE_COLUMNS };

static const char *why_not(enum state state)
{
    switch (state) {
    case STATE_BAD:
        return N_("damaged and not used; make it again with taxamr index");
    case STATE_STALE:
        return N_("of another state of the file and not used; make it again with taxamr index");
    case STATE_COLUMNS:
        return N_("made with another --col and not used; make it again with taxamr index");
    case STATE_FRESH:
    case STATE_NONE:
        break;
    }
    return NULL;
}

static enum state open_index(const char *path, const char *file,
                             const struct gwas_options *options, struct index_file **index)
{
    struct index_stamp stamp;
    bool is_bad;

    *index = index_file_open(path, &is_bad);
    if (*index == NULL) {
        return is_bad ? STATE_BAD : STATE_NONE;
    }
    if (!index_stamp_of(file, &stamp) ||
        !index_stamp_equal(&stamp, &index_file_facts(*index)->stamp)) {
        return STATE_STALE;
    }
    return index_columns(options) == index_file_facts(*index)->columns ? STATE_FRESH
                                                                       : STATE_COLUMNS;
}

/* Lines that follow each other and are to be read. */
struct stretch {
    uint64_t place;
    uint32_t line, lines, rows;
};

static int compare_lines(const void *one, const void *other)
{
    const struct stretch *a = one, *b = other;

    return a->line != b->line ? (a->line > b->line) - (a->line < b->line)
                              : (a->lines < b->lines) - (a->lines > b->lines);
}

static void add_line(struct part *part, const char *line, size_t length, long number)
{
    text_add_bytes(&part->text, line, length);
    text_add(&part->text, "\n");
    *(long *)array_add(&part->numbers) = number;
}

static bool take_header(struct index_source *source, uint64_t lines, struct part *part)
{
    struct error ignored = {0};
    const char *line;
    size_t length;
    uint64_t place;
    bool is_read = true;

    for (uint64_t i = 1; i < lines && is_read; i++) {
        is_read = index_source_next(source, &line, &length, &place, &ignored) && line != NULL;
        if (is_read) {
            add_line(part, line, length, (long)i);
        }
    }
    error_clear(&ignored);
    return is_read;
}

static bool take_stretch(struct index_source *source, const struct stretch *stretch,
                         struct part *part)
{
    struct error ignored = {0};
    const char *line;
    size_t length;
    uint64_t place;

    part->picked += stretch->rows;
    if (stretch->lines == 1) {
        bool is_read = index_source_line(source, stretch->place, &line, &length);

        if (is_read) {
            add_line(part, line, length, (long)stretch->line);
        }
        return is_read;
    }
    if (!index_source_go(source, stretch->place)) {
        return false;
    }
    for (uint32_t i = 0; i < stretch->lines; i++) {
        if (!index_source_next(source, &line, &length, &place, &ignored) || line == NULL) {
            error_clear(&ignored);
            return false;
        }
        add_line(part, line, length, (long)(stretch->line + i));
    }
    return true;
}

/* In the file's order, so that none of its blocks is unpacked twice. */
static void order(struct index_source *source, struct array *stretches, size_t threads)
{
    uint64_t *places = memory_get(stretches->count, sizeof *places);

    if (stretches->count > 0) {
        qsort(stretches->items, stretches->count, sizeof(struct stretch), compare_lines);
    }
    for (size_t i = 0; i < stretches->count; i++) {
        places[i] = ((const struct stretch *)array_at(stretches, i))->place;
    }
    index_source_expect(source, places, stretches->count, threads);
    memory_free(places);
}

/* The header, and then the stretches, of which one may lie within another. */
static bool take_lines(struct index_source *source, const struct index_facts *facts,
                       const struct array *stretches, struct part *part)
{
    uint64_t next = 0;

    if (!take_header(source, facts->first_line, part)) {
        return false;
    }
    for (size_t i = 0; i < stretches->count; i++) {
        const struct stretch *stretch = array_at(stretches, i);

        if (stretch->line >= next && !take_stretch(source, stretch, part)) {
            return false;
        }
        if (stretch->line >= next) {
            next = (uint64_t)stretch->line + stretch->lines;
        }
    }
    part->rows = (size_t)facts->rows;
    return true;
}

static bool find_ids(const struct index_file *index, const struct map *wanted,
                     struct array *stretches)
{
    struct array entries = ARRAY_OF(struct index_entry);
    size_t cursor = 0;
    const char *id;
    bool is_found = true;

    while (is_found && wanted != NULL && map_next(wanted, &cursor, &id)) {
        is_found = index_file_find(index, index_hash(id), &entries);
    }
    for (size_t i = 0; i < entries.count; i++) {
        const struct index_entry *entry = array_at(&entries, i);

        *(struct stretch *)array_add(stretches) =
            (struct stretch){entry->place, entry->line, 1, 1};
    }
    array_destroy(&entries);
    return is_found;
}

static bool find_places(const struct index_file *index, const struct map *wanted,
                        struct array *stretches)
{
    struct array found = ARRAY_OF(const struct index_mark *);
    const struct index_mark *marks = wanted == NULL ? NULL : index_file_marks(index);

    if (marks != NULL) {
        index_marks_find(marks, (size_t)index_file_facts(index)->marks, wanted, &found);
    }
    for (size_t i = 0; i < found.count; i++) {
        const struct index_mark *mark = *(const struct index_mark **)array_at(&found, i);

        *(struct stretch *)array_add(stretches) =
            (struct stretch){mark->place, mark->line, mark->lines, mark->rows};
    }
    array_destroy(&found);
    return wanted == NULL || marks != NULL;
}

static bool take(const char *path, const struct index_file *index,
                 const struct gwas_options *options, struct part *part)
{
    const struct gwas_wanted *wanted = &options->wanted;
    struct array stretches = ARRAY_OF(struct stretch);
    struct index_source *source = NULL;
    struct error ignored = {0};
    bool is_found = find_ids(index, wanted->variants, &stretches) &&
                    find_places(index, wanted->places, &stretches) &&
                    index_source_open(path, &source, &ignored);

    if (is_found) {
        order(source, &stretches, options->threads);
        is_found = take_lines(source, index_file_facts(index), &stretches, part);
    }
    error_clear(&ignored);
    index_source_close(source);
    array_destroy(&stretches);
    return is_found;
}

/* An index at a path; says why it is of no use. */
static enum state try_index(const char *index_path, const char *path,
                            const struct gwas_options *options, struct part *part)
{
    struct index_file *index = NULL;
    enum state state = open_index(index_path, path, options, &index);

    if (state == STATE_FRESH && !take(path, index, options, part)) {
        text_drop(&part->text);
        array_clear(&part->numbers);
        part->picked = part->rows = 0;
        state = STATE_BAD;
    }
    index_file_close(index);
    return state;
}

bool index_find(const char *path, const struct gwas_options *options, struct arena *arena,
                struct part *part)
{
    char *places[] = {index_beside(path), index_in_cache(path)};
    enum state state = STATE_NONE;

    for (size_t i = 0; i < 2 && state != STATE_FRESH; i++) {
        enum state here =
            places[i] == NULL ? STATE_NONE : try_index(places[i], path, options, part);

        if (here == STATE_FRESH) {
            part->note = NULL;
        } else if (why_not(here) != NULL && part->note == NULL) {
            part->note = arena_format(arena, "%s: %s", places[i], _(why_not(here)));
        }
        state = here == STATE_NONE ? state : here;
    }
    memory_free(places[0]);
    memory_free(places[1]);
    return state == STATE_FRESH;
}
