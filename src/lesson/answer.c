#include "lesson/answer.h"

#include "lesson/words.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A number with nothing but spaces around it; a decimal comma is one too, and percent is said
 * by the question. */
static bool read_number(const char *text, double *value)
{
    char copy[64] = "", *end;
    if (strlen(text) >= sizeof copy) {
        return false;
    }
    strcpy(copy, text);
    char *comma = strchr(copy, ',');
    if (comma != NULL) {
        *comma = '.';
    }
    *value = strtod(copy, &end);
    return end != copy && strspn(end, " %") == strlen(end) && isfinite(*value);
}

/* An answer at the edge of the tolerance is not refused for the rounding of doubles. */
static bool is_near(double answer, double right, double tolerance)
{
    return fabs(answer - right) <= tolerance + 1e-9 * (fabs(right) + tolerance);
}

enum verdict_on_answer answer_judge(const struct lesson_step *step,
                                    const struct quantity_source *source, const char *answer)
{
    double value, right = NAN;
    bool is_digits = strspn(answer, "0123456789") == strlen(answer);
    if (!read_number(answer, &value) || (step->number == NULL && !is_digits)) {
        return ANSWER_NONE;
    }
    if (step->number != NULL) {
        bool is_known = quantity_of(source, step->number, &right);
        return is_known && is_near(value, right, step->tolerance) ? ANSWER_RIGHT : ANSWER_WRONG;
    }
    if (value != floor(value) || value < 1 || value > (double)step->choice_count) {
        return ANSWER_NONE;
    }
    return (size_t)value == step->correct + 1 ? ANSWER_RIGHT : ANSWER_WRONG;
}

/* With the fewest decimals that are within the tolerance. */
static const char *number_within(double right, double tolerance, struct arena *arena)
{
    const char *text = "-";
    for (int decimals = 0; decimals <= 15; decimals++) {
        text = words_number(right, decimals, arena);
        if (is_near(strtod(text, NULL), right, tolerance / 2)) {
            break;
        }
    }
    return text;
}

const char *answer_right(const struct lesson_step *step, const struct quantity_source *source,
                         struct arena *arena)
{
    double right = NAN;
    if (step->number == NULL) {
        return arena_format(arena, "%zu", step->correct + 1);
    }
    (void)quantity_of(source, step->number, &right);
    return number_within(right, step->tolerance, arena);
}

const char *answer_wrong(const struct lesson_step *step, const struct quantity_source *source,
                         struct arena *arena)
{
    double right = NAN;
    if (step->number == NULL) {
        return arena_format(arena, "%zu", step->correct == 0 ? (size_t)2 : (size_t)1);
    }
    (void)quantity_of(source, step->number, &right);
    return words_number(right + 10 * step->tolerance + 1, 3, arena);
}
