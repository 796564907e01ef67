#include "study_fixture.h"
#include "base/memory.h"
#include "base/text.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>

static char *data_path(const char *file)
{
    const char *folder = getenv("srcdir");
    struct text path = {0};
    text_addf(&path, "%s/data/%s", folder == NULL ? "." : folder, file);
    return text_take(&path);
}

struct study *study_fixture_load(const char *name)
{
    char *path = data_path(name);
    struct gwas_options options = {0};
    struct error error = {0};
    struct study *study = NULL;
    bool is_loaded = study_load(path, &options, &study, &error);
    char *message = is_loaded ? NULL : error_message(&error);
    ck_assert_msg(is_loaded, "%s", message);
    memory_free(path);
    return study;
}

struct results *study_fixture_run(const struct study *study,
                                  const struct method *const *methods, size_t count,
                                  size_t boot, struct job_pool *pool)
{
    struct results_options options = {
        .methods = methods, .method_count = count, .settings = estimate_default_settings()};
    options.settings.seed = study->seed;
    options.settings.boot = boot;
    struct results *results = results_finish(results_start(study, &options, pool));
    ck_assert_ptr_nonnull(results);
    return results;
}

void study_fixture_near(double got, double wanted, double relative)
{
    ck_assert_msg(fabs(got - wanted) <= relative * fabs(wanted), "%.12g, not %.12g", got,
                  wanted);
}
