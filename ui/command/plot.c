#include "ui/command/plot.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/write.h"
#include "chart/counted.h"
#include "chart/family.h"
#include "chart/flow_counts.h"
#include "chart/study_charts.h"
#include "report/figure.h"
#include "report/table.h"
#include "ui/command/choose.h"
#include "ui/command/command.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include "ui/command/taxa.h"
#include "ui/glyphs.h"
#include "ui/painter.h"
#include <string.h>

/* Of figures: between one and two columns of a journal, in millimetres; dots an inch. */
static const double FIGURE_WIDTH = 180, FIGURE_DOTS = 300;

static bool run(const struct options *options, struct error *error);

const struct command command_plot = {
    .name = "plot",
    .operands = "KIND [STUDY|FILE] [--exposure NAME] [--outcome NAME] [--direction NAME]",
    .shows = N_("one pair, or a whole study, as a picture: in text, or with -o as a figure"),
    .least = 1,
    .most = 2,
    .accepts = CHOOSING_OPTIONS | OPTION_SET(OPTION_EXPOSURE) | OPTION_SET(OPTION_OUTCOME) |
               OPTION_SET(OPTION_DIRECTION) | OPTION_SET(OPTION_OUTPUT) |
               OPTION_SET(OPTION_MEDIATOR) | OPTION_SET(OPTION_ERROR_CORRELATION),
    .run = run,
};

static bool refuse_kind(const char *name, struct error *error)
{
    struct text keys = {0};
    size_t count;
    const struct chart_kind *const *kinds = charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        text_addf(&keys, "%s%s", i == 0 ? "" : ", ", kinds[i]->key);
    }
    const struct study_chart_kind *const *of_study = study_charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        text_addf(&keys, ", %s", of_study[i]->key);
    }
    text_add(&keys, ", " PLOT_PATH);
    error_set(error, ERROR_USAGE, NULL, 0, NULL,
              _("found plot '%s', which is not in this version; take one of %s"), name,
              keys.bytes);
    text_drop(&keys);
    return false;
}

static bool check(const struct options *options, struct error *error)
{
    const char *kind = options->operands[0];
    bool is_path = strcmp(kind, PLOT_PATH) == 0;
    if (!is_path && charts_find(kind) == NULL && study_charts_find(kind) == NULL) {
        return refuse_kind(kind, error);
    }
    if (!is_path && options->mediator != NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found --mediator, which %s does not have; write plot path"), kind);
    }
    if (study_charts_find(kind) != NULL && options->exposure != NULL) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found --exposure, but %s draws all exposures of a study; leave it "
                           "out"),
                         kind);
    }
    enum figure_format format;
    if (options->output != NULL && !figure_format_of(options->output, &format)) {
        return error_set(
            error, ERROR_USAGE, NULL, 0, NULL,
            _("found -o %s; write a name that ends in .svg, .pdf or .png, or leave "
              "-o out for text"),
            options->output);
    }
    return true;
}

static void trim_lines(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == ' ')) {
        text[--length] = '\0';
    }
}

/* Whether a note says the sentence already. */
static bool is_noted(const struct chart *chart)
{
    bool is_noted = false;
    for (size_t i = 0; i < chart->note_count; i++) {
        is_noted |= chart->notes[i] == chart->sentence;
    }
    return is_noted;
}

static void paint(const struct options *options, const struct chart *chart, struct text *text,
                  struct arena *arena)
{
    size_t width = output_width(options->width);
    struct canvas *canvas =
        canvas_create(width, painter_rows_enough(chart, width), wants_ascii(options));
    struct rectangle all = {.columns = canvas->columns, .rows = canvas->rows};
    struct paint_state state = {.selected = {.kind = OF_NOTHING}};
    painter_draw(canvas, all, chart, &state, arena);
    char *picture = canvas_as_text(canvas, false);
    trim_lines(picture);
    text_addf(text, "%s\n", picture);
    if (!is_noted(chart)) {
        char *sentence = glyphs_text(chart->sentence, canvas->ascii);
        text_addf(text, "\n%s\n", sentence);
        memory_free(sentence);
    }
    memory_free(picture);
    canvas_destroy(canvas);
}

static void add_title(const char *title, const struct study *study, bool ascii,
                      struct text *text)
{
    char *clean = glyphs_text(title, ascii);
    bool is_said = text_contains_fold(clean, "simulated");
    text_addf(text, "%s%s\n", clean,
              study->is_simulated && !is_said ? _(" (simulated outcome)") : "");
    memory_free(clean);
}

/* The title of a picture; effects that are made up say so. */
static const char *title_of(const char *title, const struct study *study, struct arena *arena)
{
    char *clean = text_clean(title);
    bool is_said = text_contains_fold(clean, "simulated");
    const char *all = arena_format(
        arena, "%s%s", clean, study->is_simulated && !is_said ? _(" (simulated outcome)") : "");
    memory_free(clean);
    return all;
}

static bool write_figure(const struct options *options, const struct chart *chart,
                         const char *title, struct error *error)
{
    struct figure_options how = {
        title, options->width > 0 ? (double)options->width : FIGURE_WIDTH, FIGURE_DOTS};
    enum figure_format format;
    struct text bytes = {0};
    bool is_written = figure_format_of(options->output, &format) &&
                      figure_draw(chart, &how, format, &bytes, error) &&
                      write_whole(options->output, bytes.bytes, bytes.length, error);
    text_drop(&bytes);
    return is_written;
}

bool plot_show(const struct options *options, const struct study *study,
               const struct chart *chart, const char *title, struct arena *arena,
               struct error *error)
{
    if (options->output != NULL) {
        return write_figure(options, chart, title_of(title, study, arena), error);
    }
    struct text text = {0};
    add_title(title, study, wants_ascii(options), &text);
    paint(options, chart, &text, arena);
    return output_print(&text, error);
}

/* Only the pair that is drawn is computed. */
static bool draw(const struct options *options, const struct study *study, struct error *error)
{
    const struct pair *pair = choose_pair(options, study, error);
    if (pair == NULL) {
        return false;
    }
    struct results_options asked = load_asked(options, study);
    struct arena *scratch = arena_create(), *arena = arena_create();
    struct analysis *analysis = analysis_create(pair, asked.methods, asked.method_count,
                                                &asked.settings, scratch, arena);
    struct chart_options how = {.odds_ratio = pair->outcome->unit == UNIT_LOG_ODDS,
                                .by_effect = true};
    const char *title =
        arena_format(arena, "%s → %s", pair->exposure->name, pair->outcome->name);
    const struct chart *chart =
        charts_find(options->operands[0])->function(analysis, &how, arena);
    bool is_shown = plot_show(options, study, chart, title, arena, error);
    arena_destroy(scratch);
    arena_destroy(arena);
    return is_shown;
}

/* The key of the outcome asked for, or of the first; NULL: all of them, where a chart holds
 * them all. */
static bool choose_disease(const struct options *options, const struct study *study,
                           const struct study_chart_kind *kind, const char **disease,
                           struct error *error)
{
    *disease = NULL;
    if (options->outcome == NULL) {
        bool is_one = !kind->is_of_direction && study->outcome_count > 0;
        *disease = is_one ? study->outcomes[0]->key : NULL;
        return true;
    }
    for (size_t i = 0; i < study->outcome_count && *disease == NULL; i++) {
        const struct trait *trait = study->outcomes[i];
        bool is_it = text_equal_fold(trait->key, options->outcome) ||
                     text_equal_fold(trait->name, options->outcome);
        *disease = is_it ? trait->key : NULL;
    }
    return *disease != NULL ||
           error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found no outcome '%s'; the first of %zu is '%s'"), options->outcome,
                     study->outcome_count,
                     study->outcome_count == 0 ? "" : study->outcomes[0]->key);
}

static enum direction choose_direction(const struct options *options, const struct study *study)
{
    return options_has(options, OPTION_DIRECTION) ? options->direction
           : study->has_direction[FORWARD]        ? FORWARD
                                                  : REVERSE;
}

/* Every pair is computed, with the main estimate and the checks alone. */
static bool draw_study(const struct options *options, const struct study *study,
                       struct error *error)
{
    const struct study_chart_kind *kind = study_charts_find(options->operands[0]);
    enum direction direction = choose_direction(options, study);
    const char *disease;
    if (!choose_disease(options, study, kind, &disease, error)) {
        return false;
    }
    struct results *results = kind->has_methods ? load_results(options, study, NULL)
                                                : load_main_results(options, study);
    struct arena *arena = arena_create();
    struct chart_options how = {.odds_ratio = true};
    struct family family = family_of(results, direction, disease, &how, arena);
    const char *title = kind->is_of_study
                            ? study->title == NULL ? family_taxa(study) : study->title
                            : family_words(&family, arena);
    bool is_shown =
        plot_show(options, study, kind->function(results, direction, disease, &how, arena),
                  title, arena, error);
    arena_destroy(arena);
    results_destroy(results);
    return is_shown;
}

/* The forest of every taxon of a direction: as text the explorer's first screen. */
static bool draw_taxa(const struct options *options, const struct study *study,
                      struct error *error)
{
    if (options->output == NULL) {
        return print_taxa(options, study, error);
    }
    struct results *results = load_main_results(options, study);
    struct arena *arena = arena_create();
    struct chart_options how = {.odds_ratio = true};
    enum direction direction = choose_direction(options, study);
    const char *disease = study->outcome_count > 0 ? study->outcomes[0]->key : NULL;
    struct family family = family_of(results, direction, disease, &how, arena);
    struct chart *chart = counted_chart(results, direction, disease,
                                        flow_counts_identity(FLOW_TESTED), &how, arena);
    bool is_shown =
        plot_show(options, study, chart, family_words(&family, arena), arena, error);
    arena_destroy(arena);
    results_destroy(results);
    return is_shown;
}

/* Of the charts of pairs the forest draws the whole study, taxon by taxon. */
static bool is_whole_study(const struct options *options, const struct study *study)
{
    return study->pair_count > 1 && strcmp(options->operands[0], "forest") == 0 &&
           options->exposure == NULL && options->outcome == NULL &&
           !options_has(options, OPTION_DIRECTION);
}

static bool run(const struct options *options, struct error *error)
{
    if (!check(options, error)) {
        return false;
    }
    const char *name = options->operand_count > 1 ? options->operands[1] : NULL;
    struct study *study;
    bool is_study = name == NULL || load_is_study(name);
    if (!(is_study ? load_study : load_pairs)(options, name, &study, error)) {
        return false;
    }
    bool is_whole = is_whole_study(options, study);
    bool is_of_study = study_charts_find(options->operands[0]) != NULL;
    bool is_path = strcmp(options->operands[0], PLOT_PATH) == 0;
    bool is_done = (is_path       ? plot_path
                    : is_of_study ? draw_study
                    : is_whole    ? draw_taxa
                                  : draw)(options, study, error);
    study_destroy(study);
    return is_done;
}
