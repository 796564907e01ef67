/*
 * The command line, by the program itself: exit statuses, messages, tables, and that nothing is
 * printed before the input is known to be good.
 */
#include "base/memory.h"
#include "base/text.h"
#include "golden.h"
#include "program.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LDL "$ROOT/tests/golden/lipid_ldl_chd/input.csv"

static size_t lines_of(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return lines;
}

/* One clear line, nothing printed. */
static void refuses(const char *line, int status, const char *part)
{
    struct said said = program_say(line);
    ck_assert_msg(said.status == status, "%s: status %d: %s", line, said.status, said.err);
    ck_assert_msg(said.out[0] == '\0', "%s printed %s", line, said.out);
    ck_assert_msg(strncmp(said.err, "taxamr: ", 8) == 0, "%s: %s", line, said.err);
    ck_assert_msg(lines_of(said.err) == 1, "%s: %s", line, said.err);
    ck_assert_uint_le(strlen(said.err), 1010);
    ck_assert_msg(strstr(said.err, part) != NULL, "%s: \"%s\" is not in %s", line, part,
                  said.err);
    said_drop(&said);
}

/* What a line prints when all is well; to be freed. */
static char *prints(const char *line)
{
    struct said said = program_say(line);
    ck_assert_msg(said.status == 0, "%s: status %d: %s", line, said.status, said.err);
    ck_assert_msg(said.err[0] == '\0', "%s: %s", line, said.err);
    memory_free(said.err);
    return said.out;
}

static void shows(const char *line, const char *part)
{
    char *out = prints(line);
    ck_assert_msg(strstr(out, part) != NULL, "%s: \"%s\" is not in %s", line, part, out);
    memory_free(out);
}

static const char *const wrong_usage[][2] = {
    {"taxamr --no-such", "--no-such"},
    {"taxamr frobnicate", "'frobnicate'"},
    {"taxamr mr", "mr FILE"},
    {"taxamr mr a b", "'b'"},
    {"taxamr mr --format xml a", "tsv, csv or json"},
    {"taxamr mr --methods ivw,nonsense a", "'nonsense'"},
    {"taxamr mr --methods '' a", "''"},
    {"taxamr mr --table nonsense a", "estimates, heterogeneity"},
    {"taxamr mr --seed -1 a", "--seed -1"},
    {"taxamr mr --seed 1x a", "--seed 1x"},
    {"taxamr mr --threads 0 a", "1 to 1024"},
    {"taxamr mr --boot 99999999999999999999 a", "--boot"},
    {"taxamr mr --presso-sims 3 a", "--presso-sims 3"},
    {"taxamr mr --set loss=l3 a", "write l2, huber, tukey"},
    {"taxamr mr --set perturbations=1 a", "from 2 to 1e+06"},
    {"taxamr mr --set perturbations=9x a", "perturbations=9x"},
    {"taxamr mr --set loss a", "NAME=VALUE"},
    {"taxamr mr --set los=l2 a", "bandwidth, penalty"},
    {"taxamr mr --level 1.5 a", "--level 1.5"},
    {"taxamr mr --convention r a", "twosamplemr"},
    {"taxamr mr --lang fr a", "en or zh"},
    {"taxamr mr --col beta a", "ROLE=NAME"},
    {"taxamr mr --width 10 a", "--width 10"},
    {"taxamr mr a --seed", "--seed"},
    {"taxamr mr --output x a", "`mr`"},
    {"taxamr --size 10 x.conf", "--size 10"},
    {"taxamr run", "-o DIR"},
    {"taxamr harmonise -x a", "-y"},
    {"taxamr harmonise -x - -y -", "standard input"},
    {"taxamr harmonise -x a -y b --action 4", "1, 2 or 3"},
    {"taxamr overlap -x a -y b", "--ld-scores DIR"},
    {"taxamr overlap -x a --ld-scores d", "-y FILE"},
    {"taxamr overlap -x - -y b --ld-scores d", "reads each file twice"},
    {"taxamr overlap -x a -y /dev/null --ld-scores d", "reads each file twice"},
    {"taxamr overlap -x a -x c -y b --ld-scores d", "one of each"},
    {"taxamr overlap -x a -y b --ld-scores d --r2 0.1", "without --bfile"},
    {"taxamr mr --table ldscore a", "`overlap`"},
    {"taxamr plot", "plot KIND"},
    {"taxamr plot pie", "'pie'"},
    {"taxamr plot pie", "volcano, qq, manhattan"},
    {"taxamr plot volcano --exposure genus.Olsenella.id.822", "leave it out"},
    {"taxamr plot volcano --outcome nothing", "found no outcome 'nothing'"},
    {"taxamr plot forest -o x.jpg", ".svg, .pdf or .png"},
    {"taxamr plot forest lipid-chd --exposure nobody", "'nobody'"},
    {"taxamr plot loo", "choose one"},
    {"taxamr plot loo --direction sideways", "forward or reverse"},
    {"taxamr merge x", "found no -o DIR"},
    {"taxamr merge", "write taxamr merge DIR... -o DIR"},
    {"taxamr learn algebra", "no lesson 'algebra'"},
    {"taxamr help nothing", "'nothing'"},
};

START_TEST(usage_is_2)
{
    for (size_t i = 0; i < sizeof wrong_usage / sizeof wrong_usage[0]; i++) {
        refuses(wrong_usage[i][0], 2, wrong_usage[i][1]);
    }
}
END_TEST

START_TEST(bad_data_is_1)
{
    static const char *const lines[][2] = {
        {"taxamr mr nowhere.tsv", "nowhere.tsv"},
        {"taxamr mr .", ": "},
        {"taxamr ./nowhere", "nowhere"},
        {"taxamr run ./nowhere -o made", "nowhere"},
        {"taxamr run lipid-chd -o no/such/folder", "no/such/folder"},
        {"touch empty; taxamr mr empty", "empty"},
        {"touch empty; taxamr columns empty", "empty"},
        {"printf 'SNP\\tbx\\tsx\\tby\\nrs1\\t1\\t1\\t1\\n' | taxamr mr -", "column outcome_se"},
        {"printf 'SNP\\tbx\\tsx\\tby\\tsy\\nrs1\\t1\\t1\\n' | taxamr mr -", "line 2"},
        {"printf 'SNP\\tbx\\tsx\\tby\\tsy\\nrs1\\t1\\t1\\tx\\t1\\n' | taxamr mr -",
         "line 2, column by"},
        {"printf 'SNP\\tbx\\tsx\\tby\\tsy\\nrs1\\t1\\t1\\t1,5,0\\t1\\n' | taxamr mr -",
         "1,5,0"},
        {"head -c 3000 /dev/urandom | taxamr mr -", ": "},
        {"printf a >f; taxamr run lipid-chd -o f", "folder"},
        {"mkdir -p s; printf 'colour = \"red\"\\n' >s/study.conf; taxamr run s -o made",
         "line 1"},
        {"taxamr --script nowhere.txt lipid-chd", "nowhere.txt"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        refuses(lines[i][0], 1, lines[i][1]);
    }
    struct said said = program_say("test -e made");
    ck_assert_int_eq(said.status, 1);
    said_drop(&said);
}
END_TEST

/* An escape sequence in a file never reaches the terminal by way of a message. */
START_TEST(messages_are_clean)
{
    struct said said =
        program_say("printf 'SNP\\tbx\\tsx\\tby\\tsy\\nrs1\\t1\\t1\\t\\033[2J\\t1\\n' | "
                    "taxamr mr -");
    ck_assert_int_eq(said.status, 1);
    ck_assert_ptr_null(strchr(said.err, '\033'));
    said_drop(&said);
}
END_TEST

/* Who fills the disk is told, and a run that fails leaves nothing behind. */
START_TEST(full_disks_are_noticed)
{
    struct said said = program_say("taxamr mr " LDL " >/dev/full");
    ck_assert_int_eq(said.status, 1);
    ck_assert_uint_eq(lines_of(said.err), 1);
    said_drop(&said);
    refuses("taxamr --help >&-", 1, "standard output");
    said = program_say("mkdir o; mkdir o/estimates.tsv o/summary.tsv; "
                       "taxamr run lipid-chd -o o --quiet; echo $?; ls o");
    ck_assert_str_eq(said.out, "1\nestimates.tsv\nparts\nsummary.tsv\n");
    said_drop(&said);
}
END_TEST

START_TEST(help_is_there)
{
    shows("taxamr --version", "taxamr 0.1.0\n");
    shows("taxamr mr --version", "taxamr 0.1.0\n");
    shows("taxamr --help", "taxamr harmonise -x FILE -y FILE");
    shows("taxamr --help", "penalised_weighted_median");
    shows("taxamr --help", "--skip-bad-rows");
    char *help = prints("taxamr help run");
    char *same = prints("taxamr run --help");
    ck_assert_str_eq(help, same);
    ck_assert_ptr_nonnull(strstr(help, "--output DIR"));
    memory_free(help);
    memory_free(same);
}
END_TEST

/* The value of a column in the first row whose last but one cell is `key`. */
static double value_of(const char *table, const char *key, int column)
{
    struct text cell = {0};
    text_addf(&cell, "\t%s\t", key);
    const char *at = strstr(table, cell.bytes);
    text_drop(&cell);
    ck_assert_msg(at != NULL, "no %s in %s", key, table);
    while (at > table && at[-1] != '\n') {
        at--;
    }
    for (; column > 0; column--) {
        at += strcspn(at, "\t") + 1;
    }
    return strtod(at, NULL);
}

START_TEST(mr_equals_golden)
{
    static const char *const methods[][3] = {
        {"ivw", "mr_ivw", "mr_ivw"},
        {"egger", "mr_egger_regression", "mr_egger_regression"},
        {"ivw_fe", "mr_ivw_fe", "mr_ivw_fe"},
    };
    struct arena *arena = arena_create();
    struct golden golden = golden_results("lipid_ldl_chd", arena);
    char *table = prints("taxamr mr --methods all " LDL);
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        const struct golden_row *row =
            golden_find(&golden, "TwoSampleMR", methods[i][1], methods[i][2], "estimate");
        golden_close(methods[i][0], value_of(table, methods[i][0], 5), row->value, 1e-8);
    }
    memory_free(table);
    arena_destroy(arena);
}
END_TEST

/* The default set prints what applies; methods asked for by name always have their row. */
START_TEST(methods_are_chosen)
{
    char *table = prints("taxamr mr " LDL);
    ck_assert_uint_eq(lines_of(table), 6);
    memory_free(table);
    table = prints("taxamr mr --methods egger,ivw,egger " LDL);
    ck_assert_uint_eq(lines_of(table), 3);
    ck_assert_ptr_nonnull(strstr(table, "MR Egger"));
    ck_assert(strstr(table, "MR Egger") < strstr(table, "Inverse variance weighted"));
    memory_free(table);
    shows("taxamr mr --methods wald " LDL, "\tNA\twald\tis for");
    shows("printf 'bx sx by sy\\n.1 .01 .2 .05\\n' | taxamr mr - --methods ivw",
          "\t1\tNA\tNA\tNA");
}
END_TEST

/* The same answer from a pipe, from gzip, in another order of options. */
START_TEST(ways_in_are_equal)
{
    char *wanted = prints("taxamr mr " LDL);
    static const char *const ways[] = {"cat " LDL " | taxamr mr -", "taxamr mr - <" LDL,
                                       "gzip -c " LDL " >x.gz; taxamr mr x.gz",
                                       "taxamr --threads 3 --quiet mr " LDL " --format tsv"};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        char *table = prints(ways[i]);
        ck_assert_msg(strcmp(table, wanted) == 0, "%s: %s", ways[i], table);
        memory_free(table);
    }
    char *seeded = prints("taxamr mr --methods simple_median --seed 7 " LDL);
    char *again = prints("taxamr mr --methods simple_median --seed 7 --threads 2 " LDL);
    char *other = prints("taxamr mr --methods simple_median --seed 8 " LDL);
    ck_assert_str_eq(seeded, again);
    ck_assert_str_ne(seeded, other);
    memory_free(seeded);
    memory_free(again);
    memory_free(other);
    memory_free(wanted);
}
END_TEST

START_TEST(formats_are_printed)
{
    shows("taxamr mr --table strength --format csv " LDL, "exposure,outcome,forward,28,");
    shows("taxamr mr --table strength --format json " LDL, "\"nsnp\": 28, ");
    shows("taxamr mr --table heterogeneity " LDL, "\t27\t");
}
END_TEST

START_TEST(columns_are_named)
{
    shows("printf 'ID,A1,A2,EFFECT,STDERR,P\\nrs1,A,G,1,1,.3\\n' >c; "
          "taxamr columns c --col beta=EFFECT --col se=STDERR",
          "EFFECT\tbeta\tchosen with --col\t--col beta=EFFECT\n"
          "STDERR\tse\tchosen with --col\t--col se=STDERR\n");
    shows("taxamr columns c --col beta=EFFECT --col se=STDERR",
          "\t--col effect_allele=A2 --col other_allele=A1\n");
    shows("taxamr columns " LDL, "beta_outcome\toutcome_beta");
    shows("printf 'MARKER EA NEA OR SE P\\nrs182549,T,C,1.5,.05,5e-16\\n' | tr ' ' , >c; "
          "taxamr columns c",
          "NA\tbeta\tderived: the natural logarithm of the odds ratio");
    shows("printf 'SNP A1 A2 N Z\\nrs1 A G 9 5\\n' >c; taxamr columns c 2>/dev/null; true",
          "NA\teaf\tmissing, and needed: without it Z tells no effect\t--col eaf=NAME\n");
    shows("printf 'SNP A1 A2 N Z\\nrs1 A G 9 5\\n' >c; taxamr columns c 2>&1; true",
          "column eaf: found no such column among SNP A1 A2 N Z");
    shows("printf 'rsid chr pos EA NEA beta SE\\nrs182549 2 135859184 T C .1 .1\\n' >c; "
          "taxamr columns c; taxamr columns - <c",
          "GRCh38: 1 of 1 known positions fit");
}
END_TEST

/* What harmonise prints, mr reads. */
START_TEST(harmonise_feeds_mr)
{
    static const char make[] =
        "printf 'SNP effect_allele other_allele eaf beta se pval\\n"
        "rs1 A G .3 .1 .01 1e-23\\nrs2 A C .2 .2 .01 5e-89\\nrs3 A T .5 .1 .01 1e-23\\n' "
        ">x.txt;"
        "printf 'SNP effect_allele other_allele eaf beta se pval\\n"
        "rs1 G A .7 -.2 .05 6e-5\\nrs2 A C .2 .4 .05 1e-15\\nrs3 A T .5 .2 .05 6e-5\\n' "
        ">y.txt;";
    struct text line = {0};
    text_addf(&line,
              "%s taxamr harmonise -x x.txt -y y.txt >h.tsv && taxamr mr h.tsv "
              "--methods ivw",
              make);
    char *table = prints(line.bytes);
    golden_close("b", value_of(table, "ivw", 5), 2, 1e-12);
    golden_close("nsnp", value_of(table, "ivw", 4), 2, 0);
    memory_free(table);
    shows("grep rs3 h.tsv", "palindromic ambiguous");
    shows("taxamr harmonise -x x.txt -y y.txt --action 1 | grep rs3", "\tTRUE\tkept");
    shows("taxamr harmonise -x x.txt -y y.txt --table ledger | grep rs3", "FALSE");
    text_drop(&line);
}
END_TEST

/* Every table of a study; what is simulated says so in its header. */
START_TEST(run_writes_tables)
{
    char *out = prints("taxamr run -o r --methods ivw --threads 2");
    ck_assert_ptr_nonnull(strstr(out, "simulated outcome"));
    ck_assert_ptr_nonnull(strstr(out, "186 tests, 153 distinct: p < .05 in 12, 9.3 expected"));
    memory_free(out);
    shows(
        "ls r | tr '\\n' ' '",
        "calibration.tsv card.tsv claims.tsv directionality.tsv estimates.tsv "
        "harmonised.tsv heterogeneity.tsv influence.tsv "
        "leaveoneout.tsv ledger.tsv manifest.json meta.tsv plain.tsv pleiotropy.tsv power.tsv "
        "presso.tsv published.tsv repeat.R rucker.tsv sets.tsv singlesnp.tsv steiger.tsv "
        "strength.tsv summary.tsv thresholds.tsv verdict.tsv ");
    shows(
        "for f in r/*.tsv; do head -1 $f | grep -c 'simulated_outcome$'; done | sort | uniq -c",
        "24 1");
    shows("cut -f1,4 r/summary.tsv | grep -c 'forward$'", "186\n");
    /* what chance gives stands beside hits to a tenth: 0.3 is not 0 */
    shows("taxamr run gut-gastric --methods ivw --table plain -q -o p && "
          "grep -c 'about 0[ .]' p/plain.tsv | awk '{ print ($1 > 0) }'; "
          "grep -c 'about 0 ' p/plain.tsv | cat",
          "1\n0\n");
    shows("cut -f1,4 r/summary.tsv | grep 'forward$' | sort -u | wc -l", "186\n");
    shows("cut -f4 r/summary.tsv | grep -c reverse", "211\n");
    out = prints("taxamr run -o q --methods ivw --threads 1 --quiet && diff -r r q");
    ck_assert_str_eq(out, "");
    memory_free(out);
    shows("taxamr run lipid-chd -o l --format csv --table strength >/dev/null; ls l",
          "strength.csv\n");
}
END_TEST

/* The real study's known answer: 94 variants, no effect of insomnia on Alzheimer's disease. */
START_TEST(real_study_is_known)
{
    char *table = prints("taxamr run insomnia-alzheimer -o a --quiet; "
                         "grep -P '\\tivw\\t' a/estimates.tsv");
    golden_close("nsnp", value_of(table, "ivw", 4), 94, 0);
    memory_free(table);
    struct said said = program_say("head -1 a/summary.tsv | grep simulated");
    ck_assert_int_eq(said.status, 1);
    said_drop(&said);
}
END_TEST

START_TEST(pictures_are_text)
{
    shows("taxamr plot flow", "516  instruments of 186 exposures");
    shows("taxamr plot volcano --ascii --width 60", "p .05");
    shows("taxamr plot qq --direction reverse", "Genomic inflation lambda");
    shows("taxamr plot manhattan --outcome insomnia", "516 instruments");
    shows("taxamr plot map --ascii", "g Olsenella");
    shows("taxamr plot forest lipid-chd --width 80", "IVW");
    shows("taxamr plot methods " LDL " --ascii", "MR Egger");
    shows("taxamr plot loo --exposure class.Actinobacteria.id.419 --outcome insomnia",
          "simulated outcome");
    char *ascii = prints("taxamr plot heterogeneity lipid-chd --ascii --width 90");
    for (const char *at = ascii; *at != '\0'; at++) {
        ck_assert_msg((unsigned char)*at < 128, "%s", at);
    }
    memory_free(ascii);
}
END_TEST

/* Without a terminal: the taxa, once, as text. */
START_TEST(pipes_get_the_taxa)
{
    char *out = prints("taxamr --quiet --width 100");
    ck_assert_ptr_nonnull(strstr(out, "SIMULATED"));
    ck_assert_ptr_nonnull(strstr(out, "Bacteroidetes"));
    ck_assert_uint_gt(lines_of(out), 186);
    ck_assert_ptr_null(strchr(out, '\033'));
    memory_free(out);
    shows("LC_ALL=C taxamr --quiet | LC_ALL=C grep -c '[^ -~]' || true", "0\n");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        usage_is_2,          bad_data_is_1,     messages_are_clean, full_disks_are_noticed,
        help_is_there,       mr_equals_golden,  methods_are_chosen, ways_in_are_equal,
        formats_are_printed, columns_are_named, harmonise_feeds_mr, run_writes_tables,
        real_study_is_known, pictures_are_text, pipes_get_the_taxa,
    };
    program_folder();
    int failed = golden_run("command", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return failed;
}
