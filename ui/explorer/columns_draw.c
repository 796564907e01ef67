#include "ui/explorer/columns_view.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/explain.h"
#include <math.h>
#include <string.h>

enum { LABEL = 16, ROLE = 22, FOOT = 4 };

const char *columns_view_problem(const struct columns_view *view)
{
    return view->problem != NULL ? view->problem : view->columns.problem;
}

const char *columns_view_aim(const struct columns_view *view, const struct state *state)
{
    if (view->side == SIDE_BOTH) {
        return _("Read it and open it as a study");
    }
    const struct opening *opening = state->opening;
    enum opening_side other = view->side == SIDE_EXPOSURE ? SIDE_OUTCOME : SIDE_EXPOSURE;
    if (opening != NULL && opening->sides[other].path != NULL) {
        return _("Read both files and open them as a study");
    }
    return view->side == SIDE_EXPOSURE ? _("Take it as the exposure, and choose the outcome")
                                       : _("Take it as the outcome, and choose the exposure");
}

static const char *side_words(enum opening_side side)
{
    return side == SIDE_BOTH       ? _("exposure and outcome side by side (harmonised)")
           : side == SIDE_EXPOSURE ? _("the exposure")
                                   : _("the outcome");
}

static const char *choice_words(const struct columns_view *view, enum columns_choice choice,
                                struct arena *scratch)
{
    switch (choice) {
    case CHOICE_SIDE:
        return side_words(view->side);
    case CHOICE_NAME:
        return view->source.name == NULL ? _("after the file") : view->source.name;
    case CHOICE_UNIT:
        return trait_unit_key(view->source.unit);
    case CHOICE_THRESHOLD:
        return view->side == SIDE_OUTCOME ? _("as the exposure's file says")
               : isnan(view->source.threshold)
                   ? _("every variant of the file")
                   : arena_format(scratch, _("p below %g"), view->source.threshold);
    default:
        return "";
    }
}

static void draw_choice(const struct columns_view *view, const struct drawing *drawing,
                        enum columns_choice choice, size_t line)
{
    static const char *const labels[] = {NULL, N_("it holds"), N_("name"), N_("unit"),
                                         N_("instruments")};
    size_t columns = drawing->area.columns;
    if (choice == CHOICE_READ) {
        bool can = columns_view_problem(view) == NULL;
        draw_text(drawing, 2, line, ROLE_KEY, "▸");
        draw_fit(drawing, 4, line, columns - 5, can ? ROLE_TITLE : ROLE_DIM,
                 columns_view_aim(view, drawing->state));
        return;
    }
    char *clean = text_clean(choice_words(view, choice, drawing->scratch));
    draw_fit(drawing, 2, line, LABEL - 2, ROLE_HEADING, gettext(labels[choice]));
    draw_fit(drawing, LABEL, line, columns - LABEL - 1, ROLE_TEXT, clean);
    memory_free(clean);
}

static const char *sample_words(const struct columns_view *view, size_t column,
                                struct arena *scratch)
{
    const char *words = "";
    for (size_t i = 0; i < view->columns.sample_count; i++) {
        const char *cell = view->columns.samples[column * SOURCE_SAMPLES + i];
        words =
            arena_format(scratch, "%s%s%s", words, i > 0 ? "  " : "", cell == NULL ? "" : cell);
    }
    return words;
}

static void draw_column(const struct columns_view *view, const struct drawing *drawing,
                        size_t column, size_t line)
{
    size_t columns = drawing->area.columns, names = columns >= 100 ? 34 : 22;
    const char *role = source_columns_role(&view->columns, column);
    draw_fit(drawing, 2, line, names - 1, ROLE_TEXT, view->columns.names[column]);
    draw_fit(drawing, names + 2, line, ROLE, role == NULL ? ROLE_DIM : ROLE_KEY,
             role == NULL ? _("not used") : role);
    draw_fit(drawing, names + ROLE + 3, line, columns - names - ROLE - 4, ROLE_DIM,
             sample_words(view, column, drawing->scratch));
}

/* What the column under the cursor was taken for, and why. */
static const char *column_help(const struct columns_view *view, const struct drawing *drawing)
{
    const struct source_columns *columns = &view->columns;
    size_t column = view->list.cursor - CHOICES;
    enum column_form form = columns->is_harmonised ? FORM_HARMONISED : FORM_ASSOCIATIONS;
    const char *help =
        _("{open} chooses what this column holds; beside it the first rows of the file");
    if (!columns->is_understood || column >= columns->count) {
        return help;
    }
    return arena_format(drawing->scratch, _("%s: %s. %s"), columns->names[column],
                        explain_column(&columns->columns, form, column, drawing->scratch),
                        help);
}

static void draw_foot(const struct columns_view *view, const struct drawing *drawing,
                      size_t row)
{
    const char *problem = columns_view_problem(view);
    const char *help = view->list.cursor >= CHOICES ? column_help(view, drawing)
                       : view->list.cursor == CHOICE_READ
                           ? _("{open} does it; {back} goes back, nothing is lost")
                           : _("{open} changes it");
    struct drawing part = draw_part(drawing, row + 1, FOOT - 1);
    part.area.column += 2;
    part.area.columns -= 3;
    draw_rule(drawing, row);
    (void)draw_wrapped(&part, 0, 0, problem != NULL ? ROLE_WARNING : ROLE_DIM,
                       problem != NULL ? problem : draw_keys(drawing, help));
}

void columns_view_draw(struct view *base, const struct drawing *drawing)
{
    struct columns_view *view = (struct columns_view *)base;
    size_t rows = drawing->area.rows, foot = FOOT;
    list_fit(&view->list, CHOICES + view->columns.count, rows > foot ? rows - foot : 1);
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row == (size_t)-1) {
            break;
        }
        if (row < CHOICES) {
            draw_choice(view, drawing, (enum columns_choice)row, i);
        } else {
            draw_column(view, drawing, row - CHOICES, i);
        }
        if (row == view->list.cursor) {
            draw_selected(drawing, i);
        }
    }
    draw_foot(view, drawing, rows - foot);
}
