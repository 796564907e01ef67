#include "ui/painter_parts.h"

#include "base/memory.h"
#include "ui/glyphs.h"

enum {
    GUTTER = 2,
    COLUMNS_LEAST = 72, /* narrower than that rows say it better */
    BOX_MOST = 30,      /* columns of a box, with its sides */
    BETWEEN = 42,       /* columns of the arrows' labels, where there is room */
    BOX_LINES = 3,      /* of a name */
    LABEL_GAP = 2,
    DIAGRAM_ROWS = 11,
};

/* Where boxes stand; the mediator's above the two others. */
struct plan {
    struct canvas *canvas;
    const struct chart_path *path;
    struct rectangle boxes[PATH_NODES];
};

static size_t box_width(const struct canvas *canvas, const char *name, size_t most)
{
    size_t width = parts_width(canvas, name) + 4;
    return width < most ? width : most;
}

static void lay_out(struct plan *plan, struct rectangle area)
{
    size_t left = area.column + GUTTER, right = area.column + area.columns - 1;
    size_t most = (area.columns - BETWEEN) / 2;
    most = most < BOX_MOST ? most : BOX_MOST;
    for (int i = 0; i < PATH_NODES; i++) {
        size_t width = box_width(plan->canvas, plan->path->nodes[i],
                                 i == PATH_MEDIATOR ? area.columns / 2 : most);
        plan->boxes[i] = (struct rectangle){left, area.row, width, BOX_LINES + 2};
    }
    struct rectangle *middle = &plan->boxes[PATH_MEDIATOR];
    struct rectangle *outcome = &plan->boxes[PATH_OUTCOME];
    middle->column = left + (right - left - middle->columns) / 2;
    middle->rows = 3;
    outcome->column = right - outcome->columns;
    plan->boxes[PATH_EXPOSURE].row = outcome->row = area.row + DIAGRAM_ROWS - BOX_LINES - 2;
}

static void draw_border(const struct plan *plan, const struct rectangle *box, size_t row,
                        const char *left, const char *right)
{
    canvas_fill(plan->canvas, box->column, row, box->columns, ROLE_DIM,
                glyphs_rule(plan->canvas->ascii));
    parts_glyph(plan->canvas, box->column, row, ROLE_DIM, left);
    parts_glyph(plan->canvas, box->column + box->columns - 1, row, ROLE_DIM, right);
}

static void draw_box(const struct plan *plan, enum path_node node)
{
    const struct rectangle *box = &plan->boxes[node];
    draw_border(plan, box, box->row, "┌", "┐");
    for (size_t i = 1; i + 1 < box->rows; i++) {
        parts_glyph(plan->canvas, box->column, box->row + i, ROLE_DIM, "│");
        parts_glyph(plan->canvas, box->column + box->columns - 1, box->row + i, ROLE_DIM, "│");
    }
    draw_border(plan, box, box->row + box->rows - 1, "└", "┘");
    (void)parts_wrapped(plan->canvas, box->column + 2, box->row + 1, box->columns - 4,
                        box->rows - 2, ROLE_TITLE, plan->path->nodes[node]);
}

static enum role role_of(const struct chart_arrow *arrow)
{
    return !arrow->is_known       ? ROLE_DIM
           : arrow->contains_null ? ROLE_UNSURE
           : arrow->is_negative   ? ROLE_LESS
                                  : ROLE_MORE;
}

/* Columns from `first` up to `end`; what contains the null is dashed. */
static void draw_across(const struct plan *plan, const struct chart_arrow *arrow, size_t first,
                        size_t end, size_t row)
{
    bool is_dashed = arrow->contains_null || !arrow->is_known;
    for (size_t i = first; i < end; i++) {
        parts_glyph(plan->canvas, i, row, role_of(arrow), is_dashed ? "╌" : "─");
    }
}

static void draw_down(const struct plan *plan, const struct chart_arrow *arrow, size_t column,
                      size_t first, size_t end)
{
    bool is_dashed = arrow->contains_null || !arrow->is_known;
    for (size_t i = first; i < end; i++) {
        parts_glyph(plan->canvas, column, i, role_of(arrow), is_dashed ? "┆" : "│");
    }
}

/* The label of an arrow and its estimate, from `column`, in so many columns. */
static void draw_label(const struct plan *plan, enum path_arrow at, size_t column, size_t row,
                       size_t limit, bool is_right)
{
    const struct chart_arrow *arrow = &plan->path->arrows[at];
    struct text label = {0};
    text_addf(&label, "%s  %s", arrow->label, arrow->text);
    size_t width = parts_width(plan->canvas, label.bytes);
    size_t shift = is_right && width < limit ? limit - width : 0;
    char *plain = glyphs_text(label.bytes, plan->canvas->ascii);
    canvas_text(plan->canvas, column + shift, row, limit - shift, role_of(arrow), plain);
    memory_free(plain);
    text_drop(&label);
}

/* Up from the exposure and across to the mediator; across from it and down to the outcome. */
static void draw_through(const struct plan *plan)
{
    const struct rectangle *exposure = &plan->boxes[PATH_EXPOSURE];
    const struct rectangle *mediator = &plan->boxes[PATH_MEDIATOR];
    const struct rectangle *outcome = &plan->boxes[PATH_OUTCOME];
    const struct chart_arrow *a = &plan->path->arrows[PATH_A];
    const struct chart_arrow *b = &plan->path->arrows[PATH_B];
    size_t row = mediator->row + 1, low = exposure->row;
    size_t from = exposure->column + 2, to = outcome->column + outcome->columns - 3;
    size_t end = mediator->column + mediator->columns, middle = (from + to) / 2;
    parts_glyph(plan->canvas, from, row, role_of(a), "┌");
    draw_across(plan, a, from + 1, mediator->column - 1, row);
    parts_glyph(plan->canvas, mediator->column - 1, row, role_of(a), "►");
    draw_down(plan, a, from, row + 1, low);
    draw_across(plan, b, end, to, row);
    parts_glyph(plan->canvas, to, row, role_of(b), "┐");
    draw_down(plan, b, to, row + 1, low - 1);
    parts_glyph(plan->canvas, to, low - 1, role_of(b), "▼");
    draw_label(plan, PATH_A, from + LABEL_GAP, row + 3, middle - from - LABEL_GAP, false);
    draw_label(plan, PATH_B, middle + 1, row + 3, to - LABEL_GAP - middle, true);
}

static void draw_straight(const struct plan *plan, enum path_arrow at, size_t row,
                          size_t label_row)
{
    const struct rectangle *exposure = &plan->boxes[PATH_EXPOSURE];
    const struct chart_arrow *arrow = &plan->path->arrows[at];
    size_t from = exposure->column + exposure->columns, to = plan->boxes[PATH_OUTCOME].column;
    draw_across(plan, arrow, from, to - 1, row);
    parts_glyph(plan->canvas, to - 1, row, role_of(arrow), "►");
    draw_label(plan, at, from + LABEL_GAP, label_row, to - from - LABEL_GAP, false);
}

bool parts_draw_path(struct canvas *canvas, const struct chart *chart, struct rectangle area)
{
    struct plan plan = {.canvas = canvas, .path = chart->path};
    if (area.columns < COLUMNS_LEAST || area.rows < DIAGRAM_ROWS + 3) {
        return false;
    }
    struct rectangle title = {area.column + GUTTER, area.row, area.columns - GUTTER, 1};
    (void)parts_title(canvas, title, ROLE_DIM, chart->title);
    area.row += 2;
    area.rows -= 2;
    lay_out(&plan, area);
    for (int i = 0; i < PATH_NODES; i++) {
        draw_box(&plan, (enum path_node)i);
    }
    size_t low = plan.boxes[PATH_EXPOSURE].row;
    draw_through(&plan);
    draw_straight(&plan, PATH_DIRECT, low + 1, low);
    draw_straight(&plan, PATH_TOTAL, low + 3, low + 4);
    size_t row = area.row + DIAGRAM_ROWS + 1, end = area.row + area.rows;
    for (size_t i = 0; i < chart->note_count && row < end; i++) {
        row += parts_wrapped(canvas, area.column + GUTTER, row, area.columns - GUTTER,
                             end - row, ROLE_DIM, chart->notes[i]);
    }
    return true;
}
