#include "ui/explorer/export_tables.h"

#include "base/i18n.h"
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

static bool write_one(const struct table_kind *kind, const struct results *results,
                      const char *folder, struct error *error)
{
    struct text path = {0}, text = {0};
    text_addf(&path, "%s/%s.tsv", folder, kind->key);
    table_print(kind, results, TABLE_TSV, &text);
    bool is_written = report_write_file(path.bytes, text.bytes, text.length, error);
    text_drop(&text);
    text_drop(&path);
    return is_written;
}

static bool write_all(const struct results *results, const char *folder, size_t *count,
                      struct error *error)
{
    const struct table_kind *const *kinds = tables_all(count);
    for (size_t i = 0; i < *count; i++) {
        if (!write_one(kinds[i], results, folder, error)) {
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
bool export_tables(const struct results *results, size_t pair, const char *folder,
                   size_t *count, struct error *error)
{
    if (!make_folder(folder, error)) {
        return false;
    }
    if (pair == EXPORT_ALL) {
        return write_all(results, folder, count, error);
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
    bool is_written = write_all(&of_pair, folder, count, error);
    array_destroy(&part.ledger);
    return is_written;
}
