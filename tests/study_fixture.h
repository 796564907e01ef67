/*
 * Bundled studies and their results, for tests of the room src/study.
 * In: the name of a study under data/. Out: the study, loaded; results, computed.
 */
#ifndef TESTS_STUDY_FIXTURE_H
#define TESTS_STUDY_FIXTURE_H

#include "study/results.h"

/* The study of a folder or file under $srcdir/data; the test fails when it does not load. */
struct study *study_fixture_load(const char *name);

/* Methods on every pair, with the study's seed and so many bootstrap repetitions. */
struct results *study_fixture_run(const struct study *study,
                                  const struct method *const *methods, size_t count,
                                  size_t boot, struct job_pool *pool);

/* Fails the test unless got is wanted to a relative precision. */
void study_fixture_near(double got, double wanted, double relative);

#endif
