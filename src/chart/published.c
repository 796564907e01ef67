#include "study/published.h"
#include "chart/study_charts.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/family.h"
#include "chart/words.h"
#include <math.h>

enum { SOURCE, EFFECT, P, SIGN, COLUMNS };

static const struct chart_column columns[COLUMNS] = {
    [SOURCE] = {.heading = N_("study")},
    [EFFECT] = {.heading = "", .priority = 2},
    [P] = {.heading = "p", .priority = 3, .is_after = true},
    [SIGN] = {.heading = N_("sign"), .priority = 4, .is_after = true},
};

/* The parts of the chart under way. */
struct beside {
    struct build build;
    struct family family;
    size_t taxa, findings, same, other; /* for the sentence */
    struct arena *arena;
};

/* Published intervals are at 95%, ours at the level asked for. */
static bool has_other_level(double level)
{
    return fabs(level - 0.95) > 1e-12;
}

/* Log odds ratios are compared with log odds alone. */
static size_t add_mark(struct beside *beside, const struct published *finding, bool is_log_odds)
{
    if (!is_log_odds || !isfinite(finding->b)) {
        return CHART_NO_MARK;
    }
    return build_mark(&beside->build,
                      (struct mark){.kind = MARK_INTERVAL,
                                    .x = finding->b,
                                    .x_lower = log(finding->lower),
                                    .x_upper = log(finding->upper),
                                    .y = NAN,
                                    .y_lower = NAN,
                                    .y_upper = NAN,
                                    .weight = 0.3,
                                    .contains_null = published_contains_null(finding)});
}

static const char *effect_of(const struct beside *beside, const struct published *finding)
{
    if (!isfinite(finding->b)) {
        return finding->sense == SENSE_MORE   ? _("more")
               : finding->sense == SENSE_LESS ? _("less")
                                              : _("sign not known");
    }
    const char *interval = chart_interval(finding->b, log(finding->lower), log(finding->upper),
                                          published_contains_null(finding),
                                          beside->family.is_exponential, beside->arena);
    double level = beside->family.results->options.settings.level;
    return has_other_level(level) ? arena_format(beside->arena, _("%s 95%%"), interval)
                                  : interval;
}

static void add_finding(struct beside *beside, const struct published *finding,
                        const struct pair *pair, const struct estimate *ours)
{
    static const char *const signs[] = {
        [AGREE_UNKNOWN] = "", [AGREE_YES] = N_("same"), [AGREE_NO] = N_("other")};
    enum published_agree agree = published_agrees(finding, ours);
    size_t mark = add_mark(beside, finding, pair->outcome->unit == UNIT_LOG_ODDS);
    struct chart_row *row = build_row(&beside->build, ROW_DATA, build_nothing, mark);
    row->cells[SOURCE] = finding->source;
    row->cells[EFFECT] = effect_of(beside, finding);
    row->cells[P] = isnan(finding->p) ? NULL : chart_p(finding->p, NAN, beside->arena);
    row->cells[SIGN] = agree == AGREE_UNKNOWN ? NULL : gettext(signs[agree]);
    beside->findings++;
    beside->same += agree == AGREE_YES;
    beside->other += agree == AGREE_NO;
}

static void add_ours(struct beside *beside, size_t index, const struct estimate *ours)
{
    struct identity of = family_identity(beside->family.results, index);
    size_t mark = ours == NULL ? CHART_NO_MARK : build_estimate(&beside->build, ours, of);
    struct chart_row *row = build_row(&beside->build, ROW_SUMMARY, of, mark);
    row->cells[SOURCE] = _("ours");
    if (ours != NULL) {
        row->cells[EFFECT] =
            chart_interval(ours->b, ours->lower, ours->upper, ours->contains_null,
                           beside->family.is_exponential, beside->arena);
        row->cells[P] = chart_p(ours->p, ours->neglog10_p, beside->arena);
    }
}

/* The taxon; with several diseases in the chart its pair. */
static const char *heading_of(const struct beside *beside, const struct pair *pair)
{
    struct arena *arena = beside->arena;
    return beside->family.diseases < 2
               ? words_trait(study_taxon(pair), arena)
               : arena_format(arena, "%s → %s", words_trait(pair->exposure, arena),
                              words_trait(pair->outcome, arena));
}

/* A pair with findings: its heading, ours, and each of them. */
static void add_pair(struct beside *beside, size_t index)
{
    const struct pair *pair = beside->family.results->study->pairs[index];
    const struct estimate *ours = family_main(beside->family.results, index);
    size_t count, before = beside->findings;
    const struct published *findings = published_of(study_taxon(pair), &count, beside->arena);
    for (size_t i = 0; i < count; i++) {
        if (!published_is_of(&findings[i], pair)) {
            continue;
        }
        if (beside->findings == before) {
            build_row(&beside->build, ROW_SPACE, build_nothing, CHART_NO_MARK)->cells[SOURCE] =
                heading_of(beside, pair);
            add_ours(beside, index, ours);
            beside->taxa++;
        }
        add_finding(beside, &findings[i], pair, ours);
    }
}

static void add_words(struct beside *beside, const struct study *study, double level)
{
    struct chart *chart = beside->build.chart;
    struct arena *arena = beside->arena;
    chart->columns[EFFECT].heading =
        words_interval_heading(beside->family.is_exponential, level, arena);
    chart->title = _("ours beside what other studies published");
    chart->sentence =
        beside->findings == 0
            ? _("No finding of another study on these pairs is in the table that ships.")
            : arena_format(arena,
                           _("Published findings: %zu, on %zu of these pairs; %zu have the "
                             "sign of ours, %zu the other one."),
                           beside->findings, beside->taxa, beside->same, beside->other);
    build_note(&beside->build, chart->sentence);
    if (beside->findings > 0 && study->is_simulated) {
        build_note(&beside->build, _("The effects of this study are simulated: that a sign "
                                     "agrees or not means nothing."));
    }
    if (beside->findings > 0 && has_other_level(level)) {
        build_note(&beside->build,
                   arena_format(arena, _("Published intervals are at 95%%, ours at %s."),
                                words_level(level, arena)));
    }
    if (beside->findings > 0) {
        build_note(&beside->build, _("Most such studies took the same GWAS of gut microbes: "
                                     "agreement among them is no replication."));
    }
}

static struct chart *published_chart(const struct results *results, enum direction direction,
                                     const char *disease, const struct chart_options *options,
                                     struct arena *arena)
{
    struct beside beside = {.build = build_start("published", columns, COLUMNS, arena),
                            .family = family_of(results, direction, disease, options, arena),
                            .arena = arena};
    double level = results->options.settings.level;
    for (size_t i = 0; i < beside.family.count; i++) {
        add_pair(&beside, beside.family.pairs[i]);
    }
    if (beside.family.count > 0) {
        build_axis(&beside.build, results->study->pairs[beside.family.pairs[0]],
                   beside.family.is_exponential, level);
    }
    add_words(&beside, results->study, level);
    return build_finish(&beside.build, EFFECT);
}

const struct study_chart_kind chart_of_published = {
    .key = "published",
    .name = N_("Others"),
    .shows = N_("What other studies published for these taxa, beside ours."),
    .is_of_direction = true,
    .function = published_chart,
};
