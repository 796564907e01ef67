#include "base/i18n.h"
#include "diagnose/checks.h"
#include <math.h>
#include <string.h>

static const struct diagnostic *const diagnostics[] = {
    &diagnostic_heterogeneity, &diagnostic_intercept, &diagnostic_leave_one_out,
    &diagnostic_steiger,       &diagnostic_reverse,   &diagnostic_discovery,
};

const struct diagnostic *const *diagnostics_all(size_t *count)
{
    *count = sizeof diagnostics / sizeof diagnostics[0];
    return diagnostics;
}

char diagnostic_mark(const struct diagnostic *diagnostic, enum judgement judgement)
{
    switch (judgement) {
    case JUDGE_PASSED:
        return diagnostic->letter;
    case JUDGE_FAILED:
        return '!';
    case JUDGE_CANNOT:
        return '.';
    case JUDGE_NOT_RUN:
        break;
    }
    return '-';
}

enum judgement checks_judge_p(double p)
{
    if (isnan(p)) {
        return JUDGE_CANNOT;
    }
    return p < CHECK_THRESHOLD ? JUDGE_FAILED : JUDGE_PASSED;
}

const char *checks_p_text(double p, struct arena *arena)
{
    const char *text = arena_format(arena, "%.2g", p);

    return strncmp(text, "0.", 2) == 0 ? text + 1 : text;
}
