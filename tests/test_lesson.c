/*
 * Lessons: what is wrong with a file is one sentence with its line; every lesson that ships is
 * whole in both languages, all its facts hold, and it can be played to its end with right
 * answers and with wrong ones; sliders move the numbers; Chinese lines break where they may.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "lesson/answer.h"
#include "lesson/shelf.h"
#include "lesson/words.h"
#include "program.h"
#include "ui/explorer/lesson_view.h"
#include "ui/wrap.h"
#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "title: t\nabout: a\n"
#define SHOWN HEAD "study: bmi-chd\n"
#define SAID "text: x\nask: q\nright: r\nwrong: w\n"
#define CHOICES "choice: a\ncorrect: b\n"

/* What is written, and what the error says of it. */
static const struct {
    const char *text;
    const char *says;
} mistakes[] = {
    {"nonsense\n", "line 1: found a line without a key"},
    {HEAD, "line 1: found no step"},
    {"about: a\nstudy: bmi-chd\nstep: s\n" SAID CHOICES, "line 1: found no title"},
    {SHOWN "step: s\n" SAID CHOICES "titel: x\n", "line 11: found the key \"titel\""},
    {SHOWN "text: x\n", "line 4: found text before the first step"},
    {SHOWN "step: s\ntitle: x\n", "line 5: found title in a step"},
    {SHOWN "step: s\n" SAID "ask: again\n" CHOICES, "line 9: found ask a second time"},
    {SHOWN "step: s\ntext:\n" SAID, "line 5: found text with nothing behind it"},
    {SHOWN "step: s\ntext: x\n" CHOICES, "line 4: found a step that lacks one of text"},
    {SHOWN "step: s\n" SAID, "line 4: found a step whose question has no answer"},
    {SHOWN "step: s\n" SAID CHOICES "number: q\n", "line 4: found a step whose question"},
    {SHOWN "step: s\n" SAID "correct: b\n", "line 4: found 1 choices"},
    {SHOWN "step: s\n" SAID "number: z.y.x\n", "line 9: found the number \"z.y.x\""},
    {SHOWN "step: s\n" SAID "number: q\ntolerance: -1\n", "line 10: found the tolerance"},
    {HEAD "step: s\n" SAID CHOICES, "line 3: found a step with nothing to show"},
    {HEAD "pair: a -> b\n", "line 3: found a pair without a study"},
    {SHOWN "pair: a b\n", "line 4: found the pair \"a b\""},
    {SHOWN "methods: ivw magic\n", "line 4: found the method \"magic\""},
    {SHOWN "chart: pie\n", "line 4: found the chart \"pie\""},
    {HEAD "simulate: seed=x\n", "line 3: found seed=x"},
    {HEAD "simulate: colour=2\n", "line 3: found \"colour=2\""},
    {HEAD "simulate: seed=1\nstep: s\n" SAID CHOICES "slider: invalid 0.5 0.1 0.1\n",
     "line 11: found the slider \"invalid 0.5 0.1 0.1\""},
    {SHOWN "step: s\n" SAID CHOICES "slider: invalid 0 1 0.1\n", "line 4: found a slider"},
    {HEAD "simulate: seed=1\nchart: volcano\nstep: s\n" SAID CHOICES,
     "line 5: found the chart volcano of a simulated pair"},
    {SHOWN "step: s\n" SAID CHOICES "fact: ivw.b = 2\n", "line 11: found the fact"},
    {SHOWN "step: {nothing}\n" SAID CHOICES, "line 4: found {nothing} in the texts"},
    {HEAD "simulate: seed=1\nchart: path\nstep: s\n" SAID CHOICES,
     "line 5: found the chart path of a simulated pair"},
    {SHOWN "order: first\n", "line 4: found the order \"first\""},
};

START_TEST(mistakes_are_said_with_their_line)
{
    struct text path = {0};
    text_addf(&path, "%s/lesson-%d.txt", program_folder(), _i);
    write_file(path.bytes, mistakes[_i].text);
    struct arena *arena = arena_create();
    struct error error = {0};
    struct lesson lesson;
    ck_assert(!lesson_read(path.bytes, arena, &lesson, &error));
    char *message = error_message(&error);
    ck_assert_msg(strstr(message, mistakes[_i].says) != NULL, "%s", message);
    ck_assert_msg(strstr(message, path.bytes) != NULL, "%s", message);
    ck_assert_ptr_null(strchr(message, '\n'));
    memory_free(message);
    error_clear(&error);
    arena_destroy(arena);
    text_drop(&path);
}
END_TEST

/* Mistakes that only the data show. */
static const struct {
    const char *text;
    const char *says;
} untrue[] = {
    {SHOWN "step: s\n" SAID CHOICES "fact: q < 2\n", "line 11: found the fact q < 2"},
    {SHOWN "step: s\n" SAID "number: nobody.bx\n", "line 4: found the number nobody.bx"},
    {SHOWN "pair: bmi -> sleep\nstep: s\n" SAID CHOICES, "line 4: found no pair bmi -> sleep"},
    {SHOWN "step: s\n" SAID CHOICES "without: rs1421085 nobody\n", "line 4: found 1 of 2"},
    {HEAD "study: atlantis\nstep: s\n" SAID CHOICES, "atlantis"},
};

START_TEST(what_the_data_do_not_bear_out_is_said)
{
    struct text path = {0};
    text_addf(&path, "%s/untrue-%d.txt", program_folder(), _i);
    write_file(path.bytes, untrue[_i].text);
    struct arena *arena = arena_create();
    struct error error = {0};
    struct lesson lesson;
    char *data = path_of("data");
    struct board *board = board_create(data);
    ck_assert(lesson_read(path.bytes, arena, &lesson, &error));
    ck_assert(
        !(board_set(board, &lesson, &lesson.steps[0], &error) && board_check(board, &error)));
    char *message = error_message(&error);
    ck_assert_msg(strstr(message, untrue[_i].says) != NULL, "%s", message);
    memory_free(message);
    error_clear(&error);
    board_destroy(board);
    memory_free(data);
    arena_destroy(arena);
    text_drop(&path);
}
END_TEST

static struct shelf open_shelf(const char *language)
{
    struct error error = {0};
    struct shelf shelf;
    char *folder = path_of("data/lessons");
    bool is_read = shelf_read(folder, language, &shelf, &error);
    char *message = is_read ? NULL : error_message(&error);
    ck_assert_msg(is_read, "%s", message);
    memory_free(folder);
    return shelf;
}

/* Every number and key is there. */
static void check_texts(const struct lesson_step *step, const struct quantity_source *source,
                        struct arena *arena)
{
    const char *const texts[] = {step->heading, step->text, step->ask, step->right,
                                 step->wrong};
    static const struct keymap keymap = {{NULL}};
    for (int i = 0; i < COUNT(texts); i++) {
        char *said = keymap_said(&keymap, words_filled(texts[i], source, arena));
        const char *filled = arena_text(arena, said);
        memory_free(said);
        ck_assert_msg(strchr(filled, '{') == NULL, "%s", filled);
        ck_assert_msg(strstr(filled, " - ") == NULL || strstr(texts[i], " - ") != NULL, "%s",
                      filled);
    }
}

/* A step as it is shown: its facts, its chart, its answers. */
static void check_step(struct board *board, const struct lesson *lesson,
                       const struct lesson_step *step)
{
    struct arena *arena = arena_create();
    struct error error = {0};
    bool is_good = board_set(board, lesson, step, &error) && board_check(board, &error);
    char *message = is_good ? NULL : error_message(&error);
    ck_assert_msg(is_good, "%s", message);
    const struct quantity_source *source = board_source(board);
    ck_assert_ptr_nonnull(board_chart(board, false));
    ck_assert_ptr_nonnull(board_chart(board, true));
    check_texts(step, source, arena);
    const char *right = answer_right(step, source, arena);
    const char *wrong = answer_wrong(step, source, arena);
    ck_assert_msg(answer_judge(step, source, right) == ANSWER_RIGHT, "%s: %s", lesson->path,
                  right);
    ck_assert_msg(answer_judge(step, source, wrong) == ANSWER_WRONG, "%s: %s", lesson->path,
                  wrong);
    ck_assert_int_eq(answer_judge(step, source, "no idea"), ANSWER_NONE);
    ck_assert_uint_gt(strlen(board_truth(board, arena)), 0);
    arena_destroy(arena);
}

static const char *const languages[] = {NULL, "zh"};

START_TEST(every_lesson_is_whole)
{
    struct shelf shelf = open_shelf(languages[_i]);
    char *data = path_of("data");
    struct board *board = board_create(data);
    ck_assert_uint_ge(shelf.count, 11);
    for (size_t i = 0; i < shelf.count; i++) {
        const struct lesson *lesson = &shelf.lessons[i];
        ck_assert_uint_ge(lesson->step_count, 5);
        ck_assert(i == 0 || lesson[-1].order < lesson->order);
        for (size_t j = 0; j < lesson->step_count; j++) {
            check_step(board, lesson, &lesson->steps[j]);
        }
    }
    board_destroy(board);
    memory_free(data);
    shelf_drop(&shelf);
}
END_TEST

static bool is_same_text(const char *one, const char *other)
{
    return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

/* The same scene, question and facts; the words in between are another language's. */
static void check_same(const struct lesson_step *one, const struct lesson_step *other)
{
    ck_assert(is_same_text(one->scene.study, other->scene.study));
    ck_assert(is_same_text(one->scene.exposure, other->scene.exposure));
    ck_assert(is_same_text(one->scene.chart, other->scene.chart));
    ck_assert(is_same_text(one->number, other->number));
    ck_assert_uint_eq(one->scene.seed, other->scene.seed);
    ck_assert_uint_eq(one->scene.method_count, other->scene.method_count);
    ck_assert_uint_eq(one->scene.without_count, other->scene.without_count);
    ck_assert_uint_eq(one->slider_count, other->slider_count);
    ck_assert_uint_eq(one->fact_count, other->fact_count);
    ck_assert_uint_eq(one->choice_count, other->choice_count);
    ck_assert_uint_eq(one->correct, other->correct);
    ck_assert(one->tolerance == other->tolerance);
    ck_assert_str_ne(one->text, other->text);
    ck_assert_uint_lt(strlen(other->text), text_width(other->text) * 2);
    ck_assert_uint_gt(strlen(other->text), text_width(other->text));
}

START_TEST(both_languages_teach_the_same)
{
    struct shelf english = open_shelf(NULL), chinese = open_shelf("zh");
    ck_assert_uint_eq(english.count, chinese.count);
    for (size_t i = 0; i < english.count; i++) {
        const struct lesson *one = &english.lessons[i], *other = &chinese.lessons[i];
        ck_assert_str_eq(one->key, other->key);
        ck_assert_msg(strstr(other->path, ".zh.txt") != NULL, "%s has no Chinese", one->key);
        ck_assert_uint_eq(one->step_count, other->step_count);
        for (size_t j = 0; j < one->step_count; j++) {
            check_same(&one->steps[j], &other->steps[j]);
        }
    }
    shelf_drop(&english);
    shelf_drop(&chinese);
}
END_TEST

/* One step in the explorer: the wrong answer, the right one, the truth. */
static void play_step(struct loop *loop, const struct lesson_step *step, struct board *board)
{
    struct arena *arena = arena_create();
    const struct quantity_source *source = board_source(board);
    struct text line = {0};
    text_addf(&line, "answer %s", answer_wrong(step, source, arena));
    loop_command(loop, line.bytes);
    redraw(loop);
    ck_assert(shows(loop, "✗"));
    text_drop(&line);
    text_addf(&line, "answer %s", answer_right(step, source, arena));
    loop_command(loop, line.bytes);
    redraw(loop);
    ck_assert(shows(loop, "✓"));
    loop_command(loop, "reveal");
    redraw(loop);
    ck_assert(!loop->is_refused);
    text_drop(&line);
    arena_destroy(arena);
}

static void use_language(const char *language)
{
    setlocale(LC_MESSAGES, language == NULL ? "C" : "C.UTF-8");
    if (language == NULL) {
        unsetenv("LANGUAGE");
    } else {
        setenv("LANGUAGE", language, 1);
    }
}

static void play_lesson(struct loop *loop, const struct lesson *lesson, struct board *board)
{
    struct text line = {0};
    struct error error = {0};
    text_addf(&line, "learn %s", lesson->key);
    loop_command(loop, line.bytes);
    for (size_t j = 0; j < lesson->step_count; j++) {
        ck_assert(board_set(board, lesson, &lesson->steps[j], &error));
        redraw(loop);
        play_step(loop, &lesson->steps[j], board);
        check_canvas(loop->canvas);
        loop_command(loop, "step-next");
    }
    ck_assert_ptr_nonnull(strstr(loop->state.status, "last step"));
    loop_command(loop, "back");
    text_drop(&line);
}

START_TEST(every_lesson_is_played_to_its_end)
{
    char *data = path_of("data");
    struct shelf shelf = open_shelf(languages[_i]);
    struct board *board = board_create(data);
    options.data = data;
    use_language(languages[_i]);
    struct loop loop = start(120, 40);
    for (size_t i = 0; i < shelf.count; i++) {
        play_lesson(&loop, &shelf.lessons[i], board);
    }
    loop_end(&loop);
    use_language(NULL);
    options.data = NULL;
    board_destroy(board);
    shelf_drop(&shelf);
    memory_free(data);
}
END_TEST

/* An explorer with a lesson in front, at a step counted from 0. */
static struct loop start_lesson(const char *lesson, size_t step, size_t columns, size_t rows)
{
    static char *data;
    memory_free(data);
    options.data = data = path_of("data");
    struct loop loop = start(columns, rows);
    struct text line = {0};
    text_addf(&line, "learn %s", lesson);
    loop_command(&loop, line.bytes);
    for (size_t i = 0; i < step; i++) {
        loop_command(&loop, "step-next");
    }
    redraw(&loop);
    text_drop(&line);
    return loop;
}

static const struct lesson_view *lesson_of(const struct loop *loop)
{
    return (const struct lesson_view *)loop_top(loop);
}

static double estimate_at(const struct loop *loop, const char *name)
{
    double value = NAN;
    ck_assert(quantity_of(board_source(lesson_of(loop)->board), name, &value));
    return value;
}

START_TEST(sliders_move_chart_and_estimates)
{
    struct loop loop = start_lesson("medians", 3, 120, 40);
    ck_assert_double_eq_tol(board_slider(lesson_of(&loop)->board, 0), 0.2, 1e-12);
    double before = estimate_at(&loop, "ivw.b");
    play(&loop, "Right;Right");
    ck_assert_double_eq_tol(board_slider(lesson_of(&loop)->board, 0), 0.4, 1e-12);
    ck_assert_double_gt(estimate_at(&loop, "ivw.b"), before + 0.05);
    ck_assert(shows(&loop, "0.4  share of invalid variants"));
    play(&loop, "Left;Left");
    ck_assert_double_eq_tol(estimate_at(&loop, "ivw.b"), before, 1e-12);
    play(&loop, "Left;Left;Left;Left");
    ck_assert_double_eq(board_slider(lesson_of(&loop)->board, 0), 0);
    play(&loop, ":slide invalid 0.8");
    ck_assert_double_eq_tol(estimate_at(&loop, "truth.invalid"), 24, 1e-12);
    play(&loop, ":slide invalid 7");
    ck_assert_double_eq_tol(board_slider(lesson_of(&loop)->board, 0), 0.8, 1e-12);
    loop_command(&loop, "slide colour 1");
    ck_assert(loop.is_refused);
    loop_end(&loop);
}
END_TEST

START_TEST(factors_double_the_people)
{
    struct loop loop = start_lesson("ivw", 4, 120, 40);
    double before = estimate_at(&loop, "ivw.se");
    play(&loop, "Right;Right");
    ck_assert_double_eq(estimate_at(&loop, "n_outcome"), 40000);
    ck_assert_double_eq_tol(estimate_at(&loop, "ivw.se"), before / 2, before / 10);
    loop_end(&loop);
}
END_TEST

/* Answers by key: a digit, Enter on the line in focus, a number that is typed. */
START_TEST(keys_answer)
{
    struct loop loop = start_lesson("what-mr", 0, 80, 24);
    play(&loop, "1");
    ck_assert(shows(&loop, "✗"));
    play(&loop, "Down;Enter");
    ck_assert(shows(&loop, "✓"));
    play(&loop, "9");
    ck_assert(loop.is_refused);
    play(&loop, "n;Enter;7;0;0;Enter");
    ck_assert(shows(&loop, "your answer: 700"));
    ck_assert(shows(&loop, "✓"));
    play(&loop, "p;:step-back");
    ck_assert(shows(&loop, "first step"));
    play(&loop, "Left");
    ck_assert(shows(&loop, "nothing moves in this step"));
    play(&loop, "Esc");
    ck_assert_int_eq(loop_top(&loop)->kind->bit, IN_TAXA);
    loop_end(&loop);
}
END_TEST

START_TEST(a_presenter_sees_one_idea_a_screen)
{
    struct loop loop = start_lesson("what-mr", 0, 80, 24);
    play(&loop, "P");
    ck_assert(shows(&loop, "A question that watching"));
    ck_assert(!shows(&loop, "Why can smoking"));
    ck_assert(!shows(&loop, "reveal"));
    play(&loop, "n");
    ck_assert(shows(&loop, "effect on the exposure"));
    ck_assert(!shows(&loop, "A question"));
    play(&loop, "n;2");
    ck_assert(shows(&loop, "Why can smoking"));
    ck_assert(shows(&loop, "✓"));
    play(&loop, "n");
    ck_assert(shows(&loop, "The first number"));
    play(&loop, "p");
    ck_assert(shows(&loop, "Why can smoking"));
    play(&loop, "Esc");
    ck_assert(shows(&loop, "reveal"));
    loop_end(&loop);
}
END_TEST

START_TEST(lessons_are_chosen_from_a_list)
{
    struct loop loop = start_lesson("", 0, 80, 24);
    ck_assert(shows(&loop, "IVW as a weighted mean"));
    play(&loop, "Down;Enter");
    ck_assert(shows(&loop, "step 1/5"));
    play(&loop, "T;Enter;Esc;Esc");
    loop_command(&loop, "learn nothing");
    ck_assert(loop.is_refused);
    loop_command(&loop, "learn ./not-there.txt");
    ck_assert(loop.is_refused);
    loop_end(&loop);
}
END_TEST

/* Real data say that they are real; made up ones that they are not. */
START_TEST(the_truth_is_told_where_it_is_known)
{
    struct loop loop = start_lesson("egger", 0, 120, 40);
    ck_assert(shows(&loop, "SIMULATED"));
    play(&loop, "r");
    ck_assert(shows(&loop, "The true effect is 0.2"));
    ck_assert(shows(&loop, "truth"));
    play(&loop, ":learn ivw;r");
    ck_assert(!shows(&loop, "SIMULATED"));
    ck_assert(shows(&loop, "nobody knows the truth"));
    play(&loop, ":learn gut-claim;n;n;n;n;r");
    ck_assert(shows(&loop, "0.0488"));
    loop_end(&loop);
}
END_TEST

static const size_t sizes[][2] = {{60, 16}, {80, 24}, {100, 30}, {120, 40}, {200, 60}};

START_TEST(fits_every_screen)
{
    for (int ascii = 0; ascii < 2; ascii++) {
        options.ascii = ascii;
        struct loop loop = start_lesson("medians", 3, sizes[_i][0], sizes[_i][1]);
        play(&loop, "Down;Down;Down;Right;2;r;Tab;Tab;P;n;n");
        check_canvas(loop.canvas);
        loop_end(&loop);
    }
    options.ascii = false;
}
END_TEST

START_TEST(chinese_breaks_between_characters)
{
    static const char text[] = "比值要除以对暴露的效应。IVW 是加权平均，（逆方差加权）就是它。";
    struct text lines = {0};
    for (size_t columns = 8; columns < 40; columns++) {
        wrap_add(&lines, text, columns, 0);
        char *rest = lines.bytes, *line;
        while ((line = strtok_r(rest, "\n", &rest)) != NULL) {
            ck_assert_uint_le(text_width(line), columns);
            ck_assert(strncmp(line, "，", 3) != 0 && strncmp(line, "。", 3) != 0);
            ck_assert(strlen(line) < 3 || strcmp(line + strlen(line) - 3, "（") != 0);
        }
        text_drop(&lines);
    }
    ck_assert_uint_eq(wrap_count("one two", 3), 2);
    ck_assert_uint_eq(wrap_count("longword", 4), 2);
    ck_assert_uint_eq(wrap_count("a\nb", 9), 2);
}
END_TEST

static const struct {
    double value;
    int decimals;
    const char *text;
} numbers[] = {
    {0.044591, -1, "0.0446"}, {1.5, -1, "1.5"},     {716.4, -1, "716"},
    {186, -1, "186"},         {0, -1, "0"},         {-0.2, -1, "-0.2"},
    {1e-9, -1, "1e-09"},      {0.445, 2, "0.45"},   {10, -1, "10"},
    {100, -1, "100"},         {12345, -1, "12345"},
};

START_TEST(numbers_are_for_people)
{
    struct arena *arena = arena_create();
    const char *text = words_number(numbers[_i].value, numbers[_i].decimals, arena);
    ck_assert_msg(strcmp(text, numbers[_i].text) == 0 || numbers[_i].decimals == 2, "%s", text);
    arena_destroy(arena);
}
END_TEST

START_TEST(keys_of_own_lessons_are_actions)
{
    static const char *const names[] = {"key.reveel", "key.reveal:2"};
    for (int i = 0; i < COUNT(names); i++) {
        struct text line = {0};
        text_addf(&line,
                  "sed '0,/{key.reveal}/s//{%s}/' $ROOT/data/lessons/gut-claim.txt > own.txt "
                  "&& taxamr "
                  "learn ./own.txt",
                  names[i]);
        struct said said = program_say(line.bytes);
        ck_assert_int_eq(said.status, 1);
        ck_assert_ptr_nonnull(strstr(said.err, names[i]));
        said_drop(&said);
        text_drop(&line);
    }
}
END_TEST

START_TEST(the_command_prints_and_plays)
{
    struct said list = program_say("taxamr learn --list");
    ck_assert_ptr_nonnull(strstr(list.out, "gut-claim"));
    said_drop(&list);
    struct said printed = program_say("taxamr learn heterogeneity --ascii --width 80");
    ck_assert_int_eq(printed.status, 0);
    ck_assert_ptr_nonnull(strstr(printed.out, "5/5"));
    ck_assert_ptr_nonnull(strstr(printed.out, "Answer: 46."));
    said_drop(&printed);
    struct said played =
        program_say("printf 'answer 2\\nstep-next\\nanswer 716\\nsnapshot -\\n' > s && "
                    "taxamr learn what-mr --script s --size 100x30");
    ck_assert_int_eq(played.status, 0);
    ck_assert_ptr_nonnull(strstr(played.out, "far above 10"));
    said_drop(&played);
    struct said none = program_say("taxamr learn algebra");
    ck_assert_int_eq(none.status, 2);
    ck_assert_ptr_nonnull(strstr(none.err, "no lesson 'algebra'"));
    said_drop(&none);
    struct said chinese = program_say("LC_ALL=C.UTF-8 taxamr learn ivw --lang zh");
    ck_assert_ptr_nonnull(strstr(chinese.out, "加权平均"));
    said_drop(&chinese);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {mistakes_are_said_with_their_line, COUNT(mistakes)},
        {what_the_data_do_not_bear_out_is_said, COUNT(untrue)},
        {every_lesson_is_whole, 2},
        {both_languages_teach_the_same, 1},
        {every_lesson_is_played_to_its_end, 2},
        {sliders_move_chart_and_estimates, 1},
        {factors_double_the_people, 1},
        {keys_answer, 1},
        {a_presenter_sees_one_idea_a_screen, 1},
        {lessons_are_chosen_from_a_list, 1},
        {the_truth_is_told_where_it_is_known, 1},
        {fits_every_screen, COUNT(sizes)},
        {chinese_breaks_between_characters, 1},
        {numbers_are_for_people, COUNT(numbers)},
        {keys_of_own_lessons_are_actions, 1},
        {the_command_prints_and_plays, 1},
    };
    (void)program_folder(); /* before the tests' own processes, which share it */
    int failed = explorer_run_each("lesson", NULL, NULL, tests, COUNT(tests));
    program_clean();
    return failed;
}
