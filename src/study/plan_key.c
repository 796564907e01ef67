#include "study/plan_key.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/paths.h"
#include "base/text.h"
#include "gwas/rows.h"
#include "pair/pair.h"
#include "study/plan.h"
#include "study/plan_path.h"
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define IN_STUDY(member) offsetof(struct plan, member)
#define IN_SECTION(member) offsetof(struct plan_section, member)

/* What may be chosen among instruments: for all sections, or in one. */
#define CHOOSING(IN)                                                                           \
    {"reference", KEY_PATH, IN(choosing.reference)},                                           \
        {"clump_p", KEY_THRESHOLD, IN(choosing.clump_p)},                                      \
        {"clump_r2", KEY_SHARE, IN(choosing.clump_r2)},                                        \
        {"clump_kb", KEY_NUMBER, IN(choosing.clump_kb)},                                       \
        {"proxies", KEY_THRESHOLD, IN(choosing.proxies)},                                      \
        {"min_maf", KEY_SHARE, IN(choosing.min_maf)},                                          \
        {"min_info", KEY_SHARE, IN(choosing.min_info)},                                        \
        {"min_f", KEY_NUMBER, IN(choosing.min_f)},                                             \
        {"exclude_regions", KEY_TEXT, IN(choosing.exclude_regions)},                           \
        {"build", KEY_NUMBER, IN(choosing.build)},                                             \
    {                                                                                          \
        "correlations", KEY_FLAG, IN(choosing.correlations)                                    \
    }

const struct plan_key plan_keys[] = {
    {"title", KEY_TEXT, IN_STUDY(title)},
    {"simulated", KEY_FLAG, IN_STUDY(is_simulated)},
    {"seed", KEY_SEED, IN_STUDY(seed)},
    {"directions", KEY_DIRECTIONS, IN_STUDY(has_direction)},
    {"action", KEY_ACTION, IN_STUDY(action)},
    {"truth", KEY_PATH, IN_STUDY(truth)},
    {"pairs", KEY_PATH, IN_STUDY(pairs)},
    {"error_correlation", KEY_PATH, IN_STUDY(error_correlation)},
    CHOOSING(IN_STUDY),
    {NULL, KEY_TEXT, 0},
};

const struct plan_key plan_section_keys[] = {
    {"name", KEY_TEXT, IN_SECTION(name)},
    {"cohort", KEY_TEXT, IN_SECTION(cohort)},
    {"instruments", KEY_PATH, IN_SECTION(instruments)},
    {"associations", KEY_PATH, IN_SECTION(associations)},
    {"file", KEY_PATHS, IN_SECTION(files)},
    {"col", KEY_COLUMNS, IN_SECTION(columns)},
    {"lineage", KEY_PATH, IN_SECTION(lineage)},
    {"unit", KEY_UNIT, IN_SECTION(unit)},
    {"p_threshold", KEY_THRESHOLD, IN_SECTION(choice.p_threshold)},
    {"all_instruments", KEY_FLAG, IN_SECTION(choice.all)},
    {"n", KEY_NUMBER, IN_SECTION(n)},
    {"cases", KEY_NUMBER, IN_SECTION(cases)},
    {"prevalence", KEY_SHARE, IN_SECTION(prevalence)},
    {"simulated", KEY_FLAG, IN_SECTION(is_simulated)},
    CHOOSING(IN_SECTION),
    {NULL, KEY_TEXT, 0},
};

const struct plan_key *plan_key_find(const struct plan_key *keys, const char *name)
{
    for (; keys->name != NULL; keys++) {
        if (strcmp(keys->name, name) == 0) {
            return keys;
        }
    }
    return NULL;
}

static const char *convert_number(enum key_kind kind, const char *text, double *place)
{
    double value;
    bool is_number = rows_number(text, &value) && isfinite(value) &&
                     (value > 0 || (kind == KEY_SHARE && value == 0));
    if (kind == KEY_SHARE && (!is_number || value >= 1)) {
        return _("write a number from 0 up to but not 1, such as 0.001");
    }
    if (kind == KEY_THRESHOLD && (!is_number || value > 1)) {
        return _("write a number above 0 and at most 1, such as 1e-5");
    }
    if (!is_number) {
        return _("write a number above 0");
    }
    if (place != NULL) {
        *place = value;
    }
    return NULL;
}

static const char *convert_seed(const char *text, uint64_t *place)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0) {
        return _("write a whole number from 0");
    }
    if (place != NULL) {
        *place = (uint64_t)value;
    }
    return NULL;
}

static const char *convert_flag(const char *text, bool *place)
{
    bool is_true = strcmp(text, "true") == 0;
    if (!is_true && strcmp(text, "false") != 0) {
        return _("write true or false");
    }
    if (place != NULL) {
        *place = is_true;
    }
    return NULL;
}

static const char *convert_unit(const char *text, enum trait_unit *place)
{
    enum trait_unit unit;
    if (!trait_unit_of(text, &unit)) {
        return _("write sd, log-odds, linear, score or unknown");
    }
    if (place != NULL) {
        *place = unit;
    }
    return NULL;
}

static const char *convert_action(const char *text, enum harmonise_action *place)
{
    if (strlen(text) != 1 || text[0] < '1' || text[0] > '3') {
        return _("write 1, 2 or 3");
    }
    if (place != NULL) {
        *place = (enum harmonise_action)(text[0] - '0');
    }
    return NULL;
}

static const char *convert_direction(const char *text, bool *place)
{
    bool is_reverse = strcmp(text, "reverse") == 0;
    if (!is_reverse && strcmp(text, "forward") != 0) {
        return _("write {\"forward\"}, {\"reverse\"} or {\"forward\", \"reverse\"}");
    }
    if (place != NULL) {
        place[is_reverse ? REVERSE : FORWARD] = true;
    }
    return NULL;
}

/* An empty path or one that would garble a terminal is a mistake or worse. */
static const char *convert_text(bool is_path, const char *text, const char *folder,
                                struct arena *arena, const char **place)
{
    if (text[0] == '\0') {
        return _("write something between the quotes, or leave the key out");
    }
    if (is_path && (!text_is_clean(text) || strcmp(text, "-") == 0)) {
        return _("write the name of a file, without control characters");
    }
    if (place != NULL) {
        *place = is_path ? plan_path_in(folder, text, arena) : arena_text(arena, text);
    }
    return NULL;
}

bool plan_key_is_list(enum key_kind kind)
{
    return kind == KEY_DIRECTIONS || kind == KEY_PATHS || kind == KEY_COLUMNS;
}

/* Room doubles when the count is a power of two, so that it needs no place of its own. */
static const char **add_text(struct plan_texts *texts, struct arena *arena)
{
    if ((texts->count & (texts->count - 1)) == 0) {
        const char **more = arena_get(arena, texts->count * 2 + 1, sizeof *more);
        for (size_t i = 0; i < texts->count; i++) {
            more[i] = texts->items[i];
        }
        texts->items = more;
    }
    return &texts->items[texts->count++];
}

static const char *convert_item(enum key_kind kind, const char *text, const char *folder,
                                struct arena *arena, struct plan_texts *place)
{
    const char *equals = strchr(text, '=');
    if (kind == KEY_COLUMNS && (equals == NULL || equals == text || equals[1] == '\0')) {
        return _("write {\"role=NAME\"}, as {\"beta=EFFECT\"}");
    }
    return convert_text(kind == KEY_PATHS, text, folder, arena,
                        place == NULL ? NULL : add_text(place, arena));
}

const char *plan_key_convert(enum key_kind kind, const char *text, const char *folder,
                             struct arena *arena, void *place)
{
    switch (kind) {
    case KEY_NUMBER:
    case KEY_THRESHOLD:
    case KEY_SHARE:
        return convert_number(kind, text, place);
    case KEY_SEED:
        return convert_seed(text, place);
    case KEY_FLAG:
        return convert_flag(text, place);
    case KEY_UNIT:
        return convert_unit(text, place);
    case KEY_ACTION:
        return convert_action(text, place);
    case KEY_DIRECTIONS:
        return convert_direction(text, place);
    case KEY_PATHS:
    case KEY_COLUMNS:
        return convert_item(kind, text, folder, arena, place);
    case KEY_TEXT:
    case KEY_PATH:
        break;
    }
    return convert_text(kind == KEY_PATH, text, folder, arena, place);
}

static bool say_number(double value, bool is_given, struct text *text)
{
    if (is_given) {
        text_add_number(text, value);
    }
    return is_given;
}

static bool say_path(const char *value, struct text *text)
{
    char *path = value == NULL ? NULL : paths_absolute(value);
    text_add(text, path == NULL ? "" : path);
    memory_free(path);
    return value != NULL;
}

static bool say_text(const char *value, struct text *text)
{
    text_add(text, value == NULL ? "" : value);
    return value != NULL;
}

bool plan_key_say(enum key_kind kind, const void *place, struct text *text)
{
    switch (kind) {
    case KEY_PATH:
        return say_path(*(const char *const *)place, text);
    case KEY_TEXT:
        return say_text(*(const char *const *)place, text);
    case KEY_NUMBER:
    case KEY_THRESHOLD:
    case KEY_SHARE: {
        double value = *(const double *)place;
        return say_number(value, !isnan(value) && (kind != KEY_THRESHOLD || value > 0), text);
    }
    case KEY_FLAG:
        return say_text(*(const bool *)place ? "true" : NULL, text);
    case KEY_UNIT:
        return say_text(trait_unit_key(*(const enum trait_unit *)place), text);
    case KEY_SEED:
    case KEY_ACTION:
    case KEY_DIRECTIONS:
    case KEY_PATHS:
    case KEY_COLUMNS:
        break;
    }
    return false;
}
