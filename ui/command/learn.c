#include "base/i18n.h"
#include "base/memory.h"
#include "lesson/shelf.h"
#include "ui/command/command.h"
#include "ui/command/explore.h"
#include "ui/command/lesson_text.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include "ui/command/taxa.h"
#include "ui/explorer/lesson_open.h"
#include "ui/terminal.h"
#include <string.h>

static bool run(const struct options *options, struct error *error);

const struct command command_learn = {
    .name = "learn",
    .operands = "[LESSON|FILE] [--list]",
    .shows = N_("lessons: steps with live charts and questions; without a terminal as text"),
    .least = 0,
    .most = 1,
    .accepts = OPTION_SET(OPTION_LIST) | OPTION_SET(OPTION_SCRIPT) | OPTION_SET(OPTION_SIZE) |
               OPTION_SET(OPTION_NO_CONFIG),
    .run = run,
};

static bool print_list(const struct shelf *shelf, struct error *error)
{
    struct text text = {0};
    for (size_t i = 0; i < shelf->count; i++) {
        const struct lesson *lesson = &shelf->lessons[i];
        text_addf(&text, "%-14s %s\n%-14s   %s\n", lesson->key, lesson->title, "",
                  lesson->about);
    }
    return output_print(&text, error);
}

/* A name with a slash or an ending is the path of a teacher's own file. */
static bool is_path(const char *name)
{
    return strpbrk(name, "/.") != NULL;
}

static bool find(const struct shelf *shelf, const char *name, const struct lesson **lesson,
                 struct error *error)
{
    *lesson = shelf_find(shelf, name);
    return *lesson != NULL ||
           error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found no lesson '%s'; taxamr learn --list says which there are, and a "
                       "file of your own is given by its path"),
                     name);
}

static bool print(const struct options *options, const struct lesson *lesson,
                  struct error *error)
{
    char *data = load_installed_path("");
    struct board *board = board_create(data);
    struct text text = {0};
    bool is_printed = lesson_text_add(lesson, board, output_width(options->width),
                                      wants_ascii(options), &text, error) &&
                      output_print(&text, error);
    text_drop(&text);
    board_destroy(board);
    memory_free(data);
    return is_printed;
}

/* Whether it is played: a script asks for it, or there is a terminal to play it on. */
static bool is_played(const struct options *options)
{
    return options->script != NULL || (output_is_terminal() && terminal_can_draw());
}

static bool play(const struct options *options, const char *name, struct error *error)
{
    struct explore_what what = {.lesson = name == NULL ? "" : name};
    return explore_run(options, &what, error);
}

static bool show(const struct options *options, const char *name, const struct lesson *lesson,
                 struct error *error)
{
    return is_played(options) ? play(options, name, error) : print(options, lesson, error);
}

/* Needs none of those that are installed. */
static bool show_own(const struct options *options, const char *path, struct error *error)
{
    struct lesson own;
    struct arena *arena = arena_create();
    bool is_shown = lesson_read(path, arena, &own, error) && lesson_knows_keys(&own, error) &&
                    show(options, path, &own, error);
    arena_destroy(arena);
    return is_shown;
}

static bool show_installed(const struct options *options, const struct shelf *shelf,
                           const char *name, struct error *error)
{
    const struct lesson *lesson = NULL;
    if (options_has(options, OPTION_LIST) || (name == NULL && !is_played(options))) {
        return print_list(shelf, error);
    }
    return (name == NULL || find(shelf, name, &lesson, error)) &&
           show(options, name, lesson, error);
}

static bool run(const struct options *options, struct error *error)
{
    const char *name = options->operand_count > 0 ? options->operands[0] : NULL;
    if (name != NULL && is_path(name) && !options_has(options, OPTION_LIST)) {
        return show_own(options, name, error);
    }
    char *folder = load_installed_path("lessons");
    struct shelf shelf;
    bool is_done = shelf_read(folder, I18N_LANGUAGE, &shelf, error);
    if (is_done) {
        is_done = show_installed(options, &shelf, name, error);
        shelf_drop(&shelf);
    }
    memory_free(folder);
    return is_done;
}
