#include "ui/explorer/keymap.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include <string.h>

void keymap_end(struct keymap *keymap)
{
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        memory_free(keymap->keys[i]);
        keymap->keys[i] = NULL;
    }
}

const char *keymap_keys(const struct keymap *keymap, const struct action *action)
{
    const char *keys = keymap->keys[action->id];
    return keys == NULL ? action->keys : keys;
}

const struct action *keymap_action(const struct keymap *keymap, const char *key, unsigned view)
{
    const struct action *all = actions_all();
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        if ((all[i].views & view) != 0 && action_keys_have(keymap_keys(keymap, &all[i]), key)) {
            return &all[i];
        }
    }
    return NULL;
}

char *keymap_key_text(const struct keymap *keymap, const struct action *action)
{
    return action_keys_shown(keymap_keys(keymap, action), 1);
}

char *keymap_keys_text(const struct keymap *keymap, const struct action *action)
{
    return action_keys_shown(keymap_keys(keymap, action), 9);
}

/* The action named between braces at `text`, or NULL; what to read after it in *rest. */
static const struct action *named_at(const char *text, const char **rest)
{
    size_t length = *text == '{' ? strcspn(text, "}") : 0;
    if (length < 2 || text[length] != '}') {
        return NULL;
    }
    char *name = memory_copy_bytes(text + 1, length - 1);
    const struct action *action = action_named(name);
    memory_free(name);
    *rest = text + length + 1;
    return action;
}

char *keymap_said(const struct keymap *keymap, const char *sentence)
{
    struct text text = {0};
    const char *at = sentence, *rest;
    text_add(&text, "");
    while (*at != '\0') {
        size_t plain = strcspn(at, "{");
        text_add_bytes(&text, at, plain);
        at += plain;
        const struct action *action = named_at(at, &rest);
        if (action != NULL) {
            char *key = keymap_key_text(keymap, action);
            text_addf(&text, *key == '\0' ? ":%s" : "%s", *key == '\0' ? action->name : key);
            memory_free(key);
            at = rest;
        } else if (*at != '\0') {
            text_add_bytes(&text, at++, 1);
        }
    }
    return text_take(&text);
}

/* Takes the next word off *rest: its bytes, at *word; 0 at the end. */
static size_t take_word(const char **rest, const char **word)
{
    *word = *rest + strspn(*rest, " \t");
    size_t length = strcspn(*word, " \t");
    *rest = *word + length;
    return length;
}

static bool is_named(const char *key)
{
    static const char *const names[] = {"Up",   "Down",  "Left",      "Right",  "PgUp",
                                        "PgDn", "Home",  "End",       "Enter",  "Esc",
                                        "Tab",  "Space", "Backspace", "Delete", "BackTab"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], key) == 0) {
            return true;
        }
    }
    return key[0] == '^' && key[1] >= 'A' && key[1] <= 'Z' && key[2] == '\0';
}

/* A key has a name, or is the one character that it types. */
static bool is_key(const char *key)
{
    uint32_t code;
    size_t length = strlen(key);
    return is_named(key) || (length > 0 && text_decode(key, length, &code) == length &&
                             code > 0x20 && text_is_clean(key));
}

/* The first word that names no key, to be freed; NULL when all do. */
static char *strange_key(const char *keys)
{
    const char *word;
    size_t length;
    while ((length = take_word(&keys, &word)) > 0) {
        char *key = memory_copy_bytes(word, length);
        if (!is_key(key)) {
            return key;
        }
        memory_free(key);
    }
    return NULL;
}

/* A key that both have, to be freed; NULL when they share none, or no view. */
static char *shared_key(const struct keymap *keymap, const struct action *one,
                        const struct action *other)
{
    const char *rest = keymap_keys(keymap, one), *word;
    size_t length;
    while ((one->views & other->views) != 0 && (length = take_word(&rest, &word)) > 0) {
        char *key = memory_copy_bytes(word, length);
        if (action_keys_have(keymap_keys(keymap, other), key)) {
            return key;
        }
        memory_free(key);
    }
    return NULL;
}

/* The digits are also which chart they open. */
static const char *reason_against(const struct action *action, const char *keys)
{
    if (action->id == ACT_TAB) {
        return _("the numbers of charts stay as they are");
    }
    if (action->id == ACT_QUIT && keys[strspn(keys, " \t")] == '\0') {
        return _("leave a key to quit with");
    }
    return NULL;
}

static void take_one(struct keymap *keymap, struct config *config,
                     const struct config_binding *binding)
{
    const struct action *action = action_named(binding->action);
    if (action == NULL) {
        return;
    }
    char *strange = strange_key(binding->keys);
    const char *reason = reason_against(action, binding->keys);
    if (strange != NULL) {
        config_complain(config, binding->line,
                        _("found the key %s; write a character, ^A to ^Z, or a name as Up, "
                          "PgDn, Home, Enter, Tab or Space"),
                        strange);
    } else if (reason != NULL) {
        config_complain(config, binding->line, _("found %s = \"%s\"; %s"), binding->action,
                        binding->keys, reason);
    } else {
        memory_free(keymap->keys[action->id]);
        keymap->keys[action->id] = memory_copy_text(binding->keys);
    }
    memory_free(strange);
}

/* Gives an action the keys of the table back. */
static void revert(struct keymap *keymap, struct config *config, size_t index,
                   const struct action *other, const char *key)
{
    const struct config_binding *binding = array_at(&config->bindings, index);
    const struct action *action = action_named(binding->action);
    config_complain(config, binding->line,
                    _("found the key %s for %s, which does %s in the same view; give one of "
                      "them another"),
                    key, action->name, other->name);
    memory_free(keymap->keys[action->id]);
    keymap->keys[action->id] = NULL;
}

static bool is_bound(const struct keymap *keymap, const struct config *config, size_t index)
{
    const struct config_binding *binding = array_at(&config->bindings, index);
    const struct action *action = action_named(binding->action);
    return action != NULL && keymap->keys[action->id] != NULL;
}

/* Reverts one binding that clashes with an action that keeps the keys of the table (or, with
 * `among_bound`, with any other): the later of two goes. False when there is none. */
static bool revert_one(struct keymap *keymap, struct config *config, bool among_bound)
{
    const struct action *all = actions_all();
    for (size_t i = config->bindings.count; i-- > 0;) {
        const struct config_binding *binding = array_at(&config->bindings, i);
        const struct action *action = action_named(binding->action);
        for (size_t j = 0; is_bound(keymap, config, i) && j < ACTION_COUNT; j++) {
            bool counts = &all[j] != action && (among_bound || keymap->keys[j] == NULL);
            char *key = counts ? shared_key(keymap, action, &all[j]) : NULL;
            if (key != NULL) {
                revert(keymap, config, i, &all[j], key);
                memory_free(key);
                return true;
            }
        }
    }
    return false;
}

void keymap_take(struct keymap *keymap, struct config *config)
{
    for (size_t i = 0; i < config->bindings.count; i++) {
        take_one(keymap, config, array_at(&config->bindings, i));
    }
    /* Keys that come back may clash anew. */
    while (revert_one(keymap, config, false) || revert_one(keymap, config, true)) {
    }
}

/* The keys of an action without one of them. */
static char *without(const char *keys, const char *key)
{
    struct text text = {0};
    const char *word;
    size_t length;
    text_add(&text, "");
    while ((length = take_word(&keys, &word)) > 0) {
        if (strlen(key) != length || memcmp(word, key, length) != 0) {
            text_add(&text, text.length > 0 ? " " : "");
            text_add_bytes(&text, word, length);
        }
    }
    return text_take(&text);
}

static void set_keys(struct keymap *keymap, const struct action *action, char *keys)
{
    memory_free(keymap->keys[action->id]);
    keymap->keys[action->id] = keys;
}

static void bind(struct keymap *keymap, const char *key, const struct action *action,
                 struct text *said)
{
    const struct action *all = actions_all();
    text_addf(said, _("%s does %s"), key, action->name);
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        const char *keys = keymap_keys(keymap, &all[i]);
        if (&all[i] != action && (all[i].views & action->views) != 0 &&
            action_keys_have(keys, key)) {
            text_addf(said, _(", and no longer %s"), all[i].name);
            set_keys(keymap, &all[i], without(keys, key));
        }
    }
    struct text keys = {0};
    char *others = without(keymap_keys(keymap, action), key);
    text_addf(&keys, "%s%s%s", key, *others == '\0' ? "" : " ", others);
    memory_free(others);
    set_keys(keymap, action, text_take(&keys));
}

/* Why a key cannot do an action; NULL when it can. */
static const char *reason_for(const struct keymap *keymap, const char *key,
                              const struct action *action)
{
    const struct action *quit = &actions_all()[ACT_QUIT];
    char *left = without(keymap_keys(keymap, quit), key);
    bool is_last = *left == '\0' && action != quit;
    memory_free(left);
    return is_last ? _("leave a key to quit with") : reason_against(action, key);
}

bool keymap_bind(struct keymap *keymap, const char *argument, char **said)
{
    struct text text = {0};
    const char *rest = argument, *word;
    size_t length = take_word(&rest, &word);
    char *key = memory_copy_bytes(word, length);
    length = take_word(&rest, &word);
    char *name = memory_copy_bytes(word, length);
    const struct action *action = action_named(name);
    const char *reason = action == NULL ? NULL : reason_for(keymap, key, action);
    bool is_done = false;
    if (!is_key(key)) {
        text_addf(&text, _("there is no key “%s”; write as: bind K exclude"), key);
    } else if (action == NULL) {
        text_addf(&text, _("there is no action “%s”; {help} lists all"), name);
    } else if (reason != NULL) {
        text_add(&text, reason);
    } else {
        bind(keymap, key, action, &text);
        is_done = true;
    }
    memory_free(key);
    memory_free(name);
    *said = text_take(&text);
    return is_done;
}
