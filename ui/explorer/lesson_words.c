#include "ui/explorer/lesson_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "chart/words.h"
#include "lesson/words.h"
#include "ui/glyphs.h"
#include "ui/wrap.h"
#include <math.h>
#include <string.h>

/* What lines are added to. */
struct writer {
    const struct lesson_view *view;
    const struct keymap *keymap;
    const struct lesson_step *step;
    size_t columns;
    struct arena *scratch;
    struct array lines;
};

static const char *fill(const struct writer *writer, const char *text)
{
    const char *filled = words_filled(text, board_source(writer->view->board), writer->scratch);
    char *said = keymap_said(writer->keymap, filled);
    filled = arena_text(writer->scratch, said);
    memory_free(said);
    return filled;
}

/* A text in as many lines as it takes, all but the first `hang` columns further in. */
static void add(struct writer *writer, const char *text, enum role role, size_t item,
                size_t hang)
{
    size_t columns = writer->columns > hang + 8 ? writer->columns - hang : 8;
    bool is_first = true;
    while (*text != '\0') {
        size_t next, length = text_line(text, is_first ? columns + hang : columns, &next);
        *(struct lesson_line *)array_add(&writer->lines) = (struct lesson_line){
            arena_bytes(writer->scratch, text, length), role, is_first ? 0 : hang, item};
        text += next;
        is_first = false;
    }
}

static void add_gap(struct writer *writer)
{
    if (writer->lines.count > 0) {
        *(struct lesson_line *)array_add(&writer->lines) =
            (struct lesson_line){"", ROLE_TEXT, 0, LESSON_NO_ITEM};
    }
}

/* Paragraphs stand apart. */
static void add_paragraphs(struct writer *writer, const char *text, enum role role)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        add(writer, arena_bytes(writer->scratch, text, length), role, LESSON_NO_ITEM, 0);
        text += length + (text[length] == '\n');
        if (*text != '\0') {
            add_gap(writer);
        }
    }
}

static void say(struct writer *writer)
{
    add(writer, fill(writer, writer->step->heading), ROLE_HEADING, LESSON_NO_ITEM, 0);
    add_gap(writer);
    add_paragraphs(writer, fill(writer, writer->step->text), ROLE_TEXT);
}

static bool is_given(const struct writer *writer, size_t choice)
{
    const char *number = arena_format(writer->scratch, "%zu", choice + 1);
    return writer->view->answer != NULL && strcmp(writer->view->answer, number) == 0;
}

static void add_choices(struct writer *writer)
{
    for (size_t i = 0; i < writer->step->choice_count; i++) {
        const char *text =
            arena_format(writer->scratch, "  %zu %s %s", i + 1, is_given(writer, i) ? "●" : "·",
                         fill(writer, writer->step->choices[i]));
        add(writer, text, ROLE_TEXT, i, 6);
    }
}

static void add_number(struct writer *writer)
{
    const char *answer = writer->view->answer;
    add(writer,
        arena_format(writer->scratch, _("  your answer: %s"), answer == NULL ? "..." : answer),
        ROLE_TEXT, 0, 4);
}

/* What is said to the answer, and the truth once it is revealed. */
static void react(struct writer *writer)
{
    const struct lesson_view *view = writer->view;
    bool is_right = view->verdict == ANSWER_RIGHT;
    if (view->verdict != ANSWER_NONE) {
        const char *said = fill(writer, is_right ? writer->step->right : writer->step->wrong);
        add_gap(writer);
        add_paragraphs(writer,
                       arena_format(writer->scratch, "%s %s", is_right ? "✓" : "✗", said),
                       is_right ? ROLE_MORE : ROLE_WARNING);
    }
    if (view->is_revealed) {
        add_gap(writer);
        add(writer, _("The truth"), ROLE_HEADING, LESSON_NO_ITEM, 0);
        add_paragraphs(writer, board_truth(view->board, writer->scratch), ROLE_SUMMARY);
    }
}

static void ask(struct writer *writer)
{
    add_gap(writer);
    add(writer, fill(writer, writer->step->ask), ROLE_TITLE, LESSON_NO_ITEM, 0);
    if (writer->step->number == NULL) {
        add_choices(writer);
    } else {
        add_number(writer);
    }
    react(writer);
}

/* Where a slider stands on its way, 0 to 1. */
static double share_of(const struct lesson_slider *slider, double value)
{
    return slider->is_factor ? log(value / slider->least) / log(slider->most / slider->least)
                             : (value - slider->least) / (slider->most - slider->least);
}

enum { TRACK = 16 };

static const char *track(struct writer *writer, const struct lesson_slider *slider,
                         double value)
{
    struct text text = {0};
    size_t at = (size_t)lround(share_of(slider, value) * (TRACK - 1));
    for (size_t i = 0; i < TRACK; i++) {
        text_add(&text, i == at ? "●" : "─");
    }
    const char *kept = arena_text(writer->scratch, text.bytes);
    text_drop(&text);
    return kept;
}

static void add_slider(struct writer *writer, size_t index)
{
    const struct lesson_slider *slider = &writer->step->sliders[index];
    double value = board_slider(writer->view->board, index);
    size_t item = lesson_view_answers(writer->view) + index;
    add(writer,
        arena_format(writer->scratch, "  ◀%s▶ %s  %s", track(writer, slider, value),
                     words_number(value, -1, writer->scratch), gettext(slider->field->shows)),
        ROLE_TEXT, item, 4);
}

static size_t widest_name(const struct analysis *analysis)
{
    size_t widest = 0;
    for (size_t i = 0; i < analysis->estimate_count; i++) {
        size_t width = text_width(words_method(analysis->estimates[i].method));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* The estimates follow the sliders. */
static void add_estimates(struct writer *writer)
{
    const struct analysis *analysis = board_source(writer->view->board)->analysis;
    size_t widest = widest_name(analysis);
    for (size_t i = 0; i < analysis->estimate_count; i++) {
        const struct estimate *estimate = &analysis->estimates[i];
        const char *name = words_method(estimate->method);
        bool is_done = estimate->status == ESTIMATE_DONE;
        const char *interval =
            is_done ? chart_interval(estimate->b, estimate->lower, estimate->upper,
                                     estimate->contains_null, false, writer->scratch)
                    : "-";
        add(writer,
            arena_format(writer->scratch, "  %s%*s  %s", name, (int)(widest - text_width(name)),
                         "", interval),
            is_done && !estimate->contains_null ? ROLE_TITLE : ROLE_DIM, LESSON_NO_ITEM, 4);
    }
}

static void move(struct writer *writer)
{
    if (writer->step->slider_count == 0 ||
        board_source(writer->view->board)->analysis == NULL) {
        return;
    }
    add_gap(writer);
    for (size_t i = 0; i < writer->step->slider_count; i++) {
        add_slider(writer, i);
    }
    add_estimates(writer);
}

static size_t anchor_of(const struct writer *writer)
{
    const struct lesson_view *view = writer->view;
    size_t anchor = 0;
    for (size_t i = 0; i < writer->lines.count; i++) {
        const struct lesson_line *line = array_at(&writer->lines, i);
        bool is_it = line->item != LESSON_NO_ITEM && line->item == view->focus;
        anchor = is_it && view->focus > 0 ? i : anchor;
    }
    return anchor;
}

struct array lesson_words_of(const struct lesson_view *view, const struct keymap *keymap,
                             unsigned parts, size_t columns, struct arena *scratch,
                             size_t *anchor)
{
    struct writer writer = {view,    keymap,  lesson_view_step(view),
                            columns, scratch, ARRAY_OF(struct lesson_line)};
    if ((parts & LESSON_SAYS) != 0) {
        say(&writer);
    }
    if ((parts & LESSON_MOVES) != 0) {
        move(&writer);
    }
    if ((parts & LESSON_ASKS) != 0) {
        ask(&writer);
    }
    *anchor = anchor_of(&writer);
    return writer.lines;
}
