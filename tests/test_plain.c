/*
 * Plain words are never stronger than the verdict, whatever the pair; and say the numbers that
 * the pair has.
 */
#include "golden.h"
#include "numeric/start.h"
#include "report/table.h"
#include "simulate/scenario.h"
#include "study/claims.h"
#include "study/plain_words.h"
#include "study_fixture.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char *const studies[] = {"gut-insomnia", "gut-two-cohorts",    "gut-gastric",
                                      "bmi-chd",      "insomnia-alzheimer", "lipid-chd"};
#define STUDIES (sizeof studies / sizeof *studies)

/* Words that say that one thing makes another: for grade A alone, and there "causal" alone. */
static const char *const strong_words[] = {
    "caus",         "prove",   "protect",    "prevent",     "leads to",  "due to",
    "because of",   "cure",    "raises",     "lowers",      "increases", "reduces",
    "brings about", "trigger", "results in", "responsible", "makes "};

static bool has_word(const char *text, const char *word)
{
    for (; *text != '\0'; text++) {
        if (strncasecmp(text, word, strlen(word)) == 0) {
            return true;
        }
    }
    return false;
}

/* A sentence for people: something is there, no number is missing, and it ends. */
static void check_sentence(const char *text)
{
    size_t length;

    ck_assert_ptr_nonnull(text);
    length = strlen(text);
    ck_assert_uint_gt(length, 10);
    ck_assert_msg(text[length - 1] == '.', "%s", text);
    ck_assert_msg(!has_word(text, "nan ") && !has_word(text, " nan") && !has_word(text, "inf "),
                  "%s", text);
    ck_assert_msg(strstr(text, "%s") == NULL && strstr(text, ". .") == NULL &&
                      strstr(text, "  ") == NULL && strstr(text, "(null)") == NULL,
                  "%s", text);
}

/* The bar: below grade A nothing says as much as a cause. */
static void check_bar(const struct plain_words *words, const char *text)
{
    for (size_t i = 0; i < sizeof strong_words / sizeof *strong_words; i++) {
        bool may = words->grade == 'A' && i == 0;

        ck_assert_msg(may || !has_word(text, strong_words[i]), "grade %c says \"%s\": %s",
                      words->grade, strong_words[i], text);
    }
}

static void check_words(const struct plain_words *words)
{
    check_sentence(words->headline);
    check_bar(words, words->headline);
    for (enum plain_part part = PLAIN_COMPARED; part < PLAIN_PARTS; part++) {
        check_sentence(words->parts[part]);
        check_bar(words, words->parts[part]);
        ck_assert(plain_words_head(part)[0] != '\0');
    }
}

/* The interval, as it is printed, has the null in it where the sentence behind it says so, and
 * no number of people is beyond a thousand. */
static void check_range(const struct analysis *analysis, const char *size)
{
    bool is_ratio = analysis->pair->outcome->unit == UNIT_LOG_ODDS;
    const char *from = strstr(size, "anything from ");
    double null = is_ratio ? 1 : 0, lower, upper;

    ck_assert_ptr_nonnull(from);
    ck_assert_int_eq(sscanf(from, "anything from %lf to %lf", &lower, &upper), 2);
    ck_assert_msg((lower <= null && upper >= null) == analysis->main.contains_null, "%s", size);
    if (analysis->pair->outcome->unit == UNIT_LINEAR) {
        ck_assert_msg(lower >= -1000 && upper <= 1000, "%s", size);
        ck_assert_msg(strstr(from, "e+") == NULL, "%s", size);
    }
}

/* What the numbers of a pair demand. */
static void check_pair(const struct results *results, size_t index,
                       const struct verdict *verdict, const struct plain_words *words)
{
    const struct analysis *analysis = results->pairs[index].analysis;
    bool is_done = analysis->main.status == ESTIMATE_DONE;
    bool is_null = has_word(words->headline, "No difference");

    ck_assert_int_eq(words->grade, verdict->grade);
    ck_assert_int_eq(is_null, verdict->grade == 'E');
    ck_assert_int_eq(has_word(words->headline, "suggestive"), verdict->grade == 'C');
    ck_assert_int_eq(has_word(words->headline, "weak:"), verdict->grade == 'D');
    if (is_done) {
        const char *range = analysis->main.contains_null ? "That range includes" : "leaves out";
        const char *way = analysis->main.b > 0 ? "goes with more" : "goes with less";

        ck_assert_ptr_nonnull(strstr(words->parts[PLAIN_SIZE], range));
        check_range(analysis, words->parts[PLAIN_SIZE]);
        ck_assert(is_null || strstr(words->headline, way) != NULL);
    }
    ck_assert_int_eq(has_word(words->parts[PLAIN_COMPARED], "made up"),
                     results->study->is_simulated);
}

static void check_study(const struct study *study)
{
    static const char *const keys[] = {"ivw", "egger", "weighted_median", "simple_mode",
                                       "weighted_mode"};
    const struct method *methods[5];
    struct results *results;
    struct verdicts verdicts;
    struct arena *arena = arena_create();
    struct plain_words words;

    for (size_t i = 0; i < 5; i++) {
        methods[i] = methods_find(keys[i]);
    }
    results = study_fixture_run(study, methods, 5, 20, NULL);
    verdicts = verdicts_begin(results);
    for (size_t i = 0; i < study->pair_count; i++) {
        struct verdict verdict = verdicts_at(&verdicts, i);

        words = plain_words_of_pair(results, i, &verdict, arena);
        check_words(&words);
        check_pair(results, i, &verdict, &words);
    }
    for (size_t i = 0; i < study->exposure_count && i < 20; i++) {
        words = plain_words_of_taxon(&verdicts, study->exposures[i]->key, arena);
        check_words(&words);
    }
    words = plain_words_of_study(&verdicts, arena);
    check_words(&words);
    verdicts_end(&verdicts);
    results_destroy(results);
    arena_destroy(arena);
}

START_TEST(no_bundled_pair_says_too_much)
{
    struct study *study = study_fixture_load(studies[_i]);

    check_study(study);
    study_destroy(study);
}
END_TEST

/* Made studies of every kind, with effects and without, few variants and none. */
START_TEST(no_made_pair_says_too_much)
{
    static const double h2[] = {0.0005, 0.02, 0.3}, effects[] = {0, 0.05, -0.5, 3};
    enum { PAIRS = 36 };
    struct arena *arena = arena_create();
    struct pair *pairs[PAIRS];
    struct study study = {
        .pairs = pairs, .pair_count = PAIRS, .seed = 3, .is_simulated = _i == 1};

    study.has_direction[FORWARD] = true;
    for (size_t i = 0; i < PAIRS; i++) {
        struct scenario scenario = scenario_usual();
        struct pair *pair;

        scenario.h2 = h2[i % 3];
        scenario.effect = effects[i / 3 % 4];
        scenario.instruments = i % 7 == 0 ? 1 : i % 5 == 0 ? 2 : 12;
        scenario.p_threshold = i % 4 == 0 ? 1e-5 : 1;
        scenario.kind = (double)(i % SCENARIO_KINDS);
        scenario.invalid = 0.4;
        scenario.case_share = i % 2 == 0 ? NAN : 0.3;
        pair = scenario_draw(&scenario, 7, i + 1, arena).pair;
        ((struct trait *)pair->exposure)->rank = i % 2 == 0 ? RANK_GENUS : RANK_NONE;
        ((struct trait *)pair->exposure)->unit = (enum trait_unit)(i % (UNIT_SCORE + 1));
        ((struct trait *)pair->outcome)->unit = (enum trait_unit)(i / 5 % (UNIT_SCORE + 1));
        ((struct trait *)pair->outcome)->prevalence = i % 3 == 0 ? 0.1 : 0;
        pairs[i] = pair;
    }
    check_study(&study);
    arena_destroy(arena);
}
END_TEST

/* Grade A, by a verdict that is handed over, may speak of a cause; the same numbers with any
 * other grade may not. */
START_TEST(only_a_speaks_of_a_cause)
{
    struct study *study = study_fixture_load("bmi-chd");
    const struct method *ivw = methods_find("ivw");
    struct results *results = study_fixture_run(study, &ivw, 1, 20, NULL);
    struct arena *arena = arena_create();
    struct verdict verdict = verdict_of(results, 0, arena);

    for (const char *grade = "ABCDE-"; *grade != '\0'; grade++) {
        struct plain_words words;

        verdict.grade = *grade;
        words = plain_words_of_pair(results, 0, &verdict, arena);
        check_words(&words);
        ck_assert_int_eq(has_word(words.headline, "causal"), *grade == 'A');
    }
    arena_destroy(arena);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

/* The odds ratio, its interval and the absolute risks of a pair are those of its estimate. */
START_TEST(numbers_are_the_pair_s)
{
    struct study *study = study_fixture_load("bmi-chd");
    const struct method *ivw = methods_find("ivw");
    struct results *results = study_fixture_run(study, &ivw, 1, 20, NULL);
    const struct estimate *main = &results->pairs[0].analysis->main;
    struct arena *arena = arena_create();
    struct verdict verdict = verdict_of(results, 0, arena);
    double odds = 0.1 / 0.9 * exp(main->b);
    struct plain_words words;
    char want[200];

    words = plain_words_of_pair(results, 0, &verdict, arena);
    snprintf(want, sizeof want,
             "%.2f times as high; at the level of 95%%, the data fit anything "
             "from %.2f to %.2f.",
             exp(main->b), exp(main->lower), exp(main->upper));
    ck_assert_msg(strstr(words.parts[PLAIN_SIZE], want) != NULL, "%s", words.parts[PLAIN_SIZE]);
    ck_assert_ptr_null(strstr(words.parts[PLAIN_SIZE], "1,000"));
    ((struct trait *)study->pairs[0]->outcome)->prevalence = 0.1;
    words = plain_words_of_pair(results, 0, &verdict, arena);
    snprintf(want, sizeof want,
             "Of 1,000 people about 100 have Coronary heart disease; if the "
             "estimate is right, one step up it is about %.0f (",
             1000 * odds / (1 + odds));
    ck_assert_msg(strstr(words.parts[PLAIN_SIZE], want) != NULL, "%s", words.parts[PLAIN_SIZE]);
    arena_destroy(arena);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

START_TEST(prevalence_is_a_key_of_the_study_file)
{
    struct study *study = study_fixture_load("gut-insomnia");

    ck_assert_double_eq(study->outcomes[0]->prevalence, 0.28);
    ck_assert(!(study->exposures[0]->prevalence > 0));
    study_destroy(study);
}
END_TEST

START_TEST(the_table_has_study_taxa_and_pairs)
{
    struct study *study = study_fixture_load("gut-gastric");
    const struct method *ivw = methods_find("ivw");
    struct results *results = study_fixture_run(study, &ivw, 1, 20, NULL);
    struct text text = {0};
    size_t lines = 0;

    table_print(tables_find("plain"), results, TABLE_TSV, &text);
    for (const char *at = text.bytes; (at = strchr(at, '\n')) != NULL; at++) {
        lines++;
    }
    ck_assert_uint_eq(lines, 2 + study->exposure_count + study->pair_count);
    ck_assert_ptr_nonnull(strstr(text.bytes, "\nNA\tNA\tNA\tstudy\t"));
    text_drop(&text);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

/* Each claim has an answer in every study; none says more than its pair's grade. */
START_TEST(claims_are_answered)
{
    struct study *study = study_fixture_load(studies[_i]);
    const struct method *ivw = methods_find("ivw");
    struct results *results = study_fixture_run(study, &ivw, 1, 20, NULL);
    struct verdicts verdicts = verdicts_begin(results);
    struct arena *arena = arena_create();
    size_t count, claims, answered = 0;
    const struct claim *all = claims_read(arena, &claims);
    const struct claim_answer *answers = claims_answer(&verdicts, arena, &count);

    ck_assert_uint_eq(claims, 8);
    for (size_t i = 0; i < count; i++) {
        const struct plain_words words = {.grade = answers[i].grade};
        bool is_sure = answers[i].stand >= CLAIM_CONTRARY;

        answered += i == 0 || answers[i].claim != answers[i - 1].claim;
        check_sentence(answers[i].claim->text);
        check_sentence(answers[i].can);
        check_sentence(answers[i].cannot);
        check_bar(&words, answers[i].can);
        check_bar(&words, answers[i].cannot);
        ck_assert(!is_sure || (answers[i].grade >= 'A' && answers[i].grade <= 'D'));
        ck_assert(answers[i].stand != CLAIM_NOT_SEEN || answers[i].grade == 'E');
    }
    ck_assert_uint_eq(answered, claims);
    ck_assert_str_eq(all[0].key, "faecalibacterium");
    /* Two of the studies are about insomnia and the gut. */
    ck_assert_int_eq(answers[0].stand != CLAIM_NOT_IN_STUDY, _i < 2);
    arena_destroy(arena);
    verdicts_end(&verdicts);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

START_TEST(other_tables_are_no_claims)
{
    static const char *const wrong[] = {
        "",
        "claim\tkind\n",
        "head\na\tabundance\tgenus:B\tfewer\tinsomnia\ten\n",
        "head\na\tmagic\tgenus:B\tfewer\tinsomnia\ten\tzh\n",
        "head\na\tabundance\t\tfewer\tinsomnia\ten\tzh\n",
        "head\na\tabundance\tgenus:B\tfewer\tinsomnia\ten\tzh\tmore\n"};
    struct arena *arena = arena_create();
    struct claim *claims;
    size_t count;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(!claims_parse(wrong[i], arena, &claims, &count), "%s", wrong[i]);
    }
    ck_assert(claims_parse("head\na\tlink\tx\tthrough\ty\ten\tzh\n", arena, &claims, &count));
    ck_assert_uint_eq(count, 1);
    arena_destroy(arena);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {no_bundled_pair_says_too_much, STUDIES},
        {no_made_pair_says_too_much, 2},
        {only_a_speaks_of_a_cause, 1},
        {numbers_are_the_pair_s, 1},
        {prevalence_is_a_key_of_the_study_file, 1},
        {the_table_has_study_taxa_and_pairs, 1},
        {claims_are_answered, STUDIES},
        {other_tables_are_no_claims, 1},
    };

    return golden_run_each("plain", tests, sizeof tests / sizeof *tests);
}
