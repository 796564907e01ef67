#include "ui/explorer/keep.h"

#include "base/memory.h"
#include "base/text.h"
#include "chart/chart.h"
#include "chart/study_charts.h"
#include "ui/explorer/taxa_view.h"
#include "ui/folders.h"
#include <string.h>

#define HEADER "taxamr place 1\n"
#define END "end\n"
#define MARK "mark "

/* Only what leads to a place: a foreign file must not write files or leave out variants. */
static const char *const leading[] = {
    "next-outcome", "reverse",  "sort",  "filter",  "preview", "select", "open",     "tab",
    "ledger",       "outcomes", "chart", "methods", "study",   "both",   "settings", "compare"};

/* Screens that an action of their own name opens. */
static bool is_opened_by_name(const char *key)
{
    static const char *const names[] = {"ledger", "outcomes", "methods", "study",
                                        "both",   "settings", "compare", "charts"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], key) == 0) {
            return true;
        }
    }
    return false;
}

/* Which traits there are: a study that has others has another first screen. */
static char *traits_digest(const struct study *study)
{
    struct text keys = {0};
    text_add(&keys, "");
    for (size_t i = 0; i < study->exposure_count; i++) {
        text_addf(&keys, "%s\n", study->exposures[i]->key);
    }
    for (size_t i = 0; i < study->outcome_count; i++) {
        text_addf(&keys, "%s\n", study->outcomes[i]->key);
    }
    char *digest = folders_digest(keys.bytes);
    text_drop(&keys);
    return digest;
}

static void add_head(struct text *text, const struct study *study, const char *path)
{
    char *digest = traits_digest(study);
    text_addf(text, HEADER "study %s\ntraits %s\n", path, digest);
    memory_free(digest);
}

static void add_table(struct text *text, const struct state *state,
                      const struct taxa_view *taxa)
{
    const char *sort = taxa_sort_key(taxa->sort);
    bool is_first = state->study->has_direction[FORWARD];
    for (size_t i = 0; i < state->outcome; i++) {
        text_add(text, "next-outcome\n");
    }
    text_add(text, is_first && state->direction == REVERSE ? "reverse\n" : "");
    if (taxa->sort != SORT_TREE) {
        text_addf(text, "sort %s\n", sort);
    }
    if (taxa->is_descending) {
        text_addf(text, "sort %s\n", sort);
    }
    if (taxa->filters.set.text != NULL && text_is_clean(taxa->filters.set.text)) {
        text_addf(text, "filter %s\n", taxa->filters.set.text);
    }
    if (state->has_preview) {
        text_addf(text, "preview %zu\n", state->preview);
    }
}

/* Of a variant, the tab of the pair below it, or one that has variants: it is opened from
 * there.
 */
static const char *tab_of(const struct loop *loop, const struct view *view)
{
    size_t count;
    const struct chart_kind *const *kinds = charts_all(&count);
    for (size_t i = loop->stack.count; i-- > 1;) {
        const struct view *pair = *(struct view **)array_at(&loop->stack, i);
        struct place place = pair->kind->save(pair);
        if (pair->kind->bit == IN_PAIR && place.tab < count &&
            (pair == view || place.variant != NULL)) {
            return kinds[place.tab]->key;
        }
    }
    return "forest";
}

static void add_pair(struct text *text, const struct loop *loop, const struct view *view)
{
    struct place place = view->kind->save(view);
    text_addf(text, "open\ntab %s\n", tab_of(loop, view));
    if (place.variant != NULL && !text_is_clean(place.variant)) {
        return; /* no line can name it */
    }
    if (place.variant != NULL) {
        text_addf(text, "select %s\n", place.variant);
    }
    text_add(text, view->kind->bit == IN_VARIANT ? "open\n" : "");
}

/* The topmost screen that can be led to; what stands between is left out. */
static const struct view *last_screen(const struct loop *loop)
{
    for (size_t i = loop->stack.count; i-- > 1;) {
        const struct view *view = *(struct view **)array_at(&loop->stack, i);
        if (!view->kind->is_dialogue &&
            (view->kind->bit == IN_PAIR || view->kind->bit == IN_VARIANT ||
             is_opened_by_name(view->kind->key))) {
            return view;
        }
    }
    return NULL;
}

/* A chart and a method by their names, the others are one of a kind. */
static void add_named(struct text *text, const struct view *view)
{
    size_t count;
    struct place place = view->kind->save(view);
    const struct study_chart_kind *const *kinds = study_charts_all(&count);
    if (view->kind->bit == IN_CHARTS) {
        text_addf(text, "chart %s\n", kinds[place.tab < count ? place.tab : 0]->key);
    } else if (view->kind->bit == IN_METHODS && place.other != NULL) {
        text_addf(text, "methods %s\n", place.other);
    } else {
        text_addf(text, "%s\n", view->kind->key);
    }
}

static void add_marks(struct text *text, const struct marks *marks)
{
    for (size_t i = 0; i < marks_count(marks); i++) {
        if (text_is_clean(marks_at(marks, i))) {
            text_addf(text, MARK "%s\n", marks_at(marks, i));
        }
    }
}

char *keep_place_text(const struct loop *loop, const char *study)
{
    struct text text = {0};
    const struct view *first = *(struct view **)array_at(&loop->stack, 0);
    const struct view *last = last_screen(loop);
    bool is_named = last != NULL && is_opened_by_name(last->kind->key);
    const struct view *of = last != NULL && !is_named ? last : first;
    struct place place = of->kind->save(of);
    add_head(&text, loop->state.study, study);
    add_marks(&text, &loop->state.marks);
    add_table(&text, &loop->state, (const struct taxa_view *)first);
    bool can_name = place.taxon == NULL || text_is_clean(place.taxon);
    if (place.taxon != NULL && can_name) {
        text_addf(&text, "select %s\n", place.taxon);
    }
    if (is_named) {
        add_named(&text, last);
    } else if (last != NULL && can_name) {
        add_pair(&text, loop, last);
    }
    text_add(&text, END);
    return text_take(&text);
}

static bool is_leading(const char *line)
{
    size_t length = strcspn(line, " ");
    for (size_t i = 0; i < sizeof leading / sizeof leading[0]; i++) {
        if (strlen(leading[i]) == length && memcmp(leading[i], line, length) == 0) {
            return true;
        }
    }
    return false;
}

/* As the study has it; it lives as long as the study. */
static const char *variant_of(const struct study *study, const char *id)
{
    for (size_t i = 0; i < study->pair_count; i++) {
        for (size_t j = 0; j < study->pairs[i]->row_count; j++) {
            if (strcmp(study->pairs[i]->rows[j].x.variant, id) == 0) {
                return study->pairs[i]->rows[j].x.variant;
            }
        }
    }
    return NULL;
}

/* In a pair nothing was computed yet, so that its chart has no rows to select from. */
static void select_variant(struct loop *loop, const char *id)
{
    struct view *view = loop_top(loop);
    struct place place = view->kind->save(view);
    place.variant = variant_of(loop->state.study, id);
    if (place.variant != NULL) {
        place.other = NULL;
        view->kind->restore(view, &loop->state, place);
    }
}

/* Without a word of it: nobody marked it just now. A script of what follows needs it. */
static void mark(struct loop *loop, const char *key)
{
    const struct trait *taxon = state_taxon(&loop->state, key);
    if (taxon != NULL) {
        marks_add(&loop->state.marks, taxon->key);
        loop_log(loop, "mark", taxon->key);
    }
}

static void lead(struct loop *loop, const char *line)
{
    if (strncmp(line, MARK, strlen(MARK)) == 0) {
        mark(loop, line + strlen(MARK));
    } else if (strncmp(line, "select ", 7) == 0 && loop_top(loop)->kind->bit == IN_PAIR) {
        select_variant(loop, line + 7);
    } else if (is_leading(line) && text_is_clean(line)) {
        loop_command(loop, line);
    }
}

bool keep_place_take(struct loop *loop, const char *text, const char *study)
{
    struct text head = {0};
    size_t length = text == NULL ? 0 : strlen(text), end = strlen(END);
    add_head(&head, loop->state.study, study);
    bool is_ours = length >= head.length + end && strncmp(text, head.bytes, head.length) == 0 &&
                   strcmp(text + length - end, END) == 0;
    char *copy = memory_copy_text(is_ours ? text + head.length : ""), *rest = copy, *line;
    while ((line = strtok_r(rest, "\n", &rest)) != NULL) {
        lead(loop, line);
    }
    memory_free(copy);
    text_drop(&head);
    loop->state.status = NULL;
    loop->is_refused = false;
    return is_ours;
}
