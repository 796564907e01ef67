#include "ui/explorer/complete.h"

#include "base/paths.h"
#include "ui/explorer/export.h"

#include "base/memory.h"
#include "base/text.h"
#include "chart/chart.h"
#include "chart/study_charts.h"
#include "ui/explorer/action.h"
#include "ui/explorer/taxa_tree.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* Shown: more would not be read. */
enum { LISTED = 40 };

struct search {
    const char *typed; /* the word so far */
    size_t length;
    struct arena *arena;
    struct array *words;
};

static void add(const struct search *search, const char *word)
{
    *(const char **)array_add(search->words) = word;
}

static void offer(const struct search *search, const char *word)
{
    if (strncmp(word, search->typed, search->length) == 0) {
        add(search, word);
    }
}

static void offer_actions(const struct search *search)
{
    const struct action *all = actions_all();
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        offer(search, all[i].name);
    }
}

static void offer_charts(const struct search *search)
{
    size_t count;
    const struct chart_kind *const *kinds = charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        offer(search, kinds[i]->key);
    }
}

static void offer_columns(const struct search *search)
{
    for (int i = 0; i < SORT_COUNT; i++) {
        offer(search, taxa_sort_key((enum taxa_sort)i));
    }
}

/* Keys begin with their rank: a name inside is found too, where no key begins so. */
static void offer_taxa(const struct search *search, const struct state *state)
{
    size_t before = search->words->count;
    for (size_t i = 0; i < state->study->exposure_count; i++) {
        offer(search, state->study->exposures[i]->key);
    }
    for (size_t i = 0; search->words->count == before && search->length > 0 &&
                       i < state->study->exposure_count;
         i++) {
        const char *key = state->study->exposures[i]->key;
        if (text_contains_fold(key, search->typed)) {
            add(search, key);
        }
    }
}

static int by_name(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* In order, none twice. */
static void sort_words(struct array *words)
{
    size_t kept = 0;
    if (words->count == 0) {
        return;
    }
    qsort(words->items, words->count, words->item_size, by_name);
    for (size_t i = 1; i < words->count; i++) {
        if (by_name(array_at(words, kept), array_at(words, i)) != 0) {
            *(const char **)array_at(words, ++kept) = *(const char **)array_at(words, i);
        }
    }
    words->count = kept + 1;
}

static void offer_variants(const struct search *search, const struct state *state)
{
    for (size_t i = 0; i < state->study->pair_count; i++) {
        const struct pair *pair = state->study->pairs[i];
        for (size_t j = 0; j < pair->row_count; j++) {
            offer(search, pair->rows[j].x.variant);
        }
    }
    sort_words(search->words);
}

/* Names that a terminal cannot show are left to a shell. */
static void offer_entry(const struct search *search, const char *folder, const char *name)
{
    const char *slash = strrchr(search->typed, '/');
    const char *begun = slash == NULL ? search->typed : slash + 1;
    bool is_hidden = name[0] == '.' && begun[0] != '.';
    if (is_hidden || strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
        strncmp(name, begun, strlen(begun)) != 0 || !text_is_clean(name)) {
        return;
    }
    size_t lead = (size_t)(begun - search->typed);
    const char *path = arena_format(search->arena, "%.*s%s", (int)lead, search->typed, name);
    const char *whole = arena_format(search->arena, "%s/%s", folder, name);
    add(search, paths_is_folder(whole) ? arena_format(search->arena, "%s/", path) : path);
}

static void offer_files(const struct search *search)
{
    const char *slash = strrchr(search->typed, '/');
    const char *folder =
        slash == NULL ? "."
        : slash == search->typed
            ? "/"
            : arena_bytes(search->arena, search->typed, (size_t)(slash - search->typed));
    DIR *entries = opendir(folder);
    if (entries == NULL) {
        return;
    }
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        offer_entry(search, folder, entry->d_name);
    }
    (void)closedir(entries);
    sort_words(search->words);
}

static void offer_kinds(const struct search *search)
{
    for (size_t i = 0; export_kind_key(i) != NULL; i++) {
        offer(search, export_kind_key(i));
    }
}

static void offer_methods(const struct search *search)
{
    size_t count;
    const struct method *const *methods = methods_all(&count);
    for (size_t i = 0; i < count; i++) {
        offer(search, methods[i]->key);
    }
}

static void offer_study_charts(const struct search *search)
{
    size_t count;
    const struct study_chart_kind *const *kinds = study_charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        offer(search, kinds[i]->key);
    }
}

static void offer_settings(const struct search *search)
{
    for (size_t i = 0; i < ASKED_COUNT; i++) {
        offer(search, asked_key(i));
    }
}

static void offer_scopes(const struct search *search)
{
    static const char *const words[] = {"pair", "taxon", "study"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        offer(search, words[i]);
    }
}

static void offer_argument(const struct search *search, const struct state *state,
                           const struct action *action, const char *kind)
{
    if (strstr(kind, "FILE") != NULL) {
        offer_files(search);
    } else if (strncmp(kind, "[KIND]", 6) == 0) {
        offer_kinds(search);
        offer_files(search);
    } else if (action->id == ACT_CHART) {
        offer_study_charts(search);
    } else if (action->id == ACT_SET && strncmp(kind, "NAME", 4) == 0) {
        offer_settings(search);
    } else if (action->id == ACT_PLAIN) {
        offer_scopes(search);
    } else if (strncmp(kind, "METHOD", 6) == 0) {
        offer_methods(search);
    } else if (strncmp(kind, "ACTION", 6) == 0) {
        offer_actions(search);
    } else if (strncmp(kind, "TAB", 3) == 0) {
        offer_charts(search);
    } else if (strncmp(kind, "COLUMN", 6) == 0) {
        offer_columns(search);
    } else if (strncmp(kind, "KEY", 3) == 0 && action->id != ACT_BIND) {
        offer_taxa(search, state);
    } else if (strncmp(kind, "VARIANT", 7) == 0) {
        offer_variants(search, state);
    }
}

/* Where the word at the end of the line begins, and which of the argument's words it is. */
static size_t last_word(const char *line, size_t *number)
{
    size_t at = strspn(line, " \t:"), start = at;
    *number = 0;
    while (line[at] != '\0') {
        at += strcspn(line + at, " \t");
        size_t gap = strspn(line + at, " \t");
        if (gap > 0) {
            at += gap;
            start = at;
            ++*number;
        }
    }
    return start;
}

/* The name of the argument's word of that number, from 1; empty when it takes no more. */
static const char *word_kind(const struct action *action, size_t number)
{
    const char *kind = action->argument == NULL ? "" : action->argument;
    while (--number > 0 && *kind != '\0') {
        kind += strcspn(kind, " ");
        kind += strspn(kind, " ");
    }
    return kind;
}

struct completion complete_command(const struct state *state, const char *line,
                                   struct arena *arena)
{
    size_t number, start = last_word(line, &number);
    struct completion completion = {start, ARRAY_OF(const char *)};
    struct search search = {line + start, strlen(line + start), arena, &completion.words};
    if (number == 0) {
        offer_actions(&search);
        return completion;
    }
    const char *name = line + strspn(line, " \t:");
    const struct action *action = action_named(arena_bytes(arena, name, strcspn(name, " \t")));
    if (action != NULL) {
        offer_argument(&search, state, action, word_kind(action, number));
    }
    return completion;
}

struct completion complete_file(const char *path, struct arena *arena)
{
    struct completion completion = {0, ARRAY_OF(const char *)};
    struct search search = {path, strlen(path), arena, &completion.words};
    offer_files(&search);
    return completion;
}

/* Bytes that all words have in common, never part of a character. */
static size_t agreed(const struct array *words)
{
    const char *first = *(const char **)array_at(words, 0);
    size_t length = strlen(first);
    for (size_t i = 1; i < words->count; i++) {
        const char *word = *(const char **)array_at(words, i);
        size_t same = 0;
        while (same < length && word[same] == first[same]) {
            same++;
        }
        length = same;
    }
    while (length > 0 && ((unsigned char)first[length] & 0xc0) == 0x80) {
        length--;
    }
    return length;
}

char *complete_filled(const struct completion *completion, const char *line)
{
    const struct array *words = &completion->words;
    size_t length = words->count == 0 ? 0 : agreed(words);
    bool is_alone = words->count == 1;
    /* Words that only contain what was typed agree on less. */
    if (length < strlen(line + completion->start) && !is_alone) {
        return memory_copy_text(line);
    }
    struct text text = {0};
    const char *first = words->count == 0 ? "" : *(const char **)array_at(words, 0);
    text_add_bytes(&text, line, completion->start);
    text_add_bytes(&text, words->count == 0 ? line + completion->start : first,
                   words->count == 0 ? strlen(line + completion->start) : length);
    const struct action *action =
        is_alone && completion->start == 0 ? action_named(first) : NULL;
    text_add(&text, action != NULL && action->argument != NULL ? " " : "");
    return text_take(&text);
}

const char *complete_list(const struct completion *completion, struct arena *arena)
{
    const char *list = "";
    for (size_t i = 0; i < completion->words.count && i < LISTED; i++) {
        list = arena_format(arena, "%s  %s", list,
                            *(const char **)array_at(&completion->words, i));
    }
    return list;
}
