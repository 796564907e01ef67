/* A side index that may be anything, of a file that it may or may not be of; and an index made
 * of any file. The first byte says which. */
#include "gwas/index.h"
#include "base/map.h"
#include "base/memory.h"
#include "fuzz.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static const char table[] = "SNP\tA1\tBETA\tSE\nrs1\tA\t1\t1\nrs2\tA\t1\t1\n";

/* When the table of the corpus' index was written. */
static const struct timespec written[2] = {{1000000000, 0}, {1000000000, 0}};

static void look_up(const char *path)
{
    struct map *ids = map_create();
    struct gwas_options options = {.threads = 1, .wanted = {.variants = ids}};
    struct arena *arena = arena_create();
    struct error error = {0};
    struct gwas_table found;

    map_set(ids, "rs1", 0);
    if (gwas_read(path, &options, arena, &found, &error)) {
        memory_free(gwas_warning(path, &found));
        gwas_table_destroy(&found);
    } else {
        fuzz_refused(&error);
    }
    arena_destroy(arena);
    map_destroy(ids);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct gwas_options options = {.threads = 1};
    struct error error = {0};
    struct index_made made;
    const char *path;

    if (length == 0 || *bytes == 't') {
        path = fuzz_file("t", (const uint8_t *)table, sizeof table - 1);
        (void)fuzz_file("t.taxamr-index", bytes, length);
        (void)utimensat(AT_FDCWD, path, written, 0);
        look_up(path);
        return 0;
    }
    path = fuzz_file("made", bytes + 1, length - 1);
    (void)fuzz_file("made.taxamr-index", bytes, 0);
    if (index_make(path, &options, &made, &error)) {
        memory_free(made.path);
        look_up(path);
    } else {
        fuzz_refused(&error);
    }
    return 0;
}
