/*
 * The one loop: views on a stack, what their effects do, the computation in the background.
 * In: keys, clicks, lines of a script. Out: frames. Only here views are opened, computations
 * started and files written.
 */
#ifndef UI_EXPLORER_LOOP_H
#define UI_EXPLORER_LOOP_H

#include "ui/explorer/explorer.h"
#include "ui/explorer/frame.h"
#include "ui/explorer/views.h"
#include "ui/terminal.h"

/* A study that another was opened over: where the person was in it. */
struct earlier_study {
    struct state state;
    struct array stack;
    struct study *opened;
    struct results_job *full, *part;
    bool is_kept;
};

struct loop {
    struct state state;
    const struct explorer_options *options;
    struct terminal *terminal; /* NULL: a script without one */
    struct canvas *canvas;
    struct array stack;            /* struct view *, the topmost last */
    struct array keys;             /* struct frame_key of the last frame */
    struct array log;              /* char *, what was done, as lines of a script */
    struct arena *scratch;         /* until the next frame */
    struct job_pool *pool, *hands; /* for everything; for what follows hand exclusions */
    struct job_pool *reader;       /* for files */
    struct reading *reading;       /* of another study's files; NULL: none */
    size_t read_lines;             /* of the log when it began */
    bool reads_at_once;            /* the next order waits for it: scripts */
    struct results_job *full;      /* makes state.full; NULL: none */
    struct results_job *part;      /* makes state.partial; likewise */
    struct array dropped;          /* struct results_job *, that nobody wants any more */
    double started, part_started;  /* seconds */
    double progress_before;        /* of full, when it was started */
    bool is_stopping;              /* a person asked for it */
    size_t changes;                /* of the results, as last looked at */
    char *logged_at;               /* where the log's cursor stands; NULL unknown */
    struct place before;           /* where the view stood before a dialogue */
    struct array earlier;          /* struct earlier_study, the latest last */
    struct study *opened; /* the present study where it was opened here, to be ended; NULL */
    bool is_told;         /* that pasted text has no place here */
    bool is_too_small;    /* the screen drawn last, which shows no view */
    bool is_refused;      /* the last order could not be done */
    bool is_over;
    bool is_kept;     /* the place, notes and lines are kept for the next session */
    bool is_dragging; /* the line above the taxa screen's lower part */
    size_t rows;      /* of the views' area when it was drawn last */
};

void loop_begin(struct loop *loop, const struct study *study,
                const struct explorer_options *options);
void loop_end(struct loop *loop);

/* The view at a place of the stack, 0 the lowest; the topmost; the topmost that is no dialogue.
 */
struct view *loop_view(const struct loop *loop, size_t index);
struct view *loop_top(const struct loop *loop);
struct view *loop_screen(const struct loop *loop);

/* Draws every view that is seen into loop->canvas, made new for the size. */
void loop_draw(struct loop *loop, size_t columns, size_t rows, bool ascii);

void loop_key(struct loop *loop, const char *key);
/* A character that was pasted: it is typed where a line is typed, and does nothing elsewhere.
 */
void loop_text(struct loop *loop, const char *text);
void loop_click(struct loop *loop, size_t column, size_t row);

/* The mouse went there with its button down, or let go of it. */
void loop_drag(struct loop *loop, size_t row, bool is_released);

/* Does an action in the topmost view, or says why not. */
void loop_do(struct loop *loop, const struct action *action, const char *argument,
             const char *key);
/* Does a line "name argument"; a leading colon is allowed. */
void loop_command(struct loop *loop, const char *line);
/* Adds a line to what :save-script writes, with its argument or NULL. */
void loop_log(struct loop *loop, const char *name, const char *argument);

/* Does what an effect says, and frees it. */
void loop_perform(struct loop *loop, struct effect effect);

/* Where it is now, for the list of jumps; goes to a place of it, one step back or forward. */
struct jump *loop_here(const struct loop *loop);
struct effect loop_jump(struct loop *loop, int step);

/* Actions that are the same in every view. */
struct effect loop_general(struct loop *loop, const struct order *order);

/* Of them: a note on the taxon, a key for an action, the height of the taxa screen's lower
 * part; whether the mouse takes hold of its edge. */
struct effect loop_note(struct loop *loop, const struct order *order);
struct effect loop_bind(struct loop *loop, const struct order *order);
/* The row to the clipboard; the screen, and what was done so far, to a file. */
struct effect loop_copy(struct loop *loop);
struct effect loop_snapshot(struct loop *loop, const struct order *order);
struct effect loop_save_script(struct loop *loop, const struct order *order);
struct effect loop_preview(struct loop *loop, const struct order *order);
bool loop_grips(const struct loop *loop, size_t row);

/* Starts computing everything, or goes on where it was stopped; shows what is done since;
 * asks it to stop; waits for the end. */
void loop_compute(struct loop *loop);
void loop_poll(struct loop *loop);
/* In how many milliseconds to look again; -1: nothing is under way. */
int loop_patience(const struct loop *loop);
void loop_cancel(struct loop *loop);
void loop_wait(struct loop *loop);
/* Ends what computes, and what it made; the same of the present study only. */
void loop_end_computing(struct loop *loop);
void loop_forget_results(struct loop *loop);
/* Brings the results in line with what is left out by hand. */
void loop_follow_exclusions(struct loop *loop);

/* Replays a script, its snapshots among it. */
MUST_USE bool loop_script(struct loop *loop, const char *path, struct error *error);

#endif
