/*
 * `taxamr new`, `taxamr cache` and the bar, as a person meets them.
 */
#include "base/memory.h"
#include "base/text.h"
#include "golden.h"
#include "program.h"
#include "ui/command/progress.h"
#include <check.h>
#include <poll.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* 600 rows of a taxon's file and of the outcome's, made by awk so that a line can show it. */
#define MAKE_TAXON(name, shift)                                                                \
    "awk 'BEGIN { OFS = \"\\t\"; print \"bac\", \"chr\", \"bp\", \"rsID\", \"ref.allele\", "   \
    "\"eff.allele\", \"beta\", \"SE\", \"P.weightedSumZ\", \"N\"; for (i = 1; i <= 600; i++) " \
    "{ s = (i + " #shift ") % 50 == 0; print \"" name                                          \
    "\", i % 22 + 1, i * 3000000, \"rs\" i, "                                                  \
    "\"A\", \"G\", s ? .12 : .01, .02, s ? 2e-9 : .62, 18340 } }' > \"" name                   \
    ".summary.txt\"; "
#define MAKE_ILL                                                                               \
    "awk 'BEGIN { OFS = \"\\t\"; print \"SNP\", \"A1\", \"A2\", \"eaf\", \"b\", \"se\", "      \
    "\"p\", \"n\", \"ncase\"; for (i = 1; i <= 600; i++) { s = i % 120 == 7; print \"rs\" i, " \
    "\"G\", \"A\", .3, s ? .09 : .001, .01, s ? 3e-19 : .92, 400000, 100000 } }' > ill.tsv; "
#define MAKE                                                                                   \
    "rm -rf work && mkdir work && cd work && " MAKE_TAXON("genus.Alpha.id.1", 0)               \
        MAKE_TAXON("genus.Beta.id.2", 9) MAKE_ILL
#define NEW "taxamr new st --exposure genus.* --outcome ill.tsv"

static void expect(const char *line, int status, const char *out, const char *err)
{
    struct said said = program_say(line);
    ck_assert_msg(said.status == status, "%s: %d: %s", line, said.status, said.err);
    ck_assert_msg(strstr(said.out, out) != NULL, "%s: \"%s\" is not in:\n%s", line, out,
                  said.out);
    ck_assert_msg(*err == '\0' ? *said.err == '\0' : strstr(said.err, err) != NULL,
                  "%s: \"%s\" is not in:\n%s", line, err, said.err);
    said_drop(&said);
}

START_TEST(new_then_run)
{
    expect(MAKE NEW " --quiet && taxamr run st -o out && cut -f 1,2,3,4 out/summary.tsv", 0,
           "out: tables: ", "");
    expect("cd work && cut -f 1,3,4,5 out/summary.tsv", 0,
           "exposure\toutcome\tdirection\tnsnp\n"
           "genus.Alpha.id.1\till\tforward\t12\n"
           "genus.Beta.id.2\till\tforward\t12\n"
           "ill\tgenus.Alpha.id.1\treverse\t5\n"
           "ill\tgenus.Beta.id.2\treverse\t5\n",
           "");
    expect("cd work && grep -v '#' st/study.conf", 0,
           "    file = {\n        \"../genus.Alpha.id.1.summary.txt\",\n"
           "        \"../genus.Beta.id.2.summary.txt\"\n    }\n",
           "");
    expect("cd work && cat st/study.conf", 0,
           "    #   P.weightedSumZ  pval\n    #   N               n\n", "");
    expect("cd work && cat st/study.conf", 0,
           "    unit = \"sd\"  # the name is that of a taxon, whose GWAS are per SD of "
           "abundance\n",
           "");
    expect("cd work && cat st/study.conf", 0,
           "    unit = \"log-odds\"  # the file tells of cases\n    n = 400000  # largest of "
           "the first 1000 rows\n    cases = 100000",
           "");
    expect("cd work && grep p_threshold st/study.conf", 0, "p_threshold = 1e-05", "");
    expect("cd work && grep p_threshold st/study.conf", 0, "p_threshold = 5e-08", "");
}
END_TEST

START_TEST(the_explorer_opens_it)
{
    expect(MAKE NEW " && taxamr st --ascii", 0, "g Alpha", "");
    expect("cd work && printf 'snapshot a.txt\\nopen\\nsnapshot b.txt\\n' > s && "
           "taxamr st --script s --size 100x30 && cat a.txt b.txt",
           0, "Beta", "");
}
END_TEST

START_TEST(nothing_is_overwritten)
{
    expect(MAKE NEW " && echo kept > st/study.conf && " NEW, 1, "", "a study there already");
    expect("cd work && cat st/study.conf", 0, "kept", "");
    /* a new folder that was for nothing goes again, an old one stays */
    expect("cd work && taxamr new other --exposure ill.tsv --outcome missing", 1, "",
           "missing: ");
    expect("cd work && ls", 0, "ill.tsv\nst\n", "");
    expect("cd work && ls -d other; true", 0, "", "other");
    expect("cd work && mkdir third; taxamr new third --exposure no --outcome no; ls -d third",
           0, "third", "no: ");
}
END_TEST

START_TEST(what_is_missing_is_said)
{
    expect("taxamr new", 2, "", "taxamr new DIR --exposure FILE");
    expect("taxamr new dir --outcome y", 2, "", "found no --exposure FILE");
    expect("taxamr new dir --exposure y", 2, "", "found no --outcome FILE");
    expect(MAKE "taxamr new st --exposure ill.tsv --outcome ill.tsv extra --col beta=nothing",
           1, "", "extra: ");
    expect(MAKE NEW " --col beta=nothing", 2, "", "no file has that column");
    expect(MAKE NEW " -- extra", 2, "", "left over");
    expect(MAKE "printf 'SNP A1\\nrs1 A\\n' > bad; taxamr new st --exposure bad --outcome "
                "ill.tsv",
           1, "", "--col");
}
END_TEST

/* Names that a study file must quote, files elsewhere, an override for one side alone. */
START_TEST(odd_names_come_back)
{
    expect(MAKE
           "mkdir 'a \"b\" $HOME \\\\ it'\"'\"'s' && cd a* && mv ../ill.tsv 'c ${x}.tsv' && "
           "taxamr new ../st --exposure ../genus.Alpha* --outcome c* && cd .. && "
           "taxamr run st -o out && cut -f 1-2 out/summary.tsv | head -2",
           0, "Alpha", "");
    expect("cd work && cut -f 3 out/summary.tsv | head -2", 0, "c ${x}", "");
    expect(MAKE "sed 's/eff.allele\\tbeta/eff.allele\\tfirst/; s/\\tSE/\\tSE/' "
                "genus.Alpha.id.1.summary.txt > odd.txt && "
                "taxamr new st --exposure odd.txt --outcome ill.tsv --col beta=first && "
                "taxamr run st -o out && grep 'col =' st/study.conf",
           0, "    col = {\"beta=first\"}\n    # col = {\"beta=EFFECT\"}\n", "");
    /* two files of one name, and one inside of the folder */
    expect(MAKE "mkdir -p st/in two && mv genus.Alpha* st/in && cp ill.tsv two/ill.tsv && "
                "taxamr new st --exposure st/in/* --outcome ill.tsv two/ill.tsv && "
                "grep 'outcome \\|file =' st/study.conf",
           0,
           "    file = \"in/genus.Alpha.id.1.summary.txt\"\noutcome \"ill\" {\n"
           "    file = \"../ill.tsv\"\noutcome \"ill-2\" {\n    file = \"../two/ill.tsv\"\n",
           "");
    expect("cd work && taxamr run st -o out && cut -f 1,3 out/summary.tsv | sort -u", 0,
           "genus.Alpha.id.1\till\ngenus.Alpha.id.1\till-2\nill\tgenus.Alpha.id.1\nill-2\t",
           "");
}
END_TEST

START_TEST(units_are_guessed_from_standard_errors)
{
    /* SE^2 2 f (1 - f) n is 1, 5.33 (a quarter ill) and 0.04 */
    static const char *const wanted[] = {"\"sd\"  # SE fit a trait of SD 1",
                                         "\"log-odds\"  # SE fit log odds where 25% are cases",
                                         "\"unknown\"  # SE fit a trait of SD 0.2"};
    static const char *const errors[] = {".02182", ".05040", ".00436"};
    for (size_t i = 0; i < 3; i++) {
        struct text line = {0};
        text_add(&line, MAKE);
        text_addf(&line,
                  "printf 'SNP\\tA1\\tA2\\teaf\\tb\\tse\\tp\\tn\\nrs1\\tA\\tG\\t.3\\t.1\\t%s"
                  "\\t.5\\t5000\\n' > x && taxamr new st --exposure x --outcome ill.tsv "
                  "&& grep unit st/study.conf",
                  errors[i]);
        expect(line.bytes, 0, wanted[i], "");
        text_drop(&line);
    }
}
END_TEST

START_TEST(the_cache_is_shown_and_cleared)
{
    expect("taxamr cache --clear", 0, "removed: ", "");
    expect("taxamr cache", 0, "/tables: tables: 0, 0.0 kB\n", "");
    expect(MAKE NEW " && taxamr run st -o one && taxamr cache", 0, "tables: 4, ", "");
    expect("cd work && chmod 700 . && taxamr run st -o two && diff -r one two && taxamr cache",
           0, "tables: 4, ", "");
    expect("taxamr cache --clear", 0, "removed: 4, ", "");
    expect("cd work && taxamr run st -o three --no-cache && diff -r one three && taxamr cache",
           0, "tables: 0, ", "");
    /* a place that cannot be written to is done without */
    expect("cd work && XDG_CACHE_HOME=/dev/null taxamr run st -o four && diff -r one four", 0,
           "", "");
}
END_TEST

/* Every sample of a dialect can be either side, and what is written can be read; an outcome has
 * one trait, and that sample has two. */
START_TEST(every_dialect_makes_a_study)
{
    expect("rm -rf work && mkdir work && cd work && for f in $ROOT/tests/data/dialects/*.*; do "
           "case $f in *dutch*) continue; esac; "
           "taxamr new st --quiet --exposure $f --outcome $f && "
           "sed -i 's/p_threshold = .*/p_threshold = 1/' st/study.conf && "
           "taxamr run st -o out --quiet --methods ivw && grep -q forward out/ledger.tsv || "
           "echo $f; test -s out/summary.tsv || echo $f; rm -rf st out; done > failed; "
           "cat failed; test -s failed || echo none failed",
           0, "none failed\n", "");
}
END_TEST

/* The most memory that a line takes, in MB. */
static double peak_of(const char *line)
{
    const char *where = program_folder();
    pid_t child = fork();
    if (child == 0) {
        if (chdir(where) == 0) {
            execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        }
        _exit(127);
    }
    int status;
    struct rusage usage;
    wait4(child, &status, 0, &usage);
    ck_assert_msg(status == 0, "%s", line);
    return (double)usage.ru_maxrss / 1024;
}

#define LARGE "exec taxamr run st -o out --quiet --no-cache --methods ivw --threads 2"

/* Under a sanitizer memory is the sanitizer's. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED true
#else
#define IS_SANITIZED false
#endif

START_TEST(memory_does_not_grow_with_the_file)
{
    if (IS_SANITIZED) {
        return;
    }
    expect(MAKE NEW, 0, "", "");
    double small = peak_of("cd work && " LARGE);
    /* a hundred times as many rows that nobody asked for, 30 MB */
    expect("cd work && awk 'BEGIN { OFS = \"\\t\"; for (i = 1000; i < 600000; i++) print "
           "\"rs\" i, "
           "\"G\", \"A\", .3, .001, .01, .92, 400000, 100000 }' >> ill.tsv",
           0, "", "");
    double large = peak_of("cd work && " LARGE);
    ck_assert_msg(large < small + 12, "%.1f MB, then %.1f MB", small, large);
    expect("cd work && gzip ill.tsv && sed -i 's/ill.tsv/ill.tsv.gz/' st/study.conf", 0, "",
           "");
    large = peak_of("cd work && " LARGE);
    ck_assert_msg(large < small + 12, "%.1f MB, then %.1f MB of gzip", small, large);
}
END_TEST

START_TEST(the_line_says_how_far)
{
    struct text line = {0};
    struct study_progress progress = {
        .bytes = 3e9, .all_bytes = 12e9, .files = 2, .all_files = 8};
    progress_line(&line, &progress, 2, 79, true);
    ck_assert_str_eq(line.bytes, "reading file 3 of 8  #######-----------------------  25%  "
                                 "1500 MB/s  0:06 left");
    text_drop(&line);
    progress_line(&line, &progress, 4000, 60, false);
    ck_assert_str_eq(line.bytes,
                     "reading file 3 of 8  ███░░░░░░░░░  25%  1 MB/s  3:20:00 left");
    text_drop(&line);
    progress = (struct study_progress){.files = 8, .all_files = 8};
    progress_line(&line, &progress, 1, 31, true);
    ck_assert_str_eq(line.bytes, "reading file 8 of 8  ##### 100%");
    text_drop(&line);
}
END_TEST

/* Runs a line on a terminal of its own; what it wrote there, to be freed. */
static char *on_terminal(const char *line, int *status)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    struct text shown = {0};
    int terminal = -1;
    const char *where = program_folder();
    pid_t child = forkpty(&terminal, NULL, NULL, &size);
    if (child == 0) {
        setenv("TERM", "xterm", 1);
        if (chdir(where) == 0) {
            execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        }
        _exit(127);
    }
    char bytes[4096];
    ssize_t got;
    text_add(&shown, "");
    while ((got = read(terminal, bytes, sizeof bytes)) > 0) {
        text_add_bytes(&shown, bytes, (size_t)got);
    }
    waitpid(child, status, 0);
    close(terminal);
    return text_take(&shown);
}

/* An outcome that takes its time is a pipe which nobody writes to yet. */
#define SLOW                                                                                   \
    "cd work && rm -f slow.tsv && mkfifo slow.tsv && { (sleep 1.2; cat ill.tsv > slow.tsv) & " \
    "} && sed 's/ill.tsv/slow.tsv/; s/, \"reverse\"//' st/study.conf > st/slow.conf && "

START_TEST(a_terminal_shows_a_bar)
{
    int status;
    expect(MAKE NEW, 0, "", "");
    char *shown = on_terminal(SLOW "taxamr run st/slow.conf -o out --ascii", &status);
    ck_assert_int_eq(status, 0);
    ck_assert_msg(strstr(shown, "\rreading file 3 of 3  ###") != NULL, "%s", shown);
    ck_assert_msg(strstr(shown, "\r\033[K") != NULL, "%s", shown);
    memory_free(shown);
    shown = on_terminal(SLOW "taxamr run st/slow.conf -o out --quiet", &status);
    ck_assert_int_eq(status, 0);
    ck_assert_str_eq(shown, "");
    memory_free(shown);
    expect(SLOW "taxamr run st/slow.conf -o out", 0, "out: tables", "");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        new_then_run,
        the_explorer_opens_it,
        nothing_is_overwritten,
        what_is_missing_is_said,
        odd_names_come_back,
        units_are_guessed_from_standard_errors,
        the_cache_is_shown_and_cleared,
        every_dialect_makes_a_study,
        memory_does_not_grow_with_the_file,
        the_line_says_how_far,
        a_terminal_shows_a_bar,
    };
    program_folder();
    int failed = golden_run("new", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return failed;
}
