#include "ui/explorer/explorer.h"

#include "ui/explorer/frame.h"
#include "ui/explorer/taxa_view.h"

/* Rows above and below the table: the title, counts, headings, the legend. */
enum { AROUND = 4, NARROWEST = 60 };

char *explorer_taxa_text(const struct results *results, size_t width, bool ascii)
{
    struct state state;
    state_begin(&state, results->study);
    state.full = results;
    struct view *view = taxa_view_create(&state);
    struct taxa_view *taxa = (struct taxa_view *)view;
    size_t rows = taxa->rows.count == 0 ? 1 : taxa->rows.count;
    struct canvas *canvas =
        canvas_create(width < NARROWEST ? NARROWEST : width, rows + AROUND, ascii);
    struct arena *scratch = arena_create();
    struct drawing drawing = {canvas, {0, 1, canvas->columns, rows + 2}, &state, scratch};
    frame_title(canvas, &state, view, scratch);
    taxa_view_draw_table(taxa, &drawing, rows);
    struct drawing last = {canvas, {0, rows + 3, canvas->columns, 1}, &state, scratch};
    taxa_table_legend(&last, 0);
    char *text = canvas_as_text(canvas, false);
    arena_destroy(scratch);
    canvas_destroy(canvas);
    view->kind->destroy(view);
    state_end(&state);
    return text;
}
