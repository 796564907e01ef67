/*
 * What a person can do: one table of named actions. Help, key line, command line, scripts and
 * undo are all made from it, so that none of them can lie. In: a key or a name. Out: an order
 * for a view.
 */
#ifndef UI_EXPLORER_ACTION_H
#define UI_EXPLORER_ACTION_H

#include <stdbool.h>
#include <stddef.h>

struct state;
struct view;

enum action_id {
    ACT_UP,
    ACT_DOWN,
    ACT_LEFT,
    ACT_RIGHT,
    ACT_PAGE_UP,
    ACT_PAGE_DOWN,
    ACT_FIRST,
    ACT_LAST,
    ACT_SELECT,
    ACT_OPEN,
    ACT_BACK,
    ACT_QUIT,
    ACT_SEARCH,
    ACT_NEXT,
    ACT_PREVIOUS,
    ACT_FILTER,
    ACT_SORT,
    ACT_SORT_LEFT,
    ACT_SORT_RIGHT,
    ACT_FLAT,
    ACT_FOLD,
    ACT_FOLD_ALL,
    ACT_TAB,
    ACT_NEXT_TAB,
    ACT_PREVIOUS_TAB,
    ACT_EXCLUDE,
    ACT_RESTORE_ALL,
    ACT_UNDO,
    ACT_REDO,
    ACT_REVERSE,
    ACT_OUTCOMES,
    ACT_NEXT_OUTCOME,
    ACT_LEDGER,
    ACT_FLOW,
    ACT_MAP,
    ACT_CHART,
    ACT_SCALE,
    ACT_JUMP_BACK,
    ACT_JUMP_FORWARD,
    ACT_WORDS,
    ACT_COPY,
    ACT_EXPORT,
    ACT_SNAPSHOT,
    ACT_SAVE_SCRIPT,
    ACT_COMPUTE,
    ACT_SET,
    ACT_USE_METHODS,
    ACT_CHOOSE,
    ACT_CHOOSE_MANY,
    ACT_MESSAGES,
    ACT_VERDICT,
    ACT_CARD,
    ACT_NOTE,
    ACT_PREVIEW_MORE,
    ACT_PREVIEW_LESS,
    ACT_PREVIEW,
    ACT_BIND,
    ACT_MOUSE,
    ACT_REDRAW,
    ACT_SUSPEND,
    ACT_COMMAND,
    ACT_SETTINGS,
    ACT_COUNTS,
    ACT_MARK,
    ACT_MARK_SHOWN,
    ACT_UNMARK_ALL,
    ACT_COMPARE,
    ACT_HELP,
    ACT_METHODS,
    ACT_STUDY,
    ACT_BOTH,
    ACT_OPEN_FILE,
    ACT_SEVERAL,
    ACT_THROUGH,
    ACT_SET_ROLE,
    ACT_SET_SIDE,
    ACT_SET_NAME,
    ACT_SET_UNIT,
    ACT_SET_THRESHOLD,
    ACT_PLAIN,
    ACT_LEARN,
    ACT_STEP_NEXT,
    ACT_STEP_BACK,
    ACT_ANSWER,
    ACT_SLIDE,
    ACT_REVEAL,
    ACT_PRESENT,
    ACTION_COUNT
};

/* Which kinds of view an action is for. */
enum view_bit {
    IN_TAXA = 1,
    IN_PAIR = 2,
    IN_VARIANT = 4,
    IN_OUTCOMES = 8,
    IN_LEDGER = 16,
    IN_HELP = 32,
    IN_MENU = 64,
    IN_PROMPT = 128,
    IN_MESSAGES = 256,
    IN_SETTINGS = 512,
    IN_COMPARE = 4096,
    IN_METHODS = 1 << 16,
    IN_STUDY = 1 << 17,
    IN_BOTH = 1 << 18,
    IN_FILES = 1 << 19,
    IN_COLUMNS = 1 << 20,
    IN_CHARTS = 1 << 21,
    IN_BOTH_PAIR = 1 << 22,
    IN_LESSON = 1 << 23,
    IN_SEVERAL = 1 << 24,
    IN_THROUGH = 1 << 25,
    IN_VIEWS = IN_METHODS | IN_STUDY | IN_BOTH,
    IN_OPENING = IN_FILES | IN_COLUMNS,
    IN_LISTS = IN_TAXA | IN_PAIR | IN_VARIANT | IN_OUTCOMES | IN_LEDGER | IN_HELP | IN_MENU |
               IN_MESSAGES | IN_SETTINGS | IN_VIEWS | IN_OPENING | IN_CHARTS | IN_COMPARE |
               IN_BOTH_PAIR | IN_SEVERAL | IN_THROUGH,
    IN_SCREENS = IN_TAXA | IN_PAIR | IN_VARIANT | IN_OUTCOMES | IN_LEDGER | IN_SETTINGS |
                 IN_VIEWS | IN_CHARTS | IN_COMPARE | IN_BOTH_PAIR | IN_SEVERAL | IN_THROUGH |
                 IN_LESSON,
    IN_ALL = IN_LISTS | IN_PROMPT | IN_LESSON
};

struct action {
    enum action_id id;
    const char *name;     /* of the command line and of scripts: "exclude" */
    const char *keys;     /* names of keys, spaces between; "" none */
    const char *brief;    /* for the key line, N_(); NULL: not there */
    const char *full;     /* for help, N_() */
    const char *argument; /* what may follow the name, "FILE"; NULL nothing */
    unsigned views;       /* enum view_bit: where it can be done */
    unsigned line;        /* in whose key line it stands */
    /* Whether it can be done now; otherwise *reason says why not. NULL: always. */
    bool (*is_enabled)(const struct state *state, const struct view *view, const char **reason);
};

/* An action to be done, its argument (NULL none) or the key that asked for it. */
struct order {
    const struct action *action;
    const char *argument;
    const char *key;
};

/* Every action, in the order of enum action_id; ACTION_COUNT of them. */
const struct action *actions_all(void);

/* The action of a name, or NULL; of a key in a kind of view, or NULL. */
const struct action *action_named(const char *name);
const struct action *action_of_key(const char *key, unsigned view);

/* Whether a list of keys ("Up k") has one; its first ones as people know them, likewise. */
bool action_keys_have(const char *keys, const char *key);
char *action_keys_shown(const char *keys, size_t most);

/* The keys of an action as people know them ("↵" for Enter); "" when it has none. The caller
 * frees it. */
char *action_keys_text(const struct action *action);

#endif
