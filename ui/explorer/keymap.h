/*
 * Which key does what: the table of actions, and where a person wishes it otherwise.
 * In: bindings of a configuration or of the session. Out: the action of a key, the keys of an
 * action; help and key line are drawn from it. No key does two things in one view.
 */
#ifndef UI_EXPLORER_KEYMAP_H
#define UI_EXPLORER_KEYMAP_H

#include "ui/config.h"
#include "ui/explorer/action.h"

/* Begin with {0}: as in the table. */
struct keymap {
    char *keys[ACTION_COUNT]; /* NULL: those of the table */
};

void keymap_end(struct keymap *keymap);

/* The keys of an action, spaces between; borrowed until the next change. */
const char *keymap_keys(const struct keymap *keymap, const struct action *action);

/* The action of a key in a kind of view, or NULL. */
const struct action *keymap_action(const struct keymap *keymap, const char *key, unsigned view);

/* The first key of an action as people know it, all of them; the caller frees them. */
char *keymap_key_text(const struct keymap *keymap, const struct action *action);
char *keymap_keys_text(const struct keymap *keymap, const struct action *action);

/* A sentence with the first key of every action that stands in it in braces: "{undo} undoes";
 * of one without a key its name, ":undo". The caller frees it. */
char *keymap_said(const struct keymap *keymap, const char *sentence);

/* Takes the bindings of a configuration; what cannot be taken is added to its complaints, and
 * that action keeps the keys of the table. */
void keymap_take(struct keymap *keymap, struct config *config);

/* "KEY ACTION": the key does the action from now on, and what it did before no longer. The
 * answer, as a sentence, in *said (the caller frees it); false when it cannot be. */
bool keymap_bind(struct keymap *keymap, const char *argument, char **said);

#endif
