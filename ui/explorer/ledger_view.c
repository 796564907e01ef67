#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "chart/flow_counts.h"
#include "chart/words.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/ledger_rows.h"
#include "ui/explorer/list.h"
#include "ui/explorer/shown.h"
#include "ui/explorer/taxa_table.h"
#include "ui/explorer/views.h"
#include <string.h>

struct ledger_view {
    struct view base;
    const char *trait; /* a taxon's key; NULL: all */
    struct filters filters;
    int step;                 /* of the study's flow; FLOW_STEPS: all entries */
    enum direction direction; /* of its numbers */
    const char *disease;
    struct array rows; /* struct ledger_entry */
    struct list list;
};

static struct ledger_view *self(struct view *view)
{
    return (struct ledger_view *)view;
}

/* Leaves the entries that the number counts. */
static void keep_counted(struct ledger_view *view)
{
    size_t kept = 0;
    for (size_t i = 0; i < view->rows.count; i++) {
        const struct ledger_entry *entry = array_at(&view->rows, i);
        if (flow_counts_entry(entry, view->direction, view->disease, view->step)) {
            *(struct ledger_entry *)array_at(&view->rows, kept++) = *entry;
        }
    }
    view->rows.count = kept;
}

static void follow(struct ledger_view *view, const struct state *state)
{
    ledger_rows(state, view->trait, filters_ruling(&view->filters), &view->rows);
    if (view->step != FLOW_STEPS) {
        keep_counted(view);
    }
    list_fit(&view->list, view->rows.count,
             view->list.height > 0 ? view->list.height : view->rows.count);
}

static const struct ledger_entry *entry_at(const struct ledger_view *view, size_t row)
{
    return row < view->rows.count ? array_at(&view->rows, row) : NULL;
}

/* The reason, with the index variant that it gave way to, or the proxy that stands for it. */
static const char *became(const struct ledger_entry *entry, struct arena *arena)
{
    const char *reason = gettext(reason_text(entry->reason));
    if (entry->other == NULL) {
        return reason;
    }
    return entry->reason == REASON_KEPT
               ? arena_format(arena, _("%s, by its proxy %s"), reason, entry->other)
               : arena_format(arena, _("%s: %s"), reason, entry->other);
}

static void draw_entry(const struct drawing *drawing, const struct ledger_entry *entry,
                       size_t row)
{
    size_t traits = (drawing->area.columns - 34) / 2;
    enum role role = entry->reason == REASON_KEPT       ? ROLE_TEXT
                     : entry->reason == REASON_EXCLUDED ? ROLE_WARNING
                                                        : ROLE_MORE;
    draw_fit(drawing, 2, row, 14, ROLE_TEXT, entry->variant == NULL ? "-" : entry->variant);
    const struct trait *taxon =
        entry->trait == NULL ? NULL : state_taxon(drawing->state, entry->trait);
    draw_fit(drawing, 17, row, traits, ROLE_TEXT,
             taxon != NULL          ? words_trait(taxon, drawing->scratch)
             : entry->trait == NULL ? ""
                                    : entry->trait);
    draw_fit(drawing, 18 + traits, row, 12, ROLE_DIM, gettext(stage_text(entry->stage)));
    draw_fit(drawing, 31 + traits, row, drawing->area.columns - 32 - traits, role,
             became(entry, drawing->scratch));
}

/* How many rows have each reason, in one or two lines. */
static size_t draw_counts(const struct ledger_view *view, const struct drawing *drawing)
{
    size_t counts[REASONS];
    struct text text = {0};
    ledger_count(&view->rows, counts);
    for (int i = 0; i < REASONS; i++) {
        if (counts[i] > 0) {
            text_addf(&text, "%s%s %zu", text.length > 0 ? " · " : "",
                      gettext(reason_text((enum reason)i)), counts[i]);
        }
    }
    const struct filter *filter = filters_ruling(&view->filters);
    if (filter != NULL) {
        text_addf(&text, _("%srows with “%s”; {back} shows all"), text.length > 0 ? " · " : "",
                  filter->text);
    }
    struct drawing part = draw_part(drawing, 0, 2);
    part.area.column += 2;
    part.area.columns -= 3;
    size_t lines =
        draw_wrapped(&part, 0, 0, ROLE_TEXT,
                     text.length > 0 ? draw_keys(drawing, text.bytes) : _("no rows"));
    text_drop(&text);
    return lines < 2 ? lines : 2;
}

static void draw(struct view *base, const struct drawing *drawing)
{
    struct ledger_view *view = self(base);
    follow(view, drawing->state);
    size_t top = draw_counts(view, drawing) + 1, rows = drawing->area.rows;
    size_t traits = (drawing->area.columns - 34) / 2;
    draw_text(drawing, 2, top - 1, ROLE_HEADING, _("variant"));
    draw_text(drawing, 17, top - 1, ROLE_HEADING, _("trait"));
    draw_text(drawing, 18 + traits, top - 1, ROLE_HEADING, _("stage"));
    draw_fit(drawing, 31 + traits, top - 1, drawing->area.columns - 32 - traits, ROLE_HEADING,
             drawing->area.columns < 66 ? _("became") : _("what became of it"));
    list_fit(&view->list, view->rows.count, rows > top ? rows - top : 1);
    for (size_t i = 0; i < view->list.height; i++) {
        size_t row = list_row_at(&view->list, i);
        if (row == (size_t)-1) {
            break;
        }
        draw_entry(drawing, entry_at(view, row), top + i);
        if (row == view->list.cursor) {
            draw_selected(drawing, top + i);
        }
    }
}

static struct effect filter(struct ledger_view *view, const struct order *order)
{
    if (order->argument == NULL) {
        return effect_open(
            prompt_view_create(PROMPT_FILTER, order->action, view->filters.set.text));
    }
    size_t count;
    const struct expression_column *columns = ledger_columns(&count);
    char *said = filters_set(&view->filters, order->argument, columns, count);
    struct effect effect = said == NULL ? effect_none() : effect_refuse("%s", said);
    memory_free(said);
    return effect;
}

static char *narrow(struct view *base, const struct state *state, const char *text)
{
    struct ledger_view *view = self(base);
    size_t count;
    const struct expression_column *columns = ledger_columns(&count);
    char *said = filters_try(&view->filters, text, columns, count);
    follow(view, state);
    return said;
}

static struct effect back(struct ledger_view *view)
{
    size_t count;
    const struct expression_column *columns = ledger_columns(&count);
    if (view->filters.set.text == NULL) {
        return effect_of(EFFECT_BACK);
    }
    (void)filters_set(&view->filters, NULL, columns, count);
    return effect_none();
}

/* The variant's own screen, under the taxon that the row is of. */
static struct effect open_entry(const struct ledger_view *view, const struct state *state)
{
    const struct ledger_entry *entry = entry_at(view, view->list.cursor);
    if (entry == NULL || entry->variant == NULL || entry->trait == NULL) {
        return effect_refuse("%s", _("this row stands for no variant of a pair"));
    }
    const struct trait *taxon = ledger_taxon(state, entry);
    size_t index;
    const struct pair *pair = state_pair(state, taxon, &index);
    for (size_t i = 0; pair != NULL && i < pair->row_count; i++) {
        if (strcmp(pair->rows[i].x.variant, entry->variant) == 0) {
            return effect_open(variant_view_create(taxon, pair->rows[i].x.variant));
        }
    }
    return effect_refuse("%s", _("it takes no part in a pair of this direction"));
}

static struct effect act(struct view *base, struct state *state, const struct order *order)
{
    struct ledger_view *view = self(base);
    follow(view, state);
    if (list_move(&view->list, order)) {
        return effect_none();
    }
    switch (order->action->id) {
    case ACT_OPEN:
        return open_entry(view, state);
    case ACT_BACK:
        return back(view);
    case ACT_FILTER:
        return filter(view, order);
    default:
        return effect_unhandled();
    }
}

static bool has_text(const void *view, size_t row, const char *text)
{
    return ledger_matches(entry_at(view, row), text);
}

static bool search(struct view *base, const struct state *state, const char *text, int step)
{
    struct ledger_view *view = self(base);
    follow(view, state);
    return list_search(&view->list, view->rows.count, step, text, has_text, view);
}

static const char *title(const struct view *base, const struct state *state,
                         struct arena *scratch)
{
    (void)state;
    const struct ledger_view *view = (const struct ledger_view *)base;
    if (view->step != FLOW_STEPS) {
        return arena_format(scratch, _("Ledger: %s"),
                            gettext(flow_counts_identity(view->step).key));
    }
    return view->trait == NULL ? _("Ledger: every variant that was looked at")
                               : arena_format(scratch, _("Ledger of %s"), view->trait);
}

static const char *position(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    const struct ledger_view *view = (const struct ledger_view *)base;
    size_t count = view->rows.count;
    return arena_format(scratch, "%zu/%zu", count == 0 ? 0 : view->list.cursor + 1, count);
}

static const char *sentence(const struct view *base, const struct state *state,
                            struct arena *scratch)
{
    (void)state;
    const struct ledger_view *view = (const struct ledger_view *)base;
    size_t counts[REASONS];
    ledger_count(&view->rows, counts);
    return arena_format(scratch,
                        _("Of %zu entries %zu are kept; each of the others has its reason."),
                        view->rows.count, counts[REASON_KEPT]);
}

static const char *line(const struct view *base, const struct state *state,
                        struct arena *scratch)
{
    (void)state;
    const struct ledger_view *view = (const struct ledger_view *)base;
    const struct ledger_entry *entry = entry_at(view, view->list.cursor);
    return entry == NULL ? NULL
                         : arena_format(scratch, "%s\t%s\t%s\t%s",
                                        entry->trait == NULL ? "" : entry->trait,
                                        entry->variant == NULL ? "" : entry->variant,
                                        stage_text(entry->stage), reason_text(entry->reason));
}

static bool table(const struct view *base, const struct state *state, struct text *text)
{
    const struct ledger_view *view = (const struct ledger_view *)base;
    struct array rows = ARRAY_OF(struct ledger_entry);
    ledger_rows(state, view->trait, filters_ruling(&view->filters), &rows);
    size_t start = text->length;
    text_add(text, "trait\tSNP\tstage\tkept\treason\toutcome\n");
    for (size_t i = 0; i < rows.count; i++) {
        const struct ledger_entry *entry = array_at(&rows, i);
        const char *const cells[] = {entry->trait,
                                     entry->variant,
                                     stage_text(entry->stage),
                                     entry->reason == REASON_KEPT ? "TRUE" : "FALSE",
                                     reason_text(entry->reason),
                                     entry->outcome};
        for (size_t c = 0; c < sizeof cells / sizeof cells[0]; c++) {
            text_add(text, c == 0 ? "" : "\t");
            shown_cell(text, cells[c], "NA");
        }
        text_add(text, "\n");
    }
    shown_end_columns(state, start, text);
    array_destroy(&rows);
    return true;
}

static struct place save(const struct view *base)
{
    const struct ledger_view *view = (const struct ledger_view *)base;
    const struct ledger_entry *entry = entry_at(view, view->list.cursor);
    return (struct place){.taxon = entry == NULL ? NULL : entry->trait,
                          .variant = entry == NULL ? NULL : entry->variant,
                          .other = view->trait,
                          .tab = view->list.cursor,
                          .counted = view->step == FLOW_STEPS
                                         ? (struct identity){OF_NOTHING, NULL, 0}
                                         : flow_counts_identity(view->step)};
}

static void restore(struct view *base, const struct state *state, struct place place)
{
    struct ledger_view *view = self(base);
    follow(view, state);
    view->list.cursor = place.tab < view->rows.count ? place.tab : 0;
    for (size_t i = 0; place.variant != NULL && i < view->rows.count; i++) {
        const struct ledger_entry *entry = entry_at(view, i);
        if (entry->trait == place.taxon && entry->variant == place.variant) {
            view->list.cursor = i;
            break;
        }
    }
}

static void destroy(struct view *base)
{
    struct ledger_view *view = self(base);
    array_destroy(&view->rows);
    filters_end(&view->filters);
    memory_free(view);
}

static const struct view_kind ledger_view_kind = {
    .key = "ledger",
    .bit = IN_LEDGER,
    .draw = draw,
    .title = title,
    .position = position,
    .sentence = sentence,
    .line = line,
    .act = act,
    .search = search,
    .narrow = narrow,
    .table = table,
    .save = save,
    .restore = restore,
    .destroy = destroy,
};

struct view *ledger_view_create(const char *trait)
{
    struct ledger_view *view = memory_get(1, sizeof *view);
    view->base.kind = &ledger_view_kind;
    view->rows = ARRAY_OF(struct ledger_entry);
    view->trait = trait;
    view->step = FLOW_STEPS;
    return &view->base;
}

struct view *ledger_view_create_with(const char *filter)
{
    size_t count;
    const struct expression_column *columns = ledger_columns(&count);
    struct view *view = ledger_view_create(NULL);
    memory_free(filters_set(&self(view)->filters, filter, columns, count));
    return view;
}

struct view *ledger_view_create_counted(enum direction direction, const char *disease, int step)
{
    struct view *base = ledger_view_create(NULL);
    struct ledger_view *view = self(base);
    view->step = step;
    view->direction = direction;
    view->disease = disease;
    return base;
}
