#include "chart/flow_counts.h"
#include "chart/study_charts.h"

#include "base/i18n.h"
#include "chart/build.h"
#include "chart/words.h"
#include <math.h>

enum { NUMBER, WHAT, COLUMNS };

static const struct chart_column columns[COLUMNS] = {
    [NUMBER] = {.heading = N_("how many")},
    [WHAT] = {.heading = N_("what they are")},
};

/* Digits of the largest number, so that all numbers of the trunk stand below each other. */
struct flow {
    struct build build;
    const struct family *family;
    const struct flow_counts *counts;
    int digits;
};

static void add(struct flow *flow, const char *number, int step, const char *what)
{
    struct chart_row *row =
        build_row(&flow->build, ROW_DATA, flow_counts_identity(step), CHART_NO_MARK);
    row->cells[NUMBER] = number;
    row->cells[WHAT] = what;
}

/* What goes on to the next step. */
static void trunk(struct flow *flow, int step, size_t count, const char *what)
{
    add(flow, arena_format(flow->build.arena, "%*zu", flow->digits, count), step, what);
}

/* What is told of the step above, or leaves there. */
static void branch(struct flow *flow, int step, size_t count, const char *what)
{
    add(flow,
        arena_format(flow->build.arena, "%*s ├── %*zu", flow->digits - 1, "", flow->digits,
                     count),
        step, what);
}

static void space(struct flow *flow, const char *text)
{
    build_row(&flow->build, ROW_SPACE, build_nothing, CHART_NO_MARK)->cells[NUMBER] =
        arena_format(flow->build.arena, "%*s %s", flow->digits - 1, "", text);
}

static const char *threshold_text(const struct flow *flow)
{
    const struct instrument_settings *settings = &flow->family->results->study->instruments;
    return settings->all
               ? _("without an instrument")
               : arena_format(flow->build.arena, _("without a variant below p %s"),
                              chart_p(settings->p_threshold, -log10(settings->p_threshold),
                                      flow->build.arena));
}

static void add_exposures(struct flow *flow)
{
    const struct flow_counts *counts = flow->counts;
    bool forward = flow->family->direction == FORWARD;
    trunk(flow, FLOW_EXPOSURES, counts->of[FLOW_EXPOSURES],
          forward ? family_taxa(flow->family->results->study) : _("exposures"));
    for (int i = 0; i < REASONS; i++) {
        if (counts->reading[i] > 0) {
            branch(flow, FLOW_READING + i, counts->reading[i],
                   arena_format(flow->build.arena, _("rows of files dropped: %s"),
                                gettext(reason_text((enum reason)i))));
        }
    }
    branch(flow, FLOW_WITHOUT, counts->of[FLOW_WITHOUT], threshold_text(flow));
    if (counts->ledger[REASON_TOO_WEAK] > 0) {
        branch(flow, FLOW_LEDGER + REASON_TOO_WEAK, counts->ledger[REASON_TOO_WEAK],
               _("associations dropped: too weak"));
    }
    space(flow, "│");
}

static void add_instruments(struct flow *flow)
{
    const struct flow_counts *counts = flow->counts;
    struct arena *arena = flow->build.arena;
    trunk(flow, FLOW_INSTRUMENTS, counts->of[FLOW_INSTRUMENTS],
          arena_format(arena, _("instruments of %zu exposures: %zu different variants"),
                       counts->of[FLOW_EXPOSURES] - counts->of[FLOW_WITHOUT],
                       counts->variants));
    branch(flow, FLOW_WEAK, counts->of[FLOW_WEAK],
           isnan(counts->least_f) ? _("with F below 10")
                                  : arena_format(arena, _("with F below 10 (the least is %s)"),
                                                 chart_number(counts->least_f, 1, arena)));
    branch(flow, FLOW_GENOME_WIDE, counts->of[FLOW_GENOME_WIDE], _("with p < 5e-8"));
    branch(flow, FLOW_NEAR, counts->of[FLOW_NEAR],
           _("within 10 Mb of another one of their exposure"));
    branch(flow, FLOW_PALINDROMIC, counts->of[FLOW_PALINDROMIC],
           _("palindromic and kept, by frequency or as told"));
    space(flow, "│");
}

/* Each reason for which a variant leaves a pair. */
static void add_dropped(struct flow *flow)
{
    const struct flow_counts *counts = flow->counts;
    if (counts->looked_up != counts->of[FLOW_INSTRUMENTS]) {
        space(flow, arena_format(flow->build.arena, _("│  %zu looked up in %zu pairs"),
                                 counts->looked_up, flow->family->count));
    }
    for (int i = REASON_TOO_WEAK + 1; i < REASONS; i++) {
        if (counts->ledger[i] > 0) {
            branch(flow, FLOW_LEDGER + i, counts->ledger[i],
                   arena_format(flow->build.arena, _("dropped: %s"),
                                gettext(reason_text((enum reason)i))));
        }
    }
    trunk(flow, FLOW_LEDGER + REASON_KEPT, counts->ledger[REASON_KEPT],
          arena_format(flow->build.arena,
                       _("kept, in %zu pairs of exposure and outcome: %zu different sets"),
                       flow->family->count, counts->sets));
    branch(flow, FLOW_NONE, counts->of[FLOW_NONE], _("pairs without a variant"));
    branch(flow, FLOW_ONE, counts->of[FLOW_ONE], _("pairs with one variant"));
    branch(flow, FLOW_TWO, counts->of[FLOW_TWO], _("pairs with two"));
    branch(flow, FLOW_MORE, counts->of[FLOW_MORE], _("pairs with three or more"));
}

static void add_tests(struct flow *flow)
{
    const struct flow_counts *counts = flow->counts;
    struct arena *arena = flow->build.arena;
    space(flow, "│ ══════════════════════════════");
    trunk(flow, FLOW_TESTED, counts->of[FLOW_TESTED], _("pairs tested"));
    branch(flow, FLOW_UNTESTED, counts->of[FLOW_UNTESTED], _("pairs without an estimate"));
    trunk(flow, FLOW_NOMINAL, counts->of[FLOW_NOMINAL],
          arena_format(arena, _("with p < .05 (%.0f expected by chance)"),
                       0.05 * (double)counts->of[FLOW_TESTED]));
    branch(flow, FLOW_SOUND, counts->of[FLOW_SOUND], _("where no check but that of q failed"));
    trunk(flow, FLOW_FOUND, counts->of[FLOW_FOUND], _("with q < .05"));
    branch(flow, FLOW_HOLDS, counts->of[FLOW_HOLDS], _("where no check failed"));
    trunk(flow, FLOW_PASSED, counts->of[FLOW_PASSED],
          _("where every check could be judged and passed"));
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
    return arena_format(
        arena,
        _("Of %zu exposures %zu have instruments; of %zu tests %zu have p < "
          ".05, %.0f expected by chance, %zu have q < .05, and %zu of these "
          "fail no check."),
        counts->of[FLOW_EXPOSURES], counts->of[FLOW_EXPOSURES] - counts->of[FLOW_WITHOUT],
        counts->of[FLOW_TESTED], counts->of[FLOW_NOMINAL],
        0.05 * (double)counts->of[FLOW_TESTED], counts->of[FLOW_FOUND], counts->of[FLOW_HOLDS]);
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
    chart->title = arena_format(arena, _("%s · from exposures to what remains"),
                                family_words(&family, arena));
    chart->scale = _("numbers");
    chart->level = results->options.settings.level;
    chart->x.null = NAN;
    add_exposures(&flow);
    add_instruments(&flow);
    add_dropped(&flow);
    add_tests(&flow);
    chart->sentence = sentence_of(&counts, arena);
    return build_finish(&flow.build, WHAT);
}

const struct study_chart_kind chart_of_flow = {
    .key = "flow",
    .name = N_("Flow"),
    .shows = N_("What became of every exposure and variant, from the first to the last step."),
    .function = flow_chart,
};
