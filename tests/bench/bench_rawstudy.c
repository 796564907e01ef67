#include "bench.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FILES 200

/* A folder with 200 exposures of `rows` rows and an outcome of ten times as many, 12 columns.
 * One in 20,000 rows of each is an instrument. */
static void make(const char *folder, int rows)
{
    char command[2048];
    snprintf(
        command, sizeof command,
        "cd %s && awk 'BEGIN { srand(7); for (f = 0; f <= %d; f++) { "
        "name = f < %d ? \"genus.T\" f \".id.\" f \".tsv\" : \"outcome.tsv\"; "
        "rows = f < %d ? %d : %d; "
        "print \"chr\\tpos\\trsid\\teffect_allele\\tother_allele\\teaf\\tbeta\\tse\\tpval\\tn"
        "\\tinfo\\thwe\" > name; for (i = 1; i <= rows; i++) { s = (i * 7 + f * 131) %% 20000 "
        "== 0; printf \"%%d\\t%%d\\trs%%d\\tA\\tG\\t0.%%02d1\\t%%.5f\\t0.01234\\t%%.5g\\t18340"
        "\\t0.98\\t0.51\\n\", i %% 22 + 1, i * 97, i, i %% 90 + 5, s ? .1 : .02 * rand() - .01"
        ", s ? 1e-12 : rand() > name } close(name) } }'",
        folder, FILES, FILES, FILES, rows, 10 * rows);
    if (system(command) != 0) {
        fprintf(stderr, "bench: cannot make files in %s\n", folder);
        exit(1);
    }
}

static double megabytes_in(const char *folder)
{
    char command[256];
    double bytes = 0;
    snprintf(command, sizeof command, "cat %s/*.tsv | wc -c", folder);
    FILE *answer = popen(command, "r");
    if (answer == NULL || fscanf(answer, "%lf", &bytes) != 1) {
        bytes = 0;
    }
    if (answer != NULL) {
        pclose(answer);
    }
    return bytes / 1e6;
}

static void bench_one(const char *program, const char *folder, const char *name,
                      const char *sed, const char *before, double megabytes)
{
    char command[2048];
    snprintf(
        command, sizeof command,
        "cd %s && sed '%s' st/study.conf > st/bench.conf && %s XDG_CACHE_HOME=%s/cache %s run "
        "--quiet --methods ivw --table summary st/bench.conf -o out",
        folder, sed, before, folder, program);
    struct bench_figure figure = bench_run(command);
    printf("%-52s %8.3f s %7.1f MB   %6.0f MB/s\n", name, figure.seconds, figure.megabytes,
           megabytes / figure.seconds);
    fflush(stdout);
}

void bench_rawstudy(const char *program)
{
    static const int sizes[] = {2000, 20000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char folder[64], command[1024], name[80];
        snprintf(folder, sizeof folder, "/tmp/taxamr-bench-%d", (int)getpid());
        snprintf(command, sizeof command, "mkdir %s", folder);
        bench_run_once(command);
        make(folder, sizes[i]);
        snprintf(command, sizeof command,
                 "cd %s && %s new st --quiet --exposure genus* --outcome outcome.tsv", folder,
                 program);
        bench_run_once(command);
        double megabytes = megabytes_in(folder);
        snprintf(name, sizeof name, "200 files of %d rows, %.0f MB, one way", sizes[i],
                 megabytes);
        bench_one(program, folder, name, "s/, \"reverse\"//", "rm -rf cache;", megabytes);
        snprintf(name, sizeof name, "the same, both ways");
        bench_one(program, folder, name, "", "rm -rf cache;", megabytes);
        snprintf(name, sizeof name, "the same, with what was kept");
        bench_one(program, folder, name, "", "", megabytes);
        snprintf(command, sizeof command, "cd %s && cat *.tsv > /dev/null", folder);
        struct bench_figure cat = bench_run(command);
        printf("%-52s %8.3f s\n", "cat of the same files", cat.seconds);
        snprintf(command, sizeof command, "rm -r %s", folder);
        bench_run_once(command);
    }
}
