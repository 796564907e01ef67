#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/shown.h"
#include "ui/explorer/study_rows.h"
#include "ui/explorer/views.h"
#include <string.h>
#include <sys/stat.h>

/* Files beyond so many bytes together are read for their checksums only when asked: the keys
 * must not wait. */
enum { READ_AT_ONCE = 64 << 20 };

struct study_view {
    struct view base;
    struct study_checksum *checksums;
    size_t file_count;
    struct arena *arena; /* of the rows */
    struct array rows;   /* struct study_row */
    struct list list;
};

static struct study_view *self(struct view *view)
{
    return (struct study_view *)view;
}

static const struct study_row *row_at(const struct study_view *view, size_t row)
{
    return row < view->rows.count ? array_at(&view->rows, row) : NULL;
}

static void follow(struct study_view *view, const struct state *state)
{
    arena_reset(view->arena, (struct arena_mark){0});
    study_rows(state, view->checksums, view->arena, &view->rows);
    list_fit(&view->list, view->rows.count, view->list.height > 0 ? view->list.height : 1);
}

static void make_checksum(struct study_view *view, const struct study *study, size_t index)
{
    const struct study_file *file = array_at(&study->files, index);
    struct study_checksum *made = &view->checksums[index];
    struct error error = {0};
    made->is_asked = true;
    if (!checksum_of(file->path, &made->checksum, &error)) {
        made->problem = text_clean(error.text);
        error_clear(&error);
    }
}

static void make_checksums(struct study_view *view, const struct study *study)
{
    off_t left = READ_AT_ONCE;
    for (size_t i = 0; i < study->files.count; i++) {
        struct stat status;
        const struct study_file *file = array_at(&study->files, i);
        bool is_there = stat(file->path, &status) == 0 && S_ISREG(status.st_mode);
        if (!is_there || status.st_size <= left) {
            left -= is_there ? status.st_size : 0;
            make_checksum(view, study, i);
        }
    }
}

static void draw_row(const struct drawing *drawing, const struct study_row *row, size_t line)
{
    size_t columns = drawing->area.columns, labels = columns >= 100 ? 40 : 24;
    if (row->is_heading) {
        draw_fit(drawing, 1, line, columns - 2, ROLE_HEADING, row->label);
        return;
    }
    bool is_short = *row->label == '\0' || strcmp(row->label, "!") == 0;
    size_t at = is_short ? 5 : labels;
    draw_fit(drawing, 3, line, at - 4, row->is_warning ? ROLE_WARNING : ROLE_TEXT, row->label);
    draw_fit(drawing, at, line, columns - at - 3, row->is_warning ? ROLE_WARNING : ROLE_DIM,
             row->text);
    if (row->link != LINK_NONE) {
        draw_text(drawing, columns - 2, line, ROLE_KEY, ">");
    }
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct study_view *view = self(base);
    follow(view, drawing->state);
    size_t rows = drawing->area.rows, foot = 3;
    draw_fit(drawing, 1, 0, drawing->area.columns - 2, ROLE_TITLE,
             drawing->state->study->title);
    list_fit(&view->list, view->rows.count, rows > foot + 2 ? rows - foot - 1 : 1);
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row != (size_t)-1) {
            draw_row(drawing, row_at(view, row), i + 1);
            if (row == view->list.cursor) {
                draw_selected(drawing, i + 1);
            }
        }
    }
    /* What the row could not hold stands below, whole. */
    const struct study_row *here = row_at(view, view->list.cursor);
    draw_rule(drawing, rows - foot);
    if (here != NULL && !here->is_heading) {
        struct drawing part = draw_part(drawing, rows - foot + 1, foot - 1);
        part.area.column += 2;
        part.area.columns -= 3;
        (void)draw_wrapped(&part, 0, 0, here->is_warning ? ROLE_WARNING : ROLE_TEXT,
                           arena_format(drawing->scratch, "%s  %s", here->label, here->text));
    }
}

static struct effect open_row(struct study_view *view, const struct state *state)
{
    const struct study_row *row = row_at(view, view->list.cursor);
    switch (row == NULL ? LINK_NONE : row->link) {
    case LINK_LEDGER:
        return effect_open(ledger_view_create_with(row->target));
    case LINK_TAXON:
        return effect_open(pair_view_create(state_taxon(state, row->target), NULL));
    case LINK_OUTCOMES:
        return effect_open(outcomes_view_create(state));
    case LINK_METHODS:
        return effect_open(methods_view_create(NULL, NULL));
    case LINK_CHECKSUM:
        make_checksum(view, state->study, row->index);
        return effect_none();
    case LINK_NONE:
        break;
    }
    return effect_refuse("%s", _("nothing more is known of this row"));
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct study_view *view = self(base);
    follow(view, state);
    if (list_move(&view->list, order)) {
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return open_row(view, state);
    case ACT_BACK:
        return effect_of(EFFECT_BACK);
    default:
        return effect_unhandled();
    }
}

static struct effect click(struct view *base, struct state *state, size_t column, size_t row)
{
    (void)column;
    struct study_view *view = self(base);
    size_t at = row < 1 ? (size_t)-1 : list_row_at(&view->list, row - 1);
    if (at == (size_t)-1) {
        return effect_none();
    }
    bool again = at == view->list.cursor;
    view->list.cursor = at;
    follow(view, state);
    return again ? open_row(view, state) : effect_none();
}

static bool has_text(const void *view, size_t at, const char *text)
{
    const struct study_row *row = row_at(view, at);
    return text_contains_fold(row->label, text) || text_contains_fold(row->text, text);
}

static bool search(struct view *base, const struct state *state, const char *text, int step)
{
    struct study_view *view = self(base);
    follow(view, state);
    return list_search(&view->list, view->rows.count, step, text, has_text, view);
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    (void)base;
    return arena_format(scratch, _("Study\t%zu files, %zu warnings"), state->study->files.count,
                        state->study->warnings.count);
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    const struct study_view *view = (const struct study_view *)base;
    return arena_format(scratch, "%zu/%zu", view->list.cursor + 1, view->rows.count);
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)base;
    const struct study *study = state->study;
    return arena_format(scratch,
                        _("The study was read from %zu files, has %zu exposures, %zu outcomes "
                          "and %zu pairs; loading gave %zu warnings."),
                        study->files.count, study->exposure_count, study->outcome_count,
                        study->pair_count, study->warnings.count);
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    (void)state;
    const struct study_view *view = (const struct study_view *)base;
    const struct study_row *row = row_at(view, view->list.cursor);
    return row == NULL ? NULL : arena_format(scratch, "%s\t%s", row->label, row->text);
}

static bool table(const struct view *base, const struct state *state, struct text *text)
{
    (void)state;
    const struct study_view *view = (const struct study_view *)base;
    const char *section = "";
    text_add(text, "section\tname\tvalue\n");
    for (size_t i = 0; i < view->rows.count; i++) {
        const struct study_row *row = row_at(view, i);
        if (row->is_heading) {
            section = row->label;
        } else {
            const char *const cells[] = {section, row->label, row->text};
            for (size_t c = 0; c < 3; c++) {
                text_add(text, c == 0 ? "" : "\t");
                shown_cell(text, cells[c], "");
            }
            text_add(text, "\n");
        }
    }
    return true;
}

static struct place save(const struct view *base)
{
    return (struct place){.tab = ((const struct study_view *)base)->list.cursor};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    (void)state;
    self(base)->list.cursor = place.tab;
}

static void destroy(struct view *base)
{
    struct study_view *view = self(base);
    for (size_t i = 0; i < view->file_count; i++) {
        memory_free(view->checksums[i].problem);
    }
    memory_free(view->checksums);
    array_destroy(&view->rows);
    arena_destroy(view->arena);
    memory_free(view);
}

static const struct view_kind study_view_kind = {
    .key = "study",
    .bit = IN_STUDY,
    .draw = draw,
    .title = title,
    .position = position,
    .sentence = sentence,
    .line = line,
    .act = act,
    .click = click,
    .search = search,
    .table = table,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *study_view_create(const struct state *state)
{
    struct study_view *view = memory_get(1, sizeof *view);
    view->base.kind = &study_view_kind;
    view->file_count = state->study->files.count;
    view->checksums = memory_get(view->file_count + 1, sizeof *view->checksums);
    view->arena = arena_create();
    view->rows = ARRAY_OF(struct study_row);
    view->list.cursor = 1;
    make_checksums(view, state->study);
    follow(view, state);
    return &view->base;
}
