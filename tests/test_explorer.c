/*
 * The explorer without a terminal: screens against stored text (GENERATE=1 writes them anew),
 * every habit by its keys, scripts, and many keys at random.
 */
#include "base/memory.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include "ui/explorer/loop.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct study *study;
static struct explorer_options options;
static const struct method *methods[3];

static const char *source(void)
{
    const char *folder = getenv("srcdir");
    return folder == NULL ? "." : folder;
}

static char *path_of(const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", source(), name);
    return text_take(&path);
}

static void set_options(void)
{
    methods[0] = methods_find("ivw");
    methods[1] = methods_find("egger");
    methods[2] = methods_find("weighted_median");
    options = (struct explorer_options){.threads = 2, .mouse = true};
    options.results.methods = methods;
    options.results.method_count = 3;
    options.results.settings = estimate_default_settings();
    options.results.settings.boot = 20;
    options.results.settings.seed = study->seed;
}

static void load(void)
{
    struct error error = {0};
    struct gwas_options gwas = {0};
    char *path = path_of("data/gut-insomnia");
    ck_assert(study_load(path, &gwas, &study, &error));
    memory_free(path);
    set_options();
}

static void unload(void)
{
    study_destroy(study);
}

/* An explorer that has computed everything, drawn once. */
static struct loop start(size_t columns, size_t rows)
{
    struct loop loop;
    loop_begin(&loop, study, &options);
    loop_compute(&loop);
    loop_wait(&loop);
    loop_draw(&loop, columns, rows, options.ascii);
    return loop;
}

static void redraw(struct loop *loop)
{
    loop_draw(loop, loop->canvas->columns, loop->canvas->rows, loop->canvas->ascii);
}

/* Keys by their names, spaces between, or lines of a script behind a colon; `;` parts them. */
static void play(struct loop *loop, const char *text)
{
    char *copy = memory_copy_text(text), *rest = copy, *part;
    while ((part = strtok_r(rest, ";", &rest)) != NULL) {
        part += strspn(part, " ");
        if (*part == ':' && part[1] != '\0' && part[1] != ' ') {
            loop->state.status = NULL;
            loop_command(loop, part);
            redraw(loop);
            continue;
        }
        char *keys = part, *key;
        while ((key = strtok_r(keys, " ", &keys)) != NULL) {
            loop_key(loop, key);
            redraw(loop);
        }
    }
    loop_wait(loop);
    redraw(loop);
    memory_free(copy);
}

static char *screen_of(const struct loop *loop)
{
    return canvas_as_text(loop->canvas, false);
}

static bool shows(const struct loop *loop, const char *text)
{
    char *screen = screen_of(loop);
    bool found = strstr(screen, text) != NULL;
    if (!found) {
        (void)fprintf(stderr, "no \"%s\" in:\n%s", text, screen);
    }
    memory_free(screen);
    return found;
}

static char *read_file(const char *path)
{
    struct text text = {0};
    FILE *file = fopen(path, "r");
    char bytes[4096];
    size_t got;
    while (file != NULL && (got = fread(bytes, 1, sizeof bytes, file)) > 0) {
        text_add_bytes(&text, bytes, got);
    }
    if (file != NULL) {
        ck_assert_int_eq(fclose(file), 0);
    }
    return text_take(&text);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert(fputs(text, file) >= 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void compare_stored(const char *name, const char *screen)
{
    struct text file = {0};
    text_addf(&file, "tests/screens/%s.txt", name);
    char *path = path_of(file.bytes);
    if (getenv("GENERATE") != NULL) {
        write_file(path, screen);
    }
    char *stored = read_file(path);
    if (strcmp(stored, screen) != 0) {
        (void)fprintf(stderr, "%s is stored as:\n%sand is now:\n%s", path, stored, screen);
    }
    ck_assert_msg(strcmp(stored, screen) == 0, "%s differs", path);
    memory_free(stored);
    memory_free(path);
    text_drop(&file);
}

#define CLASS ":select class.Actinobacteria.id.419;"

static const struct {
    const char *name;
    size_t columns, rows;
    bool ascii;
    const char *play;
} screens[] = {
    {"taxa-80x24", 80, 24, false, "Down"},
    {"taxa-100x30", 100, 30, false, "Down"},
    {"taxa-120x40", 120, 40, false, "Down"},
    {"taxa-60x16", 60, 16, false, "Down"},
    {"taxa-ascii", 100, 30, true, "Down"},
    {"taxa-sorted", 100, 30, false, ":sort p"},
    {"taxa-filter", 80, 24, false, ":filter bifido"},
    {"taxa-folded", 80, 24, false, "Z Down"},
    {"taxa-reverse", 100, 30, false, CLASS "r"},
    {"too-small", 59, 15, false, ""},
    {"methods-80x24", 80, 24, false, CLASS "Enter"},
    {"methods-ascii", 100, 30, true, CLASS "Enter"},
    {"forest-80x24", 80, 24, false, CLASS "Enter 2"},
    {"forest-120x40", 120, 40, false, CLASS "Enter 2"},
    {"forest-ascii", 100, 30, true, CLASS "Enter 2"},
    {"forest-excluded", 100, 30, false, CLASS "Enter 2 Down Down x"},
    {"forest-log", 100, 30, false, CLASS "Enter 2 t"},
    {"forest-94", 100, 30, false, CLASS "r Enter 2"},
    {"forest-94-unfolded", 120, 40, false, CLASS "r Enter 2 z G"},
    {"loo-100x30", 100, 30, false, CLASS "Enter 3"},
    {"heterogeneity-100x30", 100, 30, false, CLASS "Enter 4"},
    {"variant-80x24", 80, 24, false, CLASS "Enter 2 Down Down Enter"},
    {"variant-120x40", 120, 40, false, CLASS "Enter 2 Down Down Enter"},
    {"variant-ascii", 100, 30, true, CLASS "Enter 2 Down Down Enter x"},
    {"outcomes-100x30", 100, 30, false, "o"},
    {"ledger-100x30", 100, 30, false, ":ledger;:filter ambiguous"},
    {"help-100x30", 100, 30, false, "?"},
    {"help-filtered", 80, 24, false, "? u n d"},
    {"sort-menu", 80, 24, false, "s Down Down"},
    {"prompt-command", 80, 24, false, ": s o"},
    {"messages", 80, 24, false, "t t !"},
};

START_TEST(screen_is_as_stored)
{
    options.ascii = screens[_i].ascii;
    struct loop loop = start(screens[_i].columns, screens[_i].rows);
    play(&loop, screens[_i].play);
    char *screen = screen_of(&loop);
    loop_end(&loop);
    options.ascii = false;
    compare_stored(screens[_i].name, screen);
    memory_free(screen);
}
END_TEST

/* Each habit of good terminal programs: its keys, and what must then be seen. */
static const struct {
    const char *name, *play, *seen;
} habits[] = {
    {"help from key tables", "?", ":restore-all"},
    {"help lists what the view can do", CLASS "Enter ?", ":exclude"},
    {"help filters", "? r e v e r s", "change places"},
    {"help runs the choice", "? l e d g e r Enter", "Ledger: every variant"},
    {"why a key is off", "X", "restore-all: no variant was left out by hand"},
    {"why undo is off", "u", "undo: nothing to undo"},
    {"why exclude is off", CLASS "Enter x", "this row stands for no single variant"},
    {"unknown key says so", "K", "does nothing here; ? lists all"},
    {"incremental search", "/ o l s e n", "g Olsenella → Insomnia"},
    {"search accepts and repeats", "/ c o r i Enter n", "o Coriobacteriales → Insomnia"},
    {"search repeats backwards", "/ c o r i Enter n N", "c Coriobacteriia → Insomnia"},
    {"search wraps round", "/ p r e v Enter n n n n n n n n", "g Prevotella"},
    {"search says when nothing is there", "/ z z z Enter", "nothing here contains “zzz”"},
    {"Esc in search returns", "Down; / o l s e n Esc", "c Actinobacteria → Insomnia"},
    {"filter", "f b i f i d o Enter", "contain “bifido”"},
    {"Esc takes the filter back", "f b i f i d o Enter Esc", "all shown"},
    {"filter that fits nothing", "f z z z Enter", "nothing contains that; Esc shows all"},
    {"sort menu", "s Down Down Down Down Down Enter", "by p"},
    {"sort turned round", ":sort p;:sort p", "turned round"},
    {"sort by neighbouring column", ">", "by name of the taxon"},
    {"flat list", "F", "by taxon"},
    {"tree collapses", "Left", "▸ p Actinobacteria"},
    {"tree unfolds", "Left Right", "▾ p Actinobacteria"},
    {"tree folds whole", "Z", "▸ p Proteobacteria"},
    {"a search looks into folded branches", "Z; / o l s e n Enter", "g Olsenella → Insomnia"},
    {"status line keeps messages", "t t !", "log odds ratios"},
    {"undo", CLASS "Enter 2 x u", "7 variants · in file order"},
    {"redo", CLASS "Enter 2 x u ^R", "6 of 7 variants"},
    {"undo across screens", CLASS "Enter 2 x Esc u", "0 variants are left out by hand"},
    {"exclusions stand in the title", CLASS "Enter 2 x Esc", "1 left out by hand"},
    {"exclusions stand beside the whole", CLASS "Enter 2 x", "all 7:"},
    {"exclusions follow in the list", CLASS "Enter 2 x Esc", "all 7 variants:"},
    {"exclusions stand in the ledger", CLASS "Enter 2 x d", "excluded by hand"},
    {"command line", ": o u t c o m e s Enter", "Outcomes and directions"},
    {"command line completes", ": o u t c Tab Enter", "Outcomes and directions"},
    {"command line says what is unknown", ": x y z Enter", "there is no action “xyz”"},
    {"command line takes an argument", ":select genus.Olsenella.id.822",
     "g Olsenella → Insomnia"},
    {"back with position", CLASS "Enter Esc", "c Actinobacteria → Insomnia"},
    {"Esc never quits", "Esc", "q leaves taxamr"},
    {"copy", CLASS "y", "copied: class.Actinobacteria.id.419"},
    {"words", "w", "chance alone gives about"},
    {"words of a chart", CLASS "Enter 2 w", "7 variants"},
    {"mouse off by a key", "M", "the mouse is the terminal's"},
    {"direction keeps the taxon", CLASS "r", "Insomnia → c Actinobacteria"},
    {"direction keeps the taxon in a pair", CLASS "Enter r", "Insomnia → c Actinobacteria"},
    {"one outcome says so", "O", "this study has one outcome"},
    {"log scale", "t", "log odds ratio per SD"},
    {"variant leads to its other taxa", CLASS "Enter 2 Down Down Enter Enter",
     "p Actinobacteria → Insomnia"},
    {"next variant", CLASS "Enter 2 Enter n", "rs6743537"},
    {"variant before, round the end", CLASS "Enter 2 Enter p", "rs134300"},
    {"ledger leads to the variant", ":ledger;/ r s 6 7 4 3 Enter Enter", "rs6743537 "},
    {"simulated stands on every screen", ":ledger", "SIMULATED outcome"},
    {"tabs by name", CLASS ":open;:tab loo", "3▐"},
    {"tabs turn", CLASS "Enter Tab Tab Tab Tab", "1▐"},
    {"tabs turn back", CLASS "Enter BackTab", "4▐"},
    {"a wide character is typed and cut", "/ 菌 菌 Backspace", "/菌 "},
};

START_TEST(habit)
{
    struct loop loop = start(100, 30);
    play(&loop, habits[_i].play);
    bool is_seen = shows(&loop, habits[_i].seen);
    loop_end(&loop);
    ck_assert_msg(is_seen, "%s", habits[_i].name);
}
END_TEST

/* Clicks where a text stands in the screen. */
static void click_on(struct loop *loop, const char *text)
{
    char *screen = screen_of(loop), *line = screen;
    for (size_t row = 0; *line != '\0'; row++) {
        size_t length = strcspn(line, "\n");
        line[length] = '\0';
        char *at = strstr(line, text);
        if (at != NULL) {
            *at = '\0';
            loop_click(loop, text_width(line), row);
            break;
        }
        line += length + 1;
    }
    memory_free(screen);
    redraw(loop);
}

START_TEST(click_in_the_key_line_does_the_action)
{
    struct loop loop = start(100, 30);
    click_on(&loop, "o outcomes");
    ck_assert(shows(&loop, "Outcomes and directions"));
    loop_end(&loop);
}
END_TEST

START_TEST(click_chooses_and_opens_a_row)
{
    struct loop loop = start(100, 30);
    click_on(&loop, "g Olsenella");
    ck_assert(shows(&loop, "g Olsenella → Insomnia"));
    click_on(&loop, "g Olsenella");
    ck_assert(shows(&loop, "▐Methods▌"));
    click_on(&loop, "Forest");
    ck_assert(shows(&loop, "▐Forest▌"));
    loop_end(&loop);
}
END_TEST

START_TEST(rows_wait_for_results)
{
    struct loop loop;
    loop_begin(&loop, study, &options);
    loop_draw(&loop, 100, 30, false);
    ck_assert(shows(&loop, "▾ p Actinobacteria"));
    ck_assert(shows(&loop, "…"));
    play(&loop, CLASS "Enter 2");
    ck_assert(shows(&loop, "Not computed; R computes."));
    play(&loop, "x");
    ck_assert(shows(&loop, "exclude: nothing was computed; R computes"));
    play(&loop, "R");
    ck_assert(shows(&loop, "IVW"));
    loop_end(&loop);
}
END_TEST

START_TEST(computing_can_be_stopped)
{
    struct loop loop;
    loop_begin(&loop, study, &options);
    loop_compute(&loop);
    loop_draw(&loop, 100, 30, false);
    ck_assert(shows(&loop, "Esc stops"));
    loop_key(&loop, "Esc");
    loop_wait(&loop);
    redraw(&loop);
    ck_assert(shows(&loop, "stopped; R computes again"));
    ck_assert_ptr_null(loop.state.full);
    loop_end(&loop);
}
END_TEST

START_TEST(late_results_are_dropped)
{
    struct loop loop;
    loop_begin(&loop, study, &options);
    loop_compute(&loop);
    loop.generation++;
    loop_wait(&loop);
    ck_assert_ptr_null(loop.state.full);
    loop_end(&loop);
}
END_TEST

START_TEST(cursor_sits_on_the_selected_row)
{
    struct loop loop = start(100, 30);
    play(&loop, "Down Down");
    ck_assert_uint_eq(loop.canvas->cursor_row, 5);
    ck_assert_str_eq(canvas_cell(loop.canvas, 0, 5)->grapheme, "▌");
    loop_end(&loop);
}
END_TEST

/* A variant taken out of one taxon is out of all, and each number is that of the smaller pair.
 */
START_TEST(exclusion_reaches_every_taxon)
{
    size_t whole, part;
    struct loop loop = start(100, 30);
    const struct trait *taxon = state_taxon(&loop.state, "genus.Bifidobacterium.id.436");
    ck_assert_ptr_nonnull(state_pair(&loop.state, taxon, &whole));
    play(&loop, CLASS "Enter;:exclude rs2278683");
    const struct analysis *now = state_analysis(&loop.state, whole);
    const struct analysis *full = state_full_analysis(&loop.state, whole);
    ck_assert_uint_eq(now->pair->count + 1, full->pair->count);
    for (part = 0; strcmp(pair_variant(full->pair, part), "rs2278683") != 0; part++) {
    }
    ck_assert_double_eq_tol(now->main.b, full->leave_one_out[part].b, 1e-12);
    loop_end(&loop);
}
END_TEST

static char *temporary_folder(void)
{
    char *folder = memory_copy_text("/tmp/taxamr-explorer-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    return folder;
}

static char *in_folder(const char *folder, const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", folder, name);
    return text_take(&path);
}

static bool run_script(const char *path, const char *text, struct error *error)
{
    write_file(path, text);
    options.script = path;
    bool is_done = explorer_run(study, &options, error);
    options.script = NULL;
    return is_done;
}

/* What was done, saved as a script, leads to the same screen. */
START_TEST(saved_script_replays)
{
    struct error error = {0};
    char *folder = temporary_folder();
    char *one = in_folder(folder, "one"), *two = in_folder(folder, "two");
    char *first = in_folder(folder, "first"), *second = in_folder(folder, "second");
    struct text text = {0};
    text_addf(&text,
              "# a comment\n\nsize 100x30\nkey Down Down Up Enter 2 Down Down x\n:back\n"
              "sort p\nkey j j Enter\ntab forest\nsave-script %s\nsnapshot %s\n",
              two, first);
    ck_assert(run_script(one, text.bytes, &error));
    char *saved = read_file(two);
    struct text again = {0};
    text_addf(&again, "%ssnapshot %s\n", saved, second);
    ck_assert(run_script(one, again.bytes, &error));
    char *seen = read_file(first), *replayed = read_file(second);
    ck_assert_str_eq(seen, replayed);
    ck_assert_ptr_nonnull(strstr(saved, "select rs"));
    ck_assert_ptr_nonnull(strstr(saved, "\nexclude\n"));
    char *paths[] = {one, two, first, second};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(unlink(paths[i]), 0);
        memory_free(paths[i]);
    }
    ck_assert_int_eq(rmdir(folder), 0);
    memory_free(folder);
    memory_free(saved);
    memory_free(seen);
    memory_free(replayed);
    text_drop(&text);
    text_drop(&again);
}
END_TEST

static const struct {
    const char *script;
    long line;
    const char *said;
} refused[] = {
    {"down\nfly\n", 2, "there is no action “fly”"},
    {"exclude\n", 1, "not for this screen"},
    {"undo\n", 1, "nothing to undo"},
    {"\n\nsize 0x0\n", 3, "write it like 100x30"},
    {"select nobody\n", 1, "no taxon with the key “nobody”"},
    {"snapshot /nowhere/at/all\n", 1, "/nowhere/at/all"},
    {"sort colour\n", 1, "no column “colour”"},
};

START_TEST(script_says_which_line)
{
    struct error error = {0};
    char *folder = temporary_folder(), *path = in_folder(folder, "script");
    ck_assert(!run_script(path, refused[_i].script, &error));
    ck_assert_int_eq(error.line, refused[_i].line);
    ck_assert_str_eq(error.file, path);
    ck_assert_msg(strstr(error.text, refused[_i].said) != NULL, "%s", error.text);
    error_clear(&error);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    memory_free(path);
    memory_free(folder);
}
END_TEST

START_TEST(table_is_exported)
{
    char *folder = temporary_folder(), *path = in_folder(folder, "summary.csv");
    struct text command = {0};
    text_addf(&command, ":export %s", path);
    struct loop loop = start(100, 30);
    play(&loop, command.bytes);
    loop_end(&loop);
    char *table = read_file(path);
    ck_assert_msg(strncmp(table, "exposure,rank,outcome,", 22) == 0, "%.60s", table);
    memory_free(table);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    memory_free(path);
    memory_free(folder);
    text_drop(&command);
}
END_TEST

/* For a pipe: every taxon, no key line, within the width. */
START_TEST(taxa_as_text)
{
    struct results_job *job = results_start(study, &options.results, NULL);
    struct results *results = results_finish(job);
    char *text = explorer_taxa_text(results, 100, false);
    size_t lines = 0, widest = 0;
    for (char *line = text; *line != '\0'; lines++) {
        size_t length = strcspn(line, "\n");
        line[length] = '\0';
        size_t width = text_width(line);
        widest = width > widest ? width : widest;
        line += length + 1;
    }
    ck_assert_uint_eq(lines, 186 + 4);
    ck_assert_uint_le(widest, 100);
    memory_free(text);
    char *ascii = explorer_taxa_text(results, 100, true);
    for (const char *at = ascii; *at != '\0'; at++) {
        ck_assert((unsigned char)*at < 0x80);
    }
    memory_free(ascii);
    results_destroy(results);
}
END_TEST

/* A pair of so many variants, made up. The exposure's name is hostile. */
static void write_pair(const char *path, size_t count)
{
    struct text text = {0};
    struct random_stream stream = random_stream_of(1, "pair", NULL, NULL);
    text_add(&text, "SNP\texposure\toutcome\tbeta.exposure\tse.exposure\tbeta.outcome\t"
                    "se.outcome\teffect_allele\tother_allele\tmr_keep\n");
    for (size_t i = 0; i < (count == 0 ? 1 : count); i++) {
        double effect = 0.1 + 0.05 * random_uniform(&stream);
        text_addf(
            &text,
            "rs%zu\tevil\xe2\x80\xae\xe8\x8f\x8c\tdisease\t%.6f\t0.01\t%.6f\t0.02\tA\tC\t%s\n",
            i + 1, effect, 0.1 * effect + 0.02 * random_normal(&stream),
            count == 0 ? "FALSE" : "TRUE");
    }
    write_file(path, text.bytes);
    text_drop(&text);
}

static const size_t counts[] = {0, 1, 2, 3, 8, 94, 506};

START_TEST(any_number_of_variants)
{
    struct error error = {0};
    struct gwas_options gwas = {0};
    struct study *bundled = study;
    char *folder = temporary_folder(), *path = in_folder(folder, "pair.tsv");
    write_pair(path, counts[_i]);
    bool is_loaded = study_load_harmonised(path, &gwas, &study, &error);
    ck_assert_msg(is_loaded, "%s", error.text);
    for (int ascii = 0; ascii < 2; ascii++) {
        struct loop loop = start(80, 24);
        loop_draw(&loop, 80, 24, ascii == 1);
        play(&loop, "Enter Tab Tab Tab z G x u PgUp Enter Esc Esc ^R X");
        char *screen = screen_of(&loop);
        ck_assert_ptr_null(strstr(screen, "\xe2\x80\xae"));
        memory_free(screen);
        loop_end(&loop);
    }
    study_destroy(study);
    study = bundled;
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    memory_free(path);
    memory_free(folder);
}
END_TEST

static const char *const random_keys[] = {
    "Up",   "Down", "Left", "Right", "PgUp", "PgDn",      "g",       "G",     "Enter", "Enter",
    "Esc",  "/",    "n",    "N",     "f",    "s",         "<",       ">",     "F",     "z",
    "Z",    "1",    "2",    "3",     "4",    "9",         "Tab",     "x",     "X",     "u",
    "^R",   "r",    "o",    "O",     "d",    "t",         "w",       "y",     "!",     "M",
    "^L",   ":",    "?",    "a",     "菌",   "Backspace", "BackTab", "Space", "^U",    "^W",
    "Home", "End",  "é",    "i",     "p"};

/* A row of a canvas is exactly as wide as the canvas. */
static void check_canvas(const struct canvas *canvas)
{
    for (size_t row = 0; row < canvas->rows; row++) {
        size_t width = 0;
        for (size_t column = 0; column < canvas->columns; column++) {
            width += canvas_cell(canvas, column, row)->width;
        }
        ck_assert_uint_eq(width, canvas->columns);
    }
    ck_assert_uint_lt(canvas->cursor_row, canvas->rows);
    ck_assert_uint_lt(canvas->cursor_column, canvas->columns);
}

START_TEST(many_keys_at_random)
{
    struct random_stream stream = random_stream_of((uint64_t)_i, "keys", NULL, NULL);
    struct loop loop = start(100, 30);
    size_t known = sizeof random_keys / sizeof random_keys[0];
    for (int i = 0; i < 600 && !loop.is_over; i++) {
        loop_key(&loop, random_keys[random_below(&stream, known)]);
        size_t columns = 100, rows = 30;
        if (random_below(&stream, 10) == 0) {
            columns = 1 + random_below(&stream, 220);
            rows = 1 + random_below(&stream, 70);
        }
        loop_draw(&loop, columns, rows, random_below(&stream, 2) == 0);
        check_canvas(loop.canvas);
        if (random_below(&stream, 8) == 0) {
            loop_click(&loop, random_below(&stream, columns), random_below(&stream, rows));
        }
    }
    loop_end(&loop);
}
END_TEST

START_TEST(actions_are_one_table)
{
    const struct action *all = actions_all();
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        ck_assert_uint_eq(all[i].id, i);
        ck_assert_ptr_eq(action_named(all[i].name), &all[i]);
        ck_assert_uint_gt(strlen(all[i].full), 0);
        /* What stands in a key line can be done there, by a key. */
        ck_assert_uint_eq(all[i].line & ~all[i].views, 0);
        ck_assert(all[i].line == 0 || (all[i].brief != NULL && *all[i].keys != '\0'));
    }
    for (unsigned bit = 1; bit <= IN_MESSAGES; bit <<= 1) {
        for (size_t i = 0; i < ACTION_COUNT; i++) {
            char *key = action_keys_text(&all[i]);
            size_t length = strcspn(key, " ");
            key[length] = '\0';
            const struct action *found = action_of_key(key, bit);
            ck_assert((all[i].views & bit) == 0 || found == NULL || found == &all[i]);
            memory_free(key);
        }
    }
}
END_TEST

int main(void)
{
    numeric_start();
    Suite *suite = suite_create("explorer");
    TCase *tests = tcase_create("explorer");
    tcase_set_timeout(tests, 300);
    tcase_add_unchecked_fixture(tests, load, unload);
    tcase_add_loop_test(tests, screen_is_as_stored, 0, sizeof screens / sizeof screens[0]);
    tcase_add_loop_test(tests, habit, 0, sizeof habits / sizeof habits[0]);
    tcase_add_test(tests, click_in_the_key_line_does_the_action);
    tcase_add_test(tests, click_chooses_and_opens_a_row);
    tcase_add_test(tests, rows_wait_for_results);
    tcase_add_test(tests, computing_can_be_stopped);
    tcase_add_test(tests, late_results_are_dropped);
    tcase_add_test(tests, cursor_sits_on_the_selected_row);
    tcase_add_test(tests, exclusion_reaches_every_taxon);
    tcase_add_test(tests, saved_script_replays);
    tcase_add_loop_test(tests, script_says_which_line, 0, sizeof refused / sizeof refused[0]);
    tcase_add_test(tests, table_is_exported);
    tcase_add_test(tests, taxa_as_text);
    tcase_add_loop_test(tests, any_number_of_variants, 0, sizeof counts / sizeof counts[0]);
    tcase_add_loop_test(tests, many_keys_at_random, 0, 4);
    tcase_add_test(tests, actions_are_one_table);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
