#include "simulate/simulate.h"
#include <math.h>
#include <string.h>

/* Six digits are more than any of these numbers means, and the same on every machine. */
static void add_number(struct text *text, double value)
{
    if (isnan(value)) {
        text_add(text, "\tNA");
    } else {
        text_addf(text, "\t%.6g", value);
    }
}

static void add_text(struct text *text, const char *cell)
{
    text_add(text, "\t");
    text_add(text, cell == NULL ? "NA" : cell);
}

static void add_probability(const struct association *association, struct text *text)
{
    if (association->p > 1e-300) {
        add_number(text, association->p);
        return;
    }
    text_add(text, "\t");
    text_add_probability(text, association->p, association->neglog10_p);
}

static void add_association(const struct association *association, struct text *text)
{
    text_add(text, association->variant);
    add_text(text, association->chromosome);
    if (isnan(association->position)) {
        text_add(text, "\tNA");
    } else {
        text_addf(text, "\t%.0f", association->position);
    }
    add_text(text, association->effect_allele);
    add_text(text, association->other_allele);
    add_number(text, association->eaf);
    add_number(text, association->beta);
    add_number(text, association->se);
    add_probability(association, text);
    add_number(text, association->n);
    text_add(text, "\n");
}

void simulate_print_effects(const struct array *rows, const struct simulate_model *model,
                            struct text *text)
{
    bool is_many = model->targets.count > 1;
    text_add(text, is_many ? "trait\t" : "");
    text_add(text, "SNP\tchr\tpos\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\tn\n");
    struct arena *arena = arena_create();
    struct arena_mark mark = arena_mark(arena);
    for (size_t i = 0; i < model->targets.count; i++) {
        const struct simulate_target *target = array_at(&model->targets, i);
        struct simulated simulated = simulate_target_effects(rows, model, target, arena);
        for (size_t j = 0; j < simulated.count; j++) {
            if (is_many) {
                text_add(text, target->key);
                text_add(text, "\t");
            }
            add_association(&simulated.associations[j], text);
        }
        arena_reset(arena, mark);
    }
    arena_destroy(arena);
}
