/*
 * An analysis as a picture, before anyone draws it: marks on axes.
 * In: results. Out: a struct chart, pure data in one arena. Every mark knows what it stands
 * for, so that cursor and mouse work on any chart; an interval says whether it contains the
 * null, from the unrounded numbers, and no painter may contradict it. A chart is one file here
 * and one row in charts.c.
 */
#ifndef CHART_CHART_H
#define CHART_CHART_H

#include "base/arena.h"
#include "study/results.h"
#include <stdbool.h>
#include <stddef.h>

/* What a mark stands for. `key` is borrowed from the study or static. */
enum identity_kind {
    OF_NOTHING,
    OF_TAXON,
    OF_PAIR,
    OF_VARIANT,
    OF_METHOD,
    OF_ASSOCIATION, /* a variant as an instrument of one exposure */
    OF_COUNT,       /* a number of the study's flow; key says which */
};
struct identity {
    enum identity_kind kind;
    const char *key;
    size_t index; /* pair index of OF_PAIR and OF_ASSOCIATION, variant j of OF_VARIANT */
};
bool identity_equal(struct identity one, struct identity other);

enum mark_kind {
    MARK_INTERVAL,   /* x with lower and upper, in one row; without them (NaN) a bare marker */
    MARK_PREDICTION, /* an interval of a future variant: drawn lighter */
    MARK_POINT,      /* x, y, with error bars where lower and upper are set */
    MARK_LINE,       /* from (x_lower, y_lower) to (x_upper, y_upper), clipped to the axes */
    MARK_CELL,       /* of a grid: its label is the text, x the effect; NULL: an empty cell */
};

/* Series of lines that stand for no method; the others count from 1, which is unbroken. */
enum { MARK_FAINT = 0, MARK_DOTTED = 7 };

struct mark {
    enum mark_kind kind;
    struct identity of;
    double x, x_lower, x_upper; /* NaN: none */
    double y, y_lower, y_upper;
    double weight;      /* 0 to 1 for the size of the marker, the shade of a cell; NaN: none */
    bool contains_null; /* of an interval, computed from the data; a point is drawn hollow */
    bool is_summary;    /* a diamond: stands for several variants */
    bool is_dimmed;     /* excluded by hand */
    unsigned series;    /* dashes of a line: MARK_FAINT, 1 to 6, MARK_DOTTED */
    const char *label;  /* of a line, for the legend, or of a cell; NULL none */
    const struct interval_piece *pieces; /* of an interval with gaps; x_lower, x_upper span */
    size_t piece_count;                  /* 0: in one */
};

struct tick {
    double at;
    const char *label;
};

/* Positions are in the axis' own scale: for a log axis marks carry log values and ticks are
 * labelled with their exponentials. */
struct axis {
    const char *title; /* with its unit */
    double lower, upper;
    double null;               /* where "no effect" is; NaN: nowhere */
    bool is_exponential;       /* labels are exp of positions: odds ratios */
    const char *below, *above; /* direction words, "lower odds", "higher odds"; NULL none */
    struct tick *ticks;
    size_t tick_count;
};

/* A column of text beside the plot of a chart of rows. Narrow screens drop the highest
 * priority. */
struct chart_column {
    const char *heading;
    int priority;  /* 0 never dropped */
    bool is_right; /* alignment */
    bool is_after; /* stands right of the plot */
    bool is_bar;   /* cells are "share" numbers of rows, drawn as bars */
};

/* A column of cells in a grid. Neighbours of the same group (the same pointer) share it. */
struct chart_grid {
    const char *group, *heading;
    const char *brief; /* the heading in four letters at most */
};

/* A row of a flow, for a painter that draws boxes: what goes on to the next step, or a branch
 * that is told of the step above. */
struct chart_step {
    const char *number, *words; /* number NULL: words alone */
    bool is_branch;
};

/* What goes through a mediator: three nodes and the arrows between them. */
enum path_node { PATH_EXPOSURE, PATH_MEDIATOR, PATH_OUTCOME, PATH_NODES };
enum path_arrow { PATH_A, PATH_B, PATH_DIRECT, PATH_TOTAL, PATH_ARROWS };
struct chart_arrow {
    const char *label, *text; /* "c' direct", "0.053 (0.014, 0.093)" */
    bool is_known, contains_null, is_negative;
};
struct chart_path {
    const char *nodes[PATH_NODES];
    struct chart_arrow arrows[PATH_ARROWS];
};

enum row_kind { ROW_DATA, ROW_SUMMARY, ROW_SPACE };

struct chart_row {
    enum row_kind kind;
    struct identity of;
    const char **cells; /* column_count texts, NULL empty */
    double *shares;     /* column_count numbers 0 to 1 for bar columns, NaN none */
    size_t mark;        /* index into marks, or CHART_NO_MARK */
    size_t second;      /* a second mark in the same row, or CHART_NO_MARK */
    const char *group;  /* what neighbours of the same text share, a phylum; NULL none */
    bool is_repeat;     /* stands for what an earlier row stands for; set by build_finish */
    struct chart_step *step; /* of a flow; NULL else */
};
#define CHART_NO_MARK ((size_t)-1)

struct chart {
    const char *key; /* "forest" */
    const char *title;
    const char *sentence; /* what it shows, for a person who cannot see it */
    const char *scale;    /* "log odds of insomnia per SD of abundance" */
    double level;         /* of its intervals */
    struct axis x, y;     /* y is empty (lower = upper) in a chart of rows */
    struct chart_column *columns;
    size_t column_count;
    struct chart_row *rows; /* drawn, or in an x-y chart what the cursor can stand on */
    size_t row_count;
    struct chart_grid *grid;       /* a grid: marks[row * grid_count + column] are its cells */
    size_t grid_count;             /* 0 of any other chart */
    bool is_circle;                /* a grid that figures draw round: columns are rings */
    bool is_flow;                  /* rows have steps; their cells are the same as a tree */
    const struct chart_path *path; /* of a mediator; its rows say the same. NULL: none */
    bool bars_of_selected; /* many points: error bars only of the one under the cursor */
    struct mark *marks;
    size_t mark_count;
    const char *const *notes; /* lines under the plot */
    size_t note_count;
};

/* How a person wants to see it. */
struct chart_options {
    bool odds_ratio; /* label effects as exp(effect) where the outcome is log odds */
    bool by_effect;  /* order variants by effect instead of by file order */
    bool fold;       /* many variants: only the 20 with the largest share of Q */
    struct exclusions exclusions; /* drawn dimmed */
    const struct analysis *full;  /* with nothing excluded, shown beside; may be NULL */
};

typedef struct chart *chart_function(const struct analysis *analysis,
                                     const struct chart_options *options, struct arena *arena);

struct chart_kind {
    const char *key;   /* of `taxamr plot` */
    const char *name;  /* for tabs, N_() */
    const char *brief; /* the same where there is little room, N_() */
    const char *shows; /* one sentence, N_() */
    size_t least;      /* fewest variants that make it worth drawing */
    chart_function *function;
};
/* In the order of tabs. */
const struct chart_kind *const *charts_all(size_t *count);
const struct chart_kind *charts_find(const char *key);

/* Ticks at nice numbers inside [lower, upper], about `wanted`; for odds ratios from the ladder
 * 1, 1.1, 1.25, 1.5, 2, 3, 5, 10 and inverses. Labels are distinct. In `arena`. */
void chart_ticks(struct axis *axis, size_t wanted, struct arena *arena);

/* Numbers for people, in `arena`: at most 3 decimals, p as ".031" or "6e-11", an interval whose
 * printed ends never change whether it contains `null` (one more digit is shown when needed).
 */
const char *chart_p(double p, double neglog10_p, struct arena *arena);
const char *chart_number(double value, int decimals, struct arena *arena);
const char *chart_interval(double b, double lower, double upper, bool contains_null,
                           bool exponential, struct arena *arena);

#endif
