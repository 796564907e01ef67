/* A VCF or BCF: what its fields are, every association, some by id and by place. */
#include "gwas/vcf.h"
#include "base/map.h"
#include "base/memory.h"
#include "fuzz.h"
#include "gwas/explain.h"
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

static void describe(const char *path)
{
    struct error error = {0};
    struct lines *lines;
    struct arena *arena = arena_create();
    struct array explained = ARRAY_OF(struct explain_line);

    if (lines_open(path, &lines, &error)) {
        if (lines_kind(lines) != LINES_VCF ||
            vcf_describe(lines, arena, &explained, NULL, &error)) {
            error_clear(&error);
        } else {
            fuzz_refused(&error);
        }
        lines_close(lines);
    }
    error_clear(&error);
    array_destroy(&explained);
    arena_destroy(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *path = fuzz_file("vcf", bytes, length);
    struct gwas_options options = {.threads = 1};
    struct map *ids = map_create(), *places = map_create();

    map_set(ids, "rs5", 0);
    map_set(ids, "rs12029736", 0);
    map_set(places, "1:91536", 0);
    describe(path);
    read(path, &options);
    options.skip_bad_rows = true;
    read(path, &options);
    options.wanted = (struct gwas_wanted){.variants = ids};
    read(path, &options);
    options.wanted.places = places;
    read(path, &options);
    map_destroy(ids);
    map_destroy(places);
    return 0;
}
