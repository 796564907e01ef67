# What the R package MRlap answers on data/bmi-chd/pairs.csv, as the rows of
# tests/golden/mrlap/results.csv. Its function get_correction is run as it stands: give its file
# R/get_correction.R (n-mounier/MRlap, commit 660f026864f8bfbbad5a8206bdff7d58f5d5d05b) and the table.
# Needs dplyr and tidyr. IVW is weighted least squares, its error not below fixed, as
# TwoSampleMR's mr_ivw.
suppressMessages(library(dplyr))
arguments <- commandArgs(TRUE)
source(arguments[1])
table <- read.csv(arguments[2])
z.x <- table$beta_exposure / table$se_exposure
z.y <- table$beta_outcome / table$se_outcome
keep <- abs(z.x) >= -qnorm(5e-8 / 2)
n.x <- table$n_exposure[keep]
n.y <- table$n_outcome[keep]
x <- (z.x[keep]) / sqrt(n.x)
y <- (z.y[keep]) / sqrt(n.y)
fit <- summary(lm(y ~ 0 + x, weights = n.y))
b <- fit$coefficients[1, 1]
se <- fit$coefficients[1, 2] / min(1, fit$sigma)
for (case in list(c(0.14, 0.005, 0.05, 0.01), c(0.2, 0.03, -0.3, 0.05))) {
    name <- sprintf("h2=%g (%g) intercept=%g (%g)", case[1], case[2], case[3], case[4])
    set.seed(1)
    got <- get_correction(data.frame(std_beta.exp = x, std_SE.exp = 1 / sqrt(n.x)), case[3],
        case[4], case[1], case[2], b, se, mean(n.x), mean(n.y), 5e-8, FALSE)
    say <- function(quantity, value, random) {
        cat(sprintf("bmi_chd,MRlap,0.0.3.3,get_correction,%s,%s,%.17g,%d,,%s,,\n", name, quantity,
            value, random, if (random) "1" else ""))
    }
    say("observed", b, 0)
    say("observed_se", se, 0)
    say("corrected", got$alpha_corrected, 0)
    say("corrected_se", got$alpha_corrected_se, 1)
    say("difference", got$test_diff, 1)
    say("share", got$pi_x, 0)
}
