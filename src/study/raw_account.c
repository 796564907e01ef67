#include "study/raw_account.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

static struct raw_account *account_of(struct array *accounts, const struct raw_reading *reading)
{
    for (size_t i = 0; i < accounts->count; i++) {
        struct raw_account *account = array_at(accounts, i);
        if (strcmp(account->path, reading->path) == 0) {
            return account;
        }
    }
    struct raw_account *account = array_add(accounts);
    account->path = reading->path;
    account->owner = reading->only;
    account->table.dropped = ARRAY_OF(struct gwas_dropped);
    return account;
}

static int compare_lines(const void *one, const void *other)
{
    long a = *(const long *)one, b = *(const long *)other;
    return (a > b) - (a < b);
}

/* The lines of rows that are in the account already, sorted; the caller frees them. */
static long *lines_of(const struct array *dropped)
{
    long *lines = memory_get(dropped->count, sizeof *lines);
    for (size_t i = 0; i < dropped->count; i++) {
        lines[i] = ((const struct gwas_dropped *)array_at(dropped, i))->line;
    }
    if (dropped->count > 0) {
        qsort(lines, dropped->count, sizeof *lines, compare_lines);
    }
    return lines;
}

static void add_dropped(struct array *into, const struct array *from, struct arena *arena)
{
    size_t before = into->count;
    long *lines = lines_of(into);
    for (size_t i = 0; i < from->count; i++) {
        const struct gwas_dropped *row = array_at(from, i);
        if (before == 0 ||
            bsearch(&row->line, lines, before, sizeof *lines, compare_lines) == NULL) {
            struct gwas_dropped *copy = array_add(into);
            *copy = *row;
            copy->trait = arena_text(arena, row->trait);
            copy->variant = arena_text(arena, row->variant);
        }
    }
    memory_free(lines);
}

static void keep_larger(size_t *most, size_t count)
{
    *most = count > *most ? count : *most;
}

void raw_account_add(struct array *accounts, const struct raw_reading *reading,
                     struct arena *arena)
{
    struct raw_account *account = account_of(accounts, reading);
    const struct gwas_table *table = &reading->table;
    account->times += !reading->was_kept;
    keep_larger(&account->table.read, table->read);
    keep_larger(&account->table.duplicates, table->duplicates);
    keep_larger(&account->table.repaired_p, table->repaired_p);
    keep_larger(&account->table.strange_p, table->strange_p);
    keep_larger(&account->table.ratio_se, table->ratio_se);
    if (table->rows.count == 0) {
        keep_larger(&account->table.other_tests, table->other_tests);
    }
    add_dropped(&account->table.dropped, &table->dropped, arena);
}

void raw_account_close(struct array *accounts, struct study *study)
{
    for (size_t i = 0; i < accounts->count; i++) {
        struct raw_account *account = array_at(accounts, i);
        study_note_table(study, account->path, &account->table, account->owner);
        ((struct study_file *)array_at(&study->files, study->files.count - 1))->times =
            account->times;
        gwas_table_destroy(&account->table);
    }
    array_destroy(accounts);
}
