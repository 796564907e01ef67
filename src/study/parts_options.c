#include "study/parts_options.h"
#include "base/text.h"
#include "estimate/settings.h"
#include <math.h>
#include <string.h>

bool parts_have_same_methods(const struct results_options *one,
                             const struct results_options *other)
{
    bool is_same = one->method_count == other->method_count &&
                   one->left_out_count == other->left_out_count;
    for (size_t i = 0; is_same && i < one->method_count; i++) {
        is_same = one->methods[i] == other->methods[i];
    }
    for (size_t i = 0; is_same && i < one->left_out_count; i++) {
        is_same = one->left_out[i] == other->left_out[i];
    }
    return is_same;
}

static bool is_same_number(double one, double other)
{
    return one == other || (isnan(one) && isnan(other));
}

const char *parts_other_setting(const struct estimate_settings *one,
                                const struct estimate_settings *other)
{
    for (int i = 0; i < SETTINGS; i++) {
        const struct setting *setting = settings_get((enum setting_id)i);
        struct text said[2] = {{0}, {0}};
        setting->say(one, &said[0]);
        setting->say(other, &said[1]);
        bool is_same = strcmp(said[0].bytes, said[1].bytes) == 0;
        text_drop(&said[0]);
        text_drop(&said[1]);
        if (!is_same) {
            return setting->key;
        }
    }
    for (int i = 0; i < PARAMETERS; i++) {
        if (!is_same_number(one->parameters[i], other->parameters[i])) {
            return parameters_get((enum parameter_id)i)->key;
        }
    }
    return one->wants_presso != other->wants_presso ? "--table" : NULL;
}
