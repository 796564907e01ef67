#include "lesson/board.h"

#include "base/array.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "chart/path.h"
#include "chart/study_charts.h"
#include "estimate/methods.h"
#include "lesson/studies.h"
#include "lesson/through.h"
#include "lesson/truth.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct board {
    struct studies *studies;
    const struct lesson *lesson;
    const struct lesson_step *step;
    const struct lesson_studied *studied; /* the step's study; NULL: simulated */
    struct scenario scenario;             /* as the sliders stand */
    struct quantity_source source;
    struct scenario_study drawn;
    struct arena *arena, *scratch, *chart_arena;
    const struct chart *chart;
    bool is_chart_revealed;
    bool is_unfolded;
};

struct board *board_create(const char *folder)
{
    struct board *board = memory_get(1, sizeof *board);
    board->studies = studies_create(folder);
    board->arena = arena_create();
    board->scratch = arena_create();
    board->chart_arena = arena_create();
    return board;
}

void board_destroy(struct board *board)
{
    if (board == NULL) {
        return;
    }
    arena_destroy(board->arena);
    arena_destroy(board->scratch);
    arena_destroy(board->chart_arena);
    studies_destroy(board->studies);
    memory_free(board);
}

static void forget_chart(struct board *board)
{
    arena_reset(board->chart_arena, (struct arena_mark){0});
    board->chart = NULL;
}

/* MR-PRESSO's tests cost time: only where the step names it. */
static bool wants_presso(const struct lesson_scene *scene)
{
    bool wants = false;
    for (size_t i = 0; i < scene->method_count; i++) {
        wants |= strncmp(scene->methods[i]->key, "presso", strlen("presso")) == 0;
    }
    return wants;
}

/* The methods of the step; without any, the main one has a line in the charts. */
static void analyse(struct board *board, const struct pair *pair, uint64_t seed)
{
    const struct lesson_scene *scene = &board->step->scene;
    const struct method *usual[] = {methods_find(pair->count == 1 ? "wald" : "ivw")};
    struct estimate_settings settings = estimate_default_settings();
    bool has_own = scene->method_count > 0;
    settings.seed = seed;
    settings.wants_presso = wants_presso(scene);
    board->source.analysis = analysis_create(pair, has_own ? scene->methods : usual,
                                             has_own ? scene->method_count : 1, &settings,
                                             board->scratch, board->arena);
}

static bool is_left_out(const struct lesson_scene *scene, const char *variant)
{
    bool is_out = false;
    for (size_t i = 0; i < scene->without_count; i++) {
        is_out |= strcmp(scene->without[i], variant) == 0;
    }
    return is_out;
}

/* The pair without the variants that the step leaves out; one that it does not have is a
 * mistake of the lesson. */
static bool leave_out(struct board *board, const struct pair **pair, struct error *error)
{
    const struct lesson_scene *scene = &board->step->scene;
    bool *is_excluded = arena_get(board->arena, (*pair)->count + 1, sizeof *is_excluded);
    size_t found = 0;
    for (size_t j = 0; j < (*pair)->count; j++) {
        is_excluded[j] = is_left_out(scene, pair_variant(*pair, j));
        found += is_excluded[j];
    }
    if (found != scene->without_count) {
        return error_set(error, ERROR_DATA, board->lesson->path, board->step->line, NULL,
                         _("found %zu of %zu variants to leave out; write ids that the pair "
                           "has"),
                         found, scene->without_count);
    }
    *pair = found == 0 ? *pair : pair_without(board->arena, *pair, is_excluded);
    return true;
}

/* Draws the simulated pair as the sliders stand. */
static bool draw(struct board *board, struct error *error)
{
    const struct lesson_scene *scene = &board->step->scene;
    board->drawn = scenario_draw(&board->scenario, scene->seed, 0, board->arena);
    board->source = (struct quantity_source){.scenario = &board->scenario,
                                             .truth = &board->drawn.truth,
                                             .effect = NAN,
                                             .apparent = NAN};
    const struct pair *pair = board->drawn.pair;
    if (!leave_out(board, &pair, error)) {
        return false;
    }
    analyse(board, pair, scene->seed);
    return true;
}

static bool is_of_study(const struct lesson_scene *scene)
{
    return scene->chart != NULL && study_charts_find(scene->chart) != NULL;
}

static bool is_path(const struct lesson_scene *scene)
{
    return scene->chart != NULL && strcmp(scene->chart, LESSON_PATH) == 0;
}

static const struct pair *pair_of(const struct board *board, const struct study *study)
{
    const struct lesson_scene *scene = &board->step->scene;
    size_t index;
    if (scene->exposure == NULL) {
        return study->pair_count > 0 ? study->pairs[0] : NULL;
    }
    return study_find_pair(study, scene->exposure, scene->outcome, scene->direction, &index);
}

/* The pair of an installed study. */
static bool take(struct board *board, struct error *error)
{
    const struct lesson_scene *scene = &board->step->scene;
    const struct lesson_studied *studied =
        studies_find(board->studies, scene->study, is_of_study(scene), error);
    const struct pair *pair = studied == NULL ? NULL : pair_of(board, studied->study);
    if (pair == NULL) {
        return error_set(error, ERROR_DATA, board->lesson->path, scene->line, NULL,
                         _("found no pair %s -> %s in the study %s; write keys that \"taxamr "
                           "run\" prints, and \"reverse\" where the disease is the exposure"),
                         scene->exposure == NULL ? "" : scene->exposure,
                         scene->outcome == NULL ? "" : scene->outcome, scene->study);
    }
    board->studied = studied;
    board->source = (struct quantity_source){.direction = pair->direction,
                                             .disease = study_disease(pair)->key,
                                             .results = studied->results};
    struct truth_effects truth = truth_of(&studied->truth, pair);
    board->source.effect = truth.effect;
    board->source.apparent = truth.apparent;
    if (!leave_out(board, &pair, error)) {
        return false;
    }
    board->source.through = lesson_through(studied->study, pair, board->scratch, board->arena);
    if (is_path(scene) && board->source.through == NULL) {
        return error_set(error, ERROR_DATA, board->lesson->path, scene->line, NULL,
                         _("found the chart path of a pair without a mediator; take a study "
                           "that has one, as gut-inflammation-insomnia"));
    }
    analyse(board, pair, studied->study->seed);
    return true;
}

bool board_set(struct board *board, const struct lesson *lesson, const struct lesson_step *step,
               struct error *error)
{
    forget_chart(board);
    arena_reset(board->arena, (struct arena_mark){0});
    board->lesson = lesson;
    board->step = step;
    board->studied = NULL;
    board->is_unfolded = false;
    board->source = (struct quantity_source){0};
    board->scenario = step->scene.scenario;
    return step->scene.study == NULL ? draw(board, error) : take(board, error);
}

double board_slider(const struct board *board, size_t slider)
{
    struct scenario scenario = board->scenario;
    return *scenario_value(&scenario, board->step->sliders[slider].field);
}

bool board_slide(struct board *board, size_t slider, double value)
{
    const struct lesson_slider *of = &board->step->sliders[slider];
    struct scenario wanted = board->scenario;
    double *place = scenario_value(&wanted, of->field), before = *place;
    struct error error = {0};
    value = of->field->is_whole ? round(value) : value;
    *place = fmin(fmax(value, of->least), of->most);
    bool can = *place != before && scenario_check(&wanted, &error);
    error_clear(&error);
    if (can) {
        forget_chart(board);
        arena_reset(board->arena, (struct arena_mark){0});
        board->scenario = wanted;
        can = draw(board, &error);
        error_clear(&error);
    }
    return can;
}

/* On the grid that starts at the least: 0.3 stays 0.3 on the way there and back. */
bool board_nudge(struct board *board, size_t slider, int steps)
{
    const struct lesson_slider *of = &board->step->sliders[slider];
    double now = board_slider(board, slider);
    double place =
        of->is_factor ? log(now / of->least) / log(of->step) : (now - of->least) / of->step;
    double next = round(place) + steps;
    return board_slide(board, slider,
                       of->is_factor ? of->least * pow(of->step, next)
                                     : of->least + of->step * next);
}

const struct quantity_source *board_source(const struct board *board)
{
    return &board->source;
}

static struct chart *make_chart(const struct board *board)
{
    const struct lesson_scene *scene = &board->step->scene;
    const struct analysis *analysis = board->source.analysis;
    /* Rows are many lines; points are a picture however many. */
    bool has_rows = strcmp(scene->chart, "forest") == 0 || strcmp(scene->chart, "loo") == 0;
    struct chart_options options = {
        .odds_ratio = true, .by_effect = true, .fold = has_rows && !board->is_unfolded};
    if (is_of_study(scene)) {
        return study_charts_find(scene->chart)
            ->function(board->source.results, board->source.direction, board->source.disease,
                       &options, board->chart_arena);
    }
    if (is_path(scene)) {
        return path_chart(board->source.through, analysis->settings.level, board->chart_arena);
    }
    return charts_find(scene->chart)->function(analysis, &options, board->chart_arena);
}

void board_fold(struct board *board)
{
    board->is_unfolded = !board->is_unfolded;
    forget_chart(board);
}

const struct chart *board_chart(struct board *board, bool is_revealed)
{
    bool has_chart = board->step != NULL && board->step->scene.chart != NULL &&
                     board->source.analysis != NULL;
    if (has_chart && (board->chart == NULL || board->is_chart_revealed != is_revealed)) {
        forget_chart(board);
        struct chart *chart = make_chart(board);
        if (is_revealed && !is_path(&board->step->scene)) {
            truth_draw(chart, &board->source, board->chart_arena);
        }
        board->chart = chart;
        board->is_chart_revealed = is_revealed;
    }
    return has_chart ? board->chart : NULL;
}

/* Charts find a row by its kind and key. */
struct identity board_marked(const struct board *board)
{
    const char *mark = board->step->scene.mark;
    const struct analysis *analysis = board->source.analysis;
    size_t count = analysis == NULL || mark == NULL ? 0 : analysis->pair->count;
    for (size_t j = 0; j < count; j++) {
        if (strcmp(pair_variant(analysis->pair, j), mark) == 0) {
            return (struct identity){OF_VARIANT, pair_variant(analysis->pair, j), j};
        }
    }
    return (struct identity){OF_NOTHING, NULL, 0};
}

const char *board_truth(const struct board *board, struct arena *arena)
{
    return truth_sentence(board->step, &board->source, arena);
}

bool board_is_simulated(const struct board *board)
{
    return board->studied == NULL || board->studied->study->is_simulated;
}

const char *board_title(const struct board *board, struct arena *arena)
{
    if (board->source.analysis == NULL) {
        return "";
    }
    const struct pair *pair = board->source.analysis->pair;
    const struct lesson_scene *scene = &board->step->scene;
    if (board->studied == NULL) {
        return arena_format(arena, _("simulated, seed %llu"), (unsigned long long)scene->seed);
    }
    return is_of_study(scene)
               ? board->studied->study->title
               : arena_format(arena, "%s → %s", pair->exposure->name, pair->outcome->name);
}

static bool side_value(const struct board *board, const char *side, double *value)
{
    char *end;
    *value = strtod(side, &end);
    return *end == '\0' || quantity_of(&board->source, side, value);
}

static bool check_fact(const struct board *board, const struct lesson_fact *fact,
                       struct error *error)
{
    double left = NAN, right = NAN;
    bool is_known =
        side_value(board, fact->left, &left) && side_value(board, fact->right, &right);
    if (is_known && (fact->sign == '<' ? left < right : left > right)) {
        return true;
    }
    return error_set(error, ERROR_DATA, board->lesson->path, fact->line, NULL,
                     is_known ? _("found the fact %s %c %s, which does not hold: they are %.6g "
                                  "and %.6g; change the fact and the words around it")
                              : _("found the fact %s %c %s, of which one number is not there "
                                  "(%.6g, %.6g); take others"),
                     fact->left, fact->sign, fact->right, left, right);
}

bool board_check(const struct board *board, struct error *error)
{
    const struct lesson_step *step = board->step;
    double value;
    for (size_t i = 0; i < step->fact_count; i++) {
        if (!check_fact(board, &step->facts[i], error)) {
            return false;
        }
    }
    bool has_number = step->number == NULL ||
                      (quantity_of(&board->source, step->number, &value) && isfinite(value));
    return has_number || error_set(error, ERROR_DATA, board->lesson->path, step->line, NULL,
                                   _("found the number %s, which the step's data do not have; "
                                     "take another, or another pair"),
                                   step->number);
}
