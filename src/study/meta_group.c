#include "study/meta_group.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include <ctype.h>
#include <string.h>

const char *meta_across_key(enum meta_across across)
{
    static const char *const keys[] = {[META_EXPOSURE_COHORTS] = "exposures",
                                       [META_OUTCOME_COHORTS] = "outcomes",
                                       [META_ALL_COHORTS] = "all"};
    return keys[across];
}

static void add_folded(struct text *text, const char *name)
{
    text_add(text, "\x1f");
    for (const char *at = name; *at != '\0'; at++) {
        char letter = (char)tolower((unsigned char)*at);
        text_add_bytes(text, &letter, 1);
    }
}

/* What a pair asks, whichever cohorts answer. */
static char *question_of(const struct pair *pair)
{
    struct text text = {0};
    text_addf(&text, "%d\x1f%d", (int)pair->direction, (int)study_taxon(pair)->rank);
    add_folded(&text, trait_shared_name(pair->exposure));
    add_folded(&text, trait_shared_name(pair->outcome));
    return text_take(&text);
}

static const char *cohort_of(const struct trait *trait)
{
    return trait->cohort == NULL ? "" : trait->cohort;
}

bool meta_group_is_cohort(const struct trait *one, const struct trait *other)
{
    return strcmp(cohort_of(one), cohort_of(other)) == 0;
}

/* All pairs of one question. */
struct question {
    size_t *member;
    size_t count;
};

/* Two pairs of the same cohorts are of different traits that only share a name. */
static bool is_ambiguous(const struct study *study, const struct question *question)
{
    const struct pair *first = study->pairs[question->member[0]];
    if (text_contains_fold(trait_shared_name(study_taxon(first)), "unknown")) {
        return true;
    }
    for (size_t i = 0; i < question->count; i++) {
        const struct pair *one = study->pairs[question->member[i]];
        for (size_t k = 0; k < i; k++) {
            const struct pair *other = study->pairs[question->member[k]];
            if (meta_group_is_cohort(one->exposure, other->exposure) &&
                meta_group_is_cohort(one->outcome, other->outcome)) {
                return true;
            }
        }
    }
    return false;
}

static struct question *ask(const struct study *study, struct arena *arena, size_t *count)
{
    struct question *questions = arena_get(arena, study->pair_count, sizeof *questions);
    size_t *number = memory_get(study->pair_count, sizeof *number);
    struct map *names = map_create();
    for (size_t i = 0; i < study->pair_count; i++) {
        char *name = question_of(study->pairs[i]);
        number[i] = map_count(names);
        if (!map_get(names, name, &number[i])) {
            map_set(names, name, number[i]);
        }
        questions[number[i]].count++;
        memory_free(name);
    }
    *count = map_count(names);
    map_destroy(names);
    for (size_t q = 0; q < *count; q++) {
        questions[q].member = arena_get(arena, questions[q].count, sizeof(size_t));
        questions[q].count = 0;
    }
    for (size_t i = 0; i < study->pair_count; i++) {
        struct question *question = &questions[number[i]];
        question->member[question->count++] = i;
    }
    memory_free(number);
    return questions;
}

/* Whether a pair differs from another just as the kind of group says. */
static bool belongs(const struct pair *pair, const struct pair *first, enum meta_across across)
{
    return across == META_ALL_COHORTS ||
           (across == META_EXPOSURE_COHORTS
                ? meta_group_is_cohort(pair->outcome, first->outcome)
                : meta_group_is_cohort(pair->exposure, first->exposure));
}

/* Whether an earlier pair of the question has led such a group already. */
static bool is_led(const struct study *study, const struct question *question, size_t i,
                   enum meta_across across)
{
    for (size_t k = 0; k < i; k++) {
        if (belongs(study->pairs[question->member[i]], study->pairs[question->member[k]],
                    across)) {
            return true;
        }
    }
    return false;
}

/* The group that the i-th pair of a question leads. */
static struct meta_group group_of(const struct study *study, const struct question *question,
                                  size_t i, enum meta_across across, struct arena *arena)
{
    struct meta_group group = {.across = across,
                               .first = study->pairs[question->member[i]],
                               .member = arena_get(arena, question->count, sizeof(size_t))};
    for (size_t k = i; k < question->count; k++) {
        if (belongs(study->pairs[question->member[k]], group.first, across)) {
            group.member[group.count++] = question->member[k];
        }
    }
    return group;
}

static size_t add_groups(const struct study *study, const struct question *question,
                         struct meta_group *groups, struct arena *arena)
{
    size_t made = 0, largest = 0;
    for (enum meta_across across = META_EXPOSURE_COHORTS; across <= META_ALL_COHORTS;
         across++) {
        for (size_t i = 0; i < question->count; i++) {
            if (is_led(study, question, i, across)) {
                continue;
            }
            struct meta_group group = group_of(study, question, i, across, arena);
            bool is_new = across != META_ALL_COHORTS || group.count > largest;
            largest = group.count > largest ? group.count : largest;
            if (group.count > 1 && is_new) {
                groups[made++] = group;
            }
        }
    }
    return made;
}

/* At most: every pair leads one of each kind that differ, and one of all. */
static size_t groups_at_most(const struct question *questions, size_t count)
{
    size_t most = 0;
    for (size_t q = 0; q < count; q++) {
        most += questions[q].count > 1 ? 3 * questions[q].count : 0;
    }
    return most;
}

struct meta_groups meta_groups_of(const struct study *study, struct arena *arena)
{
    size_t count;
    const struct question *questions = ask(study, arena, &count);
    size_t most = groups_at_most(questions, count);
    struct meta_groups groups = {arena_get(arena, most, sizeof(struct meta_group)), 0};
    for (size_t q = 0; q < count; q++) {
        if (questions[q].count > 1 && !is_ambiguous(study, &questions[q])) {
            size_t before = groups.count;
            groups.count += add_groups(study, &questions[q], groups.groups + before, arena);
            for (size_t g = before; g < groups.count; g++) {
                groups.groups[g].question = q;
            }
        }
    }
    return groups;
}

static bool asks_the_same(const struct pair *one, const struct pair *other)
{
    return one->direction == other->direction &&
           study_taxon(one)->rank == study_taxon(other)->rank &&
           text_equal_fold(trait_shared_name(one->exposure),
                           trait_shared_name(other->exposure)) &&
           text_equal_fold(trait_shared_name(one->outcome), trait_shared_name(other->outcome));
}

size_t *meta_group_with(const struct study *study, size_t pair, struct arena *arena,
                        size_t *count)
{
    struct question question = {arena_get(arena, study->pair_count, sizeof(size_t)), 0};
    for (size_t i = 0; i < study->pair_count; i++) {
        if (asks_the_same(study->pairs[pair], study->pairs[i])) {
            question.member[question.count++] = i;
        }
    }
    *count = is_ambiguous(study, &question) ? 0 : question.count;
    return question.member;
}
