#include "ui/command/options.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "report/table_ldscore.h"
#include "ui/command/option_values.h"
#include <getopt.h>
#include <string.h>

struct option_entry {
    const char *name;
    char letter;           /* 0: none */
    const char *argument;  /* NULL: takes none */
    const char *shows;     /* N_() */
    option_function *take; /* NULL: being given is all */
};

static const struct option_entry entries[OPTIONS] = {
    [OPTION_METHODS] = {"methods", 0, "LIST",
                        N_("keys of methods with commas between them, or default, or all"),
                        take_methods},
    [OPTION_TABLE] = {"table", 0, "NAME", N_("which table to print"), take_table},
    [OPTION_FORMAT] = {"format", 0, "NAME", N_("tsv (the default), csv or json"), take_format},
    [OPTION_LEVEL] = {"level", 0, "SHARE", N_("level of intervals (0.95)"), take_level},
    [OPTION_SEED] = {"seed", 0, "N", N_("seed of random numbers (the study's own)"), take_seed},
    [OPTION_THREADS] = {"threads", 0, "N", N_("how many threads (one a processor)"),
                        take_threads},
    [OPTION_BOOT] = {"boot", 0, "N", N_("bootstrap repetitions (1000)"), take_boot},
    [OPTION_PRESSO_SIMS] = {"presso-sims", 0, "N", N_("simulations of MR-PRESSO (1000)"),
                            take_presso_sims},
    [OPTION_PARAMETER] = {"set", 0, "NAME=VALUE",
                          N_("a choice of single methods, as radial_weights=first"),
                          take_parameter},
    [OPTION_CONVENTION] = {"convention", 0, "NAME",
                           N_("where packages differ: twosamplemr or mendelianrandomization"),
                           take_convention},
    [OPTION_EXPOSURE] = {"exposure", 0, "NAME",
                         N_("the exposure: its name chooses a pair; of new, its files"),
                         take_exposure},
    [OPTION_OUTCOME] = {"outcome", 0, "NAME",
                        N_("the outcome: its name chooses a pair; of new, its files"),
                        take_outcome},
    [OPTION_MEDIATOR] = {"mediator", 0, "NAME", N_("choose the path by its mediator"),
                         take_mediator},
    [OPTION_DIRECTION] = {"direction", 0, "NAME", N_("forward or reverse"), take_direction},
    [OPTION_OUTPUT] = {"output", 'o', "DIR", N_("where it goes: a folder of tables, or a file"),
                       take_output},
    [OPTION_X] = {"x", 'x', "FILE", N_("the exposure's associations"), take_x},
    [OPTION_Y] = {"y", 'y', "FILE", N_("the outcome's associations"), take_y},
    [OPTION_LD] = {"ld", 0, "FILE", N_("correlations r between the variants, with their signs"),
                   take_ld},
    [OPTION_BFILE] = {"bfile", 0, "PREFIX",
                      N_("a PLINK 1 reference: PREFIX.bed, PREFIX.bim and PREFIX.fam"),
                      take_bfile},
    [OPTION_P1] = {"p1", 0, "P", N_("the largest P of an index variant"), take_p1},
    [OPTION_R2] = {"r2", 0, "R", N_("what has a larger r2 with an index variant is its own"),
                   take_r2},
    [OPTION_KB] = {"kb", 0, "KB", N_("within this distance, in thousand base pairs"), take_kb},
    [OPTION_LD_OUT] = {"ld-out", 0, "FILE",
                       N_("correlations r of the index variants, as --ld of mr reads them"),
                       take_ld_out},
    [OPTION_PROXIES] = {"proxies", 0, "R2",
                        N_("for what the outcome lacks, a variant with at least this r2"),
                        take_proxies},
    [OPTION_MIN_MAF] = {"min-maf", 0, "MAF", N_("instruments have at least this frequency"),
                        take_min_maf},
    [OPTION_MIN_INFO] = {"min-info", 0, "INFO", N_("instruments have at least this INFO"),
                         take_min_info},
    [OPTION_MIN_F] = {"min-f", 0, "F", N_("instruments have at least this F"), take_min_f},
    [OPTION_EXCLUDE_REGIONS] = {"exclude-regions", 0, "LIST",
                                N_("no instruments in LCT, HLA, ABO, APOE, FUT2, or all"),
                                take_exclude_regions},
    [OPTION_ACTION] = {"action", 0, "1|2|3",
                       N_("palindromic variants: 1 keep, 2 by frequency (the default), 3 drop"),
                       take_action},
    [OPTION_COL] = {"col", 0, "ROLE=NAME", N_("which column is which, as beta=EFFECT"),
                    take_column},
    [OPTION_SKIP_BAD_ROWS] = {"skip-bad-rows", 0, NULL,
                              N_("drop rows that cannot be read, into the ledger"), NULL},
    [OPTION_SCRIPT] = {"script", 0, "FILE", N_("replay named actions; needs no terminal"),
                       take_script},
    [OPTION_SIZE] = {"size", 0, "WxH", N_("columns and rows of the screen of a script"),
                     take_size},
    [OPTION_FRESH] = {"fresh", 0, NULL, N_("start at the top, not at the last place"), NULL},
    [OPTION_NO_CONFIG] = {"no-config", 0, NULL, N_("as if there were no taxamr.conf"), NULL},
    [OPTION_WIDTH] = {"width", 0, "N", N_("columns of text; of a figure, millimetres"),
                      take_width},
    [OPTION_ASCII] = {"ascii", 0, NULL, N_("no characters outside ASCII"), NULL},
    [OPTION_NO_COLOR] = {"no-color", 0, NULL, N_("no colours; so does NO_COLOR"), NULL},
    [OPTION_LANG] = {"lang", 0, "en|zh", N_("language of sentences"), take_language},
    [OPTION_NO_CACHE] = {"no-cache", 0, NULL, N_("read every file of a study anew"), NULL},
    [OPTION_CLEAR] = {"clear", 0, NULL, N_("remove what was kept"), NULL},
    [OPTION_STUDIES] = {"studies", 0, "N",
                        N_("how many studies (1; 1000 for operating characteristics)"),
                        take_studies},
    [OPTION_OPERATING] = {"operating-characteristics", 0, NULL,
                          N_("bias, coverage, type 1 error and power of methods"), NULL},
    [OPTION_LIST] = {"list", 0, NULL, N_("the lessons there are, one a line"), NULL},
    [OPTION_QUIET] = {"quiet", 'q', NULL, N_("no warnings"), NULL},
    [OPTION_HELP] = {"help", 'h', NULL, N_("what can be asked, of a command too"), NULL},
    [OPTION_VERSION] = {"version", 'V', NULL, N_("name and version"), NULL},
    [OPTION_ERROR_CORRELATION] =
        {"error-correlation", 0, "FILE",
         N_("correlations of the errors of several exposures, two by two"),
         take_error_correlation},
    [OPTION_SHARD] = {"shard", 0, "K/N", N_("the K-th of N parts of the exposures, from 1"),
                      take_shard},
    [OPTION_LD_SCORES] = {"ld-scores", 0, "DIR",
                          N_("LD scores of each chromosome, as the program ldsc writes them"),
                          take_ld_scores},
};

/* getopt_long answers this and up for the long form of an option. */
#define LONG_BASE 256

struct getopt_tables {
    struct option *longs;
    struct text shorts;
};

static struct getopt_tables tables_create(void)
{
    struct getopt_tables tables = {.longs = memory_get(OPTIONS + 1, sizeof *tables.longs)};
    text_add(&tables.shorts, "-:"); /* operands come in their place, as those of lists must */
    for (int i = 0; i < OPTIONS; i++) {
        const struct option_entry *entry = &entries[i];
        tables.longs[i] = (struct option){
            entry->name, entry->argument == NULL ? no_argument : required_argument, NULL,
            LONG_BASE + i};
        if (entry->letter != 0) {
            text_addf(&tables.shorts, "%c%s", entry->letter,
                      entry->argument == NULL ? "" : ":");
        }
    }
    return tables;
}

static void tables_drop(struct getopt_tables *tables)
{
    memory_free(tables->longs);
    text_drop(&tables->shorts);
}

static int option_of(int answer)
{
    for (int i = 0; i < OPTIONS; i++) {
        if (answer == LONG_BASE + i || (answer != 0 && answer == entries[i].letter)) {
            return i;
        }
    }
    return -1;
}

static bool refuse(int answer, const char *argument, struct error *error)
{
    if (answer == ':') {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found %s without its value; write the value behind it"), argument);
    }
    return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found %s, which is no option of this version or needs another form; "
                       "see taxamr --help"),
                     argument);
}

static bool take(struct options *options, int option, const char *value, struct error *error)
{
    options->given |= OPTION_SET(option);
    *(struct option_said *)array_add(&options->said) =
        (struct option_said){(enum option_id)option, value};
    return entries[option].take == NULL || entries[option].take(options, value, error);
}

/* What is no option. Behind --exposure and --outcome of `new` stand lists of files. */
static void take_word(struct options *options, int last, char *word)
{
    bool is_new =
        options->words.count > 0 && strcmp(*(char **)array_at(&options->words, 0), "new") == 0;
    struct array *list = !is_new                   ? &options->words
                         : last == OPTION_EXPOSURE ? &options->exposures
                         : last == OPTION_OUTCOME  ? &options->outcomes
                                                   : &options->words;
    *(char **)array_add(list) = word;
}

static void take_rest(struct options *options, int count, char **words)
{
    for (int i = 0; i < count; i++) {
        *(char **)array_add(&options->words) = words[i];
    }
    options->operands = options->words.items;
    options->operand_count = options->words.count;
}

static bool read_all(struct options *options, int argc, char **argv,
                     const struct getopt_tables *tables, struct error *error)
{
    int last = -1;
    opterr = 0;
    for (;;) {
        int at = optind;
        int answer = getopt_long(argc, argv, tables->shorts.bytes, tables->longs, NULL);
        if (answer == -1) {
            return true;
        }
        if (answer == 1) {
            take_word(options, last, optarg);
            continue;
        }
        int option = option_of(answer);
        last = option;
        if (option < 0) {
            return refuse(answer, argv[optind > at ? optind - 1 : at], error);
        }
        if (!take(options, option, optarg, error)) {
            return false;
        }
    }
}

bool options_read(struct options *options, int argc, char **argv, struct error *error)
{
    *options = (struct options){.said = ARRAY_OF(struct option_said),
                                .methods = ARRAY_OF(const struct method *),
                                .named_methods = ARRAY_OF(const struct method *),
                                .mv_methods = ARRAY_OF(const struct mv_method *),
                                .columns = ARRAY_OF(const char *),
                                .exposures = ARRAY_OF(const char *),
                                .outcomes = ARRAY_OF(const char *),
                                .x_files = ARRAY_OF(const char *),
                                .words = ARRAY_OF(char *),
                                .settings = estimate_default_settings(),
                                .action = ACTION_INFER};
    struct getopt_tables tables = tables_create();
    bool is_read = read_all(options, argc, argv, &tables, error);
    tables_drop(&tables);
    take_rest(options, argc - optind, argv + optind);
    options->skip_bad_rows = options_has(options, OPTION_SKIP_BAD_ROWS);
    if (is_read && !options_has(options, OPTION_METHODS)) {
        return take_methods(options, "default", error);
    }
    return is_read;
}

void options_destroy(struct options *options)
{
    array_destroy(&options->said);
    array_destroy(&options->methods);
    array_destroy(&options->named_methods);
    array_destroy(&options->mv_methods);
    array_destroy(&options->columns);
    array_destroy(&options->exposures);
    array_destroy(&options->outcomes);
    array_destroy(&options->x_files);
    array_destroy(&options->words);
}

const char *options_name(enum option_id option)
{
    return entries[option].name;
}

bool options_has(const struct options *options, enum option_id option)
{
    return (options->given & OPTION_SET(option)) != 0;
}

bool options_check(const struct options *options, uint64_t accepted, const char *command,
                   struct error *error)
{
    for (int i = 0; i < OPTIONS; i++) {
        if (options_has(options, (enum option_id)i) && (accepted & OPTION_SET(i)) == 0) {
            return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                             _("found --%s, which `%s` does not take; see taxamr help %s"),
                             entries[i].name, command, command);
        }
    }
    if (options->table == &table_ldscore && strcmp(command, "overlap") != 0) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found --table ldscore, which is of `overlap`; see taxamr help "
                           "overlap"));
    }
    if (options->is_mv && strcmp(command, "mv") != 0 && strcmp(command, "mediate") != 0) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found --methods of mv, several exposures at once, which `%s` does "
                           "not take; see taxamr help %s"),
                         command, command);
    }
    return true;
}

static void describe(const struct option_entry *entry, struct text *text)
{
    struct text name = {0};
    bool is_short_only = strlen(entry->name) == 1;
    if (entry->letter != 0) {
        text_addf(&name, "-%c%s", entry->letter, is_short_only ? "" : ", ");
    }
    if (!is_short_only) {
        text_addf(&name, "--%s", entry->name);
    }
    if (entry->argument != NULL) {
        text_addf(&name, " %s", entry->argument);
    }
    text_addf(text, "  %-20s %s\n", name.bytes, _(entry->shows));
    text_drop(&name);
}

void options_describe(uint64_t set, struct text *text)
{
    for (int i = 0; i < OPTIONS; i++) {
        if ((set & OPTION_SET(i)) != 0) {
            describe(&entries[i], text);
        }
    }
}
