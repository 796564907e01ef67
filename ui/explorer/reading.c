#include "ui/explorer/reading.h"

#include "base/memory.h"
#include <math.h>
#include <sys/stat.h>

enum what { WHAT_STUDY, WHAT_SIDES, WHAT_HARMONISED };

struct reading {
    enum what what;
    char *path;              /* of a study file */
    struct opening *opening; /* of sides; of a harmonised table its only side */
    struct gwas_watch watch;
    double bytes; /* of all files; NaN unknown */
    struct job_batch *batch;
    struct study *study;
    struct error error;
};

static double size_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) ? (double)status.st_size : NAN;
}

struct reading *reading_of_study(const char *path)
{
    struct reading *reading = memory_get(1, sizeof *reading);
    reading->what = WHAT_STUDY;
    reading->path = memory_copy_text(path);
    reading->bytes = NAN;
    return reading;
}

struct reading *reading_of_sides(const struct opening *opening)
{
    struct reading *reading = memory_get(1, sizeof *reading);
    reading->what = WHAT_SIDES;
    reading->opening = opening_begin();
    for (int i = 0; i < 2; i++) {
        opening_take(reading->opening, (enum opening_side)i, &opening->sides[i]);
        reading->bytes += size_of(opening->sides[i].path);
    }
    return reading;
}

struct reading *reading_of_harmonised(const struct source *source)
{
    struct reading *reading = memory_get(1, sizeof *reading);
    reading->what = WHAT_HARMONISED;
    reading->opening = opening_begin();
    opening_take(reading->opening, SIDE_EXPOSURE, source);
    reading->bytes = size_of(source->path);
    return reading;
}

/* The job. */
static void read_files(void *context, size_t index, size_t worker)
{
    struct reading *reading = context;
    struct gwas_options options = {.watch = &reading->watch};
    struct error *error = &reading->error;
    struct study *study;
    bool is_read = false;
    (void)index;
    (void)worker;
    switch (reading->what) {
    case WHAT_STUDY:
        is_read = study_load(reading->path, &options, &study, error);
        break;
    case WHAT_SIDES:
        is_read = opening_load(reading->opening, &reading->watch, &study, error);
        break;
    case WHAT_HARMONISED:
        is_read = opening_load_harmonised(&reading->opening->sides[SIDE_EXPOSURE],
                                          &reading->watch, &study, error);
        break;
    }
    reading->study = is_read ? study : NULL;
}

void reading_start(struct reading *reading, struct job_pool *pool)
{
    reading->batch = job_batch_start(pool, 1, read_files, reading);
}

bool reading_wait(struct reading *reading, double seconds)
{
    return job_batch_wait_for(reading->batch, 0, seconds);
}

bool reading_is_over(struct reading *reading)
{
    return job_batch_is_over(reading->batch);
}

void reading_stop(struct reading *reading)
{
    atomic_store(&reading->watch.is_stopped, true);
}

double reading_progress(struct reading *reading)
{
    double share = (double)atomic_load(&reading->watch.taken) / reading->bytes;
    return share > 1 ? 1 : share;
}

bool reading_is_of_files(const struct reading *reading)
{
    return reading->what != WHAT_STUDY;
}

struct study *reading_take(struct reading *reading, struct error *error)
{
    struct study *study = reading->study;
    *error = reading->error;
    reading->study = NULL;
    reading->error = (struct error){0};
    return study;
}

void reading_destroy(struct reading *reading)
{
    if (reading == NULL) {
        return;
    }
    if (reading->batch != NULL) {
        reading_stop(reading);
        (void)job_batch_finish(reading->batch);
    }
    if (reading->study != NULL) {
        study_destroy(reading->study);
    }
    error_clear(&reading->error);
    opening_end(reading->opening);
    memory_free(reading->path);
    memory_free(reading);
}
