/*
 * The values of options: from the text of a command line to what it stands for.
 * In: text. Out: a field of struct options, or an error that says what may be written.
 */
#ifndef UI_COMMAND_OPTION_VALUES_H
#define UI_COMMAND_OPTION_VALUES_H

#include "ui/command/options.h"

typedef bool option_function(struct options *options, const char *value, struct error *error);

option_function take_methods, take_table, take_format, take_level, take_seed, take_threads,
    take_boot, take_presso_sims, take_parameter, take_convention, take_exposure, take_outcome,
    take_direction, take_output, take_x, take_y, take_ld, take_action, take_column, take_script,
    take_size, take_shard, take_width, take_language, take_bfile, take_p1, take_r2, take_kb,
    take_ld_out, take_proxies, take_min_maf, take_min_info, take_min_f, take_exclude_regions,
    take_studies, take_mediator, take_error_correlation, take_ld_scores;

#endif
