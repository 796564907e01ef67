/*
 * The whole study in charts: how it flows from exposures to what passes every check, and all of
 * its tests at once.
 */
#include "base/i18n.h"
#include "chart/study_charts.h"
#include "report/sections.h"

/* Millimetres; of families more than so many have no charts of their own. */
#define CHART_WIDTH 180
enum { MOST_FAMILIES = 4, MOST_PAIRS = 2000 };

static const struct chart_options how = {.odds_ratio = true};

static void draw(struct report *report, const struct study_chart_kind *kind,
                 enum direction direction, const char *disease, const char *title,
                 struct text *page)
{
    struct chart *chart =
        kind->function(report->results, direction, disease, &how, report->arena);
    if (chart->row_count > 0) {
        section_figure(report, chart, title, CHART_WIDTH, page);
    }
}

static bool is_asked_by_many(const struct report *report)
{
    struct meta_groups groups = meta_groups_of(report->study, report->arena);
    return groups.count > 0;
}

/* What was drawn, folded, and dropped; nothing where there is nothing. */
static void fold(const char *summary, struct text *drawn, struct text *page)
{
    if (drawn->length > 0) {
        html_fold(page, NULL, summary);
        text_add_bytes(page, drawn->bytes, drawn->length);
        html_fold_end(page);
    }
    text_drop(drawn);
}

/* The flow stands open, the rest is folded. */
static void family_charts(struct report *report, const struct test_family *family,
                          struct text *page)
{
    static const char *const keys[] = {"volcano", "qq", "manhattan"};
    const char *title = family->disease->name, *disease = family->disease->key;
    enum direction direction = family->direction;
    struct text drawn = {0};
    struct family words = family_of(report->results, direction, disease, &how, report->arena);
    title = family_words(&words, report->arena);
    html_element(page, "h3", NULL, title);
    draw(report, study_charts_find("flow"), direction, disease, title, page);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        draw(report, study_charts_find(keys[i]), direction, disease, title, &drawn);
    }
    fold(_("All tests at once: volcano, QQ, Manhattan"), &drawn, page);
}

/* Every taxon in both directions, and cohorts side by side where there are several. */
static void study_charts(struct report *report, struct text *page)
{
    const char *title = report->study->title;
    struct text drawn = {0};
    if (report->study->pair_count > MOST_PAIRS) {
        return;
    }
    draw(report, study_charts_find("map"), FORWARD, NULL, title, &drawn);
    fold(_("A map of every effect"), &drawn, page);
    for (int direction = FORWARD; direction <= REVERSE; direction++) {
        if (is_asked_by_many(report) && report->study->has_direction[direction]) {
            draw(report, study_charts_find("meta"), (enum direction)direction, NULL, title,
                 &drawn);
            fold(direction == FORWARD ? _("Cohorts put together")
                                      : _("Cohorts put together, in reverse"),
                 &drawn, page);
        }
    }
}

void section_charts(struct report *report, struct text *page)
{
    const struct test_families *families = &report->corrections.families;
    for (size_t f = 0; f < families->count && f < MOST_FAMILIES; f++) {
        family_charts(report, &families->families[f], page);
    }
    if (families->count > MOST_FAMILIES) {
        html_element(page, "p", NULL,
                     _("Further outcomes have no charts here; taxamr plot draws them."));
    }
    study_charts(report, page);
}
