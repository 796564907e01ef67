/*
 * A study computed in shards and merged is the study computed at once, to the last byte; a run
 * that was killed goes on where it was; the manifest says the truth; what does not belong
 * together is refused by name.
 */
#include "base/memory.h"
#include "base/text.h"
#include "golden.h"
#include "numeric/start.h"
#include "program.h"
#include "study/parts.h"
#include "study/snapshot.h"
#include "study_fixture.h"
#include "ui/command/segments.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What earlier lines left goes. */
#define CLEAR "rm -rf made one whole merged s s[0-9] a b g k l m n r t x && "

/* A study of 5 taxa and 12 outcomes both ways, in two slices, from awk's random numbers, with a
 * trait without instruments and rows that are dropped. */
#define MAKE                                                                                   \
    CLEAR                                                                                      \
    "mkdir -p made && cd made && awk 'BEGIN { srand(7); V = 60; K = 6; study = "               \
    "\"study.conf\"; head = \"SNP\\teffect_allele\\tother_allele\\teaf\\tbeta\\tse\\tpval\\t"  \
    "samplesize\"; print \"title = \\\"Made\\\"\\ndirections = {\\\"forward\\\", "             \
    "\\\"reverse\\\"}\\nexposure \\\"made\\\" {\\n instruments = \\\"x.tsv\\\"\\n "            \
    "p_threshold = 1e-5\\n associations = \\\"y.tsv\\\"\\n unit = \\\"sd\\\"\\n}\" > study; "  \
    "print \"trait\\t\" head > \"x.tsv\"; print \"trait\\t\" head > \"y.tsv\"; for (t = 1; t " \
    "<= 5; t++) { for (k = 0; k < K; k++) printf \"genus.T%d\\trs%d\\tA\\t%s\\t0.3\\t%.6f\\t"  \
    "0.01\\t%s\\t18340\\n\", t, (t * 4 + k) % V + 1, k == 2 ? \"T\" : \"G\", .05 + .03 * "     \
    "rand(), t == 5 || k == 4 ? \"0.01\" : \"1e-9\" > \"x.tsv\"; for (v = 1; v <= V; v++) "    \
    "printf \"genus.T%d\\tos%d\\tA\\tG\\t0.3\\t%.6f\\t%s\\tNA\\t18340\\n\", t, v, .06 * "      \
    "rand() - .03, v == 9 ? \"0\" : \"0.01\" > \"y.tsv\" } for (o = 1; o <= 12; o++) { f = "   \
    "\"o\" o \".tsv\"; print head > f; for (v = 1; v <= V - 7; v++) printf "                   \
    "\"rs%d\\tA\\t%s\\t0.3\\t%.6f\\t0.01\\tNA\\t400000\\n\", v, v % 11 ? \"G\" : \"C\", .06 "  \
    "* rand() - .03 > f; f = \"i\" o \".tsv\"; print head > f; for (k = 0; k < K; k++) "       \
    "printf \"os%d\\tA\\tG\\t0.3\\t%.6f\\t0.01\\t1e-9\\t400000\\n\", (o * 4 + k) % V + 1, "    \
    ".05 + .03 * rand() > f; printf \"outcome \\\"d%d\\\" {\\n instruments = "                 \
    "\\\"i%d.tsv\\\"\\n all_instruments = true\\n associations = \\\"o%d.tsv\\\"\\n unit = "   \
    "\\\"log-odds\\\"\\n n = 400000\\n cases = 40000\\n}\\n\", o, o, o > study } }' && cd .. " \
    "&& "

#define QUICK " -q --methods ivw,egger --presso-sims 10 --threads 2"

static void shows(const char *line, const char *part)
{
    char *out = program_prints(line);
    ck_assert_msg(strstr(out, part) != NULL, "%s: \"%s\" is not in %s", line, part, out);
    memory_free(out);
}

static void refuses(const char *line, int status, const char *part)
{
    struct said said = program_say(line);
    ck_assert_msg(said.status == status, "%s: status %d: %s", line, said.status, said.err);
    ck_assert_msg(strstr(said.err, part) != NULL, "%s: \"%s\" is not in %s", line, part,
                  said.err);
    said_drop(&said);
}

/* `diff -r` of a run and of the merge of so many shards, the last one first. */
static void merge_equals(const char *made, const char *study, int shards, const char *options)
{
    struct text line = {0};
    text_addf(&line,
              "%s taxamr run %s -o whole%s%s && for k in $(seq %d -1 1); do taxamr run %s "
              "--shard $k/%d -o s$k%s%s && l=\"$l s$k\"; done && taxamr merge $l -o merged -q "
              "%s && diff -r whole merged",
              made, study, QUICK, options, shards, study, shards, QUICK, options,
              strstr(options, "--format") == NULL ? "" : options);
    program_is_silent(line.bytes);
    text_drop(&line);
}

START_TEST(shards_equal_the_whole)
{
    static const int shards[] = {1, 2, 5};
    merge_equals(MAKE, "made", shards[_i], "");
}
END_TEST

/* Harmonised pairs, several cohorts on both sides, units unknown; shards without any taxon. */
START_TEST(shards_of_cohorts)
{
    merge_equals(CLEAR, "gut-gastric", 3, " --methods ivw,presso_corrected,conmix --level 0.9");
    merge_equals(CLEAR, "lipid-chd", 2, " --methods ivw,weighted_median,gsmr --seed 3");
}
END_TEST

START_TEST(other_formats)
{
    merge_equals(MAKE, "made", 2, " --format json");
    merge_equals(CLEAR, "gut-gastric", 2, " --format csv");
    merge_equals(CLEAR, "gut-gastric", 2, " --table presso");
}
END_TEST

/* Slices change neither numbers nor the order of rows: all outcomes of one name are in one. */
START_TEST(slices_equal_the_whole)
{
    program_is_silent(
        MAKE "cp -r made one && sed 's/^ cases/ name = \"same\"\\n cases/' "
             "made/study.conf > one/study.conf && taxamr run made -o a" QUICK
             " && taxamr run one -o b" QUICK " && for t in estimates presso harmonised "
             "singlesnp ledger sets calibration strength power; do cmp a/$t.tsv "
             "b/$t.tsv; done; cut -f 1-9 a/summary.tsv > x; cut -f 1-9 b/summary.tsv | "
             "cmp x -");
}
END_TEST

/* The outcomes of the made study as insomnia, one of the second slice with cortisol, too, and
 * its second taxon as Blautia: claims bear on it. Rows of y.tsv are repeated, and repeated with
 * other figures. */
#define CLAIMED                                                                                \
    "sed -i 's/^outcome \"\\(.*\\)\" {/&\\n name = \"insomnia \\1\"/; s/insomnia "             \
    "d11/insomnia, cortisol/; s/^exposure .*/&\\n lineage = \"taxa.tsv\"\\n cohort = \"Made "  \
    "people\"/' made/study.conf "                                                              \
    "&& "                                                                                      \
    "printf 'taxon\\tname\\trank\\tkingdom\\tphylum\\tclass\\torder\\tfamily\\tgenus\\t"       \
    "catalogue_id\\tn\\n' > made/taxa.tsv && for t in 1 2 3 4 5; do n=Other$t; test $t = 2 "   \
    "&& "                                                                                      \
    "n=Blautia; printf "                                                                       \
    "\"genus.T$t\\t$n\\tgenus\\tBacteria\\tF\\tC\\tO\\tL\\t$n\\tx$t\\t18340\\n\"; "            \
    "done >> made/taxa.tsv && sed -i '/\tos[36]\t/p; "                                         \
    "s/\tos6\tA\tG\t0.3/\tos6\tA\tG\t0.31/' "                                                  \
    "made/y.tsv && "

/* What rests on all outcomes at once is gathered from slice to slice, and effects that no
 * instrument asks for are not kept: all is as of the study whole. */
START_TEST(gathered_rows_are_those_of_the_whole)
{
    static const char *const tables[] = {"plain",  "claims",     "estimates",
                                         "ledger", "harmonised", "strength"};
    static const enum table_format formats[] = {TABLE_TSV, TABLE_JSON};
    const struct method *methods[] = {methods_find("ivw"), methods_find("egger")};
    struct error error = {0};
    struct gwas_options reading = {0};
    struct study *study = NULL;
    program_is_silent(MAKE CLAIMED "taxamr run made -o a" QUICK
                                   " && taxamr run made -o b --format json" QUICK);
    shows("cut -f 1-4 a/claims.tsv", "genus.T2\td12\tforward\tblautia\n");
    shows("cut -f 1-4 a/claims.tsv", "d12\tgenus.T2\treverse\tblautia\n");
    shows("cut -f 4,9 a/claims.tsv", "cortisol\tIt has insomnia, cortisol among its traits");
    shows("cut -f 5 a/ledger.tsv", "duplicate");
    struct text path = {0};
    text_addf(&path, "%s/made", program_folder());
    ck_assert(study_load(path.bytes, &reading, &study, &error));
    struct results_options options = {
        .methods = methods, .method_count = 2, .settings = estimate_default_settings()};
    options.settings.seed = study->seed;
    options.settings.presso_sims = 10;
    options.settings.wants_presso = true;
    struct results *results = results_finish(results_start(study, &options, NULL));
    for (size_t i = 0; i < 2 * sizeof tables / sizeof tables[0]; i++) {
        struct text name = {0}, whole = {0};
        enum table_format format = formats[i % 2];
        text_addf(&name, "%s/%s/%s.%s", program_folder(), i % 2 == 0 ? "a" : "b", tables[i / 2],
                  table_format_key(format));
        table_print(tables_find(tables[i / 2]), results, format, &whole);
        char *sliced = program_file(name.bytes);
        ck_assert_ptr_nonnull(sliced);
        ck_assert_str_eq(sliced, whole.bytes);
        memory_free(sliced);
        text_drop(&name);
        text_drop(&whole);
    }
    results_destroy(results);
    study_destroy(study);
    text_drop(&path);
}
END_TEST

/* A shard has whole taxa, in both directions, and no table that rests on the others. */
START_TEST(a_shard_is_its_taxa)
{
    shows(MAKE "taxamr run made --shard 2/3 -o s" QUICK
               " && awk 'NR > 1 { print $3, $3 == \"forward\" ? $1 : $2 }' s/strength.tsv | "
               "sort -u",
          "forward genus.T2\nreverse genus.T2\nreverse genus.T5\n");
    shows(CLEAR
          "taxamr run gut-gastric --shard 1/2 -o s" QUICK
          " && ls s | grep -c 'summary\\|sets\\|ledger\\|meta\\|verdict\\|calibration\\|R$' || "
          "true",
          "0\n");
    shows(CLEAR "taxamr run gut-gastric --shard 1/2 -o s --methods ivw",
          "taxamr merge DIR... -o DIR");
}
END_TEST

#define TWO(first, second)                                                                     \
    CLEAR "taxamr run gut-gastric --shard 1/2 -o a" QUICK " " first                            \
          "; taxamr run gut-gastric --shard 2/2 -o b" QUICK " " second "; "

START_TEST(what_does_not_belong_together)
{
    static const char *const lines[][2] = {
        {TWO("", "") "taxamr merge a -o m", "found no shard 2 of 2"},
        {TWO("", "") "taxamr merge b -o m", "found no shard 1 of 2"},
        {TWO("", "") "taxamr merge a b a -o m", "a: found shard 1 of 2 twice, in a too"},
        {TWO("", "") "taxamr merge a nowhere -o m",
         "nowhere: cannot open; check the name: No such file"},
        {TWO("", "--seed 5") "taxamr merge a b -o m",
         "b: found shard 2 made with another seed"},
        {TWO("", "--level 0.9") "taxamr merge a b -o m", "another level than shard 1 in a"},
        {TWO("", "--boot 9") "taxamr merge a b -o m", "made with another boot than shard 1"},
        {TWO("", "--methods ivw") "taxamr merge a b -o m", "made with other methods than"},
        {TWO("", "--set penalty=9") "taxamr merge a b -o m", "made with another penalty than"},
        {TWO("--table presso", "") "taxamr merge a b -o m", "made with another --table than"},
        {TWO("", "") "cp -r $ROOT/data/gut-gastric g; sed -i '2s/0\\./1./' g/pairs.tsv; taxamr "
                     "run g --shard 2/2 -o b" QUICK "; taxamr merge a b -o m",
         "b: found shard 2 made with other data than shard 1 in a"},
        {TWO("", "") "taxamr run gut-gastric --shard 2/3 -o b" QUICK "; taxamr merge a b -o m",
         "b: found shard 2 of 3, but a is one of 2"},
        {TWO("", "") "printf x >>b/parts/00000/part-00000; taxamr merge a b -o m",
         "b: found a broken shard"},
        {TWO("", "") "rm b/parts/00000/part-00000; taxamr merge a b -o m",
         "b: found a broken shard"},
        {TWO("", "") "head -c 900 a/parts/00000/shard >x; mv x a/parts/00000/shard; taxamr "
                     "merge a b -o m",
         "a: found no finished shard"},
    };
    refuses(lines[_i][0], 1, lines[_i][1]);
    program_is_silent("test ! -e m/estimates.tsv");
}
END_TEST

START_TEST(usage)
{
    static const char *const wrong[] = {"0/2", "3/2", "2", "/2", "1/", "1/0", "a/b", "1/2/3"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct text line = {0};
        text_addf(&line, "taxamr run --shard %s -o m", wrong[i]);
        refuses(line.bytes, 2, "write K/N");
        text_drop(&line);
    }
    refuses("taxamr merge -o m", 2, "taxamr merge DIR... -o DIR");
    refuses("taxamr merge a", 2, "found no -o DIR");
}
END_TEST

/* Killed again and again, later each time, the run comes to its end, redoes nothing that it
 * finished, and leaves nothing half done: also what an older run left. */
START_TEST(kills_cost_no_more_than_a_part)
{
    program_is_silent(
        MAKE "taxamr run made -o whole" QUICK
             " && mkdir k && touch k/estimates.tsv.taxamr-aB3xYz k/manifest.json.taxamr-aB3xYz "
             "k/mine.tsv.taxamr-aB3xYz && for t in 03 06 10 15 20; do timeout -s KILL "
             "0.$t taxamr run made -o k" QUICK "; done >/dev/null 2>&1; taxamr run made -o "
             "k" QUICK " && rm k/mine.tsv.taxamr-aB3xYz && diff -r whole k");
    shows(CLEAR "taxamr run gut-gastric --shard 1/1 -o s" QUICK
                " && rm s/parts/00000/part-00001 && "
                "taxamr run gut-gastric --shard 1/1 -o s --methods ivw,egger --presso-sims 10",
          "parts: 2, taken over from an earlier run: 1\n");
}
END_TEST

START_TEST(other_settings_start_over)
{
    shows(CLEAR
          "taxamr run gut-gastric --shard 1/1 -o s" QUICK
          " && taxamr run gut-gastric --shard 1/1 -o s --methods ivw,egger --presso-sims 11",
          "started over, parts of it that did not serve: 2\n");
    shows(CLEAR "taxamr run gut-gastric --shard 1/1 -o s" QUICK
                " && cp -r $ROOT/data/gut-gastric g && sed -i '2s/0\\./1./' g/pairs.tsv && "
                "taxamr run g "
                "--shard 1/1 -o s --methods ivw,egger --presso-sims 10",
          "parts of other data or settings, computed anew: 1\n");
}
END_TEST

/* A slice that fails leaves no table and no rows; what came before it is not computed again. */
START_TEST(a_failed_slice_is_gone_on_from)
{
    refuses(
        MAKE "taxamr run made -o whole" QUICK " && cp made/o12.tsv o12 && sed -i '9s/0.01/x/' "
             "made/o12.tsv && umask 027 && taxamr run made -o k --methods ivw,egger "
             "--presso-sims 10 --threads 2",
        1,
        "taxamr: k: what was computed waits in its folder parts: the same command goes on from "
        "there\ntaxamr: made/o12.tsv: line 9");
    shows("ls k; stat -c %a k k/parts k/parts/00000 k/parts/00000/part-00000",
          "parts\n750\n750\n750\n640\n");
    shows("mv o12 made/o12.tsv; taxamr run made -o k --methods ivw,egger --presso-sims 10",
          "parts: 14, taken over from an earlier run: 9\n");
    program_is_silent("diff -r whole k");
}
END_TEST

/* Where no part could be written nothing waits. */
START_TEST(nothing_waits_where_nothing_was_written)
{
    struct said said = program_say(CLEAR "mkdir -p s/parts/00000/part-00000/x && taxamr run "
                                         "gut-gastric --shard 1/1 -o s --methods ivw "
                                         "--presso-sims 10");
    ck_assert_int_eq(said.status, 1);
    ck_assert_msg(strstr(said.err, "waits") == NULL, "%s", said.err);
    said_drop(&said);
}
END_TEST

/* Rows of a slice that cannot be read are named, not the table that they would go to. */
START_TEST(unread_rows_are_named)
{
    program_is_silent(CLEAR "mkdir k");
    struct text path = {0};
    text_addf(&path, "%s/k", program_folder());
    struct options options = {.output = path.bytes};
    struct run_tables tables = {
        .options = &options, .slices = 2, .only = tables_find("strength")};
    struct error error = {0};
    ck_assert(run_tables_begin(&tables, &error));
    ck_assert(!segments_join(&tables, "nowhere/rows", &error));
    ck_assert_str_eq(error.file, "nowhere/rows/00000/rows-strength-0");
    ck_assert_ptr_nonnull(strstr(error.text, "cannot be read: "));
    error_clear(&error);
    run_tables_end(&tables);
    text_drop(&path);
}
END_TEST

/* SIGTERM waits for the end of a file that is being written. */
START_TEST(no_half_files_after_terminate)
{
    program_is_silent(MAKE "for t in 05 10 15 20; do timeout 0.$t taxamr run made -o "
                           "t" QUICK
                           "; ls -AR t 2>/dev/null | grep 'taxamr-[A-Za-z0-9]*$'; done; "
                           "true");
}
END_TEST

/* What a killed run left is swept; what bears a name of the person's own is theirs. A link of
 * theirs stays, and the file it leads to is written. */
START_TEST(files_of_the_person_stay)
{
    program_is_silent(CLEAR "mkdir -p o far && cd o && touch estimates.tsv.backup "
                            "estimates.tsv.sorted estimates.tsv.taxamr-000000 "
                            "estimates.tsv.taxamr-aB3dE5 && ln -s ../far/e.tsv estimates.tsv "
                            "&& cd .. && taxamr run lipid-chd -o o -q --methods ivw");
    shows("ls o | grep -c 'taxamr-'; ls o | grep 'tsv\\.'; test -h o/estimates.tsv && head -c "
          "8 far/e.tsv",
          "0\nestimates.tsv.backup\nestimates.tsv.sorted\n");
}
END_TEST

START_TEST(one_run_a_folder)
{
    refuses(CLEAR "mkdir l && flock l sh -c 'taxamr run lipid-chd -o l -q'", 1,
            "found another run at work in this folder");
}
END_TEST

/* Every checksum and size is that of the file. */
START_TEST(the_manifest_is_true)
{
    program_is_silent(MAKE "taxamr run made -o r" QUICK " --seed 12 --methods ivw,egger");
    program_is_silent(
        "sed -n 's/.*\"item\": \"table\", \"name\": \"\\([^\"]*\\)\".*\"bytes\": \\([0-9]*"
        "\\), \"crc32\": \"\\([0-9a-f]*\\)\".*/\\1 \\2 \\3/p' r/manifest.json >m; while "
        "read name bytes sum; do test $(wc -c <r/$name) = $bytes || echo $name; got=$(gzip "
        "-c r/$name | tail -c 8 | od -An -tx4 -N4 | tr -d ' '); test $got = $sum || echo "
        "$name $got $sum; done <m; test $(wc -l <m) = 24");
    program_is_silent(
        "sed -n 's/.*\"item\": \"input\", \"name\": \"\\([^\"]*\\)\".*\"bytes\": \\([0-9]*"
        "\\), \"crc32\": \"\\([0-9a-f]*\\)\".*/\\1 \\2 \\3/p' r/manifest.json >m; while "
        "read name bytes sum; do got=$(gzip -c $name | tail -c 8 | od -An -tx4 -N4 | tr -d "
        "' '); test $got = $sum || echo $name $got $sum; done <m; grep -c . m >n; test "
        "$(grep -c 'made/' m) = 27 && grep -q regions.tsv m");
    shows("grep -c '\"setting\", \"name\": \"seed\", \"value\": \"12\"\\|\"method\", \"name\": "
          "\"\\(ivw\\|egger\\)\"' r/manifest.json",
          "3\n");
    shows("grep -o 'egger = \"mr_egger_regression\"' r/repeat.R", "mr_egger");
}
END_TEST

/* Bytes that end at any place or are altered anywhere read as broken or as something, never
 * beyond their end. */
START_TEST(broken_snapshots)
{
    struct study *study = study_fixture_load("gut-gastric");
    struct snapshot_traits traits = snapshot_traits_of(study), again;
    struct text bytes = {0};
    snapshot_add_study(&bytes, study, &traits, true);
    for (size_t length = 0; length < bytes.length; length += 1 + length / 64) {
        char *copy = memory_copy_bytes(bytes.bytes, length);
        struct unpack from = unpack_begin(copy, length);
        ck_assert_ptr_null(snapshot_take_study(&from, &again));
        memory_free(copy);
    }
    text_drop(&bytes);
    snapshot_add_pair(&bytes, study->pairs[0], &traits);
    for (size_t i = 0; i < bytes.length; i++) {
        char *copy = memory_copy_bytes(bytes.bytes, bytes.length);
        struct arena *arena = arena_create();
        struct unpack from = unpack_begin(copy, bytes.length);
        copy[i] ^= 0x55;
        (void)snapshot_take_pair(&from, &traits, arena);
        from = unpack_begin(copy, i);
        ck_assert_ptr_null(snapshot_take_pair(&from, &traits, arena));
        arena_destroy(arena);
        memory_free(copy);
    }
    text_drop(&bytes);
    snapshot_traits_end(&traits);
    study_destroy(study);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {shards_equal_the_whole, 3},
        {shards_of_cohorts, 1},
        {other_formats, 1},
        {slices_equal_the_whole, 1},
        {gathered_rows_are_those_of_the_whole, 1},
        {a_shard_is_its_taxa, 1},
        {what_does_not_belong_together, 15},
        {usage, 1},
        {kills_cost_no_more_than_a_part, 1},
        {other_settings_start_over, 1},
        {a_failed_slice_is_gone_on_from, 1},
        {nothing_waits_where_nothing_was_written, 1},
        {unread_rows_are_named, 1},
        {no_half_files_after_terminate, 1},
        {files_of_the_person_stay, 1},
        {one_run_a_folder, 1},
        {the_manifest_is_true, 1},
        {broken_snapshots, 1},
    };
    numeric_start();
    program_folder(); /* made once, for all */
    int failed = golden_run_each("shards", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return failed;
}
