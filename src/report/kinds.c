#include "report/kinds.h"

void kind_pair_cells(struct table_writer *writer, const struct pair *pair)
{
    table_text(writer, pair->exposure->key);
    table_text(writer, pair->outcome->key);
    table_text(writer, direction_key(pair->direction));
}

void kind_count(struct table_writer *writer, size_t count)
{
    table_number(writer, (double)count);
}

void kind_each_analysis(const struct results *results, struct table_writer *writer,
                        void (*row)(const struct analysis *, struct table_writer *))
{
    for (size_t i = 0; i < results->study->pair_count; i++) {
        if (results->pairs[i].analysis != NULL) {
            row(results->pairs[i].analysis, writer);
        }
    }
}

void kind_each_analysis_with_memory(const struct results *results, struct table_writer *writer,
                                    void (*row)(const struct analysis *, struct table_writer *,
                                                struct arena *))
{
    struct arena *arena = arena_create();
    struct arena_mark mark = arena_mark(arena);
    for (size_t i = 0; i < results->study->pair_count; i++) {
        if (results->pairs[i].analysis != NULL) {
            row(results->pairs[i].analysis, writer, arena);
            arena_reset(arena, mark);
        }
    }
    arena_destroy(arena);
}
