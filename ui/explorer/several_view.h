/*
 * Several exposures on one outcome, from a wide table: every method's effects side by side,
 * each exposure alone and with the others held, and whether its numbers can be trusted.
 */
#ifndef UI_EXPLORER_SEVERAL_VIEW_H
#define UI_EXPLORER_SEVERAL_VIEW_H

#include "chart/several.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/views.h"

enum several_tab { SEVERAL_METHODS, SEVERAL_ALONE, SEVERAL_STRENGTH, SEVERAL_TABS };

/* A line about strength or agreement; texts in the several's arena. */
struct several_fact {
    const char *label, *value;
    const char *verdict; /* in a word or two */
    const char *words;   /* what it means, whole */
    bool is_heading, is_warning;
};

struct several_view {
    struct view base;
    struct together *several;
    struct chart *chart; /* each exposure alone and with the others */
    struct array facts;  /* struct several_fact */
    enum several_tab tab;
    struct list lists[SEVERAL_TABS];
    struct paint_state paint;
    size_t first, seen; /* exposures in the columns of the methods */
};

const char *several_tab_name(enum several_tab tab);

/* "IVW (robust)": the method's name without what all have in common. */
const char *several_method_name(const struct mv_method *method);

/* How far the variants tell exposures apart and agree, as lines (struct several_fact). */
void several_facts(const struct together *several, struct array *facts);

/* The method of the cursor with its effects in one text, for the line below and the clipboard.
 */
const char *several_answer(const struct together *several, const struct mv_estimate *estimate,
                           struct arena *arena);

/* What the two effects of an exposure are. */
const char *several_exposure_words(const struct together *several, size_t exposure,
                                   struct arena *arena);

void several_view_draw(struct view *view, const struct drawing *drawing);

#endif
