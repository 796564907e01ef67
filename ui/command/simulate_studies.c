#include "ui/command/simulate_studies.h"
#include "base/i18n.h"
#include "base/write.h"
#include "report/simulated.h"
#include "ui/command/output.h"
#include "ui/command/progress.h"
#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

/* Studies that are drawn and printed at once. */
#define BLOCK 100
/* Rows of all studies that are held in memory. */
#define MOST_ROWS 2000000

bool simulate_is_studies(const struct options *options)
{
    bool are_choices = options->x == NULL;

    for (size_t i = 0; i < options->operand_count; i++) {
        are_choices &= strchr(options->operands[i], '=') != NULL;
    }
    return are_choices;
}

void simulate_describe(struct text *text)
{
    struct scenario usual = scenario_usual();
    size_t count;
    const struct scenario_field *fields = scenario_fields(&count);

    for (size_t i = 0; i < count; i++) {
        double value = *scenario_value(&usual, &fields[i]);

        text_addf(text, "  %-15s %s", fields[i].key, _(fields[i].shows));
        for (size_t k = 0; fields[i].choices != NULL && fields[i].choices[k] != NULL; k++) {
            text_addf(text, "%s%s%s", k == 0 ? ": " : ", ", fields[i].choices[k],
                      k == (size_t)value ? "*" : "");
        }
        if (fields[i].choices == NULL && !isnan(value)) {
            text_addf(text, " (%.10g)", value);
        }
        text_add(text, "\n");
    }
}

static struct simulated_studies draw(const struct scenario *scenario, uint64_t seed,
                                     size_t first, size_t count, struct arena *arena)
{
    struct scenario_study *studies = arena_get(arena, count, sizeof *studies);

    for (size_t i = 0; i < count; i++) {
        studies[i] = scenario_draw(scenario, seed, first + i, arena);
    }
    return (struct simulated_studies){scenario, studies, count};
}

/* The number of the first of several; a single one has none. */
static size_t first_of(size_t studies)
{
    return studies > 1;
}

/* What is held in memory at once, a folder's tables or JSON, has a bound. */
static bool check_rows(const struct options *options, const struct scenario *scenario,
                       struct error *error)
{
    return (double)options->studies * scenario->instruments <= MOST_ROWS ||
           error_set(error, ERROR_USAGE, NULL, 0, NULL,
                     _("found more than 2,000,000 variants for a folder or for JSON; make "
                       "--studies or instruments smaller, or print them as tsv or csv"));
}

/* A block at a time: only the first has the header. */
static bool print_pairs(const struct options *options, const struct scenario *scenario,
                        struct error *error)
{
    bool is_json = options->format == TABLE_JSON, is_printed = true;
    size_t all = options->studies, first = first_of(all), block = is_json ? all : BLOCK;
    struct arena *arena;
    struct arena_mark mark;

    if (is_json && !check_rows(options, scenario, error)) {
        return false;
    }
    arena = arena_create();
    mark = arena_mark(arena);

    for (size_t i = 0; is_printed && i < all; i += block) {
        size_t count = all - i < block ? all - i : block;
        struct simulated_studies studies =
            draw(scenario, options->settings.seed, first + i, count, arena);
        struct text text = {0}, rest = {0};

        simulated_print_pairs(&studies, options->format, &text);
        text_add(&rest, i == 0 ? text.bytes : strchr(text.bytes, '\n') + 1);
        text_drop(&text);
        is_printed = output_print(&rest, error);
        arena_reset(arena, mark);
    }
    arena_destroy(arena);
    return is_printed;
}

static bool write_table(const struct options *options, const char *name, struct text *text,
                        struct error *error)
{
    struct text path = {0};
    bool is_written;

    text_addf(&path, "%s/%s", options->output, name);
    is_written = write_whole(path.bytes, text->bytes, text->length, error);
    text_drop(&path);
    text_drop(text);
    return is_written;
}

/* What makes the folder a study that the program opens. */
static void describe_study(const struct options *options, const struct scenario *scenario,
                           const char *ending, struct text *text)
{
    text_addf(text,
              "# Made by taxamr simulate; truth.%s tells what is true.\n"
              "title = \"Simulated studies\"\nsimulated = true\nseed = %llu\n"
              "directions = {\"forward\"}\npairs = \"pairs.%s\"\ntruth = \"truth.%s\"\n\n"
              "exposure \"exposure\" {\n    name = \"Exposure (simulated)\"\n"
              "    unit = \"sd\"\n    n = %.0f\n    simulated = true\n}\n\n"
              "outcome \"outcome\" {\n    name = \"Outcome (simulated)\"\n",
              ending, (unsigned long long)options->settings.seed, ending, ending,
              scenario->n_exposure);
    if (isnan(scenario->case_share)) {
        text_add(text, "    unit = \"sd\"\n");
    } else {
        text_addf(text, "    unit = \"log-odds\"\n    cases = %.0f\n",
                  round(scenario->case_share * scenario->n_outcome));
    }
    text_addf(text, "    n = %.0f\n    simulated = true\n}\n", scenario->n_outcome);
}

typedef void print_function(const struct simulated_studies *studies, enum table_format format,
                            struct text *text);

static bool write_tables(const struct options *options, const struct simulated_studies *studies,
                         struct error *error)
{
    static const struct {
        const char *name;
        print_function *print;
    } tables[] = {{"pairs", simulated_print_pairs},
                  {"exposure", simulated_print_exposures},
                  {"outcome", simulated_print_outcome},
                  {"truth", simulated_print_truth}};
    const char *ending = table_format_key(options->format);
    struct text text = {0}, name = {0};
    bool is_written = true;

    for (size_t i = 0; is_written && i < sizeof tables / sizeof *tables; i++) {
        tables[i].print(studies, options->format, &text);
        text_addf(&name, "%s.%s", tables[i].name, ending);
        is_written = write_table(options, name.bytes, &text, error);
        text_drop(&name);
    }
    if (is_written && studies->count == 1 && studies->scenario->ld != 0) {
        simulated_print_ld(&studies->studies[0], options->format, &text);
        text_addf(&name, "ld.%s", ending);
        is_written = write_table(options, name.bytes, &text, error);
        text_drop(&name);
    }
    if (is_written) {
        describe_study(options, studies->scenario, ending, &text);
        is_written = write_table(options, "study.conf", &text, error);
    }
    return is_written;
}

static bool make_folder(const struct options *options, struct error *error)
{
    return mkdir(options->output, 0777) == 0 || errno == EEXIST ||
           error_set_errno(error, options->output, _("cannot make the folder"));
}

static bool write_operating(const struct options *options, struct text *text,
                            struct error *error)
{
    struct text name = {0};
    bool is_written;

    text_addf(&name, "operating.%s", table_format_key(options->format));
    is_written = make_folder(options, error) && write_table(options, name.bytes, text, error);
    text_drop(&name);
    return is_written;
}

static bool write_folder(const struct options *options, const struct scenario *scenario,
                         struct error *error)
{
    struct arena *arena;
    struct simulated_studies studies;
    bool is_written;

    if (options->format == TABLE_JSON) {
        return error_set(error, ERROR_USAGE, NULL, 0, NULL,
                         _("found --format json, which no study is read from; write tsv or "
                           "csv"));
    }
    if (!check_rows(options, scenario, error)) {
        return false;
    }
    if (!make_folder(options, error)) {
        return false;
    }
    arena = arena_create();
    studies = draw(scenario, options->settings.seed, first_of(options->studies),
                   options->studies, arena);
    is_written = write_tables(options, &studies, error);
    arena_destroy(arena);
    return is_written;
}

static void show_progress(void *context, size_t done, size_t all)
{
    progress_show_share(context, _("simulating"), (double)done / (double)all);
}

/* Those that were asked for; of the default set, those that such studies have. */
static size_t methods_of(const struct options *options, const struct scenario *scenario,
                         const struct method **methods)
{
    size_t count = 0;

    for (size_t i = 0; i < options->methods.count; i++) {
        const struct method *method =
            *(const struct method *const *)array_at(&options->methods, i);
        bool fits = method->most == 0 || scenario->instruments <= (double)method->most;

        if (fits || options_has(options, OPTION_METHODS)) {
            methods[count++] = method;
        }
    }
    return count;
}

static bool print_operating(const struct options *options, const struct scenario *scenario,
                            struct error *error)
{
    struct arena *arena = arena_create();
    const struct method **methods = arena_get(arena, options->methods.count, sizeof *methods);
    struct progress progress = progress_begin(options);
    struct job_pool *pool = job_pool_create(options->threads);
    struct operating_options asked = {.methods = methods,
                                      .method_count = methods_of(options, scenario, methods),
                                      .settings = options->settings,
                                      .studies = options->studies,
                                      .pool = pool,
                                      .progress = show_progress,
                                      .context = &progress};
    struct simulated_operating operating = {operating_of(scenario, &asked, arena),
                                            asked.method_count};
    struct text text = {0};

    progress_end(&progress);
    job_pool_destroy(pool);
    simulated_print_operating(&operating, options->format, &text);
    arena_destroy(arena);
    return options->output == NULL ? output_print(&text, error)
                                   : write_operating(options, &text, error);
}

bool simulate_studies(const struct options *given, struct error *error)
{
    struct options options = *given;
    struct scenario scenario = scenario_usual();
    bool is_judged = options_has(given, OPTION_OPERATING);

    for (size_t i = 0; i < options.operand_count; i++) {
        if (!scenario_take(&scenario, options.operands[i], error)) {
            return false;
        }
    }
    if (!scenario_check(&scenario, error)) {
        return false;
    }
    if (!options_has(given, OPTION_STUDIES)) {
        options.studies = is_judged ? 1000 : 1;
    }
    if (is_judged) {
        return print_operating(&options, &scenario, error);
    }
    return options.output == NULL ? print_pairs(&options, &scenario, error)
                                  : write_folder(&options, &scenario, error);
}
