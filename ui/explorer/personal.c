#include "base/i18n.h"
#include "base/memory.h"
#include "ui/explorer/keep.h"
#include "ui/explorer/taxa_preview.h"
#include <stdlib.h>
#include <string.h>

struct effect loop_note(struct loop *loop, const struct order *order)
{
    struct error error = {0};
    struct view *top = loop_top(loop);
    const char *taxon = top->kind->save(top).taxon;
    if (taxon == NULL) {
        return effect_refuse("%s", _("no taxon is under the cursor"));
    }
    if (order->argument == NULL) {
        return effect_open(prompt_view_create(PROMPT_NOTE, order->action,
                                              notes_of(&loop->state.notes, taxon)));
    }
    bool is_taken_away = strcmp(order->argument, "-") == 0;
    notes_set(&loop->state.notes, taxon, is_taken_away ? "" : order->argument);
    if (!keep_notes(loop, &error)) {
        return effect_error(&error);
    }
    return effect_message(
        "%s", notes_of(&loop->state.notes, taxon) == NULL ? _("the note is taken away")
              : loop->is_kept ? _("noted; exports of this table have it too")
                              : _("noted until this study is left; exports of this "
                                  "table have it too"));
}

struct effect loop_bind(struct loop *loop, const struct order *order)
{
    char *said;
    bool is_done =
        keymap_bind(&loop->state.keymap, order->argument == NULL ? "" : order->argument, &said);
    struct effect effect = is_done ? effect_message("%s", said) : effect_refuse("%s", said);
    memory_free(said);
    return effect;
}

/* Of the middle of the screen; before the first drawing, of a usual one. */
static size_t area_rows(const struct loop *loop)
{
    return loop->rows > 0 ? loop->rows : 28;
}

static void set_preview(struct loop *loop, size_t rows)
{
    loop->state.has_preview = true;
    loop->state.preview = rows;
    /* As it is drawn, so that the next step starts from what is seen. */
    loop->state.preview = taxa_preview_wanted(&loop->state, area_rows(loop));
}

struct effect loop_preview(struct loop *loop, const struct order *order)
{
    size_t now = taxa_preview_wanted(&loop->state, area_rows(loop));
    if (order->action->id == ACT_PREVIEW_MORE) {
        set_preview(loop, now == 0 ? 2 : now + 1);
    } else if (order->action->id == ACT_PREVIEW_LESS) {
        set_preview(loop, now == 0 ? 0 : now - 1);
    } else {
        const char *text = order->argument == NULL ? "" : order->argument;
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > 4 || text[digits] != '\0') {
            return effect_refuse(_("“%s” is no number of rows"), text);
        }
        set_preview(loop, strtoul(text, NULL, 10));
    }
    return effect_none();
}

bool loop_grips(const struct loop *loop, size_t row)
{
    size_t rows = area_rows(loop), preview = taxa_preview_wanted(&loop->state, rows);
    return loop_top(loop)->kind->bit == IN_TAXA && preview > 0 &&
           row == 1 + rows - preview - taxa_preview_legend(rows);
}

void loop_drag(struct loop *loop, size_t row, bool is_released)
{
    if (!loop->is_dragging) {
        return;
    }
    loop->is_dragging = !is_released;
    if (loop_top(loop)->kind->bit != IN_TAXA) {
        return;
    }
    size_t rows = area_rows(loop), bottom = 1 + rows - taxa_preview_legend(rows);
    set_preview(loop, row < bottom ? bottom - row : 0);
    if (is_released) {
        struct text number = {0};
        text_addf(&number, "%zu", loop->state.preview);
        loop_do(loop, &actions_all()[ACT_PREVIEW], number.bytes, NULL);
        text_drop(&number);
    }
}
