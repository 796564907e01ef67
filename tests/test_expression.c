/*
 * Conditions of lists: what they mean, against a table; what is said of wrong ones and where;
 * and that no text at all, nor one made of their own pieces, breaks the parser.
 */
#include "base/memory.h"
#include "base/text.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include "ui/explorer/expression.h"
#include "ui/explorer/filter.h"
#include <check.h>
#include <math.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

enum { OF_P, OF_Q, OF_J, OF_F, OF_PHYLUM, OF_CHECK_Q, OF_CHECK_F };

static const char *const judgements[] = {"passed", "failed", NULL};

static const struct expression_column columns[] = {
    {"p", EXPRESSION_NUMBER, NULL, OF_P},
    {"q", EXPRESSION_NUMBER, NULL, OF_Q},
    {"nsnp", EXPRESSION_NUMBER, NULL, OF_J},
    {"J", EXPRESSION_NUMBER, NULL, OF_J},
    {"F", EXPRESSION_NUMBER, NULL, OF_F},
    {"phylum", EXPRESSION_TEXT, NULL, OF_PHYLUM},
    {"Q", EXPRESSION_WORD, judgements, OF_CHECK_Q},
    {"F", EXPRESSION_WORD, judgements, OF_CHECK_F},
};

struct taxon {
    double p, q, variants, strength;
    const char *phylum, *heterogeneity, *discovery;
};

static struct expression_value value_of(const void *row, int id)
{
    const struct taxon *taxon = row;
    const double numbers[] = {taxon->p, taxon->q, taxon->variants, taxon->strength};
    const char *const texts[] = {taxon->phylum, taxon->heterogeneity, taxon->discovery};
    return id <= OF_F ? (struct expression_value){numbers[id], NULL}
                      : (struct expression_value){NAN, texts[id - OF_PHYLUM]};
}

/* What a condition says of a taxon; it must be one. */
static bool holds(const char *text, const struct taxon *taxon)
{
    char *said = NULL;
    struct expression_row row = {taxon, value_of};
    struct expression *expression = expression_create(text, columns, COUNT(columns), &said);
    ck_assert_msg(expression != NULL, "%s: %s", text, said);
    bool is_true = expression_holds(expression, &row);
    expression_destroy(expression);
    return is_true;
}

/* p 0.031, q missing, 7 variants, F 25, Firmicutes, Q passed, F failed. */
static const struct taxon firmicutes = {0.031, NAN, 7, 25, "Firmicutes", "passed", "failed"};

static const struct {
    const char *text;
    bool is_true;
} truths[] = {
    {"p < 0.05", true},
    {"p<.05", true},
    {"p < 5%", true},
    {"p > 5e-2", false},
    {"p < 3.1e-2", false},
    {"p <= 0.031", true},
    {"p >= 0.031", true},
    {"p ≤ 0.031", true},
    {"p ≥ 0.0311", false},
    {"p = 0.031", true},
    {"p == 0.031", true},
    {"p != 0.031", false},
    {"p <> 0.031", false},
    {"p ≠ 1", true},
    {"P < 0.05", true},
    {"NSNP = 7", true},
    {"j = 7", true},
    {"J > -1", true},
    /* a missing number is neither below nor above nor other */
    {"q < 1", false},
    {"q >= 0", false},
    {"q != 3", false},
    {"!(q < 1)", true},
    {"q = NA", true},
    {"q != na", false},
    {"p = NA", false},
    {"p != NA", true},
    /* & before |, from the left, parentheses before both */
    {"p < .05 & nsnp >= 3 & phylum = Firmicutes", true},
    {"p < .05 && nsnp >= 8", false},
    {"p > .05 | nsnp >= 7", true},
    {"p > .05 || nsnp > 7", false},
    {"p < .05 | p < .05 & nsnp > 7", true},
    {"(p < .05 | p < .05) & nsnp > 7", false},
    {"nsnp > 7 & p > 1 | p < 1", true},
    {"nsnp > 7 & (p > 1 | p < 1)", false},
    {"!p > .05", true},
    {"!!p > .05", false},
    {"! ! ! (p > .05 | nsnp = 7)", false},
    {"!p > .05 & !nsnp = 8", true},
    {"((((((((((((((((((((p < 1))))))))))))))))))))", true},
    /* texts, with blanks in them, whole or contained */
    {"phylum = firmicutes", true},
    {"phylum = Firm", false},
    {"phylum ~ MICU", true},
    {"phylum ~ micro", false},
    {"phylum != Firmicutes", false},
    {"phylum = \"Firmicutes\"", true},
    {"phylum = 'Firmicutes' & p < 1", true},
    {"phylum = Firmi cutes", false},
    {"phylum = NA", false},
    {"phylum = \"NA\"", false},
    {"phylum != NA", true},
    {"phylum ~ \"\"", true},
    /* one name, two columns: the value tells */
    {"F > 10", true},
    {"F = failed", true},
    {"f = FAILED", true},
    {"F != passed", true},
    {"Q = passed & F = failed & F >= 25", true},
    {"  p<.05&nsnp=7  ", true},
};

START_TEST(means_what_it_says)
{
    ck_assert(expression_is_meant(truths[_i].text));
    ck_assert_msg(holds(truths[_i].text, &firmicutes) == truths[_i].is_true, "%s",
                  truths[_i].text);
}
END_TEST

START_TEST(missing_texts_are_missing)
{
    struct taxon nameless = firmicutes;
    nameless.phylum = NULL;
    ck_assert(holds("phylum = NA", &nameless));
    ck_assert(!holds("phylum != NA", &nameless));
    ck_assert(!holds("phylum = Firmicutes", &nameless));
    ck_assert(!holds("phylum != Firmicutes", &nameless));
    ck_assert(!holds("phylum ~ F", &nameless));
}
END_TEST

static const struct {
    const char *text, *place, *said;
} wrong[] = {
    {"", "at the end", "write a condition such as p < 0.05; there are p q nsnp J F phylum Q"},
    {"p <", "at the end", "write what p is compared with"},
    {"p", "at the end", "write <, <=, >, >=, =, != or ~ after p"},
    {"p 0.05", "at letter 3", "write <, <=, >, >=, =, != or ~ after p"},
    {"nsnq > 3", "at letter 1", "there is no column “nsnq”; there are p q nsnp"},
    {"p < 0.05 & nsnq > 3", "at letter 12", "there is no column “nsnq”"},
    {"p < abc", "at letter 5", "found “abc”; p is compared with a number, as 0.05 or 5%"},
    {"p < 0x5", "at letter 5", "found “0x5”"},
    {"p < 0,05", "at letter 5", "found “0,05”"},
    {"p < nan", "at letter 5", "found “nan”"},
    {"p < %", "at letter 5", "found “%”"},
    {"p < 0.05 nsnp > 3", "at letter 9", "write & or | between two conditions"},
    {"p < 0.05 & ", "at the end", "write a condition such as p < 0.05"},
    {"p < 0.05 & & q < 1", "at letter 12", "write a condition"},
    {"p < NA", "at letter 3", "write p = or p != here"},
    {"p ~ 3", "at letter 3", "p is a number: write <, <=, >, >=, = or !="},
    {"phylum < Firmicutes", "at letter 8", "phylum is a text: write =, != or ~ (contains)"},
    {"phylum ~ NA", "at letter 8", "write phylum = or phylum != here"},
    {"phylum = \"Firm", "at letter 10", "close the quotes that begin here"},
    {"Q = good", "at letter 5", "found “good”; Q is passed or failed"},
    {"Q < 0.05", "at letter 5", "found “0.05”; Q is passed or failed"},
    {"Q ~ passed", "at letter 3", "write Q = or Q != here"},
    {"(p < 0.05", "at the end", "close the parenthesis of letter 1"},
    {"p < 0.05)", "at letter 9", "take this parenthesis out"},
    {"p < 0.05 (q < 1)", "at letter 10", "write & or | between two conditions"},
    {"phylum = Firmicutes p < 1", "at letter 23", "or quotes around a text"},
    {"()", "at letter 2", "write a condition"},
    {"!", "at the end", "write a condition"},
    {"0.05 > p", "at letter 1", "there is no column “0.05”"},
    {"phylum = 菌 & x < 1", "at letter 14", "there is no column “x”"},
    {"(((((((((((((((((((((p < 1)))))))))))))))))))))", "at letter 21", "at most 20"},
};

START_TEST(says_what_is_wrong_and_where)
{
    char *said = NULL;
    struct expression *expression =
        expression_create(wrong[_i].text, columns, COUNT(columns), &said);
    ck_assert_ptr_null(expression);
    ck_assert_msg(strncmp(said, wrong[_i].place, strlen(wrong[_i].place)) == 0, "%s: %s",
                  wrong[_i].text, said);
    ck_assert_msg(strstr(said, wrong[_i].said) != NULL, "%s: %s", wrong[_i].text, said);
    ck_assert_ptr_null(strchr(said, '\n'));
    memory_free(said);
}
END_TEST

START_TEST(plain_words_are_no_conditions)
{
    static const char *const words[] = {"bifido",
                                        "",
                                        "Clostridium sensu stricto",
                                        "Family XIII (AD3011 group)",
                                        "(AD3011",
                                        "class.Actinobacteria.id.419",
                                        "not in outcome",
                                        "p",
                                        "菌"};
    for (size_t i = 0; i < COUNT(words); i++) {
        ck_assert_msg(!expression_is_meant(words[i]), "%s", words[i]);
    }
}
END_TEST

/* Either a condition that gives an answer, or a sentence; never both, never a crash. */
static void try_text(const char *text)
{
    char *said = NULL;
    struct expression_row row = {&firmicutes, value_of};
    struct expression *expression = expression_create(text, columns, COUNT(columns), &said);
    if (expression != NULL) {
        (void)expression_holds(expression, &row);
        ck_assert_ptr_null(said);
    } else {
        ck_assert_ptr_nonnull(said);
        ck_assert_uint_gt(strlen(said), 0);
    }
    expression_destroy(expression);
    memory_free(said);
    char *brief = filter_short(text);
    ck_assert_uint_le(strlen(brief), strlen(text));
    memory_free(brief);
}

START_TEST(random_bytes_do_no_harm)
{
    struct random_stream stream = random_stream_of(1, "bytes", NULL, NULL);
    for (int i = 0; i < 20000; i++) {
        char text[40];
        size_t length = random_below(&stream, sizeof text);
        for (size_t j = 0; j < length; j++) {
            text[j] = (char)(1 + random_below(&stream, 255));
        }
        text[length] = '\0';
        try_text(text);
    }
}
END_TEST

START_TEST(random_pieces_do_no_harm)
{
    static const char *const pieces[] = {
        "p",  "q",    "nsnp", "F",          "phylum", "Q",      " ",  "<",     "<=", ">",
        "=",  "!=",   "~",    "&",          "|",      "!",      "(",  ")",     "()", "0.05",
        "5%", "1e-3", "NA",   "Firmicutes", "passed", "failed", "\"", "p < 1", "'",  "≤"};
    struct random_stream stream = random_stream_of(2, "pieces", NULL, NULL);
    for (int i = 0; i < 20000; i++) {
        struct text text = {0};
        text_add(&text, "");
        for (size_t j = random_below(&stream, 14); j > 0; j--) {
            text_add(&text, pieces[random_below(&stream, COUNT(pieces))]);
        }
        try_text(text.bytes);
        text_drop(&text);
    }
}
END_TEST

/* Adds a random condition, and returns what it must be of firmicutes. */
static bool add_random(struct text *text, struct random_stream *stream, int depth)
{
    static const struct {
        const char *text;
        bool is_true;
    } leaves[] = {
        {"p < 0.05", true}, {"nsnp > 7", false}, {"Q = passed", true}, {"q<1", false}};
    if (depth == 0 || random_below(stream, 4) == 0) {
        size_t leaf = random_below(stream, COUNT(leaves));
        text_add(text, leaves[leaf].text);
        return leaves[leaf].is_true;
    }
    bool is_negated = random_below(stream, 3) == 0, is_and = random_below(stream, 2) == 0;
    text_add(text, is_negated ? "!(" : "(");
    bool one = add_random(text, stream, depth - 1);
    text_add(text, is_and ? " & " : "|");
    bool other = add_random(text, stream, depth - 1);
    text_add(text, ")");
    return is_negated != (is_and ? one && other : one || other);
}

START_TEST(random_conditions_are_true_where_they_are)
{
    struct random_stream stream = random_stream_of(3, "conditions", NULL, NULL);
    for (int i = 0; i < 5000; i++) {
        struct text text = {0};
        bool is_true = add_random(&text, &stream, 6);
        ck_assert_msg(holds(text.bytes, &firmicutes) == is_true, "%s", text.bytes);
        text_drop(&text);
    }
}
END_TEST

/* As many as a script's line could hold: no recursion gives way. */
START_TEST(long_conditions_are_read)
{
    struct text text = {0};
    text_add(&text, "p < 1");
    for (int i = 0; i < 100000; i++) {
        text_add(&text, i % 2 == 0 ? "&p<1" : "|!!q<1");
    }
    ck_assert(holds(text.bytes, &firmicutes));
    text_drop(&text);
}
END_TEST

START_TEST(filter_is_tried_and_set)
{
    struct filters filters = {0};
    ck_assert_ptr_null(filters_ruling(&filters));
    ck_assert_ptr_null(filters_set(&filters, "bifido", columns, COUNT(columns)));
    ck_assert_ptr_null(filters_try(&filters, "p < 1", columns, COUNT(columns)));
    ck_assert_str_eq(filters_ruling(&filters)->text, "p < 1");
    /* what cannot be read yet leaves the last condition */
    char *said = filters_try(&filters, "p < 1 &", columns, COUNT(columns));
    ck_assert_ptr_nonnull(said);
    memory_free(said);
    ck_assert_str_eq(filters_ruling(&filters)->text, "p < 1");
    /* an empty one shows all while it is typed; the end of the trial shows what was set */
    ck_assert_ptr_null(filters_try(&filters, "", columns, COUNT(columns)));
    ck_assert_ptr_null(filters_ruling(&filters));
    ck_assert_ptr_null(filters_try(&filters, NULL, columns, COUNT(columns)));
    ck_assert_str_eq(filters_ruling(&filters)->text, "bifido");
    said = filters_set(&filters, "p <", columns, COUNT(columns));
    ck_assert_ptr_nonnull(said);
    memory_free(said);
    ck_assert_str_eq(filters_ruling(&filters)->text, "bifido");
    ck_assert_ptr_null(filters_set(&filters, "", columns, COUNT(columns)));
    ck_assert_ptr_null(filters_ruling(&filters));
    filters_end(&filters);
}
END_TEST

static const struct {
    const char *text, *brief;
} briefs[] = {
    {"p < 0.05 & nsnp >= 3", "p<.05 & nsnp>=3"},
    {"phylum = Clostridium sensu stricto", "phylum=Clostridium sensu stricto"},
    {"q != 0.5|b>0", "q!=.5|b>0"},
    {"b > -0.5 & or<10.5", "b>-0.5 & or<10.5"},
    {"p < 1 ", "p<1"},
    {"", ""},
};

START_TEST(conditions_are_shortened)
{
    char *brief = filter_short(briefs[_i].text);
    ck_assert_str_eq(brief, briefs[_i].brief);
    memory_free(brief);
}
END_TEST

int main(void)
{
    numeric_start();
    Suite *suite = suite_create("expression");
    TCase *tests = tcase_create("expression");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, means_what_it_says, 0, COUNT(truths));
    tcase_add_test(tests, missing_texts_are_missing);
    tcase_add_loop_test(tests, says_what_is_wrong_and_where, 0, COUNT(wrong));
    tcase_add_test(tests, plain_words_are_no_conditions);
    tcase_add_test(tests, random_bytes_do_no_harm);
    tcase_add_test(tests, random_pieces_do_no_harm);
    tcase_add_test(tests, random_conditions_are_true_where_they_are);
    tcase_add_test(tests, long_conditions_are_read);
    tcase_add_test(tests, filter_is_tried_and_set);
    tcase_add_loop_test(tests, conditions_are_shortened, 0, COUNT(briefs));
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
