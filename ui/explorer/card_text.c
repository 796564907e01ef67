#include "ui/explorer/card_text.h"

#include "base/array.h"
#include "base/i18n.h"
#include "chart/chart.h"
#include "chart/words.h"
#include "study/card.h"
#include "study/published.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/taxa_table.h"
#include <math.h>
#include <string.h>

enum { INDENT = 3 };

struct page {
    struct array paragraphs; /* struct card_paragraph */
    const struct trait *taxon;
    const struct state *state;
    struct arena *arena;
};

static void add(struct page *page, enum role role, size_t indent, const char *text)
{
    *(struct card_paragraph *)array_add(&page->paragraphs) =
        (struct card_paragraph){role, indent, text};
}

static void add_heading(struct page *page, const char *text)
{
    add(page, ROLE_TEXT, 0, "");
    add(page, ROLE_HEADING, 1, text);
}

/* The ranks in the language in use, as they stand within a sentence. */
static const char *rank_name(enum trait_rank rank)
{
    static const char *const names[RANK_COUNT] = {
        [RANK_NONE] = N_("trait"),    [RANK_KINGDOM] = N_("kingdom"),
        [RANK_PHYLUM] = N_("phylum"), [RANK_CLASS] = N_("class"),
        [RANK_ORDER] = N_("order"),   [RANK_FAMILY] = N_("family"),
        [RANK_GENUS] = N_("genus"),   [RANK_SPECIES] = N_("species")};
    return gettext(names[rank]);
}

static void add_what(struct page *page, const struct card *card)
{
    add_heading(page, _("WHAT IT DOES"));
    if (card->what == NULL) {
        add(page, ROLE_DIM, INDENT, _("Nothing is written here of it or of the ranks above."));
        return;
    }
    add(page, ROLE_TEXT, INDENT, card->what);
    if (!card->is_own) {
        add(page, ROLE_WARNING, INDENT,
            arena_format(page->arena,
                         _("Said of the %s %s; of this %s itself nothing is written here."),
                         rank_name(card->of), card->of_name, rank_name(page->taxon->rank)));
    }
    add(page, ROLE_DIM, INDENT, card->sources);
}

static void add_found(struct page *page, const struct card *card)
{
    add_heading(page, _("WHO CARRIES IT"));
    if (isnan(card->found_in)) {
        add(page, ROLE_DIM, INDENT, _("How many people carry it is not known here."));
        return;
    }
    add(page, ROLE_TEXT, INDENT,
        arena_format(page->arena,
                     _("At least %s of %s people (%.0f%%): those with a measured abundance "
                       "in the largest of its associations."),
                     draw_thousands(card->found_in, page->arena),
                     draw_thousands(card->found_of, page->arena),
                     100 * card->found_in / card->found_of));
    add(page, ROLE_DIM, INDENT, card->found_by);
}

static const char *sense_words(const struct published *finding, struct arena *arena)
{
    const char *sense = finding->sense == SENSE_MORE   ? _("more")
                        : finding->sense == SENSE_LESS ? _("less")
                                                       : _("sign not known");
    const char *outcome = finding->outcome_words;
    return !finding->has_direction ? arena_format(arena, _("with %s: %s"), outcome, sense)
           : finding->direction == FORWARD
               ? arena_format(arena, _("on %s: %s"), outcome, sense)
               : arena_format(arena, _("of %s on it: %s"), outcome, sense);
}

static const char *figures(const struct published *finding, struct arena *arena)
{
    const char *text = "";
    if (!isnan(finding->odds)) {
        text = arena_format(arena, ", OR %g (95%%: %g, %g)", finding->odds, finding->lower,
                            finding->upper);
    }
    if (!isnan(finding->p)) {
        text = arena_format(arena, "%s, p %s", text, chart_p(finding->p, NAN, arena));
    }
    return text;
}

static const char *agreement(const struct published *finding, const struct pair *pair,
                             const struct estimate *main)
{
    static const char *const words[] = {[AGREE_UNKNOWN] = "",
                                        [AGREE_YES] = N_(" · ours has the same sign"),
                                        [AGREE_NO] = N_(" · ours has the other sign")};
    bool is_of = pair != NULL && published_is_of(finding, pair);
    enum published_agree agree = is_of ? published_agrees(finding, main) : AGREE_UNKNOWN;
    return agree == AGREE_UNKNOWN ? "" : gettext(words[agree]);
}

static const struct estimate *main_of(const struct page *page, const struct pair **pair)
{
    size_t index;
    *pair = state_pair(page->state, page->taxon, &index);
    const struct analysis *analysis = *pair == NULL ? NULL : state_analysis(page->state, index);
    bool is_done = analysis != NULL && analysis->main.status == ESTIMATE_DONE;
    return is_done ? &analysis->main : NULL;
}

static void add_ours(struct page *page, const struct pair *pair, const struct estimate *main)
{
    struct arena *arena = page->arena;
    if (pair == NULL || main == NULL) {
        add(page, ROLE_TEXT, INDENT, _("Ours: no estimate in the direction shown."));
        return;
    }
    bool is_odds = state_is_odds(page->state, pair);
    add(page, ROLE_TEXT, INDENT,
        arena_format(arena, _("Ours, %s → %s: %s %s, p %s."),
                     words_trait(pair->exposure, arena), words_trait(pair->outcome, arena),
                     is_odds ? "OR" : "b",
                     chart_interval(main->b, main->lower, main->upper, main->contains_null,
                                    is_odds, arena),
                     chart_p(main->p, main->neglog10_p, arena)));
}

static void add_published(struct page *page)
{
    size_t count;
    const struct pair *pair;
    const struct estimate *main = main_of(page, &pair);
    const struct published *findings = published_of(page->taxon, &count, page->arena);
    add_heading(page, _("PUBLISHED BY MENDELIAN RANDOMISATION"));
    if (count == 0) {
        add(page, ROLE_DIM, INDENT, _("No finding on it is in the table that ships."));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const char *note = findings[i].note;
        add(page, ROLE_TEXT, INDENT,
            arena_format(page->arena, "%s, %s%s%s%s%s", findings[i].source,
                         sense_words(&findings[i], page->arena),
                         figures(&findings[i], page->arena), note == NULL ? "" : " · ",
                         note == NULL ? "" : note, agreement(&findings[i], pair, main)));
    }
    add_ours(page, pair, main);
    if (page->state->study->is_simulated) {
        add(page, ROLE_WARNING, INDENT,
            _("The effects of this study are simulated: that a sign agrees or not means "
              "nothing."));
    }
    add(page, ROLE_DIM, INDENT,
        _("Most such studies took the same GWAS of gut microbes: agreement among them is no "
          "replication."));
}

const struct card_paragraph *card_text(const struct trait *taxon, const struct state *state,
                                       size_t *count, struct arena *arena)
{
    struct page page = {ARRAY_OF(struct card_paragraph), taxon, state, arena};
    struct card card = card_of(taxon, arena);
    add(&page, ROLE_TITLE, 1, words_trait(taxon, arena));
    if (card.lineage != NULL) {
        add(&page, ROLE_DIM, 1, card.lineage);
    }
    add_what(&page, &card);
    add_found(&page, &card);
    add_published(&page);
    *count = page.paragraphs.count;
    struct card_paragraph *paragraphs = arena_get(arena, *count, sizeof *paragraphs);
    memcpy(paragraphs, page.paragraphs.items, *count * sizeof *paragraphs);
    array_destroy(&page.paragraphs);
    return paragraphs;
}
