/*
 * The sections of the report: one a file, or a list of tables, and their list in report.c.
 * In: all that the study's results say, found once. Out: HTML appended to the page; a section
 * that appends nothing is left out with its heading. Private to this room.
 */
#ifndef REPORT_SECTIONS_H
#define REPORT_SECTIONS_H

#include "chart/family.h"
#include "report/html.h"
#include "study/corrections.h"
#include "study/verdict.h"

/* Rows of a table; what of more is shown the caption says. */
enum { SECTION_ROWS = 5000 };

/* What the sections are made from. */
struct report {
    const struct results *results;
    const struct study *study;
    struct arena *arena;
    struct corrections corrections;
    struct verdict_rules rules;
    struct verdict *verdicts; /* one a pair */
    size_t *looked;           /* pairs that get charts: hits and the nearest to them */
    size_t looked_count;
    const size_t *strongest; /* all pairs, the smallest P first (strongest.h) */
    size_t figures;          /* drawn so far; each is named by its number */
    struct array references; /* const char *, in the order in which they were cited */
};

struct report_section {
    const char *id;    /* of links */
    const char *title; /* N_() */
    const char *says;  /* one sentence below the title, N_(); NULL: none */
    void (*print)(struct report *report, struct text *page);
    const char *const *tables; /* keys of tables that are shown whole, NULL-terminated */
};

/* The sections with functions of their own. */
void section_study(struct report *report, struct text *page);
void section_plain(struct report *report, struct text *page);
void section_found(struct report *report, struct text *page);
void section_charts(struct report *report, struct text *page);
void section_hits(struct report *report, struct text *page);
void section_pairs(struct report *report, struct text *page);
void section_verdicts(struct report *report, struct text *page);
void section_ledger(struct report *report, struct text *page);
void section_methods(struct report *report, struct text *page);
void section_strobe(struct report *report, struct text *page);
void section_review(struct report *report, struct text *page);
void section_settings(struct report *report, struct text *page);

/* One pair: its verdict rule by rule, every method, its charts. Folded. */
void section_pair(struct report *report, size_t pair, struct text *page);

/* The same in plain words. */
void section_plain_pair(struct report *report, size_t pair, struct text *page);

/* Folds what has many rows, until section_fold_end; whether it does. */
bool section_fold(struct text *page, const char *title, size_t rows);
void section_fold_end(struct text *page, bool is_folded);

/* A table that the program prints, folded where it is long. `columns` NULL: all. */
void section_table(struct report *report, const char *key, const char *const *columns,
                   struct text *page);

/* The same of a kind that is not in their list. */
struct table_kind;
void section_table_of(struct report *report, const struct table_kind *kind,
                      const char *const *columns, struct text *page);

/* A chart, or a sentence why there is none. `title` names it to who cannot see it. */
void section_figure(struct report *report, const struct chart *chart, const char *title,
                    double millimetres, struct text *page);

/* "g Bifidobacterium → Insomnia". In the report's arena. */
const char *section_pair_name(const struct report *report, size_t pair);

/* No more of a file's path than its study knows. */
const char *section_short_path(const struct study *study, const char *path);

/* Whether rows of a trait's pairs have a number of people, for where the trait has none. */
bool section_has_row_people(const struct study *study, const struct trait *trait);

/* Whether Steiger's test could be made of any pair. */
bool section_has_steiger(const struct report *report);

/* The number of a reference, which it gets when it is first cited. */
size_t section_cite(struct report *report, const char *citation);

/* "yes", "no", "cannot be judged", "not run". */
const char *section_judgement(enum judgement judged);

/* A row's "E" and its words. */
const char *section_grade(const struct report *report, size_t pair);

#endif
