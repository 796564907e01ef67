#include "report/kinds.h"
#include <math.h>

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

void kind_effect_cells(struct table_writer *writer, const struct estimate *estimate,
                       double level)
{
    bool is_share = estimate->method != NULL && estimate->method->is_share;
    bool has_ends = !is_share && fabs(level - 0.95) < 1e-12;
    table_number(writer, estimate->b);
    table_number(writer, estimate->se);
    table_probability(writer, estimate->p, estimate->neglog10_p);
    table_number(writer, estimate->lower);
    table_number(writer, estimate->upper);
    table_number(writer, is_share ? NAN : exp(estimate->b));
    table_number(writer, has_ends ? exp(estimate->lower) : NAN);
    table_number(writer, has_ends ? exp(estimate->upper) : NAN);
}
