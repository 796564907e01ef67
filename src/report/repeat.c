#include "report/repeat.h"
#include "config.h"
#include "estimate/parameters.h"
#include <math.h>
#include <string.h>

/* The package's functions by our keys. */
static const struct twin {
    const char *key, *function;
} twins[] = {
    {"wald", "mr_wald_ratio"},
    {"ivw", "mr_ivw"},
    {"ivw_fe", "mr_ivw_fe"},
    {"ivw_mre", "mr_ivw_mre"},
    {"ivw_radial", "mr_ivw_radial"},
    {"egger", "mr_egger_regression"},
    {"egger_boot", "mr_egger_regression_bootstrap"},
    {"simple_median", "mr_simple_median"},
    {"weighted_median", "mr_weighted_median"},
    {"penalised_weighted_median", "mr_penalised_weighted_median"},
    {"simple_mode", "mr_simple_mode"},
    {"weighted_mode", "mr_weighted_mode"},
    {"simple_mode_nome", "mr_simple_mode_nome"},
    {"weighted_mode_nome", "mr_weighted_mode_nome"},
    {"maxlik", "mr_two_sample_ml"},
    {"raps", "mr_raps"},
    {"sign", "mr_sign"},
    {"uwr", "mr_uwr"},
    {"grip", "mr_grip"},
};

static const char *function_of(const char *key)
{
    for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++) {
        if (strcmp(twins[i].key, key) == 0) {
            return twins[i].function;
        }
    }
    return NULL;
}

/* "c(ivw = "mr_ivw", ...)", of the methods that both have; and those that the package lacks. */
static void add_methods(const struct results_options *options, struct text *text)
{
    size_t count = 0;
    text_add(text, "methods <- c(");
    for (size_t i = 0; i < options->method_count; i++) {
        const char *key = options->methods[i]->key;
        if (function_of(key) != NULL) {
            text_addf(text, "%s\n  %s = \"%s\"", count++ == 0 ? "" : ",", key,
                      function_of(key));
        }
    }
    text_add(text, "\n)\n");
    for (size_t i = 0; i < options->method_count; i++) {
        if (function_of(options->methods[i]->key) == NULL) {
            text_addf(text, "# not in the package: %s\n", options->methods[i]->key);
        }
    }
}

static const char opening[] =
    "# Repeats estimates.tsv from harmonised.tsv: Rscript repeat.R\n"
    "# With the package TwoSampleMR every method that it has; without it, IVW, the Wald ratio\n"
    "# and MR Egger by lm of base R. Written by taxamr " PACKAGE_VERSION ".\n"
    "\n";

static const char reading[] =
    "\n"
    "here <- sub(\"^--file=\", \"\", grep(\"^--file=\", commandArgs(FALSE), value = TRUE))\n"
    "folder <- if (length(here) == 1) dirname(here) else \".\"\n"
    "read <- function(name) {\n"
    "  read.delim(file.path(folder, name), check.names = FALSE, quote = \"\",\n"
    "             comment.char = \"\", na.strings = \"NA\", stringsAsFactors = FALSE,\n"
    "             colClasses = c(exposure = \"character\", outcome = \"character\"))\n"
    "}\n"
    "harmonised <- read(\"harmonised.tsv\")\n"
    "estimates <- read(\"estimates.tsv\")\n"
    "harmonised$mr_keep <- as.logical(harmonised$mr_keep) & !is.na(harmonised$beta.outcome) &\n"
    "  is.finite(harmonised$se.outcome) & is.finite(harmonised$se.exposure)\n"
    "harmonised$id.exposure <- paste(harmonised$direction, harmonised$exposure)\n"
    "harmonised$id.outcome <- harmonised$outcome\n"
    "\n";

static const char base_r[] =
    "# Each as the package computes it: t has the residual degrees of freedom for MR Egger, "
    "and\n"
    "# standard errors never shrink below those of fixed effects.\n"
    "by_lm <- function(d) {\n"
    "  bx <- d$beta.exposure; by <- d$beta.outcome; sy <- d$se.outcome\n"
    "  row <- function(key, b, se, p) {\n"
    "    data.frame(key = key, nsnp = nrow(d), b = b, se = se, pval = p)\n"
    "  }\n"
    "  if (nrow(d) == 1) {\n"
    "    b <- by / bx; se <- sy / abs(bx)\n"
    "    return(row(\"wald\", b, se, 2 * pnorm(abs(b / se), lower.tail = FALSE)))\n"
    "  }\n"
    "  fit <- summary(lm(by ~ -1 + bx, weights = 1 / sy^2))\n"
    "  b <- fit$coefficients[1, 1]; se <- fit$coefficients[1, 2] / min(1, fit$sigma)\n"
    "  all <- row(\"ivw\", b, se, 2 * pnorm(abs(b / se), lower.tail = FALSE))\n"
    "  if (nrow(d) > 2) {\n"
    "    flip <- ifelse(bx < 0, -1, 1)\n"
    "    fit <- summary(lm(I(flip * by) ~ I(flip * bx), weights = 1 / sy^2))\n"
    "    if (nrow(fit$coefficients) == 2) {\n"
    "      b <- fit$coefficients[2, 1]; se <- fit$coefficients[2, 2] / min(1, fit$sigma)\n"
    "      p <- 2 * pt(abs(b / se), nrow(d) - 2, lower.tail = FALSE)\n"
    "      all <- rbind(all, row(\"egger\", b, se, p))\n"
    "    }\n"
    "  }\n"
    "  all\n"
    "}\n"
    "\n";

static const char repeating[] =
    "if (length(methods) == 0) stop(\"TwoSampleMR has none of these methods\")\n"
    "kept <- harmonised[harmonised$mr_keep, ]\n"
    "if (requireNamespace(\"TwoSampleMR\", quietly = TRUE)) {\n"
    "  library(TwoSampleMR)\n"
    "  answers <- mr(kept, parameters = parameters, method_list = unname(methods))\n"
    "  answers$direction <- sub(\" .*\", \"\", answers$id.exposure)\n"
    "  by <- c(\"direction\", \"exposure\", \"outcome\", \"method\")\n"
    "} else {\n"
    "  message(\"TwoSampleMR is not installed: IVW, Wald ratio and MR Egger by lm\")\n"
    "  pairs <- split(kept, list(kept$id.exposure, kept$id.outcome), drop = TRUE)\n"
    "  answers <- do.call(rbind, lapply(pairs, function(d) {\n"
    "    cbind(d[1, c(\"direction\", \"exposure\", \"outcome\")], by_lm(d), row.names = NULL)\n"
    "  }))\n"
    "  by <- c(\"direction\", \"exposure\", \"outcome\", \"key\")\n"
    "}\n"
    "\n"
    "both <- merge(estimates, answers, by = by, suffixes = c(\"\", \".r\"))\n"
    "far <- function(ours, theirs) {\n"
    "  d <- abs(ours - theirs) / pmax(abs(ours), abs(theirs))\n"
    "  if (all(is.na(d))) NA else max(d[!is.na(d)])\n"
    "}\n"
    "shown <- do.call(rbind, lapply(split(both, both$key), function(d) {\n"
    "  data.frame(key = d$key[1], rows = nrow(d), b = far(d$b, d$b.r), se = far(d$se, "
    "d$se.r),\n"
    "             pval = far(d$pval, d$pval.r), drawn = d$key[1] %in% drawn)\n"
    "}))\n"
    "cat(\"largest relative differences; drawn: standard errors are of random draws\\n\")\n"
    "print(shown, row.names = FALSE, digits = 3)\n";

/* Those whose standard errors are drawn differ by their noise. */
static void add_drawn(const struct results_options *options, struct text *text)
{
    size_t count = 0;
    text_add(text, "drawn <- c(");
    for (size_t i = 0; i < options->method_count; i++) {
        if (options->methods[i]->is_random) {
            text_addf(text, "%s\"%s\"", count++ == 0 ? "" : ", ", options->methods[i]->key);
        }
    }
    text_add(text, ")\n");
}

/* What mr() takes of the settings; a number that is not set is as the package has it. */
static void add_number(struct text *text, const char *name, double value, double usual)
{
    text_addf(text, "%s = ", name);
    text_add_number(text, isnan(value) ? usual : value);
}

static void add_parameters(const struct estimate_settings *settings, struct text *text)
{
    const double *of = settings->parameters;
    const char *loss = parameters_get(PARAMETER_LOSS)->choices[(size_t)of[PARAMETER_LOSS]];
    text_addf(text, "parameters <- list(\n  test_dist = \"z\", nboot = %zu, Cov = 0, ",
              settings->boot);
    add_number(text, "penk", of[PARAMETER_PENALTY], 20);
    add_number(text, ", phi", of[PARAMETER_BANDWIDTH], 1);
    text_addf(text,
              ", alpha = 0.05,\n  Qthresh = 0.05, over.dispersion = %s, "
              "loss.function = \"%s\",\n  shrinkage = FALSE\n)\n",
              of[PARAMETER_OVERDISPERSION] > 0 ? "TRUE" : "FALSE", loss);
    if (settings->convention != CONVENTION_TWOSAMPLEMR) {
        text_add(text,
                 "# made with the convention of MendelianRandomization, which mr() lacks\n");
    }
}

void repeat_print(const struct results_options *options, struct text *text)
{
    text_add(text, opening);
    add_methods(options, text);
    add_drawn(options, text);
    add_parameters(&options->settings, text);
    text_addf(text, "set.seed(%llu)\n",
              (unsigned long long)(options->settings.seed % 2147483648ULL));
    text_add(text, reading);
    text_add(text, base_r);
    text_add(text, repeating);
}
