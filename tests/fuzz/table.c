/* A table of associations: every row, a threshold, a list of ids. */
#include "base/map.h"
#include "base/memory.h"
#include "fuzz.h"
#include "gwas/gwas.h"

static void read(const char *path, const struct gwas_options *options)
{
    struct arena *arena = arena_create();
    struct error error = {0};
    struct gwas_table table;

    if (gwas_read(path, options, arena, &table, &error)) {
        memory_free(gwas_warning(path, &table));
        gwas_table_destroy(&table);
    } else {
        fuzz_refused(&error);
    }
    arena_destroy(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *path = fuzz_file("table", bytes, length);
    struct gwas_options options = {.threads = 1};
    struct map *ids = map_create(), *places = map_create();

    map_set(ids, "rs1", 0);
    map_set(ids, "1:200:A:C", 0);
    map_set(places, "1:2000", 0);
    read(path, &options);
    options.skip_bad_rows = true;
    options.wanted.most_p = 1e-5;
    read(path, &options);
    options.wanted = (struct gwas_wanted){.variants = ids};
    read(path, &options);
    options.wanted.places = places;
    read(path, &options);
    map_destroy(ids);
    map_destroy(places);
    return 0;
}
