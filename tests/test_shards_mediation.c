/*
 * A study with mediators, computed in shards and in slices of outcomes: what goes through them
 * is that of the study at once, to the last byte, with q-values over all exposures; a run that
 * was killed goes on where it was; parts of other data do not serve.
 */
#include "base/memory.h"
#include "base/text.h"
#include "golden.h"
#include "numeric/start.h"
#include "program.h"
#include "study/snapshot.h"
#include "study_fixture.h"
#include <string.h>

/* 7 taxa, 2 mediators, a covariate, 20 outcomes both ways: three slices, from awk's random
 * numbers. Taxa have their instruments among the first 40 variants, the others behind them. */
#define MAKE                                                                                   \
    "rm -rf made whole merged s[0-9] k m && mkdir made && cd made && awk 'function row(f, t, " \
    "v, b, p) { printf \"%srs%d\\t%s\\tG\\t0.3\\t%.6f\\t0.01\\t%s\\t20000\\n\", t, v, v % 9 "  \
    "? "                                                                                       \
    "\"A\" : \"T\", b, p > f } function head(f, t) { print t "                                 \
    "\"SNP\\teffect_allele\\tother_allele\\teaf\\tbeta\\tse\\tpval\\tsamplesize\" > f } "      \
    "function section(kind, key, more) { print kind \" \\\"\" key \"\\\" {\\n associations = " \
    "\\\"\" key \".tsv\\\"\\n unit = \\\"sd\\\"\\n\" more \"}\" > study } function own(key) "  \
    "{ return \" instruments = \\\"i-\" key \".tsv\\\"\\n all_instruments = true\\n\" } "      \
    "BEGIN "                                                                                   \
    "{ srand(5); study = \"study.conf\"; print \"directions = {\\\"forward\\\", "              \
    "\\\"reverse\\\"}\" > study; section(\"exposure\", \"taxa\", own(\"taxa\")); "             \
    "head(\"taxa.tsv\", \"trait\\t\"); head(\"i-taxa.tsv\", \"trait\\t\"); for (t = 1; t <= "  \
    "7;"                                                                                       \
    " t++) for (v = 1; v <= 90; v++) { is = v <= 40 && v % 7 == t - 1; x = rand() * .02 - "    \
    ".01 "                                                                                     \
    "+ (is ? .1 : 0); sum[v] += x; row(\"taxa.tsv\", \"genus.T\" t \"\\t\", v, x, \"NA\"); "   \
    "if "                                                                                      \
    "(is) row(\"i-taxa.tsv\", \"genus.T\" t \"\\t\", v, x, \"1e-20\") } n = "                  \
    "split(\"crp il6 bmi\", names, \" \"); for (i = 1; i <= n; i++) { key = names[i]; "        \
    "section(i < 3 ? \"mediator\" : \"covariate\", key, own(key)); head(key \".tsv\"); "       \
    "head(\"i-\" key \".tsv\"); for (v = 1; v <= 90; v++) { is = v > 40 && v % 3 == i - 1 && " \
    "v < 65; m[i, v] = .5 * sum[v] + rand() * .02 - .01 + (is ? .12 : 0); row(key \".tsv\", "  \
    "\"\", v, m[i, v], \"NA\"); if (is) row(\"i-\" key \".tsv\", \"\", v, m[i, v], "           \
    "\"1e-30\") }"                                                                             \
    "} for (o = 1; o <= 20; o++) { key = \"d\" o; section(\"outcome\", key, own(key)); "       \
    "head(key \".tsv\"); head(\"i-\" key \".tsv\"); for (v = 1; v <= 90; v++) { y = .3 * "     \
    "sum[v] + .2 * m[1 + o % 2, v] + rand() * .03 - .015 + (v > 70 ? .1 : 0); if (v % 17 != "  \
    "o "                                                                                       \
    "% 17) row(key \".tsv\", \"\", v, y, \"NA\"); if (v > 70 && v % 5 == o % 5) row(\"i-\" "   \
    "key \".tsv\", \"\", v, y, \"1e-12\") } } }' && cd .. && "

#define QUICK " -q --methods ivw,egger --presso-sims 10 --boot 50 --threads 2"

static void shows(const char *line, const char *part)
{
    char *out = program_prints(line);
    ck_assert_msg(strstr(out, part) != NULL, "%s: \"%s\" is not in %s", line, part, out);
    memory_free(out);
}

/* `mediate` takes all outcomes at once, `run` in slices. */
START_TEST(slices_are_the_study_at_once)
{
    program_is_silent(MAKE "taxamr run made -o whole" QUICK
                           " && for t in mediation network mediation_estimates "
                           "mediation_ledger; do taxamr mediate made --table $t -q --boot 50 | "
                           "cmp - whole/$t.tsv || exit 1; done");
    shows("wc -l < whole/mediation.tsv; wc -l < whole/network.tsv; cut -f 3 "
          "whole/mediation.tsv | uniq | grep -c d; grep -c forward whole/mediation_ledger.tsv "
          "> m; cut -f 41 whole/mediation.tsv | grep -vc NA",
          "281\n701\n20\n281\n");
}
END_TEST

START_TEST(shards_equal_the_whole)
{
    static const char *const formats[] = {"", " --format json"};
    struct text line = {0};
    text_add(&line, MAKE);
    text_addf(&line,
              "taxamr run made -o whole" QUICK "%s && for k in 3 1 2; do taxamr run made "
              "--shard $k/3 -o s$k" QUICK
              "%s || exit 1; done && taxamr merge s2 s3 s1 -o merged -q%s && diff -r "
              "whole merged",
              formats[_i], formats[_i], formats[_i]);
    program_is_silent(line.bytes);
    text_drop(&line);
}
END_TEST

/* A table alone, too; and what rests on all exposures waits for the merge. */
START_TEST(a_table_alone)
{
    program_is_silent(MAKE
                      "taxamr run made -o whole --table mediation -q --boot 50 && for k in "
                      "1 2 3 4 5 6 7 8; do taxamr run made --shard $k/8 -o s$k --table "
                      "mediation -q --boot 50 || exit 1; done && taxamr merge s? -o "
                      "merged -q && diff -r whole merged");
    shows(MAKE "taxamr run made --shard 2/3 -o s2" QUICK
               " && ls s2 | grep -c '^mediation.tsv' ; cut -f 1 s2/network.tsv | sort -u",
          "0\nexposure\ngenus.T2\ngenus.T5\n");
}
END_TEST

/* Parts of networks that are there are not computed again; those of other data are. */
START_TEST(kills_cost_no_more_than_a_part)
{
    program_is_silent(MAKE "taxamr run made -o whole" QUICK
                           " && for t in 03 06 10 15 20 30; do timeout -s KILL 0.$t taxamr run "
                           "made -o k" QUICK "; done >m 2>&1; taxamr run made -o k" QUICK
                           " && diff -r whole k");
    shows("taxamr run made --shard 1/1 -o s1" QUICK
          " && rm s1/parts/00001/part-00015 s1/parts/00001/shard && taxamr run made --shard "
          "1/1 -o s1 --methods ivw,egger --presso-sims 10 --boot 50",
          "taken over from an earlier run: ");
    shows("taxamr run made --shard 1/1 -o s1 --methods ivw,egger --presso-sims 10 --boot 50 | "
          "awk '/^parts:/ { print $2 - $NF }'",
          "0\n");
    shows("sed -i '2s/0\\.01\\t/0.02\\t/' made/i-crp.tsv made/crp.tsv; sed -i "
          "'45s/0\\.01\\t/0.02\\t/' made/crp.tsv; taxamr run made --shard 1/1 -o s1 --methods "
          "ivw,egger --presso-sims 10 --boot 50",
          "parts of other data or settings, computed anew: ");
    program_is_silent("taxamr run made -o k" QUICK " && taxamr merge s1 -o merged -q && diff "
                      "-r k merged && ! cmp -s whole/mediation.tsv k/mediation.tsv");
}
END_TEST

/* A mediator's data are the study's. */
START_TEST(other_data_do_not_belong)
{
    struct said said = program_say(
        MAKE "taxamr run made --shard 1/2 -o s1" QUICK " && sed -i '45s/0\\.01\\t/0.02\\t/' "
             "made/crp.tsv && taxamr run made --shard 2/2 -o s2" QUICK
             " && taxamr merge s1 s2 -o merged");
    ck_assert_int_eq(said.status, 1);
    ck_assert_msg(strstr(said.err, "made with other data") != NULL, "%s", said.err);
    said_drop(&said);
}
END_TEST

/* Bytes that end at any place or are altered anywhere are never read beyond their end. */
START_TEST(broken_snapshots)
{
    struct study *study = study_fixture_load("gut-inflammation-insomnia");
    struct arena *arena = arena_create();
    struct estimate_settings settings = estimate_default_settings();
    settings.boot = 10;
    const struct mediations_options options = mediations_default(&settings, arena);
    struct mediations *mediations = mediations_of(study, &options, NULL);
    struct text bytes = {0};
    snapshot_add_designs(&bytes, study->through, 0);
    size_t designs = bytes.length;
    snapshot_add_mediated(&bytes, mediations, 0);
    for (size_t i = 0; i < bytes.length; i += 1 + i / 256) {
        char *copy = memory_copy_bytes(bytes.bytes, bytes.length);
        copy[i] ^= 0x55;
        struct unpack from = unpack_begin(copy, designs);
        snapshot_take_designs(&from, study->through, 0, study->pairs[0], study->arena);
        from = unpack_begin(copy + designs, bytes.length - designs);
        snapshot_take_mediated(&from, mediations, 0);
        from = unpack_begin(copy + designs, i < designs ? 0 : i - designs);
        snapshot_take_mediated(&from, mediations, 0);
        ck_assert(from.is_broken);
        memory_free(copy);
    }
    text_drop(&bytes);
    mediations_destroy(mediations);
    arena_destroy(arena);
    study_destroy(study);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {slices_are_the_study_at_once, 1},
        {shards_equal_the_whole, 2},
        {a_table_alone, 1},
        {kills_cost_no_more_than_a_part, 1},
        {other_data_do_not_belong, 1},
        {broken_snapshots, 1},
    };
    numeric_start();
    program_folder(); /* made once, for all */
    int failed =
        golden_run_each("shards with mediators", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return failed;
}
