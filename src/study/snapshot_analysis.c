#include "estimate/methods.h"
#include "study/snapshot.h"
#include "study/snapshot_parts.h"

void snapshot_add_estimate(struct text *bytes, const struct estimate *estimate)
{
    pack_text(bytes, estimate->method == NULL ? NULL : estimate->method->key);
    pack_count(bytes, estimate->status);
    pack_text(bytes, estimate->note);
    pack_count(bytes, estimate->variants);
    pack_count(bytes, estimate->contains_null);
    const double numbers[] = {
        estimate->b,          estimate->se,           estimate->p,
        estimate->neglog10_p, estimate->lower,        estimate->upper,
        estimate->q,          estimate->q_df,         estimate->q_p,
        estimate->intercept,  estimate->intercept_se, estimate->intercept_p};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        pack_number(bytes, numbers[i]);
    }
    pack_count(bytes, estimate->piece_count);
    for (size_t i = 0; i < estimate->piece_count; i++) {
        pack_number(bytes, estimate->pieces[i].lower);
        pack_number(bytes, estimate->pieces[i].upper);
    }
}

static const struct method *take_method(struct unpack *from, struct arena *arena)
{
    const char *key = unpack_text(from, arena);
    const struct method *method = key == NULL ? NULL : methods_find(key);
    from->is_broken |= key != NULL && method == NULL;
    return method;
}

static void take_pieces(struct unpack *from, struct estimate *estimate, struct arena *arena)
{
    size_t count = unpack_length(from, sizeof(struct interval_piece));
    struct interval_piece *pieces = arena_get(arena, count, sizeof *pieces);
    for (size_t i = 0; i < count; i++) {
        pieces[i].lower = unpack_number(from);
        pieces[i].upper = unpack_number(from);
    }
    estimate->pieces = count == 0 ? NULL : pieces;
    estimate->piece_count = count;
}

struct estimate snapshot_take_estimate(struct unpack *from, struct arena *arena)
{
    struct estimate estimate = {.method = take_method(from, arena)};
    estimate.status = (enum estimate_status)unpack_below(from, ESTIMATE_MISSING_INPUT + 1);
    estimate.note = unpack_text(from, arena);
    estimate.variants = (size_t)unpack_count(from);
    estimate.contains_null = unpack_below(from, 2);
    double *const numbers[] = {
        &estimate.b,          &estimate.se,           &estimate.p,
        &estimate.neglog10_p, &estimate.lower,        &estimate.upper,
        &estimate.q,          &estimate.q_df,         &estimate.q_p,
        &estimate.intercept,  &estimate.intercept_se, &estimate.intercept_p};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        *numbers[i] = unpack_number(from);
    }
    take_pieces(from, &estimate, arena);
    return estimate;
}

static void add_estimates(struct text *bytes, const struct estimate *estimates, size_t count)
{
    pack_count(bytes, count);
    for (size_t i = 0; i < count; i++) {
        snapshot_add_estimate(bytes, &estimates[i]);
    }
}

static struct estimate *take_estimates(struct unpack *from, size_t *count, struct arena *arena)
{
    *count = unpack_length(from, sizeof(uint64_t));
    struct estimate *estimates = arena_get(arena, *count, sizeof *estimates);
    for (size_t i = 0; i < *count && !from->is_broken; i++) {
        estimates[i] = snapshot_take_estimate(from, arena);
    }
    return estimates;
}

static void add_presso_variants(struct text *bytes, const struct presso *presso)
{
    size_t count = presso->variants == NULL ? 0 : presso->count;
    pack_count(bytes, count);
    for (size_t j = 0; j < count; j++) {
        const struct presso_variant *variant = &presso->variants[j];
        pack_number(bytes, variant->rss);
        pack_count(bytes, variant->exceeding);
        pack_number(bytes, variant->p);
        pack_count(bytes, variant->is_outlier);
        pack_text(bytes, variant->note);
    }
}

static void take_presso_variants(struct unpack *from, struct presso *presso,
                                 struct arena *arena)
{
    size_t count = unpack_length(from, sizeof(uint64_t));
    from->is_broken |= count != 0 && count != presso->count;
    presso->variants = count == 0 ? NULL : arena_get(arena, count, sizeof *presso->variants);
    for (size_t j = 0; j < count && !from->is_broken; j++) {
        struct presso_variant *variant = &presso->variants[j];
        variant->rss = unpack_number(from);
        variant->exceeding = (size_t)unpack_count(from);
        variant->p = unpack_number(from);
        variant->is_outlier = unpack_below(from, 2);
        variant->note = unpack_text(from, arena);
    }
}

static void add_presso(struct text *bytes, const struct presso *presso)
{
    pack_count(bytes, presso != NULL);
    if (presso == NULL) {
        return;
    }
    const uint64_t counts[] = {presso->count,       presso->sims,
                               presso->is_done,     presso->exceeding,
                               presso->sims_needed, presso->has_outlier_test,
                               presso->outliers,    presso->distortion_exceeding};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        pack_count(bytes, counts[i]);
    }
    pack_number(bytes, presso->rss);
    pack_number(bytes, presso->p);
    pack_number(bytes, presso->least_p);
    pack_number(bytes, presso->distortion);
    pack_number(bytes, presso->distortion_p);
    pack_text(bytes, presso->note);
    pack_text(bytes, presso->distortion_note);
    add_presso_variants(bytes, presso);
    snapshot_add_estimate(bytes, &presso->raw);
    snapshot_add_estimate(bytes, &presso->corrected);
}

static const struct presso *take_presso(struct unpack *from, struct arena *arena)
{
    if (unpack_below(from, 2) == 0) {
        return NULL;
    }
    struct presso *presso = arena_get(arena, 1, sizeof *presso);
    presso->count = (size_t)unpack_count(from);
    presso->sims = (size_t)unpack_count(from);
    presso->is_done = unpack_below(from, 2);
    presso->exceeding = (size_t)unpack_count(from);
    presso->sims_needed = (size_t)unpack_count(from);
    presso->has_outlier_test = unpack_below(from, 2);
    presso->outliers = (size_t)unpack_count(from);
    presso->distortion_exceeding = (size_t)unpack_count(from);
    presso->rss = unpack_number(from);
    presso->p = unpack_number(from);
    presso->least_p = unpack_number(from);
    presso->distortion = unpack_number(from);
    presso->distortion_p = unpack_number(from);
    presso->note = unpack_text(from, arena);
    presso->distortion_note = unpack_text(from, arena);
    take_presso_variants(from, presso, arena);
    from->is_broken |= presso->is_done && presso->variants == NULL;
    presso->raw = snapshot_take_estimate(from, arena);
    presso->corrected = snapshot_take_estimate(from, arena);
    return presso;
}

void snapshot_add_analysis(struct text *bytes, const struct analysis *analysis)
{
    add_estimates(bytes, analysis->estimates, analysis->estimate_count);
    add_presso(bytes, analysis->presso);
    pack_count(bytes, analysis->left_out_count);
    for (size_t i = 0; i < analysis->left_out_count; i++) {
        pack_text(bytes, analysis->left_out[i].method->key);
        add_estimates(bytes, analysis->left_out[i].estimates, analysis->left_out[i].count);
    }
}

static void take_left_out(struct unpack *from, struct analysis *analysis, struct arena *arena)
{
    analysis->left_out_count = unpack_length(from, sizeof(uint64_t));
    analysis->left_out = arena_get(arena, analysis->left_out_count, sizeof *analysis->left_out);
    for (size_t i = 0; i < analysis->left_out_count && !from->is_broken; i++) {
        struct leave_one_out *left = &analysis->left_out[i];
        left->method = take_method(from, arena);
        left->estimates = take_estimates(from, &left->count, arena);
        from->is_broken |= left->method == NULL || left->count > analysis->pair->count + 1;
    }
}

struct analysis *snapshot_take_analysis(struct unpack *from, const struct pair *pair,
                                        const struct estimate_settings *settings,
                                        struct arena *scratch, struct arena *arena)
{
    struct estimate_settings plain = *settings;
    struct arena_mark mark = arena_mark(scratch);
    plain.wants_presso = false;
    struct analysis *analysis = analysis_create(pair, NULL, 0, &plain, scratch, arena);
    arena_reset(scratch, mark);
    analysis->settings = *settings;
    analysis->estimates = take_estimates(from, &analysis->estimate_count, arena);
    for (size_t i = 0; i < analysis->estimate_count; i++) {
        from->is_broken |= analysis->estimates[i].method == NULL;
    }
    analysis->presso = take_presso(from, arena);
    from->is_broken |= analysis->presso != NULL && analysis->presso->count != pair->count;
    take_left_out(from, analysis, arena);
    return from->is_broken ? NULL : analysis;
}

static void add_methods(struct text *bytes, const struct method *const *methods, size_t count)
{
    pack_count(bytes, count);
    for (size_t i = 0; i < count; i++) {
        pack_text(bytes, methods[i]->key);
    }
}

static const struct method *const *take_methods(struct unpack *from, size_t *count,
                                                struct arena *arena)
{
    *count = unpack_length(from, sizeof(uint64_t));
    const struct method **methods = arena_get(arena, *count, sizeof(struct method *));
    for (size_t i = 0; i < *count && !from->is_broken; i++) {
        methods[i] = take_method(from, arena);
        from->is_broken |= methods[i] == NULL;
    }
    return methods;
}

void snapshot_add_options(struct text *bytes, const struct results_options *options)
{
    const struct estimate_settings *settings = &options->settings;
    add_methods(bytes, options->methods, options->method_count);
    add_methods(bytes, options->left_out, options->left_out_count);
    pack_count(bytes, options->wants_mediations);
    pack_count(bytes, settings->seed);
    pack_count(bytes, settings->boot);
    pack_count(bytes, settings->presso_sims);
    pack_count(bytes, settings->wants_presso);
    pack_number(bytes, settings->level);
    pack_count(bytes, settings->convention);
    for (int i = 0; i < PARAMETERS; i++) {
        pack_number(bytes, settings->parameters[i]);
    }
}

bool snapshot_take_options(struct unpack *from, struct results_options *options,
                           struct arena *arena)
{
    struct estimate_settings *settings = &options->settings;
    *options = (struct results_options){0};
    options->methods = take_methods(from, &options->method_count, arena);
    options->left_out = take_methods(from, &options->left_out_count, arena);
    options->wants_mediations = unpack_below(from, 2);
    settings->seed = unpack_count(from);
    settings->boot = (size_t)unpack_count(from);
    settings->presso_sims = (size_t)unpack_count(from);
    settings->wants_presso = unpack_below(from, 2);
    settings->level = unpack_number(from);
    settings->convention =
        (enum convention)unpack_below(from, CONVENTION_MENDELIANRANDOMIZATION + 1);
    for (int i = 0; i < PARAMETERS; i++) {
        settings->parameters[i] = unpack_number(from);
    }
    return !from->is_broken;
}
