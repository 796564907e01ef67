#include "bench.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TWO_SAMPLE "TwoSampleMR"
#define MENDELIAN "MendelianRandomization"
#define INPUT "MendelianRandomization::mr_input(d$bx, d$sx, d$by, d$sy)"
#define BOOTED(function) "TwoSampleMR::" function "(d$bx, d$by, d$sx, d$sy, p)"

/* What R users call; d is the data, p TwoSampleMR's parameters, n the number of draws. */
static const struct {
    const char *key, *package, *call;
} calls[] = {
    {"simple_median", TWO_SAMPLE, BOOTED("mr_simple_median")},
    {"weighted_median", TWO_SAMPLE, BOOTED("mr_weighted_median")},
    {"penalised_weighted_median", TWO_SAMPLE, BOOTED("mr_penalised_weighted_median")},
    {"simple_mode", TWO_SAMPLE, BOOTED("mr_simple_mode")},
    {"weighted_mode", TWO_SAMPLE, BOOTED("mr_weighted_mode")},
    {"simple_mode_nome", TWO_SAMPLE, BOOTED("mr_simple_mode_nome")},
    {"weighted_mode_nome", TWO_SAMPLE, BOOTED("mr_weighted_mode_nome")},
    {"egger_boot", TWO_SAMPLE, BOOTED("mr_egger_regression_bootstrap")},
    {"presso", "MRPRESSO",
     "MRPRESSO::mr_presso(BetaOutcome = 'by', BetaExposure = 'bx', SdOutcome = 'sy', "
     "SdExposure = 'sx', OUTLIERtest = TRUE, DISTORTIONtest = FALSE, data = d, "
     "NbDistribution = n, SignifThreshold = 0.05)"},
    {"presso_corrected", "MRPRESSO",
     "MRPRESSO::mr_presso(BetaOutcome = 'by', BetaExposure = 'bx', SdOutcome = 'sy', "
     "SdExposure = 'sx', OUTLIERtest = TRUE, DISTORTIONtest = TRUE, data = d, "
     "NbDistribution = n, SignifThreshold = 0.05)"},
    {"raps", "mr.raps", "mr.raps::mr.raps.overdispersed.robust(d$bx, d$by, d$sx, d$sy)"},
    {"raps_mle", "mr.raps", "mr.raps::mr.raps.simple(d$bx, d$by, d$sx, d$sy)"},
    {"conmix", MENDELIAN, "MendelianRandomization::mr_conmix(" INPUT ")"},
    {"cml", "MRcML", "MRcML::mr_cML(d$bx, d$by, d$sx, d$sy, n = 1e5)"},
    {"cml_dp", "MRcML", "MRcML::mr_cML_DP(d$bx, d$by, d$sx, d$sy, n = 1e5, num_pert = n)"},
    {"mix", "MRMix", "MRMix::MRMix(d$bx, d$by, d$sx, d$sy)"},
    {"lasso", MENDELIAN, "MendelianRandomization::mr_lasso(" INPUT ")"},
    {"ivw_robust", MENDELIAN, "MendelianRandomization::mr_ivw(" INPUT ", robust = TRUE)"},
};

bool bench_r_is_there(void)
{
    return system("command -v Rscript > /dev/null 2>&1") == 0;
}

/* A script that holds its own data and prints the seconds of the call, once it was warm. */
static bool write_script(const char *path, size_t call, const struct pair *pair, size_t draws)
{
    FILE *file = fopen(path, "w");

    if (file == NULL) {
        return false;
    }
    fprintf(file, "if (!requireNamespace('%s', quietly = TRUE)) quit(status = 3)\n",
            calls[call].package);
    fprintf(file, "d <- read.table(header = TRUE, text = '\nbx sx by sy\n");
    for (size_t j = 0; j < pair->count; j++) {
        fprintf(file, "%.17g %.17g %.17g %.17g\n", pair->bx[j], pair->sx[j], pair->by[j],
                pair->sy[j]);
    }
    fprintf(file, "')\nn <- %zu\n", draws);
    fprintf(file,
            "p <- list(nboot = n, phi = 1, penk = 20, alpha = 0.05)\n"
            "run <- function() invisible(capture.output(suppressWarnings(%s)))\n"
            "seconds <- c()\n"
            "while (length(seconds) < 3 && sum(seconds) < 30)\n"
            "    seconds <- c(seconds, system.time(run())[['elapsed']])\n"
            "cat(sprintf('%%.6f\\n', min(seconds)))\n",
            calls[call].call);
    return fclose(file) == 0;
}

static double run_script(const char *path)
{
    char command[256];
    double seconds = -1;
    FILE *from;

    snprintf(command, sizeof command, "Rscript --vanilla %s 2> /dev/null", path);
    from = popen(command, "r");
    if (from == NULL) {
        return -1;
    }
    if (fscanf(from, "%lf", &seconds) != 1) {
        seconds = -1;
    }
    return pclose(from) == 0 ? seconds : -1;
}

double bench_r_seconds(const char *key, const struct pair *pair, size_t draws)
{
    char path[] = "/tmp/taxamr-bench-XXXXXX";
    double seconds = -1;
    int file = mkstemp(path);

    if (file < 0) {
        return -1;
    }
    close(file);
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (strcmp(calls[i].key, key) == 0 && write_script(path, i, pair, draws)) {
            seconds = run_script(path);
        }
    }
    unlink(path);
    return seconds;
}
