#include "study/snapshot.h"
#include "study/snapshot_parts.h"

void snapshot_add_through(struct text *bytes, const struct through *through)
{
    pack_count(bytes, through != NULL);
    if (through != NULL) {
        snapshot_add_traits(bytes, through->mediators, through->mediator_count);
        snapshot_add_traits(bytes, through->covariates, through->covariate_count);
        pack_count(bytes, through->network_count);
    }
}

const struct through *snapshot_take_through(struct unpack *from, size_t most,
                                            struct arena *arena)
{
    if (unpack_below(from, 2) == 0) {
        return NULL;
    }
    struct through *through = arena_get(arena, 1, sizeof *through);
    through->mediators = snapshot_take_traits(from, arena, &through->mediator_count);
    through->covariates = snapshot_take_traits(from, arena, &through->covariate_count);
    through->network_count = (size_t)unpack_count(from);
    from->is_broken |= through->mediator_count == 0 || through->network_count > most ||
                       through->network_count > SIZE_MAX / through->mediator_count;
    if (!from->is_broken) {
        through->triple_count = through->network_count * through->mediator_count;
        through->networks = arena_get(arena, through->network_count, sizeof *through->networks);
        through->triples = arena_get(arena, through->triple_count, sizeof *through->triples);
    }
    return through;
}

static void add_joined(struct text *bytes, const struct joined *joined)
{
    pack_count(bytes, joined->design.count);
    pack_count(bytes, joined->ledger_count);
    for (size_t i = 0; i < joined->ledger_count; i++) {
        snapshot_add_entry(bytes, &joined->ledger[i]);
    }
}

static void take_joined(struct unpack *from, struct joined *joined, struct arena *arena)
{
    joined->design.count = (size_t)unpack_count(from);
    joined->ledger_count = unpack_length(from, sizeof(uint64_t));
    joined->ledger = arena_get(arena, joined->ledger_count, sizeof *joined->ledger);
    for (size_t i = 0; i < joined->ledger_count && !from->is_broken; i++) {
        snapshot_take_entry(from, &joined->ledger[i], arena);
    }
}

void snapshot_add_designs(struct text *bytes, const struct through *through, size_t network)
{
    size_t mediators = through->mediator_count;
    pack_count(bytes, through->networks[network].joined.design.count);
    for (size_t i = 0; i < mediators; i++) {
        add_joined(bytes, &through->triples[network * mediators + i].joined);
    }
}

/* Exposure, mediator, covariates. */
static const char *const *names_of(const struct through *through,
                                   const struct through_triple *triple, struct arena *arena)
{
    const char **names = arena_get(arena, 2 + through->covariate_count, sizeof *names);
    names[0] = triple->exposure->key;
    names[1] = triple->mediator->key;
    for (size_t i = 0; i < through->covariate_count; i++) {
        names[2 + i] = through->covariates[i]->key;
    }
    return names;
}

void snapshot_take_designs(struct unpack *from, const struct through *through, size_t network,
                           struct pair *total, struct arena *arena)
{
    size_t mediators = through->mediator_count;
    struct through_network *whole = &through->networks[network];
    *whole = (struct through_network){
        .exposure = total->exposure, .outcome = total->outcome, .total = total};
    whole->joined.design.count = (size_t)unpack_count(from);
    for (size_t i = 0; i < mediators; i++) {
        struct through_triple *triple = &through->triples[network * mediators + i];
        *triple = (struct through_triple){.exposure = total->exposure,
                                          .mediator = through->mediators[i],
                                          .outcome = total->outcome,
                                          .total = total};
        take_joined(from, &triple->joined, arena);
        triple->joined.design.exposures = names_of(through, triple, arena);
        triple->joined.design.exposure_count = 2 + through->covariate_count;
    }
}

static void add_value(struct text *bytes, const struct mediated *value)
{
    const double numbers[] = {value->b,          value->se,         value->p,
                              value->neglog10_p, value->lower,      value->upper,
                              value->boot_lower, value->boot_upper, value->contains_null};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        pack_number(bytes, numbers[i]);
    }
}

static struct mediated take_value(struct unpack *from)
{
    struct mediated value;
    double *const numbers[] = {&value.b,          &value.se,        &value.p,
                               &value.neglog10_p, &value.lower,     &value.upper,
                               &value.boot_lower, &value.boot_upper};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        *numbers[i] = unpack_number(from);
    }
    value.contains_null = unpack_number(from) != 0;
    return value;
}

static void add_mediation(struct text *bytes, const struct mediation *of)
{
    pack_count(bytes, of->status);
    pack_text(bytes, of->note);
    snapshot_add_estimate(bytes, &of->total);
    snapshot_add_estimate(bytes, &of->a);
    snapshot_add_estimate(bytes, &of->b);
    snapshot_add_estimate(bytes, &of->direct);
    pack_count(bytes, of->variants);
    pack_number(bytes, of->f_exposure);
    pack_number(bytes, of->f_mediator);
    pack_number(bytes, of->total_b);
    pack_number(bytes, of->total_direct);
    add_value(bytes, &of->product);
    add_value(bytes, &of->difference);
    add_value(bytes, &of->proportion);
    add_value(bytes, &of->proportion_difference);
}

static struct mediation take_mediation(struct unpack *from, struct arena *arena)
{
    struct mediation of = {0};
    of.status = (enum estimate_status)unpack_below(from, ESTIMATE_MISSING_INPUT + 1);
    of.note = unpack_text(from, arena);
    of.total = snapshot_take_estimate(from, arena);
    of.a = snapshot_take_estimate(from, arena);
    of.b = snapshot_take_estimate(from, arena);
    of.direct = snapshot_take_estimate(from, arena);
    of.variants = (size_t)unpack_count(from);
    of.f_exposure = unpack_number(from);
    of.f_mediator = unpack_number(from);
    of.total_b = unpack_number(from);
    of.total_direct = unpack_number(from);
    of.product = take_value(from);
    of.difference = take_value(from);
    of.proportion = take_value(from);
    of.proportion_difference = take_value(from);
    return of;
}

static void add_several(struct text *bytes, const struct mv_estimate *estimate, size_t terms)
{
    pack_count(bytes, estimate->status);
    pack_text(bytes, estimate->note);
    pack_count(bytes, estimate->variants);
    for (size_t k = 0; k < terms; k++) {
        snapshot_add_estimate(bytes, &estimate->effects[k]);
    }
    const double numbers[] = {
        estimate->q,         estimate->q_df,         estimate->q_p,
        estimate->intercept, estimate->intercept_se, estimate->intercept_p};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        pack_number(bytes, numbers[i]);
    }
}

static struct mv_estimate take_several(struct unpack *from, const struct mv_method *method,
                                       size_t terms, struct arena *arena)
{
    struct mv_estimate estimate = {.method = method};
    estimate.status = (enum estimate_status)unpack_below(from, ESTIMATE_MISSING_INPUT + 1);
    estimate.note = unpack_text(from, arena);
    estimate.variants = (size_t)unpack_count(from);
    estimate.effects = arena_get(arena, terms, sizeof *estimate.effects);
    for (size_t k = 0; k < terms; k++) {
        estimate.effects[k] = snapshot_take_estimate(from, arena);
    }
    double *const numbers[] = {
        &estimate.q,         &estimate.q_df,         &estimate.q_p,
        &estimate.intercept, &estimate.intercept_se, &estimate.intercept_p};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        *numbers[i] = unpack_number(from);
    }
    return estimate;
}

static void add_square(struct text *bytes, const struct mediated_network *of, size_t count)
{
    pack_count(bytes, of->direct != NULL);
    for (size_t i = 0; of->direct != NULL && i < count * count; i++) {
        pack_number(bytes, of->direct[i]);
        pack_number(bytes, of->direct_se[i]);
    }
}

static void take_square(struct unpack *from, struct mediated_network *of, size_t count,
                        struct arena *arena)
{
    of->direct = of->direct_se = NULL;
    if (unpack_below(from, 2) == 0) {
        return;
    }
    of->direct = arena_get(arena, count * count, sizeof *of->direct);
    of->direct_se = arena_get(arena, count * count, sizeof *of->direct_se);
    for (size_t i = 0; i < count * count; i++) {
        of->direct[i] = unpack_number(from);
        of->direct_se[i] = unpack_number(from);
    }
}

static void add_network(struct text *bytes, const struct mediated_network *of, size_t mediators)
{
    add_mediation(bytes, &of->whole);
    for (size_t i = 0; i < mediators; i++) {
        snapshot_add_estimate(bytes, &of->a[i]);
        snapshot_add_estimate(bytes, &of->b[i]);
        pack_number(bytes, of->paths[i].b);
        pack_number(bytes, of->paths[i].se);
    }
    add_square(bytes, of, mediators + 2);
}

static void take_network(struct unpack *from, struct mediated_network *of, size_t mediators,
                         struct arena *arena)
{
    of->whole = take_mediation(from, arena);
    of->a = arena_get(arena, mediators, sizeof *of->a);
    of->b = arena_get(arena, mediators, sizeof *of->b);
    of->paths = arena_get(arena, mediators, sizeof *of->paths);
    for (size_t i = 0; i < mediators; i++) {
        of->a[i] = snapshot_take_estimate(from, arena);
        of->b[i] = snapshot_take_estimate(from, arena);
        of->paths[i].b = unpack_number(from);
        of->paths[i].se = unpack_number(from);
    }
    take_square(from, of, mediators + 2, arena);
}

void snapshot_add_mediated(struct text *bytes, const struct mediations *mediations,
                           size_t network)
{
    const struct through *through = mediations->study->through;
    size_t mediators = through->mediator_count, terms = 2 + through->covariate_count;
    for (size_t i = 0; i < mediators; i++) {
        const struct mediated_triple *triple = &mediations->triples[network * mediators + i];
        add_mediation(bytes, &triple->mediation);
        for (size_t j = 0; j < mediations->options.method_count; j++) {
            add_several(bytes, &triple->estimates[j], terms);
        }
    }
    add_network(bytes, &mediations->networks[network], mediators);
}

void snapshot_take_mediated(struct unpack *from, const struct mediations *mediations,
                            size_t network)
{
    const struct through *through = mediations->study->through;
    const struct mediations_options *options = &mediations->options;
    struct arena *arena = mediations_arena(mediations);
    size_t mediators = through->mediator_count, terms = 2 + through->covariate_count;
    for (size_t i = 0; i < mediators; i++) {
        struct mediated_triple *triple = &mediations->triples[network * mediators + i];
        triple->mediation = take_mediation(from, arena);
        triple->estimates = arena_get(arena, options->method_count, sizeof *triple->estimates);
        for (size_t j = 0; j < options->method_count; j++) {
            triple->estimates[j] = take_several(from, options->methods[j], terms, arena);
        }
    }
    take_network(from, &mediations->networks[network], mediators, arena);
}
