#include "ui/command/tested.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "study/corrections.h"

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

static void add_family(struct text *text, const struct corrections *corrections, size_t family)
{
    const struct test_family *of = &corrections->families.families[family];
    struct correction_hits hits = corrections_hits(corrections, family, RANK_COUNT, LEVEL);
    char *disease = text_clean(of->disease->name);
    text_addf(text, of->direction == FORWARD ? _("on %s: ") : _("of %s: "), disease);
    add_hits(text, &hits);
    memory_free(disease);
}

static void add_all(struct text *text, const struct corrections *corrections)
{
    struct correction_hits all = {0};
    for (size_t f = 0; f < corrections->families.count; f++) {
        struct correction_hits hits = corrections_hits(corrections, f, RANK_COUNT, LEVEL);
        all.tested += hits.tested;
        all.findings += hits.findings;
        all.nominal += hits.nominal;
        all.bh += hits.bh;
    }
    add_hits(text, &all);
}

void tested_say(const struct results *results, struct text *text)
{
    struct arena *arena = arena_create();
    struct corrections corrections = corrections_of(results, false, arena);
    if (corrections.families.count > MOST_LINES) {
        add_all(text, &corrections);
    } else {
        for (size_t f = 0; f < corrections.families.count; f++) {
            add_family(text, &corrections, f);
        }
    }
    arena_destroy(arena);
}
