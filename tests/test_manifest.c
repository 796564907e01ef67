/*
 * The manifest of a run: with nothing else in hand it can be repeated, to the last byte, and
 * every option that changes what comes out is in it.
 */
#include "base/memory.h"
#include "base/text.h"
#include "golden.h"
#include "program.h"
#include <stdio.h>
#include <string.h>

#define CLUMP "$ROOT/tests/golden/clump/"

/* A study of one exposure and outcome whose variants are those of the small PLINK set; one row
 * of the outcome is bad. */
#define MAKE                                                                                   \
    "rm -rf in a b whole merged s[0-9] && mkdir in && cd in && awk 'BEGIN {OFS = \"\\t\"; "    \
    "print \"SNP\", \"chr\", \"pos\", \"effect_allele\", \"other_allele\", \"eaf\", "          \
    "\"beta\", \"other\", \"se\", \"pval\", \"info\", \"samplesize\"} NR == FNR {p[$1] = $2; " \
    "next} ($2 in p) {print $2, $1, $4, $5, $6, \"0.2\", (0.05 + FNR % 7 / 100) * (FNR % 2 "   \
    "? 1 : -1), 0.06 + FNR % 3 / 90, 0.01, p[$2], FNR % 10 / 10, 9000}' " CLUMP                \
    "small.p " CLUMP "small.bim > x.tsv && awk 'BEGIN {OFS = \"\\t\"} NR > 1 && FNR % 5 == 0 " \
    "{next} NR == 4 {$9 = \"bad\"} {print}' x.tsv > y.tsv && cp " CLUMP "small.bed " CLUMP     \
    "small.bim " CLUMP                                                                         \
    "small.fam . && { echo 'title = \"made\"'; echo 'exposure \"x\" {'; echo 'instruments = "  \
    "\"x.tsv\" p_threshold = 1 }'; echo 'outcome \"it'\"'\"'s y\" { associations = "           \
    "\"y.tsv\" }'; } > study.conf && "

/* Every option of `run` that changes what comes out, but --ld, --shard and --error-correlation,
 * which have tests of their own. */
#define ALL                                                                                    \
    " --methods ivw,weighted_median --level 0.9 --seed 12 --boot 55 --presso-sims 44"          \
    " --set bandwidth=0.7 --set penalty=10 --convention mendelianrandomization"                \
    " --col beta=other --skip-bad-rows --format csv --lang zh --bfile small --p1 0.9"          \
    " --r2 0.5 --kb 250 --proxies 0.6 --min-maf 0.02 --min-info 0.2 --min-f 4"                 \
    " --exclude-regions HLA,ABO"

/* Those that change nothing, or say where something goes. */
static const char *const others[] = {
    "ld",    "error-correlation", "shard", "output", "table",   "threads", "width",
    "ascii", "no-color",          "quiet", "help",   "version", "no-cache"};

/* The line of a manifest that does the same again, run in another folder. */
#define AGAIN(from, to)                                                                        \
    "sed -n 's/.*\"item\": \"command\", \"name\": \"run\", \"value\": \"\\(.*\\)\", "          \
    "\"bytes.*/\\1/p' " from                                                                   \
    "/manifest.json | sed 's/\\\\\\\\/\\\\/g' > line && echo \"$(cat "                         \
    "line) -q -o $PWD/" to "\" > again && (cd / && sh \"$OLDPWD/again\") && "

START_TEST(a_run_is_repeated_from_its_manifest)
{
    program_is_silent(MAKE "taxamr run . -q -o ../a" ALL
                           " && cd .. && " AGAIN("a", "b") "diff -r a b");
    program_is_silent(
        "rm -rf a b && taxamr run gut-gastric -q -o a --methods ivw --presso-sims 10 && " AGAIN(
            "a", "b") "diff -r a b");
}
END_TEST

/* A run that fails leaves the earlier one as it was, the manifest too; one of other tables says
 * which it leaves beside its own. */
START_TEST(an_earlier_run_is_whole_or_gone)
{
    program_is_silent(MAKE "sed -i s,bad,0.01, y.tsv && taxamr run . -q -o ../a && cd .. && rm "
                           "a/verdict.tsv && mkdir -p "
                           "a/verdict.tsv/x && cp -r a b && ! taxamr run in -q -o a --seed 3 "
                           "2>/dev/null && rm -r a/parts && diff -r a b && rm -r a/verdict.tsv "
                           "&& taxamr run in -q -o a --seed 3 && ! cmp -s a/manifest.json "
                           "b/manifest.json && test -f a/verdict.tsv && test $(ls a | wc -l) "
                           "= $(ls b | wc -l)");
    struct said said = program_say("taxamr run in -o a --table strength");
    ck_assert_int_eq(said.status, 0);
    ck_assert_ptr_nonnull(strstr(said.err, "a: files of an earlier run stand beside the new "
                                           "ones: 24, as estimates.tsv; "));
    said_drop(&said);
    program_is_silent("test ! -e a/manifest.json && taxamr run in -q -o b --table strength "
                      "2>/dev/null && cmp a/strength.tsv b/strength.tsv");
}
END_TEST

/* JSON cannot hold the name, and a line that names another file is none. */
START_TEST(no_line_names_another_file)
{
    program_is_silent(
        MAKE "f=$(printf 'l\\001d') && awk 'NR == 1 {print \"SNP_A SNP_B R\"} NR == 2 {a = "
             "$1} NR == 3 {print a, $1, 0.25}' x.tsv > \"$f\" && taxamr run . -q -o ../a "
             "--skip-bad-rows --ld \"$f\" && cd .. && grep -q '\"ld\"' a/manifest.json "
             "&& ! grep '\"command\"' a/manifest.json");
}
END_TEST

START_TEST(correlations_and_shards_too)
{
    program_is_silent(
        MAKE "awk 'NR == 1 {print \"SNP_A SNP_B R\"} NR == 2 {a = $1} NR == 3 {print a, "
             "$1, 0.25}' x.tsv > ld.txt && "
             "taxamr run . -q -o ../a --skip-bad-rows --ld ld.txt && cd .. && " AGAIN(
                 "a", "b") "diff -r "
                           "a b");
    program_is_silent(
        "rm -rf a b && taxamr run gut-gastric -q -o a --methods ivw --presso-sims 10 "
        "--shard 2/3 && " AGAIN("a", "b") "diff -r a b");
    program_is_silent(
        "rm -rf a b && printf 'a b r\\ngenus.Oxalobacter.id.2978 crp .5\\n' > e.txt && "
        "taxamr run gut-inflammation-insomnia -q -o a --methods ivw --presso-sims 10 "
        "--error-correlation e.txt && grep -q '\"error-correlation\"' a/manifest.json "
        "&& " AGAIN("a", "b") "diff -r a b");
}
END_TEST

/* That of shards is that of the whole: what was asked for comes with them. */
START_TEST(a_merge_has_what_its_shards_were_asked)
{
    program_is_silent(MAKE "for k in 1 2; do taxamr run . -q --shard $k/2 -o ../s$k" ALL
                           "; done && taxamr run . -q -o ../whole" ALL
                           " && cd .. && taxamr merge -q s1 "
                           "s2 -o merged --format csv --lang zh && diff -r whole merged");
    struct said said = program_say("taxamr merge -q s1 s2 -o english --lang en");
    ck_assert_int_eq(said.status, 1);
    ck_assert_str_eq(said.err,
                     "taxamr: s1: found a shard made with --lang zh; merge with the same\n");
    said_drop(&said);
}
END_TEST

static bool is_among(const char *name)
{
    struct text word = {0};
    text_addf(&word, " --%s ", name);
    bool is_there = strstr(ALL " ", word.bytes) != NULL;
    text_drop(&word);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        is_there = is_there || strcmp(others[i], name) == 0;
    }
    return is_there;
}

/* One that is new has to be put into one of the two lists above. */
START_TEST(every_option_is_known_here)
{
    char *names = program_prints(
        "taxamr help run | sed -n 's/^  \\(-., \\)\\?--\\([a-z0-9-]*\\).*/\\2/p'");
    size_t count = 0;
    for (char *name = strtok(names, "\n"); name != NULL; name = strtok(NULL, "\n"), count++) {
        ck_assert_msg(is_among(name), "is --%s in the manifest?", name);
    }
    ck_assert_uint_gt(count, 25);
    memory_free(names);
}
END_TEST

/* And each of those that were given is there by its name and value. */
START_TEST(every_option_is_in_it)
{
    program_is_silent(
        MAKE
        "taxamr run . -q -o ../a" ALL " && cd .. && set --" ALL
        " && while [ $# -gt 0 ]; do name=${1#--}; shift; value=null; case ${1:---} in "
        "--*) ;; *) value=\"\\\"$1\\\"\"; shift;; esac; case $name in bfile) "
        "value=\"\\\"$PWD/in/small\\\"\";; esac; grep -q -F \"\\\"option\\\", \\\"name\\\": "
        "\\\"$name\\\", \\\"value\\\": $value,\" a/manifest.json || echo $name; done");
    char *choices = program_prints(
        "grep -c '\"choice\", \"name\": \"exposure x\", \"value\": \"p_threshold = "
        "1, reference = [^\"]*small, clump_p = 0.9, clump_r2 = 0.5, clump_kb = "
        "250, proxies = 0.6, min_maf = 0.02, min_info = 0.2, min_f = 4, "
        "exclude_regions = HLA,ABO\"' a/manifest.json");
    ck_assert_str_eq(choices, "1\n");
    memory_free(choices);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {an_earlier_run_is_whole_or_gone, 1},
        {a_run_is_repeated_from_its_manifest, 1},
        {correlations_and_shards_too, 1},
        {no_line_names_another_file, 1},
        {a_merge_has_what_its_shards_were_asked, 1},
        {every_option_is_known_here, 1},
        {every_option_is_in_it, 1},
    };
    program_folder(); /* made once, for all */
    int failed = golden_run_each("manifest", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return failed;
}
