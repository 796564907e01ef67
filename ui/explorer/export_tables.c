#include "ui/explorer/export_tables.h"

#include "base/i18n.h"
#include "base/write.h"
#include "report/table.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool make_folder(const char *path, struct error *error)
{
    struct stat status;
    if (mkdir(path, 0777) == 0) {
        return true;
    }
    if (errno != EEXIST) {
        return error_set_errno(error, path, _("cannot make the folder"));
    }
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return true;
    }
    return error_set(error, ERROR_SYSTEM, path, 0, NULL,
                     _("found a file where a folder should be; give another name"));
}

/* The note on the row's taxon, which is its exposure or, in reverse, its outcome. */
static const char *note_cell(const void *notes, const char *exposure, const char *outcome)
{
    const char *note = notes_of(notes, exposure);
    return note != NULL ? note : notes_of(notes, outcome);
}

static bool has_column(const struct table_kind *table, const char *name)
{
    size_t i = 0;
    while (table->columns[i] != NULL && strcmp(table->columns[i], name) != 0) {
        i++;
    }
    return table->columns[i] != NULL;
}

/* The column of notes, or nothing: the table of estimates has a column `note` of its own. */
static const struct table_extra *note_column(const struct table_kind *table,
                                             const struct notes *notes,
                                             struct table_extra *extra)
{
    const char *name = has_column(table, "note") ? "taxon_note" : "note";
    *extra = (struct table_extra){name, note_cell, notes};
    return notes->items.count > 0 && has_column(table, "exposure") ? extra : NULL;
}

void export_print(const struct table_kind *table, const struct results *results,
                  enum table_format format, const struct notes *notes, struct text *text)
{
    struct table_extra extra;
    table_print_with(table, results, format, note_column(table, notes, &extra), text);
}

static bool write_one(const struct table_kind *kind, const struct results *results,
                      const struct notes *notes, const struct pair *pair, const char *folder,
                      struct error *error)
{
    struct text path = {0}, text = {0};
    struct table_extra extra;
    text_addf(&path, "%s/%s.tsv", folder, kind->key);
    if (pair == NULL) {
        export_print(kind, results, TABLE_TSV, notes, &text);
    } else {
        table_print_pair(kind, results, pair, note_column(kind, notes, &extra), &text);
    }
    bool is_written = write_whole(path.bytes, text.bytes, text.length, error);
    text_drop(&text);
    text_drop(&path);
    return is_written;
}

/* A table whose rows are of no exposure has none of a pair. */
static bool has_pairs(const struct table_kind *kind)
{
    return has_column(kind, "exposure") || has_column(kind, "trait");
}

bool export_tables(const struct results *results, const struct notes *notes, size_t pair,
                   const char *folder, size_t *count, struct error *error)
{
    size_t kind_count;
    const struct table_kind *const *kinds = tables_all(&kind_count);
    const struct pair *of = pair == EXPORT_ALL ? NULL : results->study->pairs[pair];
    *count = 0;
    if (!make_folder(folder, error)) {
        return false;
    }
    for (size_t i = 0; i < kind_count; i++) {
        if (of != NULL && !has_pairs(kinds[i])) {
            continue;
        }
        if (!write_one(kinds[i], results, notes, of, folder, error)) {
            return false;
        }
        (*count)++;
    }
    return true;
}
