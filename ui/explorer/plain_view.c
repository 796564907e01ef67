#include "base/i18n.h"
#include "base/memory.h"
#include "study/plain_words.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/plain_text.h"
#include "ui/explorer/views.h"
#include <string.h>

/* Plain words on a screen, which scroll by lines. They are made anew when results change. */
struct plain_view {
    struct view base;
    enum plain_scope scope;
    const struct trait *taxon; /* NULL: the study */
    struct arena *arena;       /* of the paragraphs */
    struct array paragraphs;   /* struct plain_paragraph */
    bool is_made;
    unsigned turn; /* of the state that they were made from */
    enum direction direction;
    size_t outcome;
    size_t first, lines, height; /* the first line seen, all lines, lines seen */
};

static struct plain_view *self(struct view *view)
{
    return (struct plain_view *)view;
}

static void follow(struct plain_view *view, const struct state *state)
{
    bool is_same = view->is_made && view->turn == state->turn &&
                   view->direction == state->direction && view->outcome == state->outcome;
    if (is_same) {
        return;
    }
    arena_destroy(view->arena);
    view->arena = arena_create();
    view->paragraphs.count = 0;
    plain_text_add(&view->paragraphs, state, view->scope, view->taxon, view->arena);
    view->is_made = true;
    view->turn = state->turn;
    view->direction = state->direction;
    view->outcome = state->outcome;
}

static const struct plain_paragraph *paragraph_at(const struct plain_view *view, size_t index)
{
    return array_at(&view->paragraphs, index);
}

/* An empty line goes before each head but the first. */
static size_t gap_before(const struct plain_view *view, size_t index)
{
    enum role role = paragraph_at(view, index)->role;
    return index > 0 && (role == ROLE_HEADING || role == ROLE_TITLE);
}

static size_t columns_of(const struct drawing *drawing, const struct plain_paragraph *paragraph)
{
    size_t margin = 2 + paragraph->indent;
    return drawing->area.columns > margin + 2 ? drawing->area.columns - margin : 2;
}

static size_t count_lines(const struct plain_view *view, const struct drawing *drawing)
{
    size_t lines = 0;
    for (size_t i = 0; i < view->paragraphs.count; i++) {
        const struct plain_paragraph *paragraph = paragraph_at(view, i);
        lines += gap_before(view, i);
        lines += draw_lines(drawing, columns_of(drawing, paragraph), paragraph->text);
    }
    return lines;
}

static void move_to(struct plain_view *view, long line)
{
    long most = view->lines > view->height ? (long)(view->lines - view->height) : 0;
    view->first = (size_t)(line < 0 ? 0 : line > most ? most : line);
}

/* Draws a paragraph that begins `line` lines below the first one seen (negative: above). */
static void draw_paragraph(const struct drawing *drawing,
                           const struct plain_paragraph *paragraph, long line)
{
    size_t columns = columns_of(drawing, paragraph), row = line < 0 ? 0 : (size_t)line;
    if (row < drawing->area.rows) {
        const char *rest =
            draw_skip_lines(drawing, columns, line < 0 ? (size_t)-line : 0, paragraph->text);
        struct drawing part = draw_part(drawing, row, drawing->area.rows - row);
        for (size_t i = 0; i < part.area.rows && *rest != '\0'; i++) {
            (void)draw_text(&part, 1 + paragraph->indent, i, paragraph->role,
                            draw_one_line(drawing, columns, &rest));
        }
    }
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct plain_view *view = self(base);
    follow(view, drawing->state);
    view->height = drawing->area.rows;
    view->lines = count_lines(view, drawing);
    move_to(view, (long)view->first);
    long line = -(long)view->first;
    for (size_t i = 0; i < view->paragraphs.count; i++) {
        const struct plain_paragraph *paragraph = paragraph_at(view, i);
        line += (long)gap_before(view, i);
        draw_paragraph(drawing, paragraph, line);
        line += (long)draw_lines(drawing, columns_of(drawing, paragraph), paragraph->text);
    }
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct plain_view *view = self(base);
    long lines = list_lines(order, view->height > 1 ? view->height - 1 : 1);
    (void)state;
    if (lines != 0) {
        move_to(view, (long)view->first + lines);
        return effect_none();
    }
    return order->action->id == ACT_BACK ? effect_of(EFFECT_BACK) : effect_unhandled();
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    const struct plain_view *view = (const struct plain_view *)base;
    (void)state;
    return view->taxon == NULL ? _("In plain words: the study")
                               : arena_format(scratch, _("In plain words: %s"),
                                              plain_words_name(view->taxon, scratch));
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    const struct plain_view *view = (const struct plain_view *)base;
    size_t last = view->first + view->height;
    (void)state;
    return arena_format(scratch, "%zu/%zu", last < view->lines ? last : view->lines,
                        view->lines);
}

/* Everything, for the clipboard. */
static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    const struct plain_view *view = (const struct plain_view *)base;
    struct text text = {0};
    (void)state;
    for (size_t i = 0; i < view->paragraphs.count; i++) {
        text_add(&text, i == 0 ? "" : "\n");
        text_add(&text, paragraph_at(view, i)->text);
    }
    const char *copy = arena_text(scratch, text.length == 0 ? "" : text.bytes);
    text_drop(&text);
    return copy;
}

static struct place save(const struct view *base)
{
    const struct plain_view *view = (const struct plain_view *)base;
    return (struct place){.taxon = view->taxon == NULL ? NULL : view->taxon->key,
                          .tab = view->first};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    self(base)->first = place.tab;
}

static void destroy(struct view *base)
{
    struct plain_view *view = self(base);
    array_destroy(&view->paragraphs);
    arena_destroy(view->arena);
    memory_free(view);
}

/* It knows the keys of any list that is only read. */
static const struct view_kind plain_view_kind = {
    .key = "plain",
    .bit = IN_MESSAGES,
    .draw = draw,
    .title = title,
    .position = position,
    .line = line,
    .act = act,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *plain_view_create(const struct trait *taxon, bool is_pair)
{
    struct plain_view *view = memory_get(1, sizeof *view);
    view->base.kind = &plain_view_kind;
    view->scope = taxon == NULL ? PLAIN_OF_STUDY : is_pair ? PLAIN_OF_PAIR : PLAIN_OF_TAXON;
    view->taxon = taxon;
    view->arena = arena_create();
    view->paragraphs = ARRAY_OF(struct plain_paragraph);
    return &view->base;
}
