/*
 * LD files: every form that is read and every kind that is refused, and --ld from the command
 * line to estimates, warnings and the ledger.
 */
#include "golden.h"
#include "instrument/ld.h"
#include "program.h"
#include "reading.h"

#define PAIRS "$ROOT/tests/data/ld-pairs.txt"
#define SQUARE "$ROOT/tests/data/ld-square.txt"

static struct ld *read_ld(const char *text)
{
    struct error error = {0};
    struct ld *ld = NULL;

    if (!ld_read(made_text(text), &ld, &error)) {
        ck_abort_msg("%s", error_message(&error));
    }
    unlink(made_path);
    return ld;
}

static struct ld_place find(const struct ld *ld, const char *id, const char *effect,
                            const char *other)
{
    const struct association variant = {
        .variant = id, .effect_allele = effect, .other_allele = other};

    return ld_find(ld, &variant);
}

static double r_of(const struct ld *ld, const char *one, const char *other)
{
    struct ld_place a = find(ld, one, "A", "G"), b = find(ld, other, "A", "G");

    ck_assert_int_eq(a.match, LD_FOUND);
    ck_assert_int_eq(b.match, LD_FOUND);
    ck_assert(ld_correlation(ld, &a, &b) == ld_correlation(ld, &b, &a) ||
              isnan(ld_correlation(ld, &a, &b)));
    return ld_correlation(ld, &a, &b);
}

START_TEST(squares_are_read_in_every_form)
{
    static const char *const texts[] = {
        "rs1 rs2\n1 -.25\n-.25 1\n",
        "rs1\trs2\n1\t-.25\n-.25\t1\n",
        "SNP\trs1\trs2\nrs1\t1\t-.25\nrs2\t-.25\t1\n",
        "\trs1\trs2\nrs1\t1\t-.25\nRS2\t-.25\t1\n",
        "\"rs1\" \"rs2\"\n\"rs1\" 1 -.25\n\"rs2\" -.25 1\n",
        "\"\",\"rs1\",\"rs2\"\n\"rs1\",1,-0.25\n\"rs2\",-0.25,1\n\n",
        "rs1 rs2\n1.0000005 -.2500002\n-.2499998 0.9999995\n",
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct ld *ld = read_ld(texts[i]);

        ck_assert_uint_eq(ld_count(ld), 2);
        ck_assert(ld_has_names(ld));
        golden_close(texts[i], r_of(ld, "rs1", "rs2"), -0.25, 1e-12);
        ck_assert(r_of(ld, "rs2", "Rs2") == 1);
        ck_assert_int_eq(find(ld, "rs3", "A", "G").match, LD_ABSENT);
        ld_destroy(ld);
    }
}
END_TEST

START_TEST(one_variant_is_a_square)
{
    struct ld *ld = read_ld("rs1\n1\n");

    ck_assert_uint_eq(ld_count(ld), 1);
    ck_assert(r_of(ld, "rs1", "rs1") == 1);
    ld_destroy(ld);
}
END_TEST

START_TEST(bare_squares_are_named_afterwards)
{
    const char *const ids[] = {"rs7", "rs8"};
    struct ld *ld = read_ld("1 .5\n.5 1\n");

    ck_assert(!ld_has_names(ld));
    ld_name(ld, ids);
    ck_assert(r_of(ld, "rs7", "rs8") == 0.5);
    ld_destroy(ld);
}
END_TEST

START_TEST(lists_are_read)
{
    struct ld *ld = read_ld(" CHR_A BP_A SNP_A CHR_B BP_B SNP_B R \n"
                            " 1 10 rs1 1 20 rs2 -0.5 \n 1 20 rs2 1 30 rs3 .125\n"
                            " 1 20 rs2 1 10 rs1 -0.5\n 1 1 rs1 1 1 rs1 1\n");

    ck_assert_uint_eq(ld_count(ld), 3);
    ck_assert(r_of(ld, "rs1", "rs2") == -0.5);
    ck_assert(r_of(ld, "rs3", "rs2") == 0.125);
    ck_assert(isnan(r_of(ld, "rs1", "rs3")));
    ck_assert(r_of(ld, "rs3", "rs3") == 1);
    ld_destroy(ld);
    ld = read_ld(
        "#CHROM_A\tPOS_A\tID_A\tCHROM_B\tPOS_B\tID_B\tUNPHASED_R\n1\t1\ta\t1\t2\tb\t.5\n");
    ck_assert(r_of(ld, "a", "b") == 0.5);
    ld_destroy(ld);
}
END_TEST

START_TEST(alleles_sign_the_correlations)
{
    struct ld *ld = read_ld("rs1_A_G rs2_T_C 1_5_A_G rs4_AT_A rs1_A_T\n1 .1 .2 .3 .4\n"
                            ".1 1 .5 .6 .7\n.2 .5 1 .8 .9\n.3 .6 .8 1 .15\n.4 .7 .9 .15 1\n");
    struct ld_place one = find(ld, "rs1", "A", "G"), two = find(ld, "rs2", "c", "t");

    ck_assert(ld_correlation(ld, &one, &two) == -0.1);
    two = find(ld, "RS2", "C", NULL);
    ck_assert(ld_correlation(ld, &one, &two) == -0.1);
    two = find(ld, "rs2", "T", "C");
    ck_assert(ld_correlation(ld, &one, &two) == 0.1);
    ck_assert(!two.is_unchecked);
    ck_assert_int_eq(find(ld, "rs2", "A", "G").match, LD_ALLELES_DIFFER);
    ck_assert_int_eq(find(ld, "rs2", "T", "G").match, LD_ALLELES_DIFFER);
    ck_assert(find(ld, "rs2", NULL, NULL).is_unchecked);
    ck_assert(find(ld, "rs4", "A", "AT").sign == -1);
    /* an id that ends as alleles do is an id first */
    ck_assert(find(ld, "1_5_A_G", "G", "A").is_unchecked);
    ck_assert(find(ld, "1_5_A_G", "G", "A").sign == 1);
    /* two variants of one id */
    one = find(ld, "rs1", "T", "A");
    ck_assert_uint_eq(one.index, 4);
    ck_assert(one.sign == -1);
    ck_assert_int_eq(find(ld, "rs1", "C", "A").match, LD_ALLELES_DIFFER);
    ld_destroy(ld);
}
END_TEST

static void refuses_ld(const char *text, const char *part)
{
    struct error error = {0};
    struct ld *ld = NULL;
    char *message;

    ck_assert_msg(!ld_read(made_text(text), &ld, &error), "%s was read", text);
    unlink(made_path);
    message = error_message(&error);
    ck_assert_msg(strstr(message, part) != NULL, "%s: \"%s\" is not in %s", text, part,
                  message);
    ck_assert_int_eq(error.code, ERROR_DATA);
    memory_free(message);
    error_clear(&error);
}

START_TEST(what_is_no_correlation_is_refused)
{
    static const char *const cases[][2] = {
        {"", "found an empty file"},
        {"rs1 rs2\n", "found a header and no rows"},
        {"rs1 rs2\n1 .5\n", "found 1 rows for 2 columns; give a square"},
        {"rs1 rs2\n1 .5\n.5 1\n.1 .1\n", "line 4: found more rows than the 2 columns"},
        {"rs1 rs2\n1 .5\n.5 1 3\n", "line 3: found 3 cells where 2 should be"},
        {"1 .5\n.5\n", "line 2: found 1 cells where 2 should be"},
        {"rs1 rs2\n1 .5\n.4 1\n", "column rs1: found 0.4 in row 2 of the square, but 0.5"},
        {"rs1 rs2\n1 .5\n.500002 1\n", "symmetric"},
        {"rs1 rs2\n1 1.5\n1.5 1\n", "line 2, column rs2: found 1.5, which is no correlation"},
        {"rs1 rs2\n1 inf\ninf 1\n", "no correlation"},
        {"rs1 rs2\n2 .5\n.5 3\n", "line 2, column rs1: found 2, which is no correlation"},
        {"rs1 rs2\n1 .5\n.5 .9\n", "line 3, column rs2: found 0.9 on the diagonal"},
        {"rs1 rs2\n1 nan\nnan 1\n", "line 2, column rs2: found \"nan\" where a correlation"},
        {"rs1 rs2\n1 x\nx 1\n", "found \"x\""},
        {"rs1 rs1\n1 .5\n.5 1\n", "column rs1: found the variant twice"},
        {" rs1 rs2\nrs2 1 .5\nrs1 .5 1\n", "line 2: found the row of \"rs2\" where the header"},
        {"SNP_A SNP_B R2\nrs1 rs2 .5\n", "column R: found no such column; the sign is needed"},
        {"SNP_A SNP_B R\nrs1 rs2\n", "line 2: found 2 cells where the header has 3"},
        {"SNP_A SNP_B R\nrs1 rs2 .5\nrs2 rs1 .4\n", "line 3, column R: found 0.4 between"},
        {"SNP_A SNP_B R\nrs1 rs1 .5\n", "line 2"},
        {"SNP_A SNP_B R\nrs1 rs2 .5\nrs2 RS1 .5\n", "two spellings"},
        {"a,\"b\n1,1\n", "quote"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        refuses_ld(cases[i][0], cases[i][1]);
    }
}
END_TEST

/* What a line says on both channels, and how it ends. */
static void says(const char *line, int status, const char *out, const char *err)
{
    struct said said = program_say(line);

    ck_assert_msg(said.status == status, "%s: status %d: %s", line, said.status, said.err);
    ck_assert_msg(strstr(said.out, out) != NULL, "%s: \"%s\" is not in %s", line, out,
                  said.out);
    ck_assert_msg(err == NULL ? said.err[0] == '\0' : strstr(said.err, err) != NULL, "%s: %s",
                  line, said.err);
    ck_assert_msg(status == 0 || said.out[0] == '\0', "%s printed %s", line, said.out);
    said_drop(&said);
}

/* The effect in exact fractions, by elimination. */
START_TEST(estimates_are_generalised)
{
    says("taxamr mr " PAIRS " --ld " SQUARE " --methods ivw,weighted_median | cut -f 4-6,16", 0,
         "Inverse variance weighted\t4\t0.451983537604724", NULL);
    says("taxamr mr " PAIRS " --ld " SQUARE " --methods weighted_median", 0,
         "takes the variants as independent\n", NULL);
    says("taxamr mr " PAIRS " --ld " SQUARE " --methods gsmr", 0, "uses 2 of 4 variants", NULL);
    says("taxamr mr " PAIRS " --methods gsmr", 0, "needs LD between the variants", NULL);
    says("taxamr mr " PAIRS " --ld " SQUARE " --table leaveoneout", 0, "rs4\t", NULL);
}
END_TEST

#define SAME_AS(made)                                                                          \
    "taxamr mr " PAIRS " --ld " SQUARE " --methods ivw,egger > want; " made "taxamr mr " PAIRS \
    " --ld other --methods ivw,egger -q | cmp - want && echo same"

START_TEST(every_form_gives_the_same)
{
    says(SAME_AS("printf '1 .4 .1 0\\n.4 1 -.05 -.02\\n.1 -.05 1 -.3\\n0 -.02 -.3 1\\n'"
                 " > other; "),
         0, "same", NULL);
    says(SAME_AS("printf 'SNP_A,SNP_B,R\\nrs1,rs2,.4\\nrs1,rs3,.1\\nrs3,rs2,-.05\\n"
                 "rs2,rs4,-.02\\nrs4,rs3,-.3\\n' > other; "),
         0, "same", NULL);
    says(SAME_AS("printf 'rs4_G_T rs3_C_A rs2_C_T rs1_A_G\\n1 .3 -.02 0\\n.3 1 .05 -.1\\n"
                 "-.02 .05 1 .4\\n0 -.1 .4 1\\n' > other; "),
         0, "same", NULL);
}
END_TEST

START_TEST(warnings_and_the_ledger)
{
    says("printf '1 0 0 0\\n0 1 0 0\\n0 0 1 0\\n0 0 0 1\\n' > ld; taxamr mr " PAIRS " --ld ld",
         0, "", "it names no variants, so they are taken in the order of");
    says("printf 'SNP_A SNP_B R\\nrs1_A_G rs2_C_T 0\\nrs3_A_C rs4_G_T 0\\n' > ld; "
         "taxamr mr " PAIRS " --ld ld",
         0, "", "taxamr: ld: 4 correlations are not listed and count as 0");
    says("printf 'rs1 rs2_C_A\\n1 0\\n0 1\\n' > ld; taxamr mr " PAIRS " --ld ld --table ledger",
         0, "rs2\tharmonise\tFALSE\talleles differ from the LD file's\t",
         "3 variants are not in it on the same alleles and are left out");
    says("taxamr mr " PAIRS " --ld ld --table ledger -q", 0,
         "rs3\tharmonise\tFALSE\tnot in the LD file\t", NULL);
    says("taxamr mr " PAIRS " --ld ld --table ledger -q", 0, "rs1\tharmonise\tTRUE\tkept\t",
         NULL);
    says("taxamr mr " PAIRS " --ld ld", 0, "", "it names no alleles");
    says("printf 'SNP_A SNP_B R\\n' > ld; for i in 1 2 3 4 5; do for k in 1 2 3 4 5; do "
         "echo rs$i rs$k $(test $i = $k && echo 1 || echo .3); done; done >> ld; "
         "sed 's/$/ 1/; 1s/ 1$/ x/' " PAIRS " > five; sed -n 's/^rs4/rs5/p' five >> five; "
         "taxamr mr five --ld ld",
         0, "", "no correlation in it is negative; if these are r2, give r");
    says("printf 'rs1 rs2_C_A\\n1 0\\n0 1\\n' > ld; taxamr run lipid-chd -o tables --ld ld", 1,
         "", "found none of the variants");
}
END_TEST

/* Three pairs: one whole, one that loses its only variant, one of a single variant. */
START_TEST(every_pair_takes_its_own)
{
    says("sed '1s/^/exposure /; 2,3s/^/a /; 4s/^/b /; 5s/^/c /' " PAIRS " > many; "
         "printf 'rs4_T_G rs2_T_C rs1_A_G\\n1 .1 .2\\n.1 1 -.4\\n.2 -.4 1\\n' > ld; "
         "taxamr mr many --ld ld -q --methods wald,ivw | cut -f 1,4,5 | tr '\\t' ' '",
         0,
         "a Wald ratio 2\na Inverse variance weighted 2\nb Wald ratio 0\n"
         "b Inverse variance weighted 0\nc Wald ratio 1\n",
         NULL);
}
END_TEST

START_TEST(the_command_refuses_in_a_sentence)
{
    says("printf 'rs1 rs2\\n1 -1\\n-1 1\\n' > ld; taxamr mr " PAIRS " --ld ld", 1, "",
         "taxamr: ld: found a correlation of -1 between rs1 and rs2, which says the same "
         "twice; leave one of the two out\n");
    says("printf 'rs1 rs2 rs4\\n1 .9 .9\\n.9 1 -.9\\n.9 -.9 1\\n' > ld; taxamr mr " PAIRS
         " --ld ld",
         1, "", "(not positive definite), first at rs4; leave it out, or");
    says("printf '1 0\\n0 1\\n' > ld; taxamr mr " PAIRS " --ld ld", 1, "",
         "taxamr: ld: line 1: found a square of 2 without names where");
    says("printf '1 0\\n0 1\\n' > ld; taxamr run gut-insomnia -o t --ld ld", 1, "",
         "line 1: found no names of variants");
    says("printf 'x1 x2\\n1 0\\n0 1\\n' > ld; taxamr mr " PAIRS " --ld ld", 1, "",
         "found none of the variants of the pairs");
    says("taxamr mr " PAIRS " --ld nowhere.txt", 1, "", "nowhere.txt: cannot open");
    says("taxamr plot methods " PAIRS " --ld ld", 2, "", "found --ld, which `plot` does not");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        squares_are_read_in_every_form,    one_variant_is_a_square,
        bare_squares_are_named_afterwards, lists_are_read,
        alleles_sign_the_correlations,     what_is_no_correlation_is_refused,
        estimates_are_generalised,         every_form_gives_the_same,
        warnings_and_the_ledger,           every_pair_takes_its_own,
        the_command_refuses_in_a_sentence,
    };
    int failed = golden_run("ld", tests, sizeof tests / sizeof tests[0]);

    program_clean();
    return failed;
}
