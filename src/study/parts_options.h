/*
 * Whether two shards were asked for the same. Private to this room.
 * In: the options of both. Out: yes, or the key of what is not the same.
 */
#ifndef STUDY_PARTS_OPTIONS_H
#define STUDY_PARTS_OPTIONS_H

#include "study/results.h"

bool parts_have_same_methods(const struct results_options *one,
                             const struct results_options *other);

/* The key of the first setting that differs; NULL: none does. */
const char *parts_other_setting(const struct estimate_settings *one,
                                const struct estimate_settings *other);

#endif
