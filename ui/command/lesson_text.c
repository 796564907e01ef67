#include "ui/command/lesson_text.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "lesson/answer.h"
#include "lesson/words.h"
#include "ui/explorer/keymap.h"
#include "ui/painter.h"
#include "ui/wrap.h"
#include <string.h>

/* Rows of a chart of points; of one of rows at most. */
enum { PLANE_ROWS = 18, MOST_ROWS = 34 };

/* What every part of a step is printed with. */
struct page {
    const struct lesson_step *step, *before; /* NULL: it is the first */
    struct board *board;
    size_t columns;
    bool ascii;
    struct arena *arena;
    struct text *text;
};

static const char *fill(const struct page *page, const char *text)
{
    static const struct keymap as_installed = {{NULL}};
    char *said =
        keymap_said(&as_installed, words_filled(text, board_source(page->board), page->arena));
    const char *filled = arena_text(page->arena, said);
    memory_free(said);
    return filled;
}

/* Paragraphs stand apart. */
static void add_prose(const struct page *page, const char *text, size_t indent)
{
    const char *rest = fill(page, text);
    while (*rest != '\0') {
        size_t length = strcspn(rest, "\n");
        wrap_add(page->text, arena_bytes(page->arena, rest, length), page->columns - indent,
                 indent);
        rest += length + (rest[length] == '\n');
        text_add(page->text, *rest == '\0' ? "" : "\n");
    }
}

static size_t rows_of(struct canvas *probe, const struct chart *chart, size_t columns)
{
    size_t rows = painter_height(probe, columns, chart);
    return rows == (size_t)-1 ? PLANE_ROWS : rows < MOST_ROWS ? rows : MOST_ROWS;
}

/* Whether a step shows exactly what the one before it shows. */
static bool is_same(const struct lesson_scene *one, const struct lesson_scene *other)
{
    return one->study == other->study && one->exposure == other->exposure &&
           one->line == other->line && one->methods == other->methods &&
           one->chart == other->chart && one->mark == other->mark && one->without_count == 0 &&
           other->without_count == 0;
}

static void add_chart(const struct page *page)
{
    const struct chart *chart = board_chart(page->board, false);
    if (chart == NULL) {
        return;
    }
    if (page->before != NULL && is_same(&page->before->scene, &page->step->scene)) {
        text_addf(page->text, "\n%s\n", _("(The chart is the one above.)"));
        return;
    }
    struct canvas *probe = canvas_create(page->columns, 2, page->ascii);
    struct canvas *canvas =
        canvas_create(page->columns, rows_of(probe, chart, page->columns), page->ascii);
    struct paint_state state = {.selected = board_marked(page->board)};
    struct rectangle all = {0, 0, canvas->columns, canvas->rows};
    (void)painter_draw(canvas, all, chart, &state, page->arena);
    char *picture = canvas_as_text(canvas, false);
    text_addf(page->text, "\n%s\n", board_title(page->board, page->arena));
    text_addf(page->text, "%s\n", picture);
    memory_free(picture);
    canvas_destroy(canvas);
    canvas_destroy(probe);
}

static void add_question(const struct page *page)
{
    const struct lesson_step *step = page->step;
    const struct quantity_source *source = board_source(page->board);
    add_prose(page, step->ask, 0);
    for (size_t i = 0; i < step->choice_count; i++) {
        add_prose(page, arena_format(page->arena, "%zu %s", i + 1, step->choices[i]), 2);
    }
    const char *right = answer_right(step, source, page->arena);
    add_prose(page, arena_format(page->arena, _("Answer: %s. %s"), right, step->right), 0);
    text_add(page->text, "\n");
    wrap_add(page->text,
             arena_format(page->arena, _("Truth: %s"), board_truth(page->board, page->arena)),
             page->columns, 0);
}

static void add_step(const struct page *page, size_t number, size_t count)
{
    text_addf(page->text, "\n%zu/%zu  %s\n\n", number, count, fill(page, page->step->heading));
    add_prose(page, page->step->text, 0);
    add_chart(page);
    text_add(page->text, "\n");
    add_question(page);
}

bool lesson_text_add(const struct lesson *lesson, struct board *board, size_t columns,
                     bool ascii, struct text *text, struct error *error)
{
    struct arena *arena = arena_create();
    bool is_done = true;
    text_addf(text, "%s\n", lesson->title);
    wrap_add(text, lesson->about, columns, 0);
    for (size_t i = 0; is_done && i < lesson->step_count; i++) {
        struct page page = {.step = &lesson->steps[i],
                            .before = i == 0 ? NULL : &lesson->steps[i - 1],
                            .board = board,
                            .columns = columns,
                            .ascii = ascii,
                            .arena = arena,
                            .text = text};
        is_done = board_set(board, lesson, page.step, error) && board_check(board, error);
        if (is_done) {
            add_step(&page, i + 1, lesson->step_count);
        }
    }
    arena_destroy(arena);
    return is_done;
}
