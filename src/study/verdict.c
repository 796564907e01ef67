#include "study/verdict.h"
#include "base/i18n.h"
#include "diagnose/agreement.h"
#include "diagnose/influence.h"
#include "diagnose/power.h"
#include "instrument/instrument.h"
#include "study/across.h"
#include <math.h>
#include <string.h>

/* P of an instrument of genome-wide significance, as -log10. */
static const double GENOME_WIDE = 7.301029995663981;
/* Fewer other methods cannot agree. */
enum { FEWEST_METHODS = 3 };

/* What the numbers of the rules are taken from. */
struct evidence {
    const struct results *results;
    size_t pair;
    const struct analysis *analysis;
    struct replication replication;
    size_t opposite; /* the pair of the other direction, or ACROSS_NONE */
    struct arena *scratch;
    const struct verdict_rules *rules;
};

/* A number that must be below, or at least, its threshold. */
static struct ruling below(double value, double threshold)
{
    return (struct ruling){value, isnan(value)        ? JUDGE_CANNOT
                                  : value < threshold ? JUDGE_PASSED
                                                      : JUDGE_FAILED};
}

static struct ruling at_least(double value, double threshold)
{
    return (struct ruling){value, isnan(value)         ? JUDGE_CANNOT
                                  : value >= threshold ? JUDGE_PASSED
                                                       : JUDGE_FAILED};
}

static struct ruling nominal(const struct evidence *evidence, double threshold)
{
    return below(evidence->analysis->main.p, threshold);
}

static struct ruling fdr(const struct evidence *evidence, double threshold)
{
    const struct pair_result *result = &evidence->results->pairs[evidence->pair];
    struct ruling ruling = below(result->q, threshold);
    ruling.judged = result->fdr == JUDGE_NOT_RUN ? JUDGE_NOT_RUN : ruling.judged;
    return ruling;
}

static struct ruling variants(const struct evidence *evidence, double threshold)
{
    return at_least((double)evidence->analysis->pair->count, threshold);
}

static struct ruling methods(const struct evidence *evidence, double threshold)
{
    struct agreement agreement = agreement_of(evidence->analysis);
    double share =
        agreement.of < FEWEST_METHODS ? NAN : (double)agreement.agree / (double)agreement.of;
    struct ruling ruling = at_least(share, threshold);
    if (evidence->results->pairs[evidence->pair].is_preview) {
        ruling.judged = JUDGE_NOT_RUN;
    }
    return ruling;
}

/* How many variants the result hangs on: as the check of the letter L. */
static struct ruling leave_one_out(const struct evidence *evidence, double threshold)
{
    const struct analysis *analysis = evidence->analysis;
    double carry = 0;
    if (analysis->leave_one_out_count <= 1) {
        return (struct ruling){NAN, JUDGE_CANNOT};
    }
    for (size_t j = 0; j + 1 < analysis->leave_one_out_count; j++) {
        const struct estimate *drop = &analysis->leave_one_out[j];
        bool is_like = drop->contains_null == analysis->main.contains_null &&
                       (drop->contains_null || (drop->b < 0) == (analysis->main.b < 0));
        carry += drop->status != ESTIMATE_DONE || !is_like;
    }
    return (struct ruling){carry, carry <= threshold ? JUDGE_PASSED : JUDGE_FAILED};
}

/* The main method on the pair without the variants marked. */
static struct estimate estimate_without(const struct evidence *evidence, const bool *is_out)
{
    const struct pair *pair = pair_without(evidence->scratch, evidence->analysis->pair, is_out);
    const struct method *method = methods_find(pair->count == 1 ? "wald" : "ivw");
    return estimate_run(method, pair, &evidence->analysis->settings, evidence->scratch,
                        evidence->scratch);
}

/* Its number is the P without the outliers. */
static struct ruling outliers(const struct evidence *evidence, double threshold)
{
    const struct analysis *analysis = evidence->analysis;
    size_t count = analysis->pair->count, out = 0;
    if (count < 3) {
        return (struct ruling){NAN, JUDGE_CANNOT};
    }
    const struct radial_outlier *radial =
        influence_radial_of(analysis->pair, evidence->scratch);
    bool *is_out = arena_get(evidence->scratch, count, sizeof *is_out);
    for (size_t j = 0; j < count; j++) {
        is_out[j] = radial[j].is_outlier_bonferroni;
        out += is_out[j];
    }
    if (out == 0) {
        return below(analysis->main.p, threshold);
    }
    struct estimate rest = estimate_without(evidence, is_out);
    struct ruling ruling = below(rest.status == ESTIMATE_DONE ? rest.p : NAN, threshold);
    bool is_turned = (rest.b < 0) != (analysis->main.b < 0);
    ruling.judged = ruling.judged == JUDGE_PASSED && is_turned ? JUDGE_FAILED : ruling.judged;
    return ruling;
}

static struct ruling genome_wide(const struct evidence *evidence, double threshold)
{
    const struct pair *pair = evidence->analysis->pair;
    double count = 0;
    bool is_known = pair->count == 0;
    for (size_t j = 0; j < pair->count; j++) {
        double p = pair->rows[pair->row[j]].x.neglog10_p;
        count += p > GENOME_WIDE;
        is_known |= !isnan(p);
    }
    return at_least(is_known ? count : NAN, threshold);
}

static struct ruling heterogeneity(const struct evidence *evidence, double threshold)
{
    return at_least(evidence->analysis->heterogeneity.p, threshold);
}

static struct ruling intercept(const struct evidence *evidence, double threshold)
{
    const struct estimate *egger = &evidence->analysis->egger;
    return at_least(egger->status == ESTIMATE_DONE ? egger->intercept_p : NAN, threshold);
}

static struct ruling direction(const struct evidence *evidence, double threshold)
{
    const struct steiger *steiger = &evidence->analysis->steiger;
    struct ruling ruling = below(steiger->is_known ? steiger->p : NAN, threshold);
    ruling.judged = steiger->is_known && !steiger->is_correct ? JUDGE_FAILED : ruling.judged;
    return ruling;
}

/* Nothing is seen, and little could have been: as the rule on power judges it. */
static bool is_blind(const struct evidence *evidence, const struct analysis *other)
{
    struct power of = power_of(other->pair, &other->strength, &other->main, &other->settings);
    return of.has_scale && of.at_small < evidence->rules->threshold[RULE_POWER];
}

static struct ruling reverse(const struct evidence *evidence, double threshold)
{
    const struct results *results = evidence->results;
    if (evidence->opposite == ACROSS_NONE) {
        return (struct ruling){NAN, JUDGE_CANNOT};
    }
    const struct analysis *other = results->pairs[evidence->opposite].analysis;
    if (other == NULL) {
        return (struct ruling){NAN, JUDGE_NOT_RUN};
    }
    struct ruling ruling =
        at_least(other->main.status == ESTIMATE_DONE ? other->main.p : NAN, threshold);
    ruling.judged = ruling.judged == JUDGE_PASSED && is_blind(evidence, other) ? JUDGE_CANNOT
                                                                               : ruling.judged;
    return ruling;
}

static struct ruling replicated(const struct evidence *evidence, double threshold)
{
    const struct replication *replication = &evidence->replication;
    return at_least(replication->asked == 0 ? NAN : (double)replication->replicated, threshold);
}

/* Without units a small effect is none that can be named. */
static struct ruling power(const struct evidence *evidence, double threshold)
{
    const struct analysis *analysis = evidence->analysis;
    struct power of =
        power_of(analysis->pair, &analysis->strength, &analysis->main, &analysis->settings);
    struct ruling ruling = at_least(of.has_scale ? of.at_small : NAN, threshold);
    if (ruling.judged == JUDGE_PASSED && !of.excludes_small) {
        ruling.judged = JUDGE_FAILED;
    }
    return ruling;
}

typedef struct ruling rule_function(const struct evidence *evidence, double threshold);

static rule_function *const functions[VERDICT_RULES] = {
    [RULE_NOMINAL] = nominal,
    [RULE_FDR] = fdr,
    [RULE_VARIANTS] = variants,
    [RULE_METHODS] = methods,
    [RULE_LEAVE_ONE_OUT] = leave_one_out,
    [RULE_OUTLIERS] = outliers,
    [RULE_GENOME_WIDE] = genome_wide,
    [RULE_HETEROGENEITY] = heterogeneity,
    [RULE_INTERCEPT] = intercept,
    [RULE_DIRECTION] = direction,
    [RULE_REVERSE] = reverse,
    [RULE_REPLICATED] = replicated,
    [RULE_POWER] = power,
};

/* The best grade all of whose rules hold. */
static char grade_of(const struct verdict *verdict, const struct verdict_rules *rules)
{
    for (char grade = 'A'; grade < 'E'; grade++) {
        bool holds = true;
        for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
            bool is_needed = strchr(rules->grades[rule], grade) != NULL;
            holds &= !is_needed || verdict->rulings[rule].judged == JUDGE_PASSED;
        }
        if (holds) {
            return grade;
        }
    }
    return 'E';
}

static bool is_waiting(const struct verdict *verdict, const struct verdict_rules *rules)
{
    for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
        if (verdict->rulings[rule].judged == JUDGE_NOT_RUN && rules->grades[rule][0] != '\0') {
            return true;
        }
    }
    return false;
}

static bool holds(const struct verdict *verdict, enum verdict_rule rule)
{
    return verdict->rulings[rule].judged == JUDGE_PASSED;
}

static bool cannot(const struct verdict *verdict, enum verdict_rule rule)
{
    return verdict->rulings[rule].judged == JUDGE_CANNOT;
}

/* Of grade D: the first of what C would need. */
static const char *words_of_weak(const struct verdict *verdict)
{
    if (!holds(verdict, RULE_FDR)) {
        return _("weak: does not stand correction for many tests");
    }
    if (!holds(verdict, RULE_VARIANTS)) {
        return _("weak: stands correction for many tests, but rests on too few variants");
    }
    if (cannot(verdict, RULE_METHODS)) {
        return _("weak: stands correction for many tests, but too few other methods gave an "
                 "answer");
    }
    if (!holds(verdict, RULE_METHODS)) {
        return _("weak: stands correction for many tests, but other methods do not agree");
    }
    bool is_alone = !holds(verdict, RULE_LEAVE_ONE_OUT);
    if (cannot(verdict, is_alone ? RULE_LEAVE_ONE_OUT : RULE_OUTLIERS)) {
        return _("weak: stands correction for many tests, but could not be checked");
    }
    return !is_alone ? _("weak: stands correction for many tests, but not without outliers")
                     : _("weak: stands correction for many tests, but hangs on one variant");
}

static const char *words_of_null(const struct verdict *verdict)
{
    if (cannot(verdict, RULE_POWER)) {
        return _("null of unknown power");
    }
    if (holds(verdict, RULE_POWER)) {
        return _("null, informative: a small effect is excluded");
    }
    return verdict->has_power ? _("uninformative null: a small effect is not excluded")
                              : _("uninformative null: power is low");
}

static const char *words_of(const struct verdict *verdict)
{
    bool is_replicated = holds(verdict, RULE_REPLICATED);
    bool is_one_way = holds(verdict, RULE_REVERSE);
    switch (verdict->grade) {
    case 'A':
        return _("strong: consistent with a causal effect");
    case 'B':
        return is_replicated ? _("moderate: the reverse is not excluded")
               : is_one_way  ? _("moderate: not replicated")
                             : _("moderate: not replicated, and the reverse is not excluded");
    case 'C':
        return _("suggestive: stands correction for many tests, but some check does not hold");
    case 'D':
        return words_of_weak(verdict);
    default:
        return words_of_null(verdict);
    }
}

/* Rules on the evidence; nothing stays in its scratch memory. */
static struct verdict judge(const struct evidence *given, const struct verdict_rules *rules)
{
    struct verdict verdict = {.grade = '-', .words = _("no estimate")};
    struct evidence evidence = *given;
    evidence.rules = rules;
    struct arena_mark mark = arena_mark(evidence.scratch);
    for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
        verdict.rulings[rule] = (struct ruling){NAN, JUDGE_NOT_RUN};
    }
    if (evidence.analysis == NULL || evidence.analysis->main.status != ESTIMATE_DONE) {
        return verdict;
    }
    for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
        verdict.rulings[rule] = functions[rule](&evidence, rules->threshold[rule]);
    }
    verdict.has_power = verdict.rulings[RULE_POWER].value >= rules->threshold[RULE_POWER];
    arena_reset(evidence.scratch, mark);
    if (is_waiting(&verdict, rules)) {
        verdict.words = _("not known before all is computed");
        return verdict;
    }
    verdict.grade = grade_of(&verdict, rules);
    verdict.words = words_of(&verdict);
    return verdict;
}

struct verdicts verdicts_begin(const struct results *results)
{
    struct arena *arena = arena_create();
    return (struct verdicts){.results = results,
                             .rules = verdict_rules(),
                             .opposite = across_of(results->study, arena).opposite,
                             .replications = meta_replications(results, arena),
                             .arena = arena,
                             .scratch = arena_create()};
}

struct verdict verdicts_at(const struct verdicts *verdicts, size_t pair)
{
    struct evidence evidence = {verdicts->results,
                                pair,
                                verdicts->results->pairs[pair].analysis,
                                verdicts->replications[pair],
                                verdicts->opposite[pair],
                                verdicts->scratch,
                                NULL};
    return judge(&evidence, &verdicts->rules);
}

void verdicts_end(struct verdicts *verdicts)
{
    arena_destroy(verdicts->arena);
    arena_destroy(verdicts->scratch);
}

static size_t opposite_of(const struct study *study, const struct pair *pair)
{
    size_t index = ACROSS_NONE;
    bool is_forward = pair->direction == FORWARD;
    bool is_there = study_find_pair(study, pair->outcome->key, pair->exposure->key,
                                    is_forward ? REVERSE : FORWARD, &index) != NULL;
    return is_there ? index : ACROSS_NONE;
}

struct verdict verdict_of(const struct results *results, size_t pair, struct arena *scratch)
{
    const struct verdict_rules rules = verdict_rules();
    struct evidence evidence = {results,
                                pair,
                                results->pairs[pair].analysis,
                                meta_replication_of(results, pair, scratch),
                                opposite_of(results->study, results->study->pairs[pair]),
                                scratch,
                                NULL};
    return judge(&evidence, &rules);
}
