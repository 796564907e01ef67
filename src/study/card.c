#include "study/card.h"

#include "study/facts.h"
#include <math.h>

/* Columns of cards.tsv and of found.tsv behind rank and name. */
enum { WHAT = 2, WHAT_ZH, SOURCES };
enum { FOUND_IN = 2, FOUND_OF, FOUND_SOURCE };

static const size_t NOWHERE = (size_t)-1;

static const char *lineage_of(const struct trait *trait, struct arena *arena)
{
    const char *lineage = NULL;
    for (int rank = RANK_PHYLUM; rank <= (int)trait->rank; rank++) {
        const char *name = trait->lineage[rank];
        if (name != NULL) {
            lineage = lineage == NULL ? name : arena_format(arena, "%s > %s", lineage, name);
        }
    }
    return lineage;
}

/* The row of a trait itself, by its place in the lineage or by its name. */
static size_t find_own(enum facts_table table, const struct trait *trait)
{
    const char *name = trait->lineage[trait->rank];
    size_t row = facts_find(table, trait->rank, trait_shared_name(trait), 0);
    return row != NOWHERE || name == NULL ? row : facts_find(table, trait->rank, name, 0);
}

static void add_what(struct card *card, const struct trait *trait, struct arena *arena)
{
    size_t row = find_own(FACTS_CARDS, trait);
    card->of = trait->rank;
    card->of_name = trait_shared_name(trait);
    card->is_own = row != NOWHERE;
    for (int rank = (int)trait->rank - 1; row == NOWHERE && rank > RANK_KINGDOM; rank--) {
        if (trait->lineage[rank] != NULL) {
            card->of = (enum trait_rank)rank;
            card->of_name = trait->lineage[rank];
            row = facts_find(FACTS_CARDS, card->of, card->of_name, 0);
        }
    }
    if (row != NOWHERE) {
        card->what = facts_cell(FACTS_CARDS, row, facts_is_chinese() ? WHAT_ZH : WHAT, arena);
        card->sources = facts_sources(facts_cell(FACTS_CARDS, row, SOURCES, arena), arena);
    }
}

struct card card_of(const struct trait *trait, struct arena *arena)
{
    struct card card = {.found_in = NAN, .found_of = NAN};
    if (!trait_is_taxon(trait)) {
        return card;
    }
    card.lineage = lineage_of(trait, arena);
    add_what(&card, trait, arena);
    size_t row = find_own(FACTS_FOUND, trait);
    if (row != NOWHERE) {
        card.found_in = facts_number(FACTS_FOUND, row, FOUND_IN, arena);
        card.found_of = facts_number(FACTS_FOUND, row, FOUND_OF, arena);
        card.found_by = facts_sources(facts_cell(FACTS_FOUND, row, FOUND_SOURCE, arena), arena);
    }
    return card;
}
