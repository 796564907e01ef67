#include "chart/flow_counts.h"
#include "chart/study_charts.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/words.h"
#include <math.h>

enum { LINE, COLUMNS };

static const struct chart_column columns[COLUMNS] = {[LINE] = {.heading = ""}};

/* Digits of the largest number, so that all numbers of the trunk stand below each other. */
struct flow {
    struct build build;
    const struct family *family;
    const struct flow_counts *counts;
    int digits;
};

static void add(struct flow *flow, struct chart_row *row, const char *line,
                struct chart_step step)
{
    row->cells[LINE] = line;
    row->step = arena_get(flow->build.arena, 1, sizeof *row->step);
    *row->step = step;
}

static struct chart_row *new_row(struct flow *flow, int step)
{
    return build_row(&flow->build, ROW_DATA, flow_counts_identity(step), CHART_NO_MARK);
}

/* What goes on to the next step. */
static void trunk(struct flow *flow, int step, size_t count, const char *what)
{
    const char *number = arena_format(flow->build.arena, "%*zu", flow->digits, count);
    add(flow, new_row(flow, step), arena_format(flow->build.arena, "%s  %s", number, what),
        (struct chart_step){number, what, false});
}

/* What is told of the step above, or leaves there. */
static void branch(struct flow *flow, int step, size_t count, const char *what)
{
    const char *number = arena_format(flow->build.arena, "%*zu", flow->digits, count);
    add(flow, new_row(flow, step),
        arena_format(flow->build.arena, "%*s ├─ %s  %s", flow->digits - 2, "", number, what),
        (struct chart_step){number, what, true});
}

/* The same in the step's own words. */
static void plain(struct flow *flow, int step)
{
    branch(flow, step, flow->counts->of[step], flow_counts_words(step));
}

/* A line that counts nothing; boxes need no `line` between them. */
static void space(struct flow *flow, const char *line, const char *words)
{
    struct chart_row *row = build_row(&flow->build, ROW_SPACE, build_nothing, CHART_NO_MARK);
    add(flow, row, arena_format(flow->build.arena, "%*s %s", flow->digits - 2, "", line),
        (struct chart_step){NULL, words, true});
}

static const char *threshold_text(const struct flow *flow)
{
    const struct instrument_settings *settings = &flow->family->results->study->instruments;
    return settings->all || !(settings->p_threshold > 0)
               ? flow_counts_words(FLOW_WITHOUT)
               : arena_format(flow->build.arena, _("without a variant below p %s"),
                              chart_p(settings->p_threshold, -log10(settings->p_threshold),
                                      flow->build.arena));
}

static void add_exposures(struct flow *flow)
{
    const struct flow_counts *counts = flow->counts;
    bool forward = flow->family->direction == FORWARD;
    trunk(flow, FLOW_EXPOSURES, counts->of[FLOW_EXPOSURES],
          forward ? family_taxa(flow->family->results->study)
                  : ngettext("exposure", "exposures", counts->of[FLOW_EXPOSURES]));
    for (int i = 0; i < REASONS; i++) {
        if (counts->reading[i] > 0) {
            branch(flow, FLOW_READING + i, counts->reading[i],
                   arena_format(flow->build.arena, _("rows of files dropped: %s"),
                                gettext(reason_text((enum reason)i))));
        }
    }
    branch(flow, FLOW_WITHOUT, counts->of[FLOW_WITHOUT], threshold_text(flow));
    for (int i = REASON_TOO_WEAK; i <= REASON_LAST_CHOICE; i++) {
        if (counts->ledger[i] > 0) {
            branch(flow, FLOW_LEDGER + i, counts->ledger[i],
                   arena_format(flow->build.arena, _("associations dropped: %s"),
                                gettext(reason_text((enum reason)i))));
        }
    }
}

static void add_instruments(struct flow *flow)
{
    const struct flow_counts *counts = flow->counts;
    struct arena *arena = flow->build.arena;
    size_t with = counts->of[FLOW_EXPOSURES] - counts->of[FLOW_WITHOUT];
    trunk(flow, FLOW_INSTRUMENTS, counts->of[FLOW_INSTRUMENTS],
          arena_format(arena,
                       ngettext("instruments of %zu exposure: %zu different variants",
                                "instruments of %zu exposures: %zu different variants", with),
                       with, counts->variants));
    branch(flow, FLOW_WEAK, counts->of[FLOW_WEAK],
           isnan(counts->least_f) ? flow_counts_words(FLOW_WEAK)
                                  : arena_format(arena, _("with F below 10 (the least is %s)"),
                                                 chart_number(counts->least_f, 1, arena)));
    plain(flow, FLOW_GENOME_WIDE);
    plain(flow, FLOW_NEAR);
    plain(flow, FLOW_PALINDROMIC);
}

/* In reverse every pair has the variants of one disease: their sets are not worth counting. */
static const char *kept_words(const struct flow *flow)
{
    size_t pairs = flow->family->count;
    struct arena *arena = flow->build.arena;
    return flow->family->direction == REVERSE
               ? arena_format(arena, _("kept; pairs of exposure and outcome: %zu"), pairs)
               : arena_format(
                     arena, _("kept; pairs of exposure and outcome: %zu, different sets: %zu"),
                     pairs, flow->counts->sets);
}

/* Each reason for which a variant leaves a pair. */
static void add_dropped(struct flow *flow)
{
    const struct flow_counts *counts = flow->counts;
    if (counts->looked_up != counts->of[FLOW_INSTRUMENTS]) {
        const char *words = arena_format(flow->build.arena, _("%zu looked up in %zu pairs"),
                                         counts->looked_up, flow->family->count);
        space(flow, arena_format(flow->build.arena, "│  %s", words), words);
    }
    for (int i = REASON_LAST_CHOICE + 1; i < REASONS; i++) {
        if (counts->ledger[i] > 0) {
            branch(flow, FLOW_LEDGER + i, counts->ledger[i],
                   arena_format(flow->build.arena, _("dropped: %s"),
                                gettext(reason_text((enum reason)i))));
        }
    }
    trunk(flow, FLOW_LEDGER + REASON_KEPT, counts->ledger[REASON_KEPT], kept_words(flow));
    if (counts->of[FLOW_NONE] > 0) {
        plain(flow, FLOW_NONE);
    }
    plain(flow, FLOW_ONE);
    plain(flow, FLOW_TWO);
    plain(flow, FLOW_MORE);
}

static void add_tests(struct flow *flow)
{
    const struct flow_counts *counts = flow->counts;
    struct arena *arena = flow->build.arena;
    space(flow, "═════════════════════════════════════════════", NULL);
    trunk(flow, FLOW_TESTED, counts->of[FLOW_TESTED], flow_counts_words(FLOW_TESTED));
    if (counts->of[FLOW_UNTESTED] > 0) {
        plain(flow, FLOW_UNTESTED);
    }
    trunk(flow, FLOW_NOMINAL, counts->of[FLOW_NOMINAL],
          arena_format(arena, _("with p < .05 (%.1f expected by chance)"),
                       RESULTS_LEVEL * (double)counts->of[FLOW_TESTED]));
    plain(flow, FLOW_SOUND);
    trunk(flow, FLOW_FOUND, counts->of[FLOW_FOUND], flow_counts_words(FLOW_FOUND));
    if (counts->of[FLOW_FOUND] > 0) {
        plain(flow, FLOW_HOLDS);
    }
    trunk(flow, FLOW_PASSED, counts->of[FLOW_PASSED], flow_counts_words(FLOW_PASSED));
}

static int digits_of(const struct flow_counts *counts)
{
    size_t most = counts->looked_up;
    for (int i = 0; i < FLOW_STEPS; i++) {
        most = counts->of[i] > most ? counts->of[i] : most;
    }
    for (int i = 0; i < REASONS; i++) {
        most = counts->reading[i] > most ? counts->reading[i] : most;
        most = counts->ledger[i] > most ? counts->ledger[i] : most;
    }
    int digits = 3;
    for (size_t power = 1000; most >= power && digits < 12; power *= 10) {
        digits++;
    }
    return digits;
}

static const char *sentence_of(const struct flow_counts *counts, struct arena *arena)
{
    return arena_format(arena,
                        _("Exposures: %zu, with instruments %zu. Tests: %zu, with p < .05 %zu "
                          "(%.1f expected by chance), with q < .05 %zu; %zu of these fail no "
                          "check."),
                        counts->of[FLOW_EXPOSURES],
                        counts->of[FLOW_EXPOSURES] - counts->of[FLOW_WITHOUT],
                        counts->of[FLOW_TESTED], counts->of[FLOW_NOMINAL],
                        RESULTS_LEVEL * (double)counts->of[FLOW_TESTED], counts->of[FLOW_FOUND],
                        counts->of[FLOW_HOLDS]);
}

static struct chart *flow_chart(const struct results *results, enum direction direction,
                                const char *disease, const struct chart_options *options,
                                struct arena *arena)
{
    struct family family = family_of(results, direction, disease, options, arena);
    struct flow_counts counts = flow_counts_of(&family, arena);
    struct flow flow = {build_start("flow", columns, COLUMNS, arena), &family, &counts,
                        digits_of(&counts)};
    struct chart *chart = flow.build.chart;
    chart->title = _("from the exposures to what remains of them");
    chart->scale = _("numbers");
    chart->level = results->options.settings.level;
    chart->x.null = NAN;
    chart->is_flow = true;
    add_exposures(&flow);
    add_instruments(&flow);
    add_dropped(&flow);
    add_tests(&flow);
    chart->sentence = sentence_of(&counts, arena);
    return build_finish(&flow.build, LINE);
}

const struct study_chart_kind chart_of_flow = {
    .key = "flow",
    .name = N_("Flow"),
    .shows = N_("What became of every exposure and variant, from the first to the last step."),
    .function = flow_chart,
};
