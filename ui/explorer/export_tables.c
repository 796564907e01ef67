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

/* The table of estimates has a column `note` of its own. */
void export_print(const struct table_kind *table, const struct results *results,
                  enum table_format format, const struct notes *notes, struct text *text)
{
    const char *name = has_column(table, "note") ? "taxon_note" : "note";
    struct table_extra extra = {name, note_cell, notes};
    bool has_notes = notes->items.count > 0 && has_column(table, "exposure");
    table_print_with(table, results, format, has_notes ? &extra : NULL, text);
}

static bool write_one(const struct table_kind *kind, const struct results *results,
                      const struct notes *notes, const char *folder, struct error *error)
{
    struct text path = {0}, text = {0};
    text_addf(&path, "%s/%s.tsv", folder, kind->key);
    export_print(kind, results, TABLE_TSV, notes, &text);
    bool is_written = write_whole(path.bytes, text.bytes, text.length, error);
    text_drop(&text);
    text_drop(&path);
    return is_written;
}

static bool write_every(const struct results *results, const struct notes *notes,
                        const char *folder, size_t *count, struct error *error)
{
    const struct table_kind *const *kinds = tables_all(count);
    for (size_t i = 0; i < *count; i++) {
        if (!write_one(kinds[i], results, notes, folder, error)) {
            return false;
        }
    }
    return true;
}

static bool is_of(const struct ledger_entry *entry, const struct pair *pair)
{
    bool is_exposure = entry->trait != NULL && strcmp(entry->trait, pair->exposure->key) == 0;
    return is_exposure && entry->direction == pair->direction &&
           (entry->outcome == NULL || strcmp(entry->outcome, pair->outcome->key) == 0);
}

/* A study with nothing in it but the pair, which borrows all that it points to. */
bool export_tables(const struct results *results, const struct notes *notes, size_t pair,
                   const char *folder, size_t *count, struct error *error)
{
    if (!make_folder(folder, error)) {
        return false;
    }
    if (pair == EXPORT_ALL) {
        return write_every(results, notes, folder, count, error);
    }
    struct study part = *results->study;
    struct results of_pair = *results;
    part.pairs = &results->study->pairs[pair];
    part.pair_count = 1;
    part.ledger = ARRAY_OF(struct ledger_entry);
    for (size_t i = 0; i < results->study->ledger.count; i++) {
        const struct ledger_entry *entry = array_at(&results->study->ledger, i);
        if (is_of(entry, part.pairs[0])) {
            *(struct ledger_entry *)array_add(&part.ledger) = *entry;
        }
    }
    of_pair.study = &part;
    of_pair.pairs = &results->pairs[pair];
    bool is_written = write_every(&of_pair, notes, folder, count, error);
    array_destroy(&part.ledger);
    return is_written;
}
