#include "ui/command/tested.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include <string.h>

#define LEVEL .05
/* Lines that a person reads. */
enum { MOST_LINES = 12 };

static void add_hits(struct text *text, const struct correction_hits *hits)
{
    text_addf(text,
              ngettext("%zu test, %zu distinct: p < .05 in %zu, %.1f expected by "
                       "chance; q < .05 in %zu\n",
                       "%zu tests, %zu distinct: p < .05 in %zu, %.1f expected "
                       "by chance; q < .05 in %zu\n",
                       hits->tested),
              hits->tested, hits->findings, hits->nominal, LEVEL * (double)hits->tested,
              hits->bh);
}

static void add_family(struct text *text, const struct corrections *corrections, size_t family,
                       const struct correction_hits *hits)
{
    const struct test_family *of = &corrections->families.families[family];
    char *disease = text_clean(of->disease->name);
    text_addf(text, of->direction == FORWARD ? _("on %s: ") : _("of %s: "), disease);
    add_hits(text, hits);
    memory_free(disease);
}

static bool is_asked(const struct study *study, const struct trait *disease)
{
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        if (pair->direction == REVERSE && strcmp(pair->exposure->key, disease->key) == 0) {
            return true;
        }
    }
    return false;
}

/* Diseases of which the other direction was to be asked, and cannot be. */
static void add_unasked(struct text *text, const struct study *study)
{
    for (size_t i = 0; study->has_direction[REVERSE] && i < study->outcome_count; i++) {
        const struct trait *disease = study->outcomes[i];
        if (study->pair_count > 0 && !is_asked(study, disease)) {
            char *name = text_clean(disease->name);
            text_addf(text, _("of %s: no test, as it has no instrument\n"), name);
            memory_free(name);
        }
    }
}

static void sum_up(struct correction_hits *all, const struct correction_hits *hits)
{
    all->tested += hits->tested;
    all->findings += hits->findings;
    all->nominal += hits->nominal;
    all->bh += hits->bh;
}

void tested_take(struct tested *tested, const struct results *results)
{
    struct arena *arena = arena_create();
    struct corrections corrections = corrections_of(results, false, arena);
    for (size_t f = 0; f < corrections.families.count; f++) {
        struct correction_hits hits = corrections_hits(&corrections, f, RANK_COUNT, LEVEL);
        sum_up(&tested->all, &hits);
        if (tested->families++ < MOST_LINES) {
            add_family(&tested->lines, &corrections, f, &hits);
        }
    }
    add_unasked(&tested->unasked, results->study);
    arena_destroy(arena);
}

void tested_say(const struct tested *tested, struct text *text)
{
    if (tested->families > MOST_LINES) {
        add_hits(text, &tested->all);
    } else if (tested->families > 0) {
        text_add(text, tested->lines.bytes);
    }
    text_add_bytes(text, tested->unasked.bytes, tested->unasked.length);
}

void tested_end(struct tested *tested)
{
    text_drop(&tested->lines);
    text_drop(&tested->unasked);
}
