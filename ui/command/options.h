/*
 * What was asked for on the command line.
 * In: argv. Out: the command, its operands and the value of every option, checked. Options are
 * one table: reading, --help and the check of what a command takes are made from it.
 */
#ifndef UI_COMMAND_OPTIONS_H
#define UI_COMMAND_OPTIONS_H

#include "base/array.h"
#include "base/error.h"
#include "estimate/estimate.h"
#include "pair/harmonise.h"
#include "report/table.h"
#include "study/parts.h"
#include <stdint.h>

enum option_id {
    OPTION_METHODS,
    OPTION_TABLE,
    OPTION_FORMAT,
    OPTION_LEVEL,
    OPTION_SEED,
    OPTION_THREADS,
    OPTION_BOOT,
    OPTION_PRESSO_SIMS,
    OPTION_PARAMETER,
    OPTION_CONVENTION,
    OPTION_EXPOSURE,
    OPTION_OUTCOME,
    OPTION_MEDIATOR,
    OPTION_DIRECTION,
    OPTION_OUTPUT,
    OPTION_X,
    OPTION_Y,
    OPTION_LD,
    OPTION_BFILE,
    OPTION_P1,
    OPTION_R2,
    OPTION_KB,
    OPTION_LD_OUT,
    OPTION_PROXIES,
    OPTION_MIN_MAF,
    OPTION_MIN_INFO,
    OPTION_MIN_F,
    OPTION_EXCLUDE_REGIONS,
    OPTION_ACTION,
    OPTION_COL,
    OPTION_SKIP_BAD_ROWS,
    OPTION_SCRIPT,
    OPTION_SIZE,
    OPTION_FRESH,
    OPTION_NO_CONFIG,
    OPTION_WIDTH,
    OPTION_ASCII,
    OPTION_NO_COLOR,
    OPTION_LANG,
    OPTION_NO_CACHE,
    OPTION_CLEAR,
    OPTION_STUDIES,
    OPTION_OPERATING,
    OPTION_LIST,
    OPTION_QUIET,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_SHARD,
    OPTION_ERROR_CORRELATION,
    OPTION_LD_SCORES,
    OPTIONS
};

/* Sets of options, for what a command takes. */
#define CHOOSING_OPTIONS                                                                       \
    (OPTION_SET(OPTION_BFILE) | OPTION_SET(OPTION_P1) | OPTION_SET(OPTION_R2) |                \
     OPTION_SET(OPTION_KB) | OPTION_SET(OPTION_PROXIES) | OPTION_SET(OPTION_MIN_MAF) |         \
     OPTION_SET(OPTION_MIN_INFO) | OPTION_SET(OPTION_MIN_F) |                                  \
     OPTION_SET(OPTION_EXCLUDE_REGIONS))
#define OPTION_SET(option) (UINT64_C(1) << (option))

/* An option as it was given. */
struct option_said {
    enum option_id option;
    const char *value; /* NULL: takes none */
};

struct options {
    uint64_t given;    /* a set */
    struct array said; /* struct option_said, in their order */
    char **operands;   /* what is not an option, in order; their texts borrowed from argv */
    size_t operand_count;
    struct array methods;           /* const struct method * */
    struct array named_methods;     /* those of them that were named by their keys */
    struct array mv_methods;        /* const struct mv_method *, for mv */
    bool is_mv;                     /* --methods named methods of mv alone */
    const struct table_kind *table; /* NULL: the command's own choice */
    enum table_format format;
    struct estimate_settings settings;
    size_t threads; /* 0: as many as processors */
    const char *exposure, *outcome, *mediator;
    enum direction direction;
    const char *output;
    const char *x, *y;
    const char *ld;
    const char *error_correlation;
    const char *ld_scores;
    const char *bfile;
    double p1, r2, kb;
    const char *ld_out;
    double proxies, min_maf, min_info, min_f;
    const char *exclude_regions;
    enum harmonise_action action;
    struct array exposures, outcomes; /* const char *, what stands behind them for `new` */
    struct array x_files;             /* const char *, every -x, for mv */
    struct array words;               /* char *, the operands */
    struct array columns;             /* const char *, "role=NAME" of --col */
    bool skip_bad_rows;
    size_t studies; /* of simulate; 0: not given */
    const char *script;
    size_t size_columns, size_rows; /* 0: as the terminal */
    size_t width;                   /* 0: as the terminal or 100 */
    bool ascii;
    struct parts_shard shard; /* of --shard */
};

/* Reads argv, which getopt may reorder. The caller ends *options with options_destroy, also
 * after a failure. */
MUST_USE bool options_read(struct options *options, int argc, char **argv, struct error *error);
void options_destroy(struct options *options);

/* Without its dashes. */
const char *options_name(enum option_id option);

bool options_has(const struct options *options, enum option_id option);

/* Fails when an option outside of `accepted` was given to the command of that name. */
MUST_USE bool options_check(const struct options *options, uint64_t accepted,
                            const char *command, struct error *error);

/* One line a option of the set, for --help. */
void options_describe(uint64_t set, struct text *text);

#endif
