#include "study/plain_words.h"
#include "base/array.h"
#include "base/i18n.h"
#include "study/plain_parts.h"
#include <math.h>
#include <string.h>

const char *plain_words_head(enum plain_part part)
{
    static const char *const heads[PLAIN_PARTS] = {
        [PLAIN_COMPARED] = N_("What was compared"), [PLAIN_SIZE] = N_("How large it is"),
        [PLAIN_SURE] = N_("How sure that is"),      [PLAIN_FOOLED] = N_("What could fool us"),
        [PLAIN_NOT] = N_("What it does not mean"),
    };

    return gettext(heads[part]);
}

/* That effects are simulated is said once, not with every name. */
static const char *without_bracket(const struct trait *trait, struct arena *arena)
{
    const char *name = trait_shared_name(trait);
    const char *bracket = strstr(name, " (simulated");

    return bracket == NULL || bracket == name
               ? name
               : arena_bytes(arena, name, (size_t)(bracket - name));
}

const char *plain_words_name(const struct trait *trait, struct arena *arena)
{
    const char *name = without_bracket(trait, arena);

    switch (trait->rank) {
    case RANK_KINGDOM:
        return arena_format(arena, _("%s (kingdom)"), name);
    case RANK_PHYLUM:
        return arena_format(arena, _("%s (phylum)"), name);
    case RANK_CLASS:
        return arena_format(arena, _("%s (class)"), name);
    case RANK_ORDER:
        return arena_format(arena, _("%s (order)"), name);
    case RANK_FAMILY:
        return arena_format(arena, _("%s (family)"), name);
    case RANK_GENUS:
        return arena_format(arena, _("%s (genus)"), name);
    case RANK_SPECIES:
        return arena_format(arena, _("%s (species)"), name);
    case RANK_NONE:
    case RANK_COUNT:
    default:
        return name;
    }
}

const char *plain_join(struct arena *arena, const char *one, const char *other)
{
    if (one == NULL || other == NULL) {
        return one == NULL ? other : one;
    }
    /* Two whole sentences, one after the other: some languages have no space between. */
    return arena_format(arena, _("%1$s %2$s"), one, other);
}

bool plain_has_estimate(const struct plain_pair *plain)
{
    return plain->analysis != NULL && plain->analysis->main.status == ESTIMATE_DONE;
}

static struct plain_pair pair_of(const struct results *results, size_t pair,
                                 const struct verdict *verdict, struct arena *arena)
{
    const struct analysis *analysis = results->pairs[pair].analysis;
    const struct pair *of = analysis == NULL ? results->study->pairs[pair] : analysis->pair;

    return (struct plain_pair){.results = results,
                               .index = pair,
                               .pair = of,
                               .analysis = analysis,
                               .verdict = verdict,
                               .exposure = plain_words_name(of->exposure, arena),
                               .outcome = plain_words_name(of->outcome, arena),
                               .arena = arena};
}

struct plain_words plain_words_of_pair(const struct results *results, size_t pair,
                                       const struct verdict *verdict, struct arena *arena)
{
    struct plain_pair plain = pair_of(results, pair, verdict, arena);

    return (struct plain_words){
        .grade = verdict->grade,
        .headline = plain_headline(&plain),
        .parts = {[PLAIN_COMPARED] = plain_compared(&plain),
                  [PLAIN_SIZE] = plain_size(&plain),
                  [PLAIN_SURE] = plain_sure(&plain),
                  [PLAIN_FOOLED] = plain_fooled(&plain),
                  [PLAIN_NOT] = plain_not(&plain)},
    };
}

/* What several pairs have together. */
struct gathered {
    size_t pairs, grades['E' - 'A' + 1];
    size_t loose;          /* pairs without a variant of genome-wide significance */
    char best;             /* '-' while there is none */
    const char *headlines; /* of the pairs, as many as were wanted */
};

/* Grades are letters from the best down; none is behind all. */
static bool is_better(char grade, char than)
{
    return grade != '-' && (than == '-' || grade < than);
}

/* One of the pairs, judged. */
struct judged {
    size_t pair;
    struct verdict verdict;
};

/* Every pair, or those of a taxon. */
static struct array judge(const struct verdicts *verdicts, const char *taxon)
{
    const struct study *study = verdicts->results->study;
    struct array pairs = ARRAY_OF(struct judged);

    for (size_t i = 0; i < study->pair_count; i++) {
        if (taxon == NULL || strcmp(study_taxon(study->pairs[i])->key, taxon) == 0) {
            *(struct judged *)array_add(&pairs) = (struct judged){i, verdicts_at(verdicts, i)};
        }
    }
    return pairs;
}

static void count_in(struct gathered *gathered, const struct verdict *verdict)
{
    gathered->pairs++;
    gathered->loose += verdict->rulings[RULE_GENOME_WIDE].judged == JUDGE_FAILED;
    if (verdict->grade != '-') {
        gathered->grades[verdict->grade - 'A']++;
    }
    if (is_better(verdict->grade, gathered->best)) {
        gathered->best = verdict->grade;
    }
}

static const char *say_more(size_t more, struct arena *arena)
{
    return more == 0 ? NULL
                     : arena_format(arena,
                                    ngettext("And %zu more is not listed here.",
                                             "And %zu more are not listed here.", more),
                                    more);
}

/* Headlines from the best grade down, and how many there are beyond `most`. */
static const char *headlines_of(const struct results *results, const struct array *pairs,
                                const char *grades, size_t most, struct arena *arena)
{
    const char *headlines = NULL;
    size_t found = 0;

    for (const char *grade = grades; *grade != '\0'; grade++) {
        for (size_t i = 0; i < pairs->count; i++) {
            const struct judged *one = array_at(pairs, i);

            if (one->verdict.grade == *grade && found++ < most) {
                struct plain_pair plain = pair_of(results, one->pair, &one->verdict, arena);
                headlines = plain_join(arena, headlines, plain_headline(&plain));
            }
        }
    }
    return plain_join(arena, headlines, say_more(found > most ? found - most : 0, arena));
}

/* Of every pair, or of those of a taxon; headlines of some grades. */
static struct gathered gather(const struct verdicts *verdicts, const char *taxon,
                              const char *grades, size_t most, struct arena *arena)
{
    struct array pairs = judge(verdicts, taxon);
    struct gathered gathered = {.best = '-'};

    for (size_t i = 0; i < pairs.count; i++) {
        count_in(&gathered, &((const struct judged *)array_at(&pairs, i))->verdict);
    }
    gathered.headlines = headlines_of(verdicts->results, &pairs, grades, most, arena);
    array_destroy(&pairs);
    return gathered;
}

static const char *say_best(const struct gathered *gathered, struct arena *arena)
{
    if (gathered->best == '-') {
        return _("None of them has a grade yet.");
    }
    return arena_format(arena,
                        _("By the rules of this program, on a scale from A (strong) to E "
                          "(nothing seen), the best supported has grade %c."),
                        gathered->best);
}

static const struct trait *trait_of(const struct study *study, const char *taxon)
{
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct trait *trait = study_taxon(study->pairs[i]);

        if (strcmp(trait->key, taxon) == 0) {
            return trait;
        }
    }
    return NULL;
}

/* More headlines than a reader would read are of no use. */
#define MOST_OF_TAXON 12
#define MOST_OF_STUDY 3

static const char *say_taxon_fooled(const struct study *study, const struct trait *trait,
                                    struct arena *arena)
{
    bool is_related = trait != NULL && trait_is_taxon(trait) && study->pair_count > 1;

    return plain_join(arena,
                      is_related ? _("Related taxa share variants: what is seen of one may "
                                     "belong to another.")
                                 : NULL,
                      _("What is left out of the data, as diet and medicines, may lie behind "
                        "any of it."));
}

struct plain_words plain_words_of_taxon(const struct verdicts *verdicts, const char *taxon,
                                        struct arena *arena)
{
    const struct study *study = verdicts->results->study;
    struct gathered gathered = gather(verdicts, taxon, "ABCDE-", MOST_OF_TAXON, arena);
    const struct trait *trait = trait_of(study, taxon);
    const char *name = trait == NULL ? taxon : plain_words_name(trait, arena);
    const char *compared = arena_format(
        arena,
        ngettext("This study has %1$zu comparison of %2$s.",
                 "This study has %1$zu comparisons of %2$s, one an outcome and direction.",
                 gathered.pairs),
        gathered.pairs, name);

    return (struct plain_words){
        .grade = gathered.best,
        .headline = say_best(&gathered, arena),
        .parts = {[PLAIN_COMPARED] = plain_join(arena, plain_simulated(study), compared),
                  [PLAIN_SIZE] = gathered.headlines == NULL
                                     ? _("No instrument of it could be used.")
                                     : gathered.headlines,
                  [PLAIN_SURE] = say_best(&gathered, arena),
                  [PLAIN_FOOLED] = say_taxon_fooled(study, trait, arena),
                  [PLAIN_NOT] = arena_format(
                      arena,
                      _("It does not tell whether %s is good or bad for anybody, nor whether "
                        "taking it, or feeding it, would help."),
                      name)},
    };
}

static const char *say_counts(const struct results *results, enum direction direction,
                              struct arena *arena)
{
    struct results_count count = results_count_of(results, NULL, direction);

    if (count.tested == 0) {
        return NULL;
    }
    return arena_format(
        arena,
        direction == FORWARD
            ? _("From exposure to outcome, %1$zu of %2$zu comparisons have a P below 0.05, "
                "where about %3$.1f would by chance alone; %4$zu stand correction for their "
                "number.")
            : _("In the other direction, %1$zu of %2$zu comparisons have a P below 0.05, where "
                "about %3$.1f would by chance alone; %4$zu stand correction for their number."),
        count.nominal, count.tested, count.expected, count.significant);
}

static const char *say_grades(const struct gathered *gathered, struct arena *arena)
{
    const size_t *grades = gathered->grades;

    return arena_format(arena,
                        _("By the rules of this program %1$zu have grade A (strong), %2$zu B, "
                          "%3$zu C, %4$zu D (weak) and %5$zu E (nothing seen)."),
                        grades[0], grades[1], grades[2], grades[3], grades[4]);
}

static const char *say_loose(const struct gathered *gathered, struct arena *arena)
{
    if (gathered->loose == 0) {
        return NULL;
    }
    return arena_format(arena,
                        _("In %1$zu of %2$zu comparisons no variant is tied to its exposure "
                          "beyond doubt."),
                        gathered->loose, gathered->pairs);
}

static bool has_taxon(const struct study *study)
{
    for (size_t i = 0; i < study->pair_count; i++) {
        if (trait_is_taxon(study_taxon(study->pairs[i]))) {
            return true;
        }
    }
    return false;
}

/* What many questions bring with them. */
static const char *say_study_fooled(const struct study *study, struct arena *arena)
{
    if (study->pair_count < 2) {
        return _("All of it rests on the variants acting in no other way, which no data can "
                 "show for certain.");
    }
    return plain_join(
        arena, has_taxon(study) ? _("Comparisons of related taxa are not independent.") : NULL,
        _("The more questions are asked, the more answers look like something by "
          "chance."));
}

struct plain_words plain_words_of_study(const struct verdicts *verdicts, struct arena *arena)
{
    const struct results *results = verdicts->results;
    const struct study *study = results->study;
    struct gathered gathered = gather(verdicts, NULL, "ABC", MOST_OF_STUDY, arena);
    const char *compared = arena_format(
        arena,
        ngettext("This study has %1$zu comparison (exposures: %2$zu; outcomes: %3$zu).",
                 "This study has %1$zu comparisons (exposures: %2$zu; outcomes: %3$zu).",
                 study->pair_count),
        study->pair_count, study->exposure_count, study->outcome_count);
    const char *counts = plain_join(arena, say_counts(results, FORWARD, arena),
                                    say_counts(results, REVERSE, arena));

    return (struct plain_words){
        .grade = gathered.best,
        .headline = say_grades(&gathered, arena),
        .parts = {[PLAIN_COMPARED] = plain_join(arena, plain_simulated(study), compared),
                  [PLAIN_SIZE] = counts == NULL ? _("There is no estimate yet.") : counts,
                  [PLAIN_SURE] =
                      plain_join(arena, say_grades(&gathered, arena),
                                 gathered.headlines != NULL
                                     ? gathered.headlines
                                     : _("No comparison has a grade of C or better.")),
                  [PLAIN_FOOLED] = plain_join(arena, say_loose(&gathered, arena),
                                              say_study_fooled(study, arena)),
                  [PLAIN_NOT] =
                      _("It does not mean that what was not found is not there, nor that "
                        "what was found would help anybody if it were changed.")},
    };
}
