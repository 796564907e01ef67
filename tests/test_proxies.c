/*
 * Proxies against what PLINK 1.9 answers: which variants, their r2 to its printed digits, and
 * which alleles go together, for several r2 and windows; and instruments of several exposures
 * clumped together, against its index variants.
 */
#include "base/array.h"
#include "plink_fixture.h"
#include "study/reference.h"
#include <math.h>
#include <stdlib.h>

#define GOLDEN "$ROOT/tests/golden/clump/"
#define MOST_PAIRS 1000

/* A pair as PLINK printed it. */
struct pair_row {
    char target[32], proxy[32], phase[32];
    double r2, distance;
    bool is_found;
};

/* A reference, and PLINK's pairs on it. */
struct golden_proxies {
    struct plink *plink;
    struct arena *arena;
    struct pair_row rows[MOST_PAIRS];
    size_t row_count;
    struct reference_place *places; /* one a target */
    size_t place_count;
};

static void read_rows(struct golden_proxies *golden, const char *name)
{
    struct text path = {0};
    char line[256];
    FILE *file;

    text_addf(&path, "%s/tests/golden/proxy/%s.tsv", getenv("ROOT"), name);
    file = fopen(path.bytes, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        struct pair_row *row = &golden->rows[golden->row_count++];

        ck_assert_uint_le(golden->row_count, MOST_PAIRS);
        ck_assert_int_eq(sscanf(line, "%31s %31s %31s %lf %lf", row->target, row->proxy,
                                row->phase, &row->r2, &row->distance),
                         5);
    }
    fclose(file);
    text_drop(&path);
}

/* The targets, which stand together in the table, on the reference. */
static void place_targets(struct golden_proxies *golden)
{
    struct plink_wanted *wanted = memory_get(golden->row_count, sizeof *wanted);
    struct plink_variant *found = memory_get(golden->row_count, sizeof *found);
    struct error error = {0};
    size_t count = 0;

    for (size_t i = 0; i < golden->row_count; i++) {
        if (i == 0 || strcmp(golden->rows[i].target, golden->rows[i - 1].target) != 0) {
            wanted[count++] =
                (struct plink_wanted){.id = golden->rows[i].target, .position = NAN};
        }
    }
    ck_assert(plink_place(golden->plink, wanted, count, found, &error));
    golden->places = arena_get(golden->arena, count, sizeof *golden->places);
    golden->place_count = count;
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(found[i].match, PLINK_BY_ID);
        golden->places[i].plink = golden->plink;
        golden->places[i].variant = found[i];
    }
    memory_free(wanted);
    memory_free(found);
}

static struct golden_proxies *open_golden(const char *name)
{
    struct golden_proxies *golden = memory_get(1, sizeof *golden);
    struct text prefix = {0};
    struct error error = {0};

    golden->arena = arena_create();
    text_addf(&prefix, "%s/tests/golden/clump/%s", getenv("ROOT"), name);
    ck_assert(plink_open(prefix.bytes, &golden->plink, &error));
    text_drop(&prefix);
    read_rows(golden, name);
    place_targets(golden);
    return golden;
}

static void close_golden(struct golden_proxies *golden)
{
    plink_close(golden->plink);
    arena_destroy(golden->arena);
    memory_free(golden);
}

/* Whether PLINK prints that these alleles go together; whichever is the rarer comes first. */
static bool are_in_phase(const struct pair_row *row, const struct plink_variant *target,
                         const char *with_first, const char *with_second)
{
    struct text one = {0}, other = {0};
    bool are;

    text_addf(&one, "%s%s/%s%s", target->first, with_first, target->second, with_second);
    text_addf(&other, "%s%s/%s%s", target->second, with_second, target->first, with_first);
    are = strcmp(row->phase, one.bytes) == 0 || strcmp(row->phase, other.bytes) == 0;
    text_drop(&one);
    text_drop(&other);
    return are;
}

/* 1 where PLINK says that A1 goes with A1, -1 where with A2. */
static int side_of(const struct pair_row *row, const struct plink_variant *target,
                   const struct proxy *proxy)
{
    return are_in_phase(row, target, proxy->first, proxy->second) -
           are_in_phase(row, target, proxy->second, proxy->first);
}

/* PLINK prints six digits. */
static void check_proxy(struct golden_proxies *golden, const struct plink_variant *target,
                        const struct proxy *proxy)
{
    for (size_t i = 0; i < golden->row_count; i++) {
        struct pair_row *row = &golden->rows[i];

        if (strcmp(row->target, target->id) == 0 && strcmp(row->proxy, proxy->id) == 0) {
            char printed[32];

            snprintf(printed, sizeof printed, "%.6g", proxy->r2);
            ck_assert_msg(fabs(strtod(printed, NULL) - row->r2) <= 1.0001e-6 * row->r2,
                          "%s, %s: r2 %s, not %g", target->id, proxy->id, printed, row->r2);
            ck_assert_double_eq(proxy->distance, row->distance);
            ck_assert_msg(side_of(row, target, proxy) == (proxy->r > 0 ? 1 : -1),
                          "%s, %s: r %g, but %s", target->id, proxy->id, proxy->r, row->phase);
            row->is_found = true;
            return;
        }
    }
    ck_abort_msg("%s, %s, r2 %g: PLINK has no such pair", target->id, proxy->id, proxy->r2);
}

/* The same pairs on both sides, the best ones first; how many. */
static size_t check_search(struct golden_proxies *golden, double least, double reach)
{
    struct reference_place **places = memory_get(golden->place_count, sizeof *places);
    struct error error = {0};
    size_t count = 0;

    for (size_t i = 0; i < golden->place_count; i++) {
        places[i] = &golden->places[i];
    }
    ck_assert(proxies_search(golden->plink, places, golden->place_count, least, reach,
                             golden->arena, &error));
    for (size_t i = 0; i < golden->row_count; i++) {
        golden->rows[i].is_found = false;
    }
    for (size_t i = 0; i < golden->place_count; i++) {
        const struct reference_place *place = &golden->places[i];

        for (size_t k = 0; k < place->proxy_count; k++) {
            check_proxy(golden, &place->variant, &place->proxies[k]);
            ck_assert(k == 0 || place->proxies[k - 1].r2 >= place->proxies[k].r2);
            count++;
        }
    }
    for (size_t i = 0; i < golden->row_count; i++) {
        const struct pair_row *row = &golden->rows[i];

        ck_assert_msg(row->is_found == (row->r2 >= least && row->distance <= reach),
                      "%s, %s, r2 %g, %g base pairs off: %s", row->target, row->proxy, row->r2,
                      row->distance, row->is_found ? "found" : "not found");
    }
    memory_free(places);
    return count;
}

START_TEST(proxies_are_plinks)
{
    static const char *const names[] = {"small", "mixed"};
    static const double least[] = {0.2, 0.3, 0.5, 0.8};
    static const double reach[] = {500000, 250000, 30000, 10000};

    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        struct golden_proxies *golden = open_golden(names[n]);
        size_t count = 0;

        ck_assert_uint_eq(check_search(golden, least[0], reach[0]), golden->row_count);
        for (size_t i = 1; i < 16; i++) {
            count += check_search(golden, least[i / 4], reach[i % 4]);
        }
        ck_assert_uint_gt(count, 1000);
        close_golden(golden);
    }
}
END_TEST

/* As `plink1.9 --ld-window-kb 500`: 500,000 base pairs are near enough, one more is not. */
START_TEST(the_window_of_a_study_is_500_kb)
{
    static const char *const rows[] = {"2211001200", "2211001200", "2211001200", NULL};
    struct said said;

    write_bed("far.bed", rows);
    write_text("far.bim", "1 rs1 0 1000 A G\n1 rs2 0 501001 A G\n1 rs3 0 501000 C T\n");
    write_text("far.fam", "1 1 0 0 1\n2 2 0 0 1\n3 3 0 0 1\n4 4 0 0 1\n5 5 0 0 1\n6 6 0 0 1\n"
                          "7 7 0 0 1\n8 8 0 0 1\n9 9 0 0 1\n10 10 0 0 1\n");
    write_text("far.x", "SNP effect_allele other_allele eaf beta se pval\n"
                        "rs1 A G .45 .1 .01 1e-20\n");
    write_text("far.y", "SNP effect_allele other_allele eaf beta se pval\n"
                        "rs2 A G .45 .2 .02 .5\nrs3 C T .45 .3 .02 .5\n");
    write_text("study.conf", "reference = \"far\"\nexposure \"x\" { instruments = \"far.x\"\n"
                             "all_instruments = true\nproxies = 0.8 }\n"
                             "outcome \"y\" { associations = \"far.y\" }\n");
    said = program_say("taxamr run . -q -o out --table harmonised; "
                       "tail -n 1 out/harmonised.tsv | cut -f 4,11,22");
    ck_assert_msg(strcmp(said.out, "rs1\t0.3\trs3\n") == 0, "%s%s", said.out, said.err);
    said_drop(&said);
}
END_TEST

/* Two exposures, each of which has the golden P in every second row and a weaker one in the
 * others, so that the smaller one of both is the golden P; and an outcome. */
#define MAKE_TWO                                                                               \
    "awk 'BEGIN {h = \"SNP chr pos effect_allele other_allele eaf beta se pval\"; "            \
    "print h > \"x1\"; print h > \"x2\"; print h > \"y\"} NR == FNR {p[$1] = $2; next} "       \
    "($2 in p) {s = $2 \" \" $1 \" \" $4 \" \" $5 \" \" $6 \" 0.2 \"; w = sqrt(p[$2]); "       \
    "print s 0.05 + FNR % 7 / 100, 0.01, FNR % 2 ? p[$2] : w > \"x1\"; "                       \
    "print s 0.02 + FNR % 11 / 100, 0.01, FNR % 2 ? w : p[$2] > \"x2\"; "                      \
    "print s 0.03 + FNR % 5 / 100, 0.02, 0.5 > \"y\"}' " GOLDEN "small.p " GOLDEN              \
    "small.bim; "
#define TWO "taxamr mv -q -x x1 -x x2 -y y --p1 1e-4 --r2 0.1 --kb 250 --bfile " GOLDEN "small "
#define INDICES GOLDEN "small_r2_0.1_kb_250_p1_1e-4_p2_1e-2.tsv"

static void prints_nothing(const char *line)
{
    struct said said = program_say(line);

    ck_assert_msg(said.status == 0 && said.out[0] == '\0', "%s printed\n%s%s", line, said.out,
                  said.err);
    said_drop(&said);
}

START_TEST(instruments_of_several_are_clumped_as_plink_does)
{
    /* kept are PLINK's index variants of the smaller P; the rest is in the ledger with why */
    prints_nothing(MAKE_TWO TWO
                   "--table ledger > ledger; awk -F'\t' '$4 == \"TRUE\" {print $2}' "
                   "ledger | sort > ours; tail -n +2 " INDICES
                   " | cut -f 2 | sort > theirs; test -s ours && diff ours theirs");
    prints_nothing("awk -F'\t' 'NR > 1 && $4 != \"TRUE\" && ($8 == \"NA\" || !($9 > 0.1))' "
                   "ledger; grep -q FALSE ledger");
    /* the answers are those of these variants in a wide table */
    prints_nothing(
        "awk 'FILENAME == \"theirs\" {k[$1] = 1; next} FNR == 1 {next} !($1 in k) {next} "
        "{b[FILENAME, $1] = $7} END {print \"SNP beta_x1 se_x1 beta_x2 se_x2 beta_outcome "
        "se_outcome\"; for (v in k) print v, b[\"x1\", v], 0.01, b[\"x2\", v], 0.01, "
        "b[\"y\", v], 0.02}' theirs x1 x2 y > wide; "
        "taxamr mv -q wide --methods mv_ivw,mv_ivw_fe > a; " TWO
        "--methods mv_ivw,mv_ivw_fe > b; for f in a b; do awk -F'\t' 'NR > 1 {printf "
        "\"%s %s %s %.9g %.9g\\n\", $1, $4, $5, $6, $7}' $f > $f.short; done; "
        "test $(wc -l < a.short) = 4 && diff a.short b.short");
}
END_TEST

/* What the reference lacks is said, counted and in the ledger. */
START_TEST(what_the_reference_lacks_is_told)
{
    struct said said =
        program_say(MAKE_TWO "echo 'nobody 1 5 A G 0.2 0.1 0.01 1e-9' | tee -a x1 >> y; "
                             "taxamr mv -x x1 -x x2 -y y --p1 1e-4 --r2 0.1 --kb 250 --table "
                             "ledger --bfile " GOLDEN "small | grep nobody");

    ck_assert_msg(strstr(said.out, "FALSE\tnot in the reference") != NULL, "%s", said.out);
    ck_assert_msg(strstr(said.err, "not in the reference and were dropped: nobody") != NULL,
                  "%s", said.err);
    ck_assert_ptr_nonnull(strstr(said.err, "taxamr: 1 of "));
    said_drop(&said);
    said =
        program_say("taxamr mv -x x1 -x x2 -y y --p1 1e-4 --r2 0.1 --kb 250 --bfile no/such");
    ck_assert_int_eq(said.status, 1);
    ck_assert_str_eq(said.out, "");
    ck_assert_ptr_nonnull(strstr(said.err, "no/such.bed: cannot open the file; --bfile takes"));
    said_drop(&said);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        proxies_are_plinks,
        the_window_of_a_study_is_500_kb,
        instruments_of_several_are_clumped_as_plink_does,
        what_the_reference_lacks_is_told,
    };
    int status;

    program_folder();
    status = golden_run("proxies", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return status;
}
