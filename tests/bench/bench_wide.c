/*
 * Studies of very many pairs, made: how the cost of a pair and the memory go with their number.
 * Each trait has 5 instruments out of 2,000 variants, and so has each outcome out of 2,000
 * other ones; every file of effects has all 2,000.
 */
#include "bench.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char making[] =
    "awk -v T=%d -v O=%d '"
    "function z() { return sqrt(-2 * log(1 - rand())) * cos(6.283185307 * rand()) }"
    "function x(name, t, k) { printf \"%%s%%s%%d\\tA\\tG\\t0.3\\t%%.6f\\t0.01\\t1e-9\\t18340"
    "\\n\", name, t == \"\" ? \"os\" : \"rs\", k, .05 + .03 * rand() > file }"
    "function y(name, id, v, n) { printf \"%%s%%s%%d\\tA\\tG\\t0.3\\t%%.6f\\t0.01\\tNA\\t%%d\\n"
    "\", name, id, v, .01 * z(), n > file }"
    "BEGIN { srand(7); V = 2000; K = 5; study = \"study.conf\";"
    " head = \"SNP\\teffect_allele\\tother_allele\\teaf\\tbeta\\tse\\tpval\\tsamplesize\";"
    " print \"title = \\\"Made\\\"\\ndirections = {\\\"forward\\\", "
    "\\\"reverse\\\"}\\nexposure "
    "\\\"made\\\" {\\n instruments = \\\"x.tsv\\\"\\n all_instruments = true\\n associations = "
    "\\\"y.tsv\\\"\\n unit = \\\"sd\\\"\\n}\" > study;"
    " print \"trait\\t\" head > \"x.tsv\"; print \"trait\\t\" head > \"y.tsv\";"
    " for (t = 1; t <= T; t++) { name = \"genus.T\" t \"\\t\";"
    "  file = \"x.tsv\"; for (k = 0; k < K; k++) x(name, t, (t * K + k) %% V + 1);"
    "  file = \"y.tsv\"; for (v = 1; v <= V; v++) y(name, \"os\", v, 18340) }"
    " for (o = 1; o <= O; o++) {"
    "  file = \"o\" o \".tsv\"; print head > file;"
    "  for (v = 1; v <= V; v++) y(\"\", \"rs\", v, 400000); close(file);"
    "  file = \"i\" o \".tsv\"; print head > file;"
    "  for (k = 0; k < K; k++) x(\"\", \"\", (o * K + k) %% V + 1); close(file);"
    "  printf \"outcome \\\"d%%d\\\" {\\n instruments = \\\"i%%d.tsv\\\"\\n all_instruments = "
    "true\\n associations = \\\"o%%d.tsv\\\"\\n unit = \\\"log-odds\\\"\\n n = 400000\\n cases "
    "= 40000\\n}\\n\", o, o, o > study } }'";

/* What a study cost. */
struct cost {
    int traits, outcomes;
    double pairs, milliseconds, megabytes; /* the second of processor, a pair */
};

static struct cost bench_one(const char *program, int traits, int outcomes)
{
    char folder[64], command[8192], make[4096], name[64];
    snprintf(folder, sizeof folder, "/tmp/taxamr-bench-%d", (int)getpid());
    snprintf(make, sizeof make, making, traits, outcomes);
    snprintf(command, sizeof command, "mkdir %s && cd %s && %s", folder, folder, make);
    bench_run_once(command);
    snprintf(command, sizeof command, "cd %s && exec %s run . -o out --quiet", folder, program);
    struct bench_figure figure = bench_once(command);
    double pairs = 2.0 * traits * outcomes;
    snprintf(name, sizeof name, "%d traits, %d outcomes: %.0f pairs", traits, outcomes, pairs);
    printf("%-44s %9.2f s %8.0f pairs/s %8.2f ms of processor a pair %8.1f MB\n", name,
           figure.seconds, pairs / figure.seconds, 1e3 * figure.processor / pairs,
           figure.megabytes);
    fflush(stdout);
    snprintf(command, sizeof command, "rm -r %s", folder);
    bench_run_once(command);
    return (struct cost){traits, outcomes, pairs, 1e3 * figure.processor / pairs,
                         figure.megabytes};
}

/* How cost and memory go from one study to another that is larger. */
static void compare(const struct cost *small, const struct cost *large)
{
    char name[64];
    snprintf(name, sizeof name, "from %d x %d to %d x %d: %.1f times the pairs", small->traits,
             small->outcomes, large->traits, large->outcomes, large->pairs / small->pairs);
    printf(
        "%-44s %6.2f times the cost of a pair (1: linear) %6.2f times the memory (1: flat)\n",
        name, large->milliseconds / small->milliseconds, large->megabytes / small->megabytes);
}

/* Each with more outcomes first, then with more traits. */
static const int sizes[][2] = {{20, 8},  {20, 50}, {20, 200}, {80, 8},
                               {80, 50}, {200, 8}, {412, 8}};
enum { SIZES = sizeof sizes / sizeof sizes[0], MORE_OUTCOMES = 2 };

/* With WIDE=full the size of the largest studies, which takes an hour and 10 GB of disk. */
void bench_wide(const char *program)
{
    struct cost costs[SIZES];
    const char *wanted = getenv("WIDE");
    for (size_t i = 0; i < SIZES; i++) {
        costs[i] = bench_one(program, sizes[i][0], sizes[i][1]);
    }
    compare(&costs[0], &costs[MORE_OUTCOMES]);
    compare(&costs[0], &costs[SIZES - 1]);
    if (wanted != NULL) {
        struct cost full = bench_one(program, 412, 1000);
        compare(&costs[SIZES - 1], &full);
    }
}
