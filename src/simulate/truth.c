#include "simulate/effect.h"
#include <math.h>
#include <string.h>

/* What is true of one exposure, gathered over its variants. */
struct account {
    const char *exposure;
    double effect;
    struct text through;    /* other traits whose effects its variants carry */
    double product, square; /* sums of an inverse variance weighted fit without errors */
};

/* Everything needed while one target's truth is printed. */
struct ledger_of_truth {
    const struct array *rows;
    const struct simulate_model *model;
    const struct simulated *simulated;
    struct map *place_of; /* variant to its place in simulated */
    struct map *account_of;
    struct array accounts; /* struct account */
};

static struct account *account_of(struct ledger_of_truth *truth, const char *exposure)
{
    size_t place;
    if (map_get(truth->account_of, exposure, &place)) {
        return array_at(&truth->accounts, place);
    }
    map_set(truth->account_of, exposure, truth->accounts.count);
    struct account *account = array_add(&truth->accounts);
    account->exposure = exposure;
    account->effect = simulate_effect_of(truth->model, exposure, truth->simulated->target->key);
    return account;
}

/* Adds a name to a list, once. */
static void add_name(struct text *list, const char *name)
{
    for (const char *at = list->bytes; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, ",");
        if (length == strlen(name) && strncmp(at, name, length) == 0) {
            return;
        }
        at += length + (at[length] == ',');
    }
    text_add(list, list->length > 0 ? "," : "");
    text_add(list, name);
}

static void count_row(struct ledger_of_truth *truth, const struct gwas_row *row)
{
    size_t place = 0;
    map_get(truth->place_of, row->association.variant, &place);
    const struct association *to = &truth->simulated->associations[place];
    const struct simulate_variant *variant = &truth->simulated->truth[place];
    struct account *account =
        account_of(truth, row->trait == NULL ? truth->model->exposure : row->trait);
    double beta = simulate_aligned_beta(&row->association, to), weight = 1 / (to->se * to->se);
    account->product += weight * beta * variant->total;
    account->square += weight * beta * beta;
    if (variant->through != NULL && strcmp(variant->through, account->exposure) != 0) {
        add_name(&account->through, variant->through);
    }
}

/* The fit of totals without errors: what a method would find in an endless sample. */
static void add_apparent(const struct account *account, struct text *text)
{
    double apparent = account->product / account->square;
    if (isnan(apparent)) {
        text_add(text, "NA\n");
    } else {
        text_addf(text, "%.6g\n", apparent);
    }
}

static void print_accounts(struct ledger_of_truth *truth, struct text *text)
{
    for (size_t i = 0; i < truth->accounts.count; i++) {
        struct account *account = array_at(&truth->accounts, i);
        text_addf(text, "trait\t%s\t%s\tNA\t%.6g\t%s\tNA\tNA\t", account->exposure,
                  truth->simulated->target->key, account->effect,
                  account->through.length == 0 ? "NA" : account->through.bytes);
        add_apparent(account, text);
        text_drop(&account->through);
    }
}

/* Only variants that do something: the rest have no effect at all. */
static void print_variants(const struct simulated *simulated, struct text *text)
{
    for (size_t i = 0; i < simulated->count; i++) {
        const struct simulate_variant *variant = &simulated->truth[i];
        if (variant->total != 0) {
            text_addf(text, "variant\tNA\t%s\t%s\tNA\t%s\t%.6g\t%.6g\tNA\n",
                      simulated->target->key, simulated->associations[i].variant,
                      variant->through == NULL ? "NA" : variant->through, variant->pleiotropy,
                      variant->total);
        }
    }
}

static void print_target(const struct array *rows, const struct simulate_model *model,
                         const struct simulated *simulated, struct text *text)
{
    struct ledger_of_truth truth = {.rows = rows,
                                    .model = model,
                                    .simulated = simulated,
                                    .place_of = map_create(),
                                    .account_of = map_create(),
                                    .accounts = ARRAY_OF(struct account)};
    for (size_t i = 0; i < simulated->count; i++) {
        map_set(truth.place_of, simulated->associations[i].variant, i);
    }
    for (size_t i = 0; i < rows->count; i++) {
        count_row(&truth, array_at(rows, i));
    }
    print_accounts(&truth, text);
    print_variants(simulated, text);
    map_destroy(truth.place_of);
    map_destroy(truth.account_of);
    array_destroy(&truth.accounts);
}

void simulate_print_truth(const struct array *rows, const struct simulate_model *model,
                          struct text *text)
{
    text_add(text, "kind\texposure\toutcome\tSNP\teffect\tthrough\tpleiotropy\ttotal"
                   "\tapparent\n");
    struct arena *arena = arena_create();
    struct arena_mark mark = arena_mark(arena);
    for (size_t i = 0; i < model->targets.count; i++) {
        struct simulated simulated =
            simulate_target_effects(rows, model, array_at(&model->targets, i), arena);
        print_target(rows, model, &simulated, text);
        arena_reset(arena, mark);
    }
    arena_destroy(arena);
}
