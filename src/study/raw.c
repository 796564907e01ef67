/*
 * Studies that name whole GWAS files. Of two sides, one is asked first for its instruments;
 * then the other, once, for its own instruments and its rows at those of the first; then the
 * first for its rows at those of the other. The side that is larger on the disk is the one that
 * is read once; of equals, the outcomes. In one direction every file is read once. Mediators
 * and covariates are read before all of them for their instruments, and behind them for their
 * rows.
 */
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "study/plan_path.h"
#include "study/raw_account.h"
#include "study/raw_hand.h"
#include "study/raw_ids.h"
#include "study/raw_near.h"
#include "study/sides.h"
#include "study/taxon_name.h"
#include "study/through_sides.h"
#include <string.h>

struct raw {
    struct loader *loader;
    struct raw_reader reader;
    struct array accounts;
};

/* What one reading of a side is for. */
struct pass {
    struct array *sides;
    bool serves[2];            /* roles */
    const struct raw_ids *ids; /* at which the outcome's rows are wanted */
};

static void add_reading(const struct raw *raw, const struct pass *pass, struct side *side,
                        const char *path, bool serves_exposure, bool serves_outcome,
                        bool is_table, struct array *readings)
{
    const struct plan_section *section = side->section;
    bool is_only = section->files.count <= 1 || is_table;
    struct raw_reading *reading = array_add(readings);
    *reading = (struct raw_reading){
        .side = side,
        .path = path,
        .only = is_only ? section->key : plan_path_stem(path, raw->loader->study->arena),
        .serves = {serves_exposure, serves_outcome},
        .is_disease = pass->sides != &raw->loader->taxa,
        .is_table = is_table,
        .is_whole = is_table || (serves_exposure && section->choice.all),
        .options = sides_reading(raw->loader, section)};
    if (!reading->is_whole && serves_exposure) {
        reading->options.wanted.most_p = section->choice.p_threshold;
    }
    if (!reading->is_whole && serves_outcome) {
        reading->options.wanted.variants = pass->ids->forms;
        reading->options.wanted.places = pass->ids->places;
    }
}

/* The tables of a section that a pass reads: whole GWAS where no other table is named. */
static void add_readings(const struct raw *raw, const struct pass *pass, struct side *side,
                         struct array *readings)
{
    const struct plan_section *section = side->section;
    bool wants_exposure = pass->serves[ROLE_EXPOSURE] && section->instruments == NULL;
    bool wants_outcome = pass->serves[ROLE_OUTCOME] && section->associations == NULL;
    if (pass->serves[ROLE_EXPOSURE] && section->instruments != NULL) {
        add_reading(raw, pass, side, section->instruments, true, false, true, readings);
    }
    if (pass->serves[ROLE_OUTCOME] && section->associations != NULL) {
        add_reading(raw, pass, side, section->associations, false, true, true, readings);
    }
    for (size_t i = 0; i < section->files.count && (wants_exposure || wants_outcome); i++) {
        add_reading(raw, pass, side, section->files.items[i], wants_exposure, wants_outcome,
                    false, readings);
    }
}

/* What a reading gave goes to its traits; the rest of it is forgotten. */
static bool take_reading(struct raw *raw, struct raw_reading *reading,
                         const struct raw_ids *ids)
{
    bool is_good = true;
    raw_account_add(&raw->accounts, reading, raw->loader->study->arena);
    for (enum role role = ROLE_EXPOSURE; role <= ROLE_OUTCOME && is_good; role++) {
        is_good = !reading->serves[role] || raw_hand_out(raw->loader, reading, ids, role);
    }
    raw_reading_end(reading);
    return is_good;
}

/* A trait that is called as its section has its name, too; taxa without a table of theirs are
 * called by their keys. */
static void name_after(const struct trait_list *list, const struct plan_section *section,
                       struct arena *arena)
{
    for (size_t i = 0; i < list->traits.count; i++) {
        struct trait *trait = trait_list_at(list, i);
        if (section->lineage == NULL) {
            taxon_name_take(trait, arena);
            trait->name = strcmp(trait->key, section->key) == 0 ? section->name : trait->name;
        }
    }
}

/* What is known of traits by now holds in both of their roles. */
static void settle(struct loader *loader, struct side *side)
{
    sides_describe(loader, side);
    name_after(&side->as_exposure, side->section, loader->study->arena);
    name_after(&side->as_outcome, side->section, loader->study->arena);
}

static bool run_pass(struct raw *raw, const struct pass *pass)
{
    static const struct raw_ids none;
    const struct raw_ids *ids = pass->ids == NULL ? &none : pass->ids;
    struct array readings = ARRAY_OF(struct raw_reading);
    for (size_t i = 0; i < pass->sides->count; i++) {
        add_readings(raw, pass, array_at(pass->sides, i), &readings);
    }
    bool is_good = raw_read(&raw->reader, &readings, ids->hash, raw->loader->error);
    for (size_t i = 0; i < readings.count && is_good; i++) {
        is_good = take_reading(raw, array_at(&readings, i), ids);
    }
    for (size_t i = 0; i < readings.count; i++) {
        raw_reading_end(array_at(&readings, i));
    }
    array_destroy(&readings);
    for (size_t i = 0; i < pass->sides->count; i++) {
        settle(raw->loader, array_at(pass->sides, i));
    }
    return is_good;
}

/* A side's whole GWAS on the disk: how many, and how large. */
static struct study_progress weigh(const struct array *sides)
{
    struct study_progress weight = {0};
    for (size_t i = 0; i < sides->count; i++) {
        const struct plan_section *section = ((const struct side *)array_at(sides, i))->section;
        for (size_t j = 0; j < section->files.count; j++) {
            weight.all_bytes += raw_file_size(section->files.items[j]);
            weight.all_files++;
        }
    }
    return weight;
}

/* Mediators and covariates are read twice, and exposures once more where nothing else does. */
static void weigh_between(struct raw *raw, const struct study_progress *again)
{
    struct study_progress between = weigh(&raw->loader->between);
    if (between.all_files > 0) {
        raw->reader.done.all_bytes +=
            2 * between.all_bytes + (again == NULL ? 0 : again->all_bytes);
        raw->reader.done.all_files +=
            2 * between.all_files + (again == NULL ? 0 : again->all_files);
    }
}

/* The two sides in the order in which they are read. `first` is the exposure in the direction
 * of its name. */
struct order {
    struct array *sides[2];
    enum direction as_exposure[2]; /* in which direction each is one */
    bool is_exposure[2];           /* whether that direction is wanted */
};

static struct order order_of(struct raw *raw)
{
    struct loader *loader = raw->loader;
    const bool *has = loader->plan->has_direction;
    struct study_progress taxa = weigh(&loader->taxa), diseases = weigh(&loader->diseases);
    bool are_taxa_first =
        has[FORWARD] && (!has[REVERSE] || taxa.all_bytes <= diseases.all_bytes);
    const struct study_progress *again = are_taxa_first ? &taxa : &diseases;
    bool is_twice = has[FORWARD] && has[REVERSE];
    raw->reader.done.all_bytes =
        taxa.all_bytes + diseases.all_bytes + (is_twice ? again->all_bytes : 0);
    raw->reader.done.all_files =
        taxa.all_files + diseases.all_files + (is_twice ? again->all_files : 0);
    weigh_between(raw, has[REVERSE] ? NULL : &taxa);
    struct order taxa_first = {
        {&loader->taxa, &loader->diseases}, {FORWARD, REVERSE}, {has[FORWARD], has[REVERSE]}};
    struct order diseases_first = {
        {&loader->diseases, &loader->taxa}, {REVERSE, FORWARD}, {has[REVERSE], has[FORWARD]}};
    return are_taxa_first ? taxa_first : diseases_first;
}

/* The ids of all instruments of a side, and of mediators and covariates with them. */
static struct raw_ids ids_with_between(const struct raw *raw, const struct array *sides)
{
    const struct array *all[] = {sides, &raw->loader->between};
    struct array both = ARRAY_OF(struct side);
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < all[i]->count; j++) {
            *(struct side *)array_add(&both) = *(const struct side *)array_at(all[i], j);
        }
    }
    struct raw_ids ids = raw_ids_of(&both, raw->loader->references);
    array_destroy(&both);
    return ids;
}

/* The ids of the instruments that a side has by now. */
static bool choose(struct raw *raw, const struct order *order, size_t at, struct raw_ids *ids)
{
    if (order->is_exposure[at] &&
        !sides_choose(raw->loader, order->sides[at], order->as_exposure[at])) {
        return false;
    }
    if (order->is_exposure[at]) {
        raw_warn_near(raw->loader, order->sides[at]);
    }
    *ids = ids_with_between(raw, order->sides[at]);
    return true;
}

/* The instruments of mediators and covariates, before anything is looked up at them. */
static bool open_between(struct raw *raw)
{
    const struct pass pass = {.sides = &raw->loader->between, .serves = {true, false}};
    return raw->loader->between.count == 0 ||
           (run_pass(raw, &pass) && sides_choose(raw->loader, &raw->loader->between, FORWARD));
}

/* Their effects at the exposures' instruments and their own; and, of a study in one direction,
 * the exposures' effects at theirs. */
static bool close_between(struct raw *raw)
{
    struct loader *loader = raw->loader;
    if (loader->between.count == 0) {
        return true;
    }
    struct raw_ids ids = ids_with_between(raw, &loader->taxa);
    const struct pass own = {.sides = &loader->between, .serves = {false, true}, .ids = &ids};
    const struct pass taxa = {.sides = &loader->taxa, .serves = {false, true}, .ids = &ids};
    bool is_good =
        run_pass(raw, &own) && (loader->plan->has_direction[REVERSE] || run_pass(raw, &taxa));
    raw_ids_destroy(&ids);
    return is_good;
}

static bool run_passes(struct raw *raw)
{
    struct order order = order_of(raw);
    const struct pass first = {.sides = order.sides[0], .serves = {true, false}};
    struct raw_ids ids;
    if (!run_pass(raw, &first) || !choose(raw, &order, 0, &ids)) {
        return false;
    }
    const struct pass second = {
        .sides = order.sides[1], .serves = {order.is_exposure[1], true}, .ids = &ids};
    bool is_good = run_pass(raw, &second);
    raw_ids_destroy(&ids);
    if (!is_good || !order.is_exposure[1]) {
        return is_good;
    }
    if (!choose(raw, &order, 1, &ids)) {
        return false;
    }
    const struct pass third = {.sides = order.sides[0], .serves = {false, true}, .ids = &ids};
    is_good = run_pass(raw, &third);
    raw_ids_destroy(&ids);
    return is_good;
}

/* Traits of many files are called after them. */
static bool check_names(struct loader *loader, const struct plan_section *section)
{
    struct map *names = map_create();
    bool is_unique = true;
    for (size_t i = 0; i < section->files.count && is_unique; i++) {
        const char *path = section->files.items[i];
        is_unique = map_set(names, plan_path_stem(path, loader->study->arena), i) ||
                    error_set(loader->error, ERROR_DATA, loader->plan->path, 0, NULL,
                              _("found a second file of the name %s in \"%s\"; give it a "
                                "section of its own"),
                              path, section->key);
    }
    map_destroy(names);
    return is_unique;
}

static bool begin_side(struct loader *loader, struct side *side)
{
    const struct plan_section *section = side->section;
    if (section->lineage != NULL &&
        !taxonomy_read(&side->as_exposure, loader->study, section->lineage, loader->error)) {
        return false;
    }
    sides_describe(loader, side);
    return check_names(loader, section);
}

static bool begin_sides(struct loader *loader)
{
    const struct array *sections[] = {&loader->plan->exposures, &loader->plan->outcomes,
                                      &loader->plan->mediators, &loader->plan->covariates};
    struct array *sides[] = {&loader->taxa, &loader->diseases, &loader->between,
                             &loader->between};
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        for (size_t j = 0; j < sections[i]->count; j++) {
            struct side *side = array_add(sides[i]);
            *side = (struct side){array_at(sections[i], j), trait_list_create(),
                                  trait_list_create(), NULL};
            if (!begin_side(loader, side)) {
                return false;
            }
        }
    }
    return true;
}

bool raw_read_sections(struct loader *loader)
{
    struct raw raw = {.loader = loader,
                      .reader = {.loading = loader->loading},
                      .accounts = ARRAY_OF(struct raw_account)};
    bool is_read = begin_sides(loader) && through_share_reference(loader) &&
                   open_between(&raw) && run_passes(&raw) && close_between(&raw);
    raw_account_close(&raw.accounts, loader->study);
    return is_read;
}
