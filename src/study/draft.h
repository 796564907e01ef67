/*
 * The study file of a new study, with all that was detected written out.
 * In: files as they were detected. Out: text that plan_read reads, with a comment at each
 * guess.
 */
#ifndef STUDY_DRAFT_H
#define STUDY_DRAFT_H

#include "base/array.h"
#include "base/text.h"
#include "study/detect.h"

/* One file of a new study. */
struct draft_file {
    struct detected found;
    const char *path; /* as the study file names it */
    const char *const *overrides;
    size_t override_count;
};

/* Exposures that look alike share a section, and each outcome has one; both are arrays of
 * struct draft_file. Section names are made of those of files and differ. */
void draft_study(const struct array *exposures, const struct array *outcomes,
                 struct arena *arena, struct text *text);

#endif
