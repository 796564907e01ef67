#include "report/report.h"
#include "base/i18n.h"
#include "config.h"
#include "report/sections.h"
#include "report/strongest.h"
#include <string.h>

#include "report_script.inc" /* report_script_text: data/report.js as one text */
#include "report_style.inc"  /* report_style_text: data/report.css as one text */

static const char *const estimates[] = {"estimates", NULL};
static const char *const heterogeneity[] = {"heterogeneity", "pleiotropy", NULL};
static const char *const instruments[] = {"strength", "power", "directionality", NULL};
static const char *const thresholds[] = {"thresholds", NULL};
static const char *const sets[] = {"sets", NULL};
static const char *const calibration[] = {"calibration", NULL};
static const char *const published[] = {"published", NULL};
static const char *const meta[] = {"meta", NULL};

/* In the order of the page. */
static const struct report_section sections[] = {
    {"study", N_("The study"), NULL, section_study, NULL},
    {"found", N_("What was found, and what chance gives"), NULL, section_found, NULL},
    {"plain", N_("In plain words"), NULL, section_plain, NULL},
    {"hits", N_("Pairs worth a look"), NULL, section_hits, NULL},
    {"charts", N_("The whole study in charts"), NULL, section_charts, NULL},
    {"pairs", N_("Every pair"), NULL, section_pairs, NULL},
    {"verdicts", N_("Verdicts, rule by rule"), NULL, section_verdicts, NULL},
    {"estimates", N_("Estimates of every method"),
     N_("Effects b are in the outcome's unit per unit of exposure; or is exp(b)."), NULL,
     estimates},
    {"heterogeneity", N_("Heterogeneity and pleiotropy"),
     N_("Not detected is not absent: with few variants these tests see little."), NULL,
     heterogeneity},
    {"instruments", N_("Strength, power and direction"), NULL, NULL, instruments},
    {"thresholds", N_("The same with fewer instruments"),
     N_("IVW of the instruments with P below 5e-8, 1e-6 and 1e-5, and of all of them (1)."),
     NULL, thresholds},
    {"sets", N_("One finding or several"), NULL, NULL, sets},
    {"calibration", N_("Many tests, and what permuted outcomes give"), NULL, NULL, calibration},
    {"meta", N_("Cohorts put together"), NULL, NULL, meta},
    {"published", N_("What others published of these taxa"), NULL, NULL, published},
    {"ledger", N_("The ledger: what became of every variant"), NULL, section_ledger, NULL},
    {"methods", N_("Methods, as they were used"), NULL, section_methods, NULL},
    {"strobe", N_("STROBE-MR"), NULL, section_strobe, NULL},
    {"review", N_("Items of the review of microbiome MR"), NULL, section_review, NULL},
    {"settings", N_("To do it again"), NULL, section_settings, NULL},
};
enum { SECTIONS = sizeof sections / sizeof sections[0] };

static void print_section(struct report *report, const struct report_section *section,
                          struct text *page)
{
    if (section->print != NULL) {
        section->print(report, page);
    }
    for (size_t i = 0; section->tables != NULL && section->tables[i] != NULL; i++) {
        section_table(report, section->tables[i], NULL, page);
    }
}

static void print_head(const struct report *report, struct text *page)
{
    text_addf(page,
              "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"generator\" content=\"taxamr %s\">\n"
              "<meta name=\"color-scheme\" content=\"light dark\">\n",
              I18N_LANGUAGE, PACKAGE_VERSION);
    html_element(page, "title", NULL,
                 report->study->title == NULL ? "taxamr" : report->study->title);
    text_addf(page, "<style>\n%s</style>\n</head>\n<body data-find=\"", report_style_text);
    html_text(page, _("Find in this table"));
    text_add(page, "\">\n");
}

static void print_banner(const struct report *report, struct text *page)
{
    const struct study *study = report->study;
    text_add(page, "<header>\n");
    html_element(page, "h1", NULL,
                 study->title == NULL ? _("A study without a title") : study->title);
    if (study->is_simulated) {
        html_element(page, "p", "class=\"simulated\" role=\"note\"",
                     _("Simulated: effects in this study are made up. Nothing here says "
                       "anything of people."));
    }
    text_add(page, "<p>");
    html_text(page, _("Two-sample Mendelian randomisation by"));
    text_addf(page, " taxamr %s, ", PACKAGE_VERSION);
    html_text(page, _("seed"));
    text_addf(page, " %llu.</p>\n</header>\n",
              (unsigned long long)report->results->options.settings.seed);
}

static void print_contents(const struct text *bodies, struct text *page)
{
    text_addf(page, "<nav aria-label=\"%s\"><ol>\n", _("Contents"));
    for (size_t i = 0; i < SECTIONS; i++) {
        if (bodies[i].length > 0) {
            text_addf(page, "<li><a href=\"#%s\">", sections[i].id);
            html_text(page, gettext(sections[i].title));
            text_add(page, "</a></li>\n");
        }
    }
    text_add(page, "</ol></nav>\n<main>\n");
}

static void add_section(const struct report_section *section, struct text *body,
                        struct text *page)
{
    if (body->length > 0) {
        text_addf(page, "<section id=\"%s\">\n", section->id);
        html_element(page, "h2", NULL, gettext(section->title));
        if (section->says != NULL) {
            html_element(page, "p", NULL, gettext(section->says));
        }
        text_add_bytes(page, body->bytes, body->length);
        text_add(page, "</section>\n");
    }
    text_drop(body);
}

/* The pairs of a direction with the smallest P: those below .05, and some where none are. */
static void look_at(struct report *report, enum direction direction)
{
    enum { MOST = 15, LEAST = 3 };
    const struct chart_options how = {.odds_ratio = true};
    struct family family = family_of(report->results, direction, NULL, &how, report->arena);
    size_t count, taken = 0;
    size_t *by_p = family_by_p(&family, &count, report->arena);
    while (taken < count && taken < MOST &&
           (taken < LEAST || family_main(report->results, by_p[taken])->p < .05)) {
        report->looked[report->looked_count++] = by_p[taken++];
    }
}

static struct report begin(const struct results *results)
{
    struct arena *arena = arena_create();
    size_t count = results->study->pair_count;
    struct report report = {.results = results,
                            .study = results->study,
                            .arena = arena,
                            .corrections = corrections_of(results, true, arena),
                            .rules = verdict_rules(),
                            .verdicts = arena_get(arena, count, sizeof *report.verdicts),
                            .looked = arena_get(arena, count, sizeof *report.looked),
                            .strongest = strongest_pairs(results, arena),
                            .references = ARRAY_OF(const char *)};
    struct verdicts verdicts = verdicts_begin(results);
    for (size_t i = 0; i < count; i++) {
        report.verdicts[i] = verdicts_at(&verdicts, i);
    }
    verdicts_end(&verdicts);
    look_at(&report, FORWARD);
    look_at(&report, REVERSE);
    return report;
}

void report_print(const struct results *results, struct text *page)
{
    struct report report = begin(results);
    struct text bodies[SECTIONS] = {{0}};
    for (size_t i = 0; i < SECTIONS; i++) {
        print_section(&report, &sections[i], &bodies[i]);
    }
    print_head(&report, page);
    print_banner(&report, page);
    print_contents(bodies, page);
    for (size_t i = 0; i < SECTIONS; i++) {
        add_section(&sections[i], &bodies[i], page);
    }
    text_addf(page, "</main>\n<script>\n%s</script>\n</body>\n</html>\n", report_script_text);
    array_destroy(&report.references);
    arena_destroy(report.arena);
}
