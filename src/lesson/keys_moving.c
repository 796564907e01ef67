#include "lesson/parse.h"

#include "base/i18n.h"
#include "lesson/quantity.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct scenario_field *field_named(const char *name)
{
    size_t count;
    const struct scenario_field *fields = scenario_fields(&count);
    for (size_t i = 0; name != NULL && i < count; i++) {
        if (strcmp(fields[i].key, name) == 0) {
            return &fields[i];
        }
    }
    return NULL;
}

static bool is_number(const char *word, double *value)
{
    char *end = NULL;
    *value = word == NULL ? NAN : strtod(word, &end);
    return end != NULL && end != word && *end == '\0' && isfinite(*value);
}

/* "NAME LEAST MOST STEP"; a step "x2" is a factor. */
bool keys_slider(struct making *making, const struct entry *entry)
{
    const char *rest = entry->value.bytes;
    struct lesson_slider slider = {.field = field_named(making_word(making, &rest))};
    const char *least = making_word(making, &rest), *most = making_word(making, &rest);
    const char *step = making_word(making, &rest);
    slider.is_factor = step != NULL && step[0] == 'x';
    bool is_whole = slider.field != NULL && is_number(least, &slider.least) &&
                    is_number(most, &slider.most) &&
                    is_number(slider.is_factor ? step + 1 : step, &slider.step) &&
                    *rest == '\0';
    if (!is_whole || slider.field->choices != NULL || slider.least >= slider.most ||
        slider.least < slider.field->least || slider.most > slider.field->most ||
        slider.step <= (slider.is_factor ? 1 : 0) || (slider.is_factor && slider.least <= 0)) {
        return MAKING_REFUSE(making, entry->line,
                             _("found the slider \"%s\"; write a number of the simulation, "
                               "the least, the most and the step, as \"invalid 0 0.8 0.1\" or "
                               "\"n_outcome 1000 1000000 x2\""),
                             entry->value.bytes);
    }
    *(struct lesson_slider *)array_add(&making->sliders) = slider;
    return true;
}

/* "NAME < NUMBER", "NAME > NAME". */
bool keys_fact(struct making *making, const struct entry *entry)
{
    const char *rest = entry->value.bytes;
    const char *left = making_word(making, &rest), *sign = making_word(making, &rest);
    const char *right = making_word(making, &rest);
    double value;
    bool has_sign = sign != NULL && (strcmp(sign, "<") == 0 || strcmp(sign, ">") == 0);
    if (!has_sign || right == NULL || *rest != '\0' || !quantity_is_name(left) ||
        !(is_number(right, &value) || quantity_is_name(right))) {
        return MAKING_REFUSE(making, entry->line,
                             _("found the fact \"%s\"; write a name of a number, < or >, and a "
                               "number or another name, as \"ivw.p < 0.05\"; names are %s"),
                             entry->value.bytes, quantity_list(making->arena));
    }
    *(struct lesson_fact *)array_add(&making->facts) =
        (struct lesson_fact){left, right, sign[0], entry->line};
    return true;
}
