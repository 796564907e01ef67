#include "bench.h"
#include "diagnose/diagnose.h"
#include "numeric/random.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* A method is timed for so long, and so often at least. */
#define LEAST_SECONDS 0.2
#define LEAST_RUNS 3
#define MOST_RUNS 1000
/* What would take longer is not run at all, and once is enough for what takes so long. */
#define MOST_SECONDS 30.
#define ONCE_SECONDS 3.

#define SAMPLE_SIZE 100000
#define EAF 0.3

static const struct {
    const char *key;
    int normals; /* that it draws a variant and repetition, if it draws; 0: searches */
} rows[] = {
    {"simple_median", 2},
    {"weighted_median", 2},
    {"penalised_weighted_median", 2},
    {"simple_mode", 1},
    {"weighted_mode", 1},
    {"penalised_mode", 1},
    {"simple_mode_nome", 1},
    {"weighted_mode_nome", 1},
    {"egger_boot", 2},
    {"presso", 2},
    {"presso_corrected", 2},
    {"raps", 0},
    {"raps_mle", 0},
    {"conmix", 0},
    {"cml", 0},
    {"cml_dp", 2},
    {"mix", 0},
    {"lasso", 0},
    {"ivw_robust", 0},
};
#define ROWS (sizeof rows / sizeof rows[0])

static const size_t sizes[] = {30, 79, 300, 3000};
static const size_t draw_counts[] = {1000, 10000};
#define SIZES (sizeof sizes / sizeof sizes[0])
#define DRAW_COUNTS (sizeof draw_counts / sizeof draw_counts[0])

/* Strong instruments, an effect of 0.2, and every tenth variant pleiotropic. */
static struct pair *simulate(size_t count, struct arena *arena)
{
    struct random_stream stream = random_stream_of(7, "bench", NULL, NULL);
    struct harmonised *made = arena_get(arena, count, sizeof *made);
    struct trait *traits = arena_get(arena, 2, sizeof *traits);

    for (size_t j = 0; j < count; j++) {
        struct association *x = &made[j].x, *y = &made[j].y;

        x->variant = y->variant = arena_format(arena, "v%zu", j + 1);
        x->n = y->n = SAMPLE_SIZE;
        x->eaf = y->eaf = EAF;
        x->se = 0.01 + 0.005 * random_uniform(&stream);
        y->se = 0.01 + 0.005 * random_uniform(&stream);
        x->beta = (j % 3 == 0 ? -1 : 1) * (0.05 + 0.1 * random_uniform(&stream));
        y->beta = 0.2 * x->beta + y->se * random_normal(&stream);
        y->beta += j % 10 == 0 ? 0.1 : 0;
        made[j].keep = true;
    }
    traits[0] = (struct trait){.key = "exposure", .name = "exposure", .n = SAMPLE_SIZE};
    traits[1] = (struct trait){.key = "outcome", .name = "outcome", .n = SAMPLE_SIZE};
    return pair_create(arena, &traits[0], &traits[1], FORWARD, made, count);
}

/* One thing that is timed: a method, or its random numbers alone. */
struct task {
    const struct method *method; /* NULL: numbers alone */
    const struct pair *pair;
    struct estimate_settings settings;
    size_t draws;
    int normals;
    struct arena *scratch;
    bool is_done; /* the method had an answer */
};

static void draw_numbers(const struct task *task)
{
    struct random_stream stream = random_stream_of(1, "floor", NULL, NULL);
    struct arena_mark mark = arena_mark(task->scratch);
    double *out = arena_get(task->scratch, task->pair->count, sizeof *out);

    for (size_t i = 0; i < task->draws; i++) {
        for (int k = 0; k < task->normals; k++) {
            random_normals(&stream, task->pair->bx, task->pair->sx, out, task->pair->count);
        }
    }
    arena_reset(task->scratch, mark);
}

static void perform(struct task *task)
{
    if (task->method == NULL) {
        draw_numbers(task);
    } else {
        struct arena_mark mark = arena_mark(task->scratch);
        struct estimate got = estimate_run(task->method, task->pair, &task->settings,
                                           task->scratch, task->scratch);

        task->is_done = got.status == ESTIMATE_DONE;
        arena_reset(task->scratch, mark);
    }
}

static double time_once(struct task *task)
{
    double start = bench_now();

    perform(task);
    return bench_now() - start;
}

/* Medians of runs, and of the same numbers drawn alone in turn with them, so that a machine
 * that slows down slows both. */
struct timing {
    double seconds, floor;
};

static struct timing time_task(struct task *task)
{
    double seconds[MOST_RUNS], floors[MOST_RUNS], total = 0;
    struct task numbers = *task;
    size_t runs = 0;

    numbers.method = NULL;
    while (runs < MOST_RUNS && (runs < LEAST_RUNS || total < LEAST_SECONDS)) {
        seconds[runs] = time_once(task);
        floors[runs] = time_once(&numbers);
        total += seconds[runs] + floors[runs];
        runs++;
        if (total > ONCE_SECONDS) {
            break;
        }
    }
    return (struct timing){bench_median(seconds, runs), bench_median(floors, runs)};
}

static void print_against(const struct task *task, struct timing timing)
{
    double each = 1e9 * timing.seconds / (double)task->pair->count;

    if (task->normals == 0) {
        printf(" %10.1f ns/variant, draws nothing", each);
    } else {
        printf(" %8.2f ns/variant/draw, floor %8.2f ms, %6.2f x", each / (double)task->draws,
               1e3 * timing.floor, timing.seconds / timing.floor);
    }
}

static void print_r(const struct task *task, double seconds)
{
    double theirs = bench_r_seconds(task->method->key, task->pair, task->draws);

    if (theirs > 0) {
        printf(", R %9.1f ms, %7.1f x ours", 1e3 * theirs, theirs / seconds);
    } else {
        printf(", R has none");
    }
}

/* The longest so far of a method: how long a run of another size may take is told from it. */
struct experience {
    double seconds, variants, draws;
};

static double expected(const struct experience *known, const struct task *task)
{
    double grown = (double)task->pair->count / known->variants;

    return known->seconds == 0 ? 0
                               : known->seconds * grown * (grown > 1 ? grown : 1) *
                                     ((double)task->draws / known->draws);
}

static void run_row(struct task *task, struct experience *known, bool is_beside_r)
{
    double guess = expected(known, task);
    struct timing timing;

    printf("%-26s J %5zu", task->method->key, task->pair->count);
    if (task->normals > 0) {
        printf(", %5zu draws", task->draws);
    } else {
        printf("%13s", "");
    }
    if (guess > MOST_SECONDS) {
        printf("   left out: about %.0f s\n", guess);
        return;
    }
    timing = time_task(task);
    *known =
        (struct experience){timing.seconds, (double)task->pair->count, (double)task->draws};
    printf(" %10.3f ms", 1e3 * timing.seconds);
    print_against(task, timing);
    if (is_beside_r) {
        print_r(task, timing.seconds);
    }
    printf("%s\n", task->is_done ? "" : "   (no answer)");
    fflush(stdout);
}

static void run_method(const struct method *method, int normals,
                       struct pair *const pairs[SIZES], struct arena *scratch, bool is_beside_r)
{
    size_t times = normals > 0 ? DRAW_COUNTS : 1;
    struct experience known[DRAW_COUNTS] = {{0}};

    for (size_t i = 0; i < SIZES; i++) {
        for (size_t k = 0; k < times; k++) {
            struct task task = {.method = method,
                                .pair = pairs[i],
                                .settings = estimate_default_settings(),
                                .draws = normals > 0 ? draw_counts[k] : 1,
                                .normals = normals,
                                .scratch = scratch};

            task.settings.boot = task.settings.presso_sims = draw_counts[k];
            task.settings.parameters[PARAMETER_PERTURBATIONS] = (double)draw_counts[k];
            known[k] = known[k].seconds > 0 ? known[k] : known[0];
            run_row(&task, &known[k], is_beside_r);
        }
    }
}

/* Every method and diagnostic at default draws, but the two that are timed beside it. */
static double time_analysis(const struct pair *pair, struct arena *scratch)
{
    size_t count, kept = 0;
    const struct method *const *all = methods_all(&count);
    const struct method **methods = arena_get(scratch, count, sizeof *methods);
    struct estimate_settings settings = estimate_default_settings();
    struct arena *arena = arena_create();
    double start;

    for (size_t i = 0; i < count; i++) {
        if (all[i] != methods_find("mix") && all[i] != methods_find("cml_dp")) {
            methods[kept++] = all[i];
        }
    }
    settings.wants_presso = true;
    start = bench_now();
    (void)analysis_create(pair, methods, kept, &settings, scratch, arena);
    start = bench_now() - start;
    arena_destroy(arena);
    return start;
}

static void run_whole_pairs(struct pair *const pairs[SIZES], struct arena *scratch)
{
    for (size_t i = 0; i < SIZES; i++) {
        double seconds[LEAST_RUNS];

        for (size_t k = 0; k < LEAST_RUNS; k++) {
            seconds[k] = time_analysis(pairs[i], scratch);
        }
        printf("every method and diagnostic, without mix and cml_dp: J %5zu %10.3f ms\n",
               pairs[i]->count, 1e3 * bench_median(seconds, LEAST_RUNS));
        fflush(stdout);
    }
}

void bench_methods(bool is_beside_r)
{
    struct arena *arena = arena_create(), *scratch = arena_create();
    struct pair *pairs[SIZES];

    if (is_beside_r && !bench_r_is_there()) {
        printf("Rscript not found: methods stand without R beside them\n");
        is_beside_r = false;
    }
    for (size_t i = 0; i < SIZES; i++) {
        pairs[i] = simulate(sizes[i], arena);
    }
    for (size_t i = 0; i < ROWS; i++) {
        const struct method *method = methods_find(rows[i].key);

        if (method == NULL) {
            printf("%-26s not in the table of methods\n", rows[i].key);
        } else {
            run_method(method, method->is_random ? rows[i].normals : 0, pairs, scratch,
                       is_beside_r);
        }
    }
    run_whole_pairs(pairs, scratch);
    arena_destroy(scratch);
    arena_destroy(arena);
}
