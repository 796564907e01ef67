/*
 * A walk at random: every key there is, words of the command line, clicks, drags, the wheel,
 * pasted text and resizes, as the loop of the explorer meets them. Nothing may crash, hang or
 * draw outside the screen; every other walk is in Chinese, whose letters are wide.
 * TAXAMR_WALK=100000 goes that many steps instead of a few thousand.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include "ui/command/language.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WALKS = 8, USUAL_STEPS = 6000 };

static const char *const named[] = {"Up",  "Down", "Left", "Right",    "PgUp",    "PgDn",
                                    "Tab", "Home", "End",  "Enter",    "BackTab", "Backspace",
                                    "Esc", "Esc",  "Esc",  "Space",    "Delete",  "Enter",
                                    "é",   "菌",   "^[",   "e\xcc\x81"};

/* What may be typed behind a colon, with something to follow: names of taxa and variants, and
 * nonsense. No names of files: those that a prompt asks for have no slash. */
static const char *const arguments[] = {
    "",      "1",          "11",        "999999999999", "-3",
    "p",     "菌 é",       "rs2278683", "rs6743537",    "class.Actinobacteria.id.419",
    "x y z", "likelihood", "influence", "forest",       "\xff\xfe"};

static size_t steps_wanted(void)
{
    const char *steps = getenv("TAXAMR_WALK");
    size_t wanted = steps == NULL ? 0 : strtoul(steps, NULL, 10);
    return (wanted == 0 ? USUAL_STEPS : wanted) / WALKS;
}

static size_t pick(struct random_stream *stream, size_t count)
{
    return (size_t)random_below(stream, count);
}

/* All of ASCII, control characters among it. Leaving and computing all again are rare. */
static void press(struct loop *loop, struct random_stream *stream)
{
    char key[3] = {(char)(' ' + pick(stream, 95)), '\0', '\0'};
    bool is_line = loop_top(loop)->kind->bit == IN_PROMPT;
    if (pick(stream, 3) == 0) {
        loop_key(loop, named[pick(stream, sizeof named / sizeof named[0])]);
        return;
    }
    if (pick(stream, 12) == 0) {
        key[1] = key[0] % 26 + 'A';
        key[0] = '^';
    }
    bool is_rare = strcmp(key, "q") == 0 || strcmp(key, "^C") == 0 || strcmp(key, "R") == 0;
    if (*key == ' ' || (is_line && *key == '/') || (is_rare && pick(stream, 20) > 0)) {
        return;
    }
    loop_key(loop, key);
}

/* Files are written where a name is given: not here. */
static bool writes_files(const struct action *action)
{
    return action->id == ACT_EXPORT || action->id == ACT_SNAPSHOT ||
           action->id == ACT_SAVE_SCRIPT || action->id == ACT_QUIT || action->id == ACT_COMPUTE;
}

static void command(struct loop *loop, struct random_stream *stream)
{
    const struct action *action = &actions_all()[pick(stream, ACTION_COUNT)];
    struct text line = {0};
    if (writes_files(action)) {
        return;
    }
    text_addf(&line, ":%s %s", action->name,
              arguments[pick(stream, sizeof arguments / sizeof arguments[0])]);
    loop_command(loop, line.bytes);
    text_drop(&line);
}

static void wheel(struct loop *loop, bool is_up)
{
    const struct action *action = action_named(is_up ? "up" : "down");
    if ((action->views & loop_top(loop)->kind->bit) != 0) {
        loop_do(loop, action, "3", NULL);
    }
}

/* Inside the canvas or just outside: a click may be older than a resize. */
static void click(struct loop *loop, struct random_stream *stream)
{
    size_t column = pick(stream, loop->canvas->columns + 5);
    size_t row = pick(stream, loop->canvas->rows + 5);
    loop_click(loop, column, row);
    for (size_t i = pick(stream, 4); i > 0; i--) {
        loop_drag(loop, pick(stream, loop->canvas->rows + 5), i == 1);
    }
}

static void step(struct loop *loop, struct random_stream *stream)
{
    size_t kind = pick(stream, 20);
    if (kind < 13) {
        press(loop, stream);
    } else if (kind < 16) {
        click(loop, stream);
    } else if (kind == 16) {
        wheel(loop, pick(stream, 2) == 0);
    } else if (kind == 17) {
        command(loop, stream);
    } else if (kind == 18) {
        loop_text(loop, named[pick(stream, 2) == 0 ? 19 : 21]);
    } else {
        size_t columns = 1 + pick(stream, 220), rows = 1 + pick(stream, 70);
        bool is_ascii = pick(stream, 2) == 0;
        loop_draw(loop, columns, rows, is_ascii);
        check_canvas(loop->canvas);
    }
    loop_poll(loop);
}

START_TEST(walk_at_random_steps)
{
    struct random_stream stream = random_stream_of((uint64_t)_i, "walk", NULL, NULL);
    char *folder = memory_copy_text("/tmp/taxamr-walk-XXXXXX");
    bool is_chinese = _i % 2 == 1;
    language_start();
    language_choose(is_chinese ? "zh" : "en");
    struct loop loop = start(100, 30);
    size_t steps = steps_wanted();

    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    for (size_t i = 0; i < steps; i++) {
        step(&loop, &stream);
        if (loop.is_over) {
            loop_end(&loop);
            loop = start(100, 30);
        } else if (pick(&stream, 8) == 0) {
            loop_draw(&loop, 100, 30, false);
            check_canvas(loop.canvas);
        }
    }
    loop_end(&loop);
    language_choose("en");
    struct text remove = {0};
    text_addf(&remove, "rm -r %s", folder);
    ck_assert_int_eq(system(remove.bytes), 0);
    text_drop(&remove);
    memory_free(folder);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {{walk_at_random_steps, WALKS}};
    return explorer_run_each("explorer walk", NULL, NULL, tests, COUNT(tests));
}
