/*
 * Correlations of the errors of several exposures, each pair its own: files that are read and
 * refused, for mv and for studies of mediators.
 */
#include "golden.h"
#include "multivariable/correlations.h"
#include "program.h"
#include "reading.h"

/* As R writes it by write.csv, by write.table without a cell before the names, and a list. */
static const char square[] = "\"\",\"exposure3\",\"exposure1\",\"exposure2\"\n"
                             "\"exposure1\",0.2,1,-0.1\n\"exposure2\",-0.4,-0.1,1\n"
                             "\"exposure3\",1,0.2,-0.4\n";
static const char bare[] = "exposure1 exposure2 exposure3\n\nexposure1 1 -0.1 0.2\n"
                           "exposure2 -0.1 1 -0.4\nexposure3 0.2 -0.4 1\n";
static const char list[] = "one\tother\tr\nexposure2\texposure1\t-0.1\n"
                           "exposure1\texposure3\t.2\nexposure3\texposure2\t-0.4\n"
                           "exposure2\texposure3\t-0.4\n";
static const double meant[] = {1, -0.1, 0.2, -0.1, 1, -0.4, 0.2, -0.4, 1};

static struct correlations read_text(const char *text, struct arena *arena)
{
    struct correlations correlations;
    struct error error = {0};

    ck_assert_msg(correlations_read(made_text(text), arena, &correlations, &error), "%s",
                  error.text);
    unlink(made_path);
    return correlations;
}

/* --- files ------------------------------------------------------------------------------- */

START_TEST(files_of_any_form_and_order_are_one)
{
    static const char *const names[] = {"exposure1", "exposure2", "exposure3", "other"};
    static const char *const texts[] = {square, bare, list};
    struct arena *arena = arena_create();

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct correlations correlations = read_text(texts[i], arena);
        const double *r = correlations_matrix(&correlations, names, 3, 0.9, arena);

        for (size_t k = 0; k < 9; k++) {
            ck_assert_double_eq(r[k], meant[k]);
        }
        r = correlations_matrix(&correlations, names, 4, 0.3, arena); /* one is not there */
        ck_assert_double_eq(r[3], 0.3);
        ck_assert_double_eq(r[15], 1);
        ck_assert_double_eq(r[1], -0.1);
    }
    arena_destroy(arena);
}
END_TEST

/* What is wrong, in one line with file, line and column. */
static const struct {
    const char *text, *sentence;
} refused[] = {
    {"", "found no correlation; give a square table"},
    {"A B\n", "found no correlation; give a square table"},
    {"t A B\nA 1 x\nB .1 1\n", "line 2, column B: found \"x\", which is no correlation"},
    {"t A B\nA 1 NA\nB .1 1\n", "line 2, column B: found \"NA\", which is no correlation"},
    {"t A B\nA 1 1.2\nB 1.2 1\n", "line 2, column B: found \"1.2\", which is no"},
    {"t A B\nA .8 .1\nB .1 1\n", "line 2, column A: found 0.8 on the diagonal"},
    {"t A B\nA 1 .1\nB .2 1\n", "line 2, column B: found 0.1 here and 0.2 across"},
    {"t A B\nA 1 .1\n", "found no row \"B\""},
    {"t A B\nA 1 .1\nC .2 1\n", "line 3: found a row \"C\" that the header does not have"},
    {"t A B\nA 1 .1\nA .1 1\n", "line 3: found a row \"A\" that the header does not have, or"},
    {"t A A\nA 1 .1\nB .1 1\n", "line 1, column A: found this exposure twice"},
    {"t A B\nA 1 .1\nB .1\n", "line 3: found 2 cells; write a name and 2 correlations"},
    {"a b r\nA B\n", "line 2: found 2 cells; write two exposures"},
    {"a b r\nA B .1\nB A .2\n", "line 3, column r: found 0.2 for B and A, which have 0.1"},
    {"a b r\nA A .1\n", "line 2, column r: found 0.1 for A with itself, which is 1"},
    {"a b rho\nA B 2\n", "line 2, column rho: found \"2\", which is no correlation"},
};

START_TEST(files_are_refused_with_their_place)
{
    struct arena *arena = arena_create();
    struct correlations correlations;
    struct error error = {0};
    char *message;

    ck_assert(!correlations_read(made_text(refused[_i].text), arena, &correlations, &error));
    message = error_message(&error);
    ck_assert_msg(strstr(message, refused[_i].sentence) != NULL, "\"%s\" is not in: %s",
                  refused[_i].sentence, message);
    ck_assert_ptr_nonnull(strstr(message, made_path));
    unlink(made_path);
    memory_free(message);
    error_clear(&error);
    arena_destroy(arena);
}
END_TEST

START_TEST(what_cannot_be_together_is_refused)
{
    const char *names[] = {"A", "B", "C"};
    struct arena *arena = arena_create();
    struct correlations correlations = read_text("x y r\nA B .9\nA C .9\nB C -.9\n", arena);
    struct error error = {0};

    ck_assert(correlations_check(&correlations, names, 2, 0, &error));
    ck_assert(!correlations_check(&correlations, names, 3, 0, &error));
    ck_assert_str_eq(error.column, "C");
    ck_assert_int_eq(error.line, 3);
    ck_assert_ptr_nonnull(strstr(error.text, "not positive definite"));
    error_clear(&error);
    ck_assert(!correlations_check(NULL, names, 3, -0.6, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "mv_correlation"));
    error_clear(&error);
    ck_assert(correlations_need(&correlations, names, 3, &error));
    names[1] = "b";
    ck_assert(!correlations_need(&correlations, names, 3, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "found no correlation of b"));
    error_clear(&error);
    arena_destroy(arena);
}
END_TEST

/* --- the command line -------------------------------------------------------------------- */

/* Pairs that all have one correlation are mv_correlation; a table says what was used. */
START_TEST(the_command_takes_a_file)
{
    struct said said = program_say(
        "printf 'a b r\\nexposure1 exposure2 .1\\nexposure1 exposure3 .1\\n"
        "exposure2 exposure3 .1\\n' > r.txt; F=$ROOT/tests/golden/mv_lipids_chd/input.csv; "
        "for o in '--error-correlation r.txt' '--set mv_correlation=.1'; do "
        "taxamr mv $F -q --methods mv_ivw_me,mv_qhet $o; taxamr mv $F --table strength -q $o;"
        " done > both; n=$(($(wc -l < both) / 2)); head -$n both > one; tail -$n both > two; "
        "cmp one two && wc -l < one; taxamr mv $F --error-correlation r.txt > out");

    ck_assert_int_eq(said.status, 0);
    ck_assert_int_gt(atoi(said.out), 8);
    ck_assert_ptr_nonnull(strstr(said.err, "r.txt: errors of 3 exposures correlated"));
    said_drop(&said);
    said = program_say("printf 't exposure1\\nexposure1 1\\n' > r.txt; taxamr mv "
                       "$ROOT/tests/golden/mv_lipids_chd/input.csv --error-correlation r.txt");
    ck_assert_int_eq(said.status, 1);
    ck_assert_ptr_nonnull(strstr(said.err, "r.txt: found no correlation of exposure2"));
    said_drop(&said);
    program_clean();
}
END_TEST

/* A study file names the file; what rests on it says so. */
START_TEST(a_study_takes_a_file)
{
    struct said said = program_say(
        "cp -r $ROOT/data/gut-inflammation-insomnia s && chmod -R u+w s && "
        "printf 'a b r\\ngenus.Oxalobacter.id.2978 crp .5\\n' > s/e.txt && "
        "sed -i '1i error_correlation = \"e.txt\"' s/study.conf && "
        "taxamr mediate s -q | grep Oxalobacter | cut -f 41 > one && "
        "taxamr mediate $ROOT/data/gut-inflammation-insomnia -q --error-correlation s/e.txt | "
        "grep Oxalobacter | cut -f 41 | cmp - one && taxamr mediate "
        "$ROOT/data/gut-inflammation-insomnia -q | grep Oxalobacter | cut -f 41 > two; "
        "cmp -s one two; echo $?; taxamr run s -o out -q --methods ivw && "
        "grep -c '\"input\", \"name\": \".*e.txt\"' out/manifest.json; "
        "taxamr report s -o r.html -q && grep -c 'as correlated pair by pair as .*e.txt' "
        "r.html");

    ck_assert_str_eq(said.out, "1\n1\n1\n");
    ck_assert_str_eq(said.err, "");
    said_drop(&said);
    program_clean();
}
END_TEST

/* What pairs have that no file names counts where correlations are held against each other. */
START_TEST(a_file_is_completed_before_it_is_judged)
{
    struct said said = program_say(
        "cp -r $ROOT/data/gut-inflammation-insomnia s && chmod -R u+w s && "
        "sed -n '/^mediator/,/^}/p' s/study.conf | sed 's/crp\" {/crp2\" {/; s/(sim/2 (sim/' > "
        "m"
        " && cat m >> s/study.conf && "
        "printf 'a b r\ngenus.Oxalobacter.id.2978 crp .9\n"
        "genus.Oxalobacter.id.2978 crp2 .9\n' > e; O='-q --error-correlation e'; "
        "for c in mediate 'run --methods ivw -o out' 'report -o r.html' 'plot path'; do "
        "set -- $c s; taxamr $@ $O --set mv_correlation=.9 > ok; echo $?; "
        "taxamr $@ $O 2> no; echo $?; grep -c 'cannot have together' no; rm -rf out; done");

    ck_assert_str_eq(said.err, "");
    ck_assert_str_eq(said.out, "0\n1\n1\n0\n1\n1\n0\n1\n1\n0\n1\n1\n");
    said_drop(&said);
    program_clean();
}
END_TEST

/* The file of the study is not read where the command line has another. */
START_TEST(the_command_line_has_its_own_file)
{
    struct said said = program_say(
        "cp -r $ROOT/data/gut-inflammation-insomnia s && chmod -R u+w s && "
        "printf 'a b r\ngenus.Oxalobacter.id.2978 crp .5\n' > e && "
        "sed -i '1i error_correlation = \"gone.txt\"' s/study.conf && "
        "taxamr mediate s -q --error-correlation e > one && taxamr mediate "
        "$ROOT/data/gut-inflammation-insomnia -q --error-correlation e | cmp - one && "
        "taxamr run s -o out -q --methods ivw --error-correlation e && "
        "grep -c 'gone.txt' out/manifest.json");

    ck_assert_str_eq(said.out, "0\n");
    ck_assert_str_eq(said.err, "");
    said_drop(&said);
    program_clean();
}
END_TEST

/* Names are looked for one by one: so many are refused before that takes long. */
START_TEST(too_many_names_are_refused_at_once)
{
    struct said said = program_say(
        "(echo a b r; seq 300000 | sed 's/.*/x& y& .1/') > list; "
        "(echo t $(seq 300000); echo 1 1; echo 2 2) > square; for f in list square; do "
        "timeout 20 taxamr mv $ROOT/tests/golden/mv_lipids_chd/input.csv "
        "--error-correlation $f > out 2> no; echo $?; grep -c 'found more than 2000' no; done");

    ck_assert_str_eq(said.out, "1\n1\n1\n1\n");
    said_drop(&said);
    program_clean();
}
END_TEST

static const struct {
    const char *line, *sentence;
    int status;
} refused_studies[] = {
    {"taxamr mediate s -q --error-correlation no.txt", "no.txt", 1},
    {"printf 'a b r\\nx crpp .5\\n' > e; taxamr mediate s -q --error-correlation e",
     "e: found no correlation of crp", 1},
    {"printf 'a b r\\ngenus.Oxalobacter.id.2978 crp 1\\n' > e; taxamr mediate s "
     "--error-correlation e",
     "e: line 2, column crp: found correlations that 2 exposures cannot have together", 1},
    {"printf 'a b r\\nx y .5\\n' > e; taxamr mediate $ROOT/data/gut-insomnia "
     "--error-correlation e",
     "e: found correlations of errors for a study without mediators", 1},
    {"printf 'a b r\\nOxalobacter crp .5\\n' > e; taxamr mediate s --error-correlation e > out",
     "e: 1 name is no exposure, mediator or covariate of this study: Oxalobacter", 0},
    {"taxamr plot forest $ROOT/data/bmi-chd/pairs.csv --error-correlation e",
     "found correlations of errors for a study without mediators", 1},
    {"taxamr mr s --error-correlation e", "which `mr` does not take", 2},
};

START_TEST(a_study_is_refused_in_words)
{
    struct arena *arena = arena_create();
    struct said said = program_say(arena_format(
        arena, "ln -s $ROOT/data/gut-inflammation-insomnia s; %s", refused_studies[_i].line));

    ck_assert_int_eq(said.status, refused_studies[_i].status);
    ck_assert_msg(strstr(said.err, refused_studies[_i].sentence) != NULL, "%s", said.err);
    said_drop(&said);
    program_clean();
    arena_destroy(arena);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {files_of_any_form_and_order_are_one, 1},
        {files_are_refused_with_their_place, (int)(sizeof refused / sizeof *refused)},
        {what_cannot_be_together_is_refused, 1},
        {the_command_takes_a_file, 1},
        {a_study_takes_a_file, 1},
        {a_file_is_completed_before_it_is_judged, 1},
        {the_command_line_has_its_own_file, 1},
        {too_many_names_are_refused_at_once, 1},
        {a_study_is_refused_in_words, (int)(sizeof refused_studies / sizeof *refused_studies)}};

    return golden_run_each("multivariable correlations", tests, sizeof tests / sizeof *tests);
}
