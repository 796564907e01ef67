/*
 * The tables of a study that names instruments and associations apart: first the instruments of
 * all sections, then the effects, of which what no instrument asks for need not be kept.
 */
#include "base/i18n.h"
#include "base/memory.h"
#include "study/choose_sides.h"
#include "study/listed.h"
#include "study/noted.h"
#include "study/slices.h"
#include "study/through.h"
#include "study/through_sides.h"
#include <math.h>

/* The tables of a section. */
enum { FIRST, SECOND, TABLES };

/* Sections on their way in: those of all exposures, and of outcomes those of the slice. */
struct tables {
    struct loader *loader;
    size_t from, end;        /* outcomes of the slice */
    struct noted *notes;     /* of each section FIRST and SECOND, in the order of the file */
    bool is_listed;          /* what is not asked for is not kept */
    struct listed listed[2]; /* instruments, by direction */
};

static bool read_role(const struct tables *tables, const struct plan_section *section,
                      enum direction direction, const char *path,
                      const struct gwas_wanted *kept, struct trait_list *list)
{
    struct loader *loader = tables->loader;
    struct gwas_options reading = sides_reading(loader, section);
    if (kept != NULL && tables->is_listed) {
        reading.kept = *kept;
    }
    return !loader->plan->has_direction[direction] ||
           trait_list_read(list, loader->study, path, section->key, &reading, loader->error);
}

static bool read_taxa_instruments(const struct tables *tables, struct side *side)
{
    struct loader *loader = tables->loader;
    const struct plan_section *section = side->section;
    bool is_read =
        (section->lineage == NULL ||
         taxonomy_read(&side->as_exposure, loader->study, section->lineage, loader->error)) &&
        read_role(tables, section, FORWARD, section->instruments, NULL, &side->as_exposure);
    sides_copy_traits(&side->as_exposure, &side->as_outcome, loader->study->arena);
    return is_read;
}

/* Mediators are looked at from both sides, whatever the directions. */
static bool read_taxa_associations(const struct tables *tables, struct side *side)
{
    struct loader *loader = tables->loader;
    const struct plan_section *section = side->section;
    struct gwas_wanted kept = listed_wanted(&tables->listed[REVERSE]);
    enum direction direction = through_is_asked(loader->plan) ? FORWARD : REVERSE;
    if (!read_role(tables, section, direction, section->associations, &kept,
                   &side->as_outcome)) {
        return false;
    }
    sides_describe(loader, side);
    if (section->lineage == NULL) {
        sides_name_single(&side->as_exposure, section);
        sides_name_single(&side->as_outcome, section);
    }
    return true;
}

static bool name_disease(struct loader *loader, const struct plan_section *section,
                         const char *path, bool is_simulated, struct trait_list *list)
{
    if (list->traits.count > 1) {
        return error_set(loader->error, ERROR_DATA, path, 0, NULL,
                         _("found %zu traits in the file of the outcome \"%s\"; give each "
                           "outcome a file and a section of its own"),
                         list->traits.count, section->key);
    }
    if (list->traits.count == 0) {
        trait_list_get(list, section->key, loader->study->arena);
    }
    sides_describe_all(list, section, is_simulated);
    sides_name_single(list, section);
    return true;
}

static bool read_disease_instruments(const struct tables *tables, struct side *side)
{
    const struct plan_section *section = side->section;
    return read_role(tables, section, REVERSE, section->instruments, NULL,
                     &side->as_exposure) &&
           name_disease(tables->loader, section, section->instruments, false,
                        &side->as_exposure);
}

static bool read_disease_associations(const struct tables *tables, struct side *side)
{
    const struct plan_section *section = side->section;
    struct gwas_wanted kept = listed_wanted(&tables->listed[FORWARD]);
    return read_role(tables, section, FORWARD, section->associations, &kept,
                     &side->as_outcome) &&
           name_disease(tables->loader, section, section->associations, section->is_simulated,
                        &side->as_outcome);
}

/* One table of every section of a list, whose notes begin at `notes`. */
static bool read_all(const struct tables *tables, const struct array *sides, size_t first_notes,
                     bool (*read)(const struct tables *tables, struct side *side))
{
    bool is_read = true;
    for (size_t i = 0; i < sides->count && is_read; i++) {
        is_read = read(tables, array_at(sides, i));
        tables->notes[first_notes + TABLES * i] = noted_take(tables->loader->study);
    }
    return is_read;
}

static void list_instruments(const struct array *sides, struct listed *listed)
{
    for (size_t i = 0; i < sides->count; i++) {
        const struct side *side = array_at(sides, i);
        for (size_t j = 0; j < side->as_exposure.traits.count; j++) {
            const struct trait *trait = trait_list_at(&side->as_exposure, j);
            for (size_t k = 0; k < trait->count; k++) {
                if (instrument_is_chosen(&trait->associations[k], &side->section->choice)) {
                    listed_add(listed, &trait->associations[k]);
                }
            }
        }
    }
}

/* Any variant may be a proxy, and mediators are joined with more than instruments. */
static bool may_list(const struct tables *tables)
{
    const struct loader *loader = tables->loader;
    const struct array *all[] = {&loader->taxa, &loader->diseases};
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < all[i]->count; j++) {
            const struct side *side = array_at(all[i], j);
            if (!isnan(sides_settings(loader, side->section).proxies)) {
                return false;
            }
        }
    }
    return loader->loading->is_for_pairs && !through_is_asked(loader->plan);
}

static bool read_tables(struct tables *tables)
{
    const struct loader *loader = tables->loader;
    size_t diseases = TABLES * loader->taxa.count;
    if (!read_all(tables, &loader->taxa, FIRST, read_taxa_instruments) ||
        !read_all(tables, &loader->diseases, diseases + SECOND, read_disease_instruments)) {
        return false;
    }
    tables->is_listed = may_list(tables);
    list_instruments(&loader->taxa, &tables->listed[FORWARD]);
    list_instruments(&loader->diseases, &tables->listed[REVERSE]);
    return read_all(tables, &loader->taxa, SECOND, read_taxa_associations) &&
           read_all(tables, &loader->diseases, diseases + FIRST, read_disease_associations);
}

/* What of exposures is noted the first slice has said. */
static void give_notes(const struct tables *tables, struct noted *before)
{
    struct loader *loader = tables->loader;
    size_t taxa = TABLES * loader->taxa.count;
    noted_give(loader->study, before);
    for (size_t i = 0; i < taxa + TABLES * loader->diseases.count; i++) {
        noted_give(loader->study, &tables->notes[i]);
        if (i + 1 == taxa && tables->from > 0) {
            noted_hush(loader->study);
        }
    }
}

static void add_sides(struct array *sides, const struct array *sections, size_t from,
                      size_t end)
{
    for (size_t i = from; i < end; i++) {
        struct side *side = array_add(sides);
        *side = (struct side){array_at(sections, i), trait_list_create(), trait_list_create(),
                              NULL};
    }
}

bool tables_read_sections(struct loader *loader)
{
    const struct plan *plan = loader->plan;
    struct tables tables = {.loader = loader, .listed = {listed_begin(), listed_begin()}};
    slices_range(plan, loader->loading->slice, loader->loading->slice_count, &tables.from,
                 &tables.end);
    add_sides(&loader->taxa, &plan->exposures, 0, plan->exposures.count);
    add_sides(&loader->diseases, &plan->outcomes, tables.from, tables.end);
    tables.notes = memory_get(TABLES * (loader->taxa.count + loader->diseases.count),
                              sizeof *tables.notes);
    struct noted before = noted_take(loader->study);
    bool is_read = read_tables(&tables);
    give_notes(&tables, &before);
    memory_free(tables.notes);
    listed_end(&tables.listed[FORWARD]);
    listed_end(&tables.listed[REVERSE]);
    return is_read && through_read(loader) && through_share_reference(loader);
}
