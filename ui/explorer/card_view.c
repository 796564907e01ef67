#include "base/i18n.h"
#include "base/memory.h"
#include "chart/words.h"
#include "study/card.h"
#include "ui/explorer/card_text.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/taxa_table.h"
#include "ui/explorer/views.h"

/* A taxon's card, by the paragraph where it is longer than the screen. */
struct card_view {
    struct view base;
    const struct trait *taxon;
    size_t first; /* paragraph that is seen */
    size_t last;  /* from which on all the rest is seen, when it was drawn last */
};

static struct card_view *self(struct view *view)
{
    return (struct card_view *)view;
}

/* A text as wide as can be read, with room at its right. */
static size_t columns_of(const struct drawing *drawing, const struct card_paragraph *paragraph)
{
    enum { WIDEST = 96, MARGIN = 2 };
    size_t taken = paragraph->indent + MARGIN, columns = drawing->area.columns;
    columns = columns > taken ? columns - taken : 1;
    return columns < WIDEST ? columns : WIDEST;
}

static size_t lines_of(const struct drawing *drawing, const struct card_paragraph *paragraph)
{
    size_t lines = draw_lines(drawing, columns_of(drawing, paragraph), paragraph->text);
    return lines == 0 ? 1 : lines;
}

static size_t last_first(const struct drawing *drawing, const struct card_paragraph *paragraphs,
                         size_t count)
{
    size_t rows = drawing->area.rows;
    while (count > 0 && lines_of(drawing, &paragraphs[count - 1]) <= rows) {
        rows -= lines_of(drawing, &paragraphs[--count]);
    }
    return count;
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct card_view *view = self(base);
    size_t count, row = 0;
    const struct card_paragraph *paragraphs =
        card_text(view->taxon, drawing->state, &count, drawing->scratch);
    view->last = last_first(drawing, paragraphs, count);
    view->first = view->first < view->last ? view->first : view->last;
    for (size_t i = view->first; i < count && row < drawing->area.rows; i++) {
        const struct card_paragraph *paragraph = &paragraphs[i];
        (void)draw_block(drawing, paragraph->indent, row, columns_of(drawing, paragraph),
                         drawing->area.rows - row, paragraph->role, paragraph->text);
        row += lines_of(drawing, paragraph);
    }
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    enum { PAGE = 8 };
    struct card_view *view = self(base);
    long lines = list_lines(order, PAGE);
    (void)state;
    if (lines == 0) {
        return order->action->id == ACT_BACK ? effect_of(EFFECT_BACK) : effect_unhandled();
    }
    long first = (long)view->first + lines;
    view->first = first < 0 ? 0 : first > (long)view->last ? view->last : (size_t)first;
    return effect_none();
}

static const char *title(const struct view *view, const struct state *state,
                         struct arena *scratch)
{
    (void)view;
    (void)state;
    (void)scratch;
    return _("Taxon card");
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct card_view *view = (const struct card_view *)base;
    (void)state;
    return view->last == 0 ? NULL
                           : arena_format(scratch, "%zu/%zu", view->first + 1, view->last + 1);
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct trait *taxon = ((const struct card_view *)base)->taxon;
    struct card card = card_of(taxon, scratch);
    (void)state;
    return arena_format(scratch, "%s: %s", words_trait(taxon, scratch),
                        card.what == NULL ? _("nothing is written of it") : card.what);
}

static struct place save(const struct view *base)
{
    const struct card_view *view = (const struct card_view *)base;
    return (struct place){.taxon = view->taxon->key, .tab = view->first};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    self(base)->first = place.tab;
}

static void destroy(struct view *view)
{
    memory_free(view);
}

/* It knows the keys of any list that is only read. */
static const struct view_kind card_view_kind = {
    .key = "card",
    .bit = IN_MESSAGES,
    .draw = draw,
    .title = title,
    .position = position,
    .sentence = sentence,
    .line = sentence,
    .act = act,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *card_view_create(const struct trait *taxon)
{
    struct card_view *view = memory_get(1, sizeof *view);
    view->base.kind = &card_view_kind;
    view->taxon = taxon;
    view->last = (size_t)-1 >> 1;
    return &view->base;
}
