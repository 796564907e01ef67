#include "ui/explorer/action.h"

#include "base/i18n.h"
#include "base/text.h"
#include "ui/explorer/enabled.h"
#include <string.h>

/* The order is that of enum action_id; key lines show what stands first. */
static const struct action actions[ACTION_COUNT] = {
    {ACT_UP, "up", "Up k", NULL, N_("One row up"), "N", IN_LISTS | IN_LESSON, 0, NULL},
    {ACT_DOWN, "down", "Down j", NULL, N_("One row down"), "N", IN_LISTS | IN_LESSON, 0, NULL},
    {ACT_LEFT, "left", "Left h", NULL,
     N_("Fold the branch, or go to the taxon above; the tab before"), NULL,
     IN_TAXA | IN_PAIR | IN_COMPARE | IN_FILES | IN_CHARTS | IN_SEVERAL | IN_THROUGH |
         IN_LESSON,
     0, NULL},
    {ACT_RIGHT, "right", "Right l", NULL, N_("Unfold the branch; the next tab"), NULL,
     IN_TAXA | IN_PAIR | IN_COMPARE | IN_CHARTS | IN_SEVERAL | IN_THROUGH | IN_LESSON, 0, NULL},
    {ACT_PAGE_UP, "page-up", "PgUp ^B", NULL, N_("A screen up"), NULL, IN_LISTS, 0, NULL},
    {ACT_PAGE_DOWN, "page-down", "PgDn ^F", NULL, N_("A screen down"), NULL, IN_LISTS, 0, NULL},
    {ACT_FIRST, "first", "g Home", NULL, N_("The first row"), NULL, IN_LISTS, 0, NULL},
    {ACT_LAST, "last", "G End", NULL, N_("The last row"), NULL, IN_LISTS, 0, NULL},
    {ACT_SELECT, "select", "", NULL, N_("Go to the row of a taxon or variant"), "KEY", IN_LISTS,
     0, NULL},
    {ACT_OPEN, "open", "Enter", N_("open"),
     N_("Open what the row stands for: a pair, a variant, a taxon"), NULL, IN_LISTS,
     IN_LISTS & ~(unsigned)IN_SEVERAL, NULL},
    {ACT_BACK, "back", "Esc", N_("back"), N_("Back out one step; never quits"), NULL, IN_ALL,
     IN_ALL & ~(unsigned)IN_TAXA, NULL},
    {ACT_QUIT, "quit", "q ^C", NULL, N_("Leave taxamr"), NULL, IN_ALL, 0, NULL},
    {ACT_SEARCH, "search", "/", N_("find"), N_("Search while typing"), "TEXT",
     IN_TAXA | IN_LEDGER | IN_PAIR | IN_VIEWS | IN_FILES | IN_CHARTS | IN_OUTCOMES,
     IN_TAXA | IN_LEDGER | IN_VIEWS | IN_FILES | IN_CHARTS | IN_OUTCOMES, NULL},
    {ACT_NEXT, "next", "n", NULL, N_("The next match; in a variant's screen the next variant"),
     NULL,
     IN_TAXA | IN_LEDGER | IN_PAIR | IN_VARIANT | IN_VIEWS | IN_FILES | IN_CHARTS | IN_OUTCOMES,
     0, enabled_next},
    {ACT_PREVIOUS, "previous", "N p", NULL,
     N_("The match before; in a variant's screen the variant before"), NULL,
     IN_TAXA | IN_LEDGER | IN_PAIR | IN_VARIANT | IN_VIEWS | IN_FILES | IN_CHARTS | IN_OUTCOMES,
     0, enabled_next},
    {ACT_FILTER, "filter", "f", N_("filter"),
     N_("Only rows with a text, or a condition: p < 0.05 & nsnp >= 3"), "TEXT",
     IN_TAXA | IN_LEDGER | IN_BOTH | IN_OUTCOMES, IN_TAXA | IN_LEDGER | IN_BOTH | IN_OUTCOMES,
     NULL},
    {ACT_SORT, "sort", "s", N_("sort"),
     N_("Choose the order of rows; the same column again turns it round"), "COLUMN",
     IN_TAXA | IN_PAIR | IN_BOTH | IN_CHARTS | IN_OUTCOMES,
     IN_TAXA | IN_PAIR | IN_BOTH | IN_OUTCOMES, NULL},
    {ACT_SORT_LEFT, "sort-left", "<", NULL, N_("Sort by the column to the left"), NULL, IN_TAXA,
     0, NULL},
    {ACT_SORT_RIGHT, "sort-right", ">", NULL, N_("Sort by the column to the right"), NULL,
     IN_TAXA, 0, NULL},
    {ACT_FLAT, "flat", "F", NULL, N_("Tree by lineage, or a flat list"), NULL, IN_TAXA, 0,
     NULL},
    {ACT_FOLD, "fold", "z", N_("fold"),
     N_("Fold or unfold a branch of the tree, or minor variants of a chart"), NULL,
     IN_TAXA | IN_PAIR | IN_LESSON, IN_PAIR, NULL},
    {ACT_FOLD_ALL, "fold-all", "Z", NULL, N_("Fold every branch, or unfold all"), NULL, IN_TAXA,
     0, NULL},
    {ACT_TAB, "tab", "1 2 3 4 5 6 7 8 9", NULL, N_("A chart by its number or name"), "TAB",
     IN_PAIR | IN_CHARTS | IN_COMPARE | IN_SEVERAL | IN_THROUGH, 0, NULL},
    {ACT_NEXT_TAB, "next-tab", "Tab", N_("charts"), N_("The next chart"), NULL,
     IN_PAIR | IN_CHARTS | IN_COMPARE | IN_SEVERAL | IN_THROUGH | IN_LESSON,
     IN_PAIR | IN_CHARTS | IN_COMPARE | IN_SEVERAL | IN_THROUGH | IN_LESSON, NULL},
    {ACT_PREVIOUS_TAB, "previous-tab", "BackTab", NULL, N_("The chart before"), NULL,
     IN_PAIR | IN_CHARTS | IN_COMPARE | IN_SEVERAL | IN_THROUGH, 0, NULL},
    {ACT_EXCLUDE, "exclude", "x", N_("exclude"),
     N_("Leave the variant out of every estimate, or take it back"), "VARIANT",
     IN_PAIR | IN_VARIANT, IN_PAIR | IN_VARIANT, enabled_results},
    {ACT_RESTORE_ALL, "restore-all", "X", NULL, N_("Take back every variant left out by hand"),
     NULL, IN_SCREENS, 0, enabled_restore},
    {ACT_UNDO, "undo", "u", N_("undo"), N_("Undo the last exclusion"), NULL, IN_SCREENS,
     IN_PAIR | IN_VARIANT, enabled_undo},
    {ACT_REDO, "redo", "^R", NULL, N_("Do again what was undone"), NULL, IN_SCREENS, 0,
     enabled_redo},
    {ACT_REVERSE, "reverse", "r", N_("reverse"),
     N_("The other direction: exposure and outcome change places, the taxon stays"), NULL,
     IN_TAXA | IN_PAIR | IN_OUTCOMES | IN_CHARTS | IN_COMPARE, IN_TAXA | IN_PAIR | IN_CHARTS,
     enabled_reverse},
    {ACT_OUTCOMES, "outcomes", "o", N_("outcomes"), N_("Choose the outcome and the direction"),
     NULL, IN_TAXA | IN_PAIR | IN_LEDGER | IN_CHARTS, IN_TAXA, NULL},
    {ACT_NEXT_OUTCOME, "next-outcome", "^O", NULL, N_("The next outcome of the study"), NULL,
     IN_TAXA | IN_PAIR | IN_CHARTS | IN_COMPARE, 0, enabled_outcome},
    {ACT_LEDGER, "ledger", "d", N_("ledger"),
     N_("Every variant that was looked at, and what became of it"), NULL,
     IN_TAXA | IN_PAIR | IN_VARIANT | IN_CHARTS, IN_TAXA | IN_PAIR, NULL},
    {ACT_FLOW, "flow", "v", N_("flow"),
     N_("The study from its first exposure to what remains; a number opens what it counts"),
     NULL, IN_SCREENS, IN_TAXA, NULL},
    {ACT_MAP, "map", "m", N_("map"), N_("Every taxon with every outcome, in both directions"),
     NULL, IN_SCREENS, IN_TAXA, NULL},
    {ACT_CHART, "chart", "C", NULL,
     N_("A chart of the whole study, by its name: flow, map, volcano, circular ..."), "NAME",
     IN_SCREENS, 0, NULL},
    {ACT_SCALE, "scale", "t", N_("OR/log"), N_("Odds ratios or log odds"), NULL,
     IN_TAXA | IN_PAIR | IN_VARIANT | IN_CHARTS | IN_COMPARE, IN_PAIR, enabled_scale},
    {ACT_JUMP_BACK, "jump-back", "[", NULL,
     N_("Back to where the screen was before the last jump"), NULL, IN_SCREENS, 0,
     enabled_jump_back},
    {ACT_JUMP_FORWARD, "jump-forward", "]", NULL, N_("Forward again after jumping back"), NULL,
     IN_SCREENS, 0, enabled_jump_forward},
    {ACT_WORDS, "words", "w", N_("words"), N_("Say in one sentence what the screen shows"),
     NULL, IN_SCREENS, IN_PAIR | IN_SEVERAL | IN_THROUGH, NULL},
    {ACT_COPY, "copy", "y", N_("copy"), N_("Copy the row to the clipboard (OSC 52)"), NULL,
     IN_LISTS, IN_PAIR | IN_VARIANT | IN_SEVERAL | IN_THROUGH, NULL},
    {ACT_EXPORT, "export", "e", N_("export"),
     N_("Write this table, this chart, a pair's tables or all to files"), "[KIND] FILE",
     IN_SCREENS, IN_LEDGER | IN_VIEWS | IN_BOTH_PAIR | IN_SEVERAL | IN_THROUGH,
     enabled_complete},
    {ACT_SNAPSHOT, "snapshot", "", NULL, N_("Write the screen as text"), "FILE", IN_ALL, 0,
     NULL},
    {ACT_SAVE_SCRIPT, "save-script", "", NULL,
     N_("Write what was done so far as a script that --script replays"), "FILE", IN_ALL, 0,
     NULL},
    {ACT_COMPUTE, "compute", "R", N_("run"),
     N_("Compute with the settings chosen; go on after a stop"), NULL, IN_SCREENS, IN_SETTINGS,
     enabled_compute},
    {ACT_SET, "set", "", NULL, N_("Change a setting for the next run, as boot 5000"),
     "NAME VALUE", IN_SCREENS, 0, NULL},
    {ACT_USE_METHODS, "use-methods", "", NULL,
     N_("Choose the methods of the next run: keys with commas between, default, all, none"),
     "LIST", IN_SCREENS, 0, NULL},
    {ACT_CHOOSE, "choose", "Space", N_("choose"),
     N_("Take the method or leave it; the next choice of a setting"), NULL, IN_SETTINGS,
     IN_SETTINGS, NULL},
    {ACT_CHOOSE_MANY, "choose-many", "D A N", N_("default, A all, N none"),
     N_("The default methods, all of them, or none"), "default|all|none", IN_SETTINGS,
     IN_SETTINGS, NULL},
    {ACT_MESSAGES, "messages", "!", NULL, N_("The messages so far"), NULL, IN_SCREENS, 0, NULL},
    {ACT_VERDICT, "verdict", "V", NULL,
     N_("What the estimate is worth: every rule, its number, whether it holds"), NULL,
     IN_TAXA | IN_PAIR | IN_VARIANT, 0, enabled_results},
    {ACT_CARD, "card", "i", NULL,
     N_("What the taxon is and does, who carries it, what others found"), NULL,
     IN_TAXA | IN_PAIR | IN_VARIANT | IN_BOTH | IN_BOTH_PAIR, 0, NULL},
    {ACT_NOTE, "note", "a", NULL, N_("Write a note on the taxon; none, or -, takes it away"),
     "TEXT", IN_TAXA | IN_PAIR | IN_VARIANT, 0, NULL},
    {ACT_PREVIEW_MORE, "preview-more", "+", NULL,
     N_("A row more for what stands below the table"), NULL, IN_TAXA, 0, NULL},
    {ACT_PREVIEW_LESS, "preview-less", "-", NULL,
     N_("A row less for it; the mouse drags it too"), NULL, IN_TAXA, 0, NULL},
    {ACT_PREVIEW, "preview", "", NULL, N_("So many rows below the table; 0 hides it"), "ROWS",
     IN_TAXA, 0, NULL},
    {ACT_BIND, "bind", "", NULL, N_("Let a key do an action until taxamr ends"), "KEY ACTION",
     IN_LISTS, 0, NULL},
    {ACT_MOUSE, "mouse", "^T", NULL,
     N_("Leave the mouse to the terminal (to mark text), or take it"), NULL,
     IN_LISTS | IN_LESSON, 0, NULL},
    {ACT_REDRAW, "redraw", "^L", NULL, N_("Draw the screen again"), NULL, IN_ALL, 0, NULL},
    {ACT_SUSPEND, "suspend", "^Z", NULL, N_("Back to the shell; fg returns"), NULL, IN_ALL, 0,
     NULL},
    {ACT_COMMAND, "command", ":", N_("command"), N_("Type the name of an action"), NULL,
     IN_LISTS | IN_LESSON, IN_TAXA, NULL},
    {ACT_SETTINGS, "settings", "S", N_("settings"),
     N_("Choose methods and settings, and run again with them"), NULL, IN_SCREENS, IN_TAXA,
     NULL},
    {ACT_COUNTS, "counts", "#", N_("counts"),
     N_("Every count of the screen; each opens what it counts"), "NAME", IN_TAXA, IN_TAXA,
     enabled_results},
    {ACT_MARK, "mark", "Space", N_("mark"),
     N_("Mark the taxon or take the mark off; also all of a condition"), "KEY",
     IN_TAXA | IN_PAIR | IN_COMPARE, IN_TAXA | IN_COMPARE, NULL},
    {ACT_MARK_SHOWN, "mark-shown", "*", NULL, N_("Mark every taxon shown"), NULL, IN_TAXA, 0,
     NULL},
    {ACT_UNMARK_ALL, "unmark-all", "U", NULL, N_("Take every mark off"), NULL,
     IN_TAXA | IN_PAIR | IN_COMPARE, 0, enabled_unmark},
    {ACT_COMPARE, "compare", "c", N_("compare"),
     N_("The marked taxa side by side: estimates, methods, shared variants"), NULL,
     IN_TAXA | IN_PAIR, IN_TAXA, enabled_compare},
    {ACT_HELP, "help", "?", N_("keys"), N_("Every key; type to filter, and do the one chosen"),
     NULL, IN_SCREENS | IN_MESSAGES | IN_OPENING, IN_SCREENS | IN_OPENING, NULL},
    {ACT_METHODS, "methods", "M", NULL,
     N_("Every method: what it assumes, its formula, what it needs, its source"), "METHOD",
     IN_SCREENS, 0, NULL},
    {ACT_STUDY, "study", "I", NULL,
     N_("The study: files with checksums, traits, settings, counts, warnings"), NULL,
     IN_SCREENS & ~(unsigned)IN_STUDY, 0, NULL},
    {ACT_BOTH, "both", "B", N_("both"), N_("Both directions side by side"), NULL,
     IN_TAXA | IN_PAIR | IN_OUTCOMES, IN_TAXA, enabled_reverse},
    {ACT_OPEN_FILE, "open-file", "O", N_("other file"),
     N_("Open a table of summary statistics, or one or two files as a study"), "FILE",
     IN_SCREENS | IN_OPENING, IN_COLUMNS, NULL},
    {ACT_SEVERAL, "several", "E", NULL,
     N_("Several exposures at once: a wide table, the study's wide.csv unless another is "
        "named"),
     "FILE", IN_SCREENS & ~(unsigned)(IN_SEVERAL | IN_LESSON), 0, NULL},
    {ACT_THROUGH, "through", "P", NULL,
     N_("What goes through the study's mediators: every exposure, and its path"), NULL,
     IN_SCREENS & ~(unsigned)(IN_THROUGH | IN_LESSON), 0, enabled_through},
    {ACT_SET_ROLE, "role", "", NULL, N_("What a column of the file holds"), "NAME=ROLE",
     IN_COLUMNS, 0, NULL},
    {ACT_SET_SIDE, "side", "", NULL, N_("Whether the file is the exposure or the outcome"),
     "SIDE", IN_COLUMNS, 0, NULL},
    {ACT_SET_NAME, "name", "", NULL, N_("What the trait of the file is called"), "NAME",
     IN_COLUMNS, 0, NULL},
    {ACT_SET_UNIT, "unit", "", NULL, N_("The unit of the file's effects"), "UNIT", IN_COLUMNS,
     0, NULL},
    {ACT_SET_THRESHOLD, "threshold", "", NULL,
     N_("Which variants of the exposure's file stand for it: all, or p below"), "P", IN_COLUMNS,
     0, NULL},
    {ACT_PLAIN, "plain", "L", NULL,
     N_("In plain words: the pair, the taxon or the study, and what is claimed of it"),
     "pair|taxon|study", IN_SCREENS & ~(unsigned)IN_SETTINGS, 0, NULL},
    {ACT_LEARN, "learn", "T", NULL,
     N_("Lessons: steps with live charts and questions; a name opens one"), "LESSON",
     IN_SCREENS, 0, NULL},
    {ACT_STEP_NEXT, "step-next", "n Space PgDn", N_("next"),
     N_("The next step of the lesson, or a presenter's next screen"), NULL, IN_LESSON,
     IN_LESSON, NULL},
    {ACT_STEP_BACK, "step-back", "p Backspace PgUp", N_("before"),
     N_("The step of the lesson before, or a presenter's screen before"), NULL, IN_LESSON,
     IN_LESSON, NULL},
    {ACT_ANSWER, "answer", "Enter 1 2 3 4 5 6 7 8 9", N_("answer"),
     N_("Answer the question: a choice by its number, or a number that is typed"), "ANSWER",
     IN_LESSON, IN_LESSON, NULL},
    {ACT_SLIDE, "slide", "", NULL,
     N_("Move a slider of the lesson; Left and Right do it step by step"), "NAME VALUE",
     IN_LESSON, 0, NULL},
    {ACT_REVEAL, "reveal", "r", N_("reveal"),
     N_("Reveal the truth behind what is shown, or hide it again"), NULL, IN_LESSON, IN_LESSON,
     NULL},
    {ACT_PRESENT, "present", "P", N_("present"),
     N_("For a projector: one idea a screen, no key hints; again, or Esc, ends it"), NULL,
     IN_LESSON, IN_LESSON, NULL},
};

const struct action *actions_all(void)
{
    return actions;
}

const struct action *action_named(const char *name)
{
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        if (strcmp(actions[i].name, name) == 0) {
            return &actions[i];
        }
    }
    return NULL;
}

/* The next word of a list of keys: its bytes; *rest is what follows. */
static size_t next_word(const char **rest)
{
    while (**rest == ' ') {
        ++*rest;
    }
    return strcspn(*rest, " ");
}

bool action_keys_have(const char *keys, const char *key)
{
    const char *rest = keys;
    size_t length;
    while ((length = next_word(&rest)) > 0) {
        if (strlen(key) == length && memcmp(rest, key, length) == 0) {
            return true;
        }
        rest += length;
    }
    return false;
}

const struct action *action_of_key(const char *key, unsigned view)
{
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        if ((actions[i].views & view) != 0 && action_keys_have(actions[i].keys, key)) {
            return &actions[i];
        }
    }
    return NULL;
}

/* Keys as they stand on keyboards and in the words of other programs. */
static void add_key(struct text *text, const char *key, size_t length)
{
    static const char *const shown[][2] = {{"Enter", "↵"}, {"Up", "↑"},
                                           {"Down", "↓"},  {"Left", "←"},
                                           {"Right", "→"}, {"BackTab", "Shift-Tab"}};
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        if (strlen(shown[i][0]) == length && memcmp(shown[i][0], key, length) == 0) {
            text_add(text, shown[i][1]);
            return;
        }
    }
    text_add_bytes(text, key, length);
}

char *action_keys_shown(const char *keys, size_t most)
{
    struct text text = {0};
    const char *rest = keys;
    size_t length;
    for (size_t i = 0; i < most && (length = next_word(&rest)) > 0; i++) {
        text_add(&text, i > 0 ? " " : "");
        add_key(&text, rest, length);
        rest += length;
    }
    return text_take(&text);
}

char *action_keys_text(const struct action *action)
{
    return action_keys_shown(action->keys, 9);
}
