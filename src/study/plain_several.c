/*
 * Plain words of a taxon or a study: what several pairs say together. Pairs are looked at one
 * after the other, slice after slice (slices.h), and only what the words need is kept.
 */
#include "base/i18n.h"
#include "base/map.h"
#include "study/plain_parts.h"
#include <string.h>

enum { GRADES = 'E' - 'A' + 1, NONE = GRADES, KINDS };

/* More headlines than a reader would read are of no use. */
#define MOST_OF_TAXON 12
#define MOST_OF_STUDY 3
#define GRADES_OF_TAXON "ABCDE-"
#define GRADES_OF_STUDY "ABC"

/* What several pairs have together. */
struct together {
    const char *wanted; /* grades whose headlines are */
    size_t most;        /* of them */
    size_t pairs, grades[KINDS];
    size_t waiting;            /* that are not computed whole */
    size_t loose;              /* pairs without a variant of genome-wide significance */
    char best;                 /* '-' while there is none */
    const char *name, *cohort; /* no cohort: NULL */
    bool is_taxon;             /* has a rank */
    const char **headlines[REVERSE + 1][KINDS]; /* the first of them, `most` or fewer */
    size_t counts[REVERSE + 1][KINDS];
};

struct plain_gathering {
    struct arena *arena;
    struct together study;
    struct together *taxa; /* of the exposures; NULL: not wanted */
    const char **keys;
    struct map *places; /* of the keys */
    size_t exposures, outcomes;
    struct results_count ways[REVERSE + 1];
    bool is_simulated;
};

static struct together together_begin(const char *wanted, size_t most)
{
    return (struct together){.wanted = wanted, .most = most, .best = '-'};
}

static size_t kind_of(char grade)
{
    return grade == '-' ? NONE : (size_t)(grade - 'A');
}

/* Grades are letters from the best down; none is behind all. */
static bool is_better(char grade, char than)
{
    return grade != '-' && (than == '-' || grade < than);
}

static void add_headline(struct together *together, const struct results *results, size_t pair,
                         const struct verdict *verdict, struct arena *arena)
{
    enum direction direction = results->study->pairs[pair]->direction;
    size_t kind = kind_of(verdict->grade);
    size_t *count = &together->counts[direction][kind];
    const char ***list = &together->headlines[direction][kind];
    if (strchr(together->wanted, verdict->grade) == NULL || *count >= together->most) {
        return;
    }
    if (*list == NULL) {
        *list = arena_get(arena, together->most, sizeof **list);
    }
    struct plain_pair plain = plain_pair_of(results, pair, verdict, arena);
    (*list)[(*count)++] = plain_headline(&plain);
}

/* A pair without a grade that may still get one. */
static bool is_waiting(const struct pair_result *result)
{
    return result->analysis == NULL || result->analysis->main.status == ESTIMATE_DONE;
}

static void count_in(struct together *together, const struct results *results, size_t pair,
                     const struct verdict *verdict, struct arena *arena)
{
    const struct trait *taxon = study_taxon(results->study->pairs[pair]);
    if (together->name == NULL) {
        together->name = arena_text(arena, plain_words_name(taxon, arena));
        together->cohort = arena_text(arena, taxon->cohort);
    }
    together->is_taxon |= trait_is_taxon(taxon);
    together->pairs++;
    together->loose += verdict->rulings[RULE_GENOME_WIDE].judged == JUDGE_FAILED;
    together->grades[kind_of(verdict->grade)]++;
    together->waiting += verdict->grade == '-' && is_waiting(&results->pairs[pair]);
    if (is_better(verdict->grade, together->best)) {
        together->best = verdict->grade;
    }
    add_headline(together, results, pair, verdict, arena);
}

static const char *say_more(size_t more, struct arena *arena)
{
    return more == 0 ? NULL
                     : arena_format(arena,
                                    ngettext("And %zu more is not listed here.",
                                             "And %zu more are not listed here.", more),
                                    more);
}

/* Headlines from the best grade down, forward first, and how many there are beyond `most`. */
static const char *say_headlines(const struct together *together, struct arena *arena)
{
    const char *headlines = NULL;
    size_t said = 0, found = 0;
    for (const char *grade = together->wanted; *grade != '\0'; grade++) {
        size_t kind = kind_of(*grade);
        found += together->grades[kind];
        for (int way = FORWARD; way <= REVERSE; way++) {
            for (size_t i = 0; i < together->counts[way][kind] && said < together->most; i++) {
                headlines = plain_join(arena, headlines, together->headlines[way][kind][i]);
                said++;
            }
        }
    }
    return plain_join(arena, headlines, say_more(found - said, arena));
}

static const char *say_best(const struct together *together, struct arena *arena)
{
    if (together->best == '-') {
        return together->waiting > 0 ? _("None of them has a grade yet.")
                                     : _("None of them has a grade.");
    }
    return arena_format(arena,
                        _("By the rules of this program, on a scale from A (strong) to E "
                          "(nothing seen), the best supported has grade %c."),
                        together->best);
}

/* Of `pairs` in the study. */
static const char *say_taxon_fooled(const struct together *together, size_t pairs,
                                    struct arena *arena)
{
    bool is_related = together->is_taxon && pairs > 1;

    return plain_join(arena,
                      is_related ? _("Related taxa share variants: what is seen of one may "
                                     "belong to another.")
                                 : NULL,
                      _("What is left out of the data, as diet and medicines, may lie behind "
                        "any of it."));
}

static struct plain_words words_of_taxon(const struct plain_gathering *of,
                                         const struct together *together, const char *key,
                                         struct arena *arena)
{
    const char *name = together->name == NULL ? key : together->name;
    const char *headlines = say_headlines(together, arena);
    const char *named = together->cohort == NULL ? name
                                                 : arena_format(arena, _("%s in the cohort %s"),
                                                                name, together->cohort);
    const char *compared = arena_format(
        arena,
        ngettext("This study has %1$zu comparison of %2$s.",
                 "This study has %1$zu comparisons of %2$s, one an outcome and direction.",
                 together->pairs),
        together->pairs, named);

    return (struct plain_words){
        .grade = together->best,
        .headline = say_best(together, arena),
        .parts = {[PLAIN_COMPARED] =
                      plain_join(arena, plain_simulated(of->is_simulated), compared),
                  [PLAIN_SIZE] =
                      headlines == NULL ? _("No instrument of it could be used.") : headlines,
                  [PLAIN_SURE] = say_best(together, arena),
                  [PLAIN_FOOLED] = say_taxon_fooled(together, of->study.pairs, arena),
                  [PLAIN_NOT] = arena_format(
                      arena,
                      _("It does not tell whether %s is good or bad for anybody, nor whether "
                        "taking it, or feeding it, would help."),
                      name)},
    };
}

static const char *say_counts(struct results_count count, enum direction direction,
                              struct arena *arena)
{
    if (count.tested == 0) {
        return NULL;
    }
    const char *expected =
        arena_format(arena, "%.*f", count.expected < 0.1 ? 2 : 1, count.expected);
    return arena_format(
        arena,
        direction == FORWARD
            ? _("From exposure to outcome, %1$zu of %2$zu comparisons have a P below 0.05, "
                "where about %3$s would by chance alone; %4$zu stand correction for their "
                "number.")
            : _("In the other direction, %1$zu of %2$zu comparisons have a P below 0.05, where "
                "about %3$s would by chance alone; %4$zu stand correction for their number."),
        count.nominal, count.tested, expected, count.significant);
}

static const char *say_grades(const struct together *together, struct arena *arena)
{
    const size_t *grades = together->grades;
    size_t missing = grades[NONE] - together->waiting;
    const char *without =
        missing == 0
            ? NULL
            : arena_format(arena,
                           ngettext("%zu has no estimate.", "%zu have no estimate.", missing),
                           missing);

    return plain_join(
        arena,
        arena_format(arena,
                     _("By the rules of this program %1$zu have grade A (strong), %2$zu B, "
                       "%3$zu C, %4$zu D (weak) and %5$zu E (nothing seen)."),
                     grades[0], grades[1], grades[2], grades[3], grades[4]),
        without);
}

static const char *say_loose(const struct together *together, struct arena *arena)
{
    if (together->loose == 0) {
        return NULL;
    }
    return arena_format(arena,
                        _("In %1$zu of %2$zu comparisons no variant is tied to its exposure "
                          "beyond doubt."),
                        together->loose, together->pairs);
}

/* What many questions bring with them. */
static const char *say_study_fooled(const struct together *together, struct arena *arena)
{
    if (together->pairs < 2) {
        return _("All of it rests on the variants acting in no other way, which no data can "
                 "show for certain.");
    }
    return plain_join(arena,
                      together->is_taxon ? _("Comparisons of related taxa are not independent.")
                                         : NULL,
                      _("The more questions are asked, the more answers look like something by "
                        "chance."));
}

struct plain_words plain_words_gathered(const struct plain_gathering *of, struct arena *arena)
{
    const struct together *together = &of->study;
    const char *headlines = say_headlines(together, arena);
    const char *compared = arena_format(
        arena,
        ngettext("This study has %1$zu comparison (exposures: %2$zu; outcomes: %3$zu).",
                 "This study has %1$zu comparisons (exposures: %2$zu; outcomes: %3$zu).",
                 together->pairs),
        together->pairs, of->exposures, of->outcomes);
    const char *counts = plain_join(arena, say_counts(of->ways[FORWARD], FORWARD, arena),
                                    say_counts(of->ways[REVERSE], REVERSE, arena));

    return (struct plain_words){
        .grade = together->best,
        .headline = say_grades(together, arena),
        .parts = {[PLAIN_COMPARED] =
                      plain_join(arena, plain_simulated(of->is_simulated), compared),
                  [PLAIN_SIZE] = counts != NULL          ? counts
                                 : together->waiting > 0 ? _("There is no estimate yet.")
                                                         : _("There is no estimate."),
                  [PLAIN_SURE] = plain_join(
                      arena, say_grades(together, arena),
                      headlines != NULL ? headlines
                                        : _("No comparison has a grade of C or better.")),
                  [PLAIN_FOOLED] = plain_join(arena, say_loose(together, arena),
                                              say_study_fooled(together, arena)),
                  [PLAIN_NOT] =
                      _("It does not mean that what was not found is not there, nor that "
                        "what was found would help anybody if it were changed.")},
    };
}

struct plain_gathering *plain_gather_begin(struct arena *arena)
{
    struct plain_gathering *of = arena_get(arena, 1, sizeof *of);
    of->arena = arena;
    of->places = map_create();
    of->study = together_begin(GRADES_OF_STUDY, MOST_OF_STUDY);
    return of;
}

void plain_gather_end(struct plain_gathering *of)
{
    map_destroy(of->places);
}

/* The taxa are the same in every slice. */
static void take_taxa(struct plain_gathering *of, const struct study *study)
{
    if (of->taxa != NULL) {
        return;
    }
    of->exposures = study->exposure_count;
    of->taxa = arena_get(of->arena, of->exposures + 1, sizeof *of->taxa);
    of->keys = arena_get(of->arena, of->exposures + 1, sizeof *of->keys);
    for (size_t i = 0; i < of->exposures; i++) {
        of->keys[i] = arena_text(of->arena, study->exposures[i]->key);
        of->taxa[i] = together_begin(GRADES_OF_TAXON, MOST_OF_TAXON);
        map_set(of->places, of->keys[i], i);
    }
}

static void take_pairs(struct plain_gathering *of, const struct verdicts *verdicts)
{
    const struct results *results = verdicts->results;
    for (size_t i = 0; i < results->study->pair_count; i++) {
        struct verdict verdict = verdicts_at(verdicts, i);
        size_t place;
        count_in(&of->study, results, i, &verdict, of->arena);
        if (of->taxa != NULL &&
            map_get(of->places, study_taxon(results->study->pairs[i])->key, &place)) {
            count_in(&of->taxa[place], results, i, &verdict, of->arena);
        }
    }
}

/* What is known without looking at pairs. */
static void take_study(struct plain_gathering *of, const struct results *results)
{
    of->exposures = results->study->exposure_count;
    of->outcomes += results->study->outcome_count;
    of->is_simulated |= results->study->is_simulated;
    results_count_more(&of->ways[FORWARD], results, FORWARD);
    results_count_more(&of->ways[REVERSE], results, REVERSE);
}

void plain_gather(struct plain_gathering *of, const struct verdicts *verdicts)
{
    take_taxa(of, verdicts->results->study);
    take_study(of, verdicts->results);
    take_pairs(of, verdicts);
}

size_t plain_gathered_taxa(const struct plain_gathering *of)
{
    return of->exposures;
}

const char *plain_gathered_key(const struct plain_gathering *of, size_t taxon)
{
    return of->keys[taxon];
}

struct plain_words plain_words_gathered_taxon(const struct plain_gathering *of, size_t taxon,
                                              struct arena *arena)
{
    return words_of_taxon(of, &of->taxa[taxon], of->keys[taxon], arena);
}

struct plain_words plain_words_of_study(const struct verdicts *verdicts, struct arena *arena)
{
    struct plain_gathering *of = plain_gather_begin(arena);
    take_study(of, verdicts->results);
    take_pairs(of, verdicts);
    struct plain_words words = plain_words_gathered(of, arena);
    plain_gather_end(of);
    return words;
}

struct plain_words plain_words_of_taxon(const struct verdicts *verdicts, const char *taxon,
                                        struct arena *arena)
{
    const struct results *results = verdicts->results;
    const struct study *study = results->study;
    struct plain_gathering of = {.arena = arena, .is_simulated = study->is_simulated};
    struct together together = together_begin(GRADES_OF_TAXON, MOST_OF_TAXON);
    for (size_t i = 0; i < study->pair_count; i++) {
        if (strcmp(study_taxon(study->pairs[i])->key, taxon) == 0) {
            struct verdict verdict = verdicts_at(verdicts, i);
            count_in(&together, results, i, &verdict, arena);
        }
    }
    of.study.pairs = study->pair_count;
    return words_of_taxon(&of, &together, taxon, arena);
}
