#include "ui/explorer/taxa_checks.h"

#include "base/i18n.h"
#include "chart/chart.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

enum {
    SIGN = 3,          /* the letter, its sign and a space */
    BESIDE_LEAST = 24, /* narrower than that nothing is written beside the methods */
    GAP = 2            /* between two in one row */
};

/* What the two checks say that only the whole study can answer. */
static const char *study_says(const struct drawing *drawing,
                              const struct diagnostic *diagnostic, enum judgement judged,
                              size_t pair)
{
    if (strcmp(diagnostic->key, "discovery") == 0) {
        double q = state_pair_result(drawing->state, pair)->q;
        return judged == JUDGE_NOT_RUN ? _("q when all tests are done")
               : isnan(q)              ? _("no q")
                          : arena_format(drawing->scratch, _("q %s among all tests"),
                                         chart_p(q, NAN, drawing->scratch));
    }
    if (strcmp(diagnostic->key, "reverse") == 0) {
        return judged == JUDGE_PASSED   ? _("other way: no p < .05")
               : judged == JUDGE_FAILED ? _("other way: p < .05")
               : judged == JUDGE_CANNOT ? _("other way cannot be judged")
                                        : _("other way was not run");
    }
    return NULL;
}

static struct taxa_check check_of(const struct drawing *drawing,
                                  const struct analysis *analysis,
                                  const struct diagnostic *diagnostic, size_t pair)
{
    enum judgement judged = results_judge(state_results(drawing->state), pair, diagnostic);
    const char *of_study = study_says(drawing, diagnostic, judged, pair);
    struct taxa_check check = {.letter = diagnostic->letter,
                               .role = judged == JUDGE_FAILED ? ROLE_WARNING : ROLE_TEXT};
    check.sign = judged == JUDGE_FAILED    ? "!"
                 : judged == JUDGE_CANNOT  ? "·"
                 : judged == JUDGE_NOT_RUN ? "-"
                                           : " ";
    check.said = of_study != NULL ? of_study : diagnostic->says(analysis, drawing->scratch);
    /* What is said of the other direction names it already. */
    check.full = strcmp(diagnostic->key, "reverse") == 0
                     ? check.said
                     : arena_format(drawing->scratch, _("%s: %s"), gettext(diagnostic->name),
                                    check.said);
    return check;
}

struct taxa_checks taxa_checks_of(const struct drawing *drawing,
                                  const struct analysis *analysis, size_t pair)
{
    struct taxa_checks checks = {0};
    const struct diagnostic *const *diagnostics = diagnostics_all(&checks.count);
    struct taxa_check *all = arena_get(drawing->scratch, checks.count, sizeof *all);
    for (size_t i = 0; i < checks.count; i++) {
        all[i] = check_of(drawing, analysis, diagnostics[i], pair);
    }
    checks.checks = all;
    return checks;
}

/* A place for the next sentence. */
struct page {
    const struct taxa_checks *checks;
    const struct drawing *drawing;
    size_t row, column;
    bool is_drawn, is_cut;
    bool is_tight; /* no names */
    bool is_named; /* names, whatever rows they take */
};

static size_t room_at(const struct page *page, size_t column)
{
    size_t columns = page->drawing->area.columns, used = column + SIGN;
    return columns > used ? columns - used : 0;
}

/* One of them on at most so many lines; how many it took. The name goes first where one
 * line holds both. */
static size_t write_check(struct page *page, size_t index, size_t limit)
{
    const struct taxa_check *check = &page->checks->checks[index];
    const struct drawing *drawing = page->drawing;
    size_t room = room_at(page, page->column);
    bool is_full =
        page->is_named || (!page->is_tight && draw_width(drawing, check->full) <= room);
    const char *text = is_full ? check->full : check->said;
    size_t lines = draw_lines(drawing, room, text);
    size_t taken = lines < limit ? lines : limit;
    page->is_cut = page->is_cut || lines > limit;
    if (page->is_drawn && taken > 0) {
        draw_format(drawing, page->column, page->row, check->role, "%c%s", check->letter,
                    check->sign);
        (void)draw_block(drawing, page->column + SIGN, page->row, room, taken, ROLE_TEXT, text);
    }
    return taken;
}

/* How they are laid out: all beside the methods; as many in their order as stand there, the
 * others below; those of one line beside, the others below; the same without names. */
enum layout { LAYOUT_COLUMN, LAYOUT_ORDER, LAYOUT_SHORT, LAYOUT_TIGHT, LAYOUTS };

/* One below the other beside the methods, until a row; returns a bit for each of them. */
static unsigned write_beside(struct page *page, enum layout layout, size_t end, size_t limit)
{
    const struct taxa_checks *checks = page->checks;
    unsigned placed = 0;
    page->column = checks->column;
    for (size_t i = 0; i < checks->count && page->row < end; i++) {
        size_t lines =
            draw_lines(page->drawing, room_at(page, page->column), checks->checks[i].said);
        bool is_fit = layout >= LAYOUT_SHORT ? lines == 1 : page->row + lines <= end;
        if (limit == 1 || is_fit) {
            page->row += write_check(page, i, limit);
            placed |= 1u << i;
        } else if (layout < LAYOUT_SHORT) {
            break;
        }
    }
    return placed;
}

static size_t next_below(const struct taxa_checks *checks, size_t index, unsigned placed)
{
    while (index < checks->count && (placed & 1u << index) != 0) {
        index++;
    }
    return index;
}

static size_t width_of(const struct page *page, size_t index)
{
    const struct taxa_check *check = &page->checks->checks[index];
    return draw_width(page->drawing, page->is_tight ? check->said : check->full);
}

/* The others across the screen, short ones in one row. */
static void write_below(struct page *page, unsigned placed, size_t limit)
{
    const struct taxa_checks *checks = page->checks;
    size_t columns = page->drawing->area.columns;
    page->column = 2;
    for (size_t i = next_below(checks, 0, placed), next; i < checks->count; i = next) {
        size_t left = checks->last > page->row ? checks->last - page->row : 0;
        size_t taken = write_check(page, i, left < limit ? left : limit);
        next = next_below(checks, i + 1, placed);
        size_t width = next < checks->count ? width_of(page, next) : columns;
        size_t at = page->column + 2 * SIGN + GAP + width_of(page, i);
        bool is_beside = taken == 1 && at + width < columns;
        page->row += is_beside ? 0 : taken;
        page->column = is_beside ? at - SIGN : 2;
    }
}

/* Whether all sentences are whole around so many methods. */
static bool place(const struct taxa_checks *checks, const struct drawing *drawing,
                  size_t methods, enum layout layout, size_t limit, bool is_drawn)
{
    struct page page = {.checks = checks,
                        .drawing = drawing,
                        .row = checks->first,
                        .is_drawn = is_drawn,
                        .is_tight = layout == LAYOUT_TIGHT};
    size_t end = layout == LAYOUT_COLUMN ? checks->last : checks->first + methods;
    bool is_wide = checks->column + BESIDE_LEAST <= drawing->area.columns;
    unsigned placed = is_wide ? write_beside(&page, layout, end, limit) : 0;
    if (layout == LAYOUT_COLUMN) {
        return next_below(checks, 0, placed) == checks->count && !page.is_cut;
    }
    page.row = end;
    write_below(&page, placed, limit);
    return !page.is_cut;
}

bool taxa_checks_named(const struct taxa_checks *checks, const struct drawing *drawing,
                       bool is_drawn)
{
    struct page page = {.checks = checks,
                        .drawing = drawing,
                        .row = checks->first,
                        .is_drawn = is_drawn,
                        .is_named = true};
    write_below(&page, 0, SIZE_MAX);
    return !page.is_cut;
}

/* The first layout that leaves all of them whole, or LAYOUTS. */
static enum layout choose(const struct taxa_checks *checks, const struct drawing *drawing,
                          size_t methods)
{
    int layout = LAYOUT_COLUMN;
    while (layout < LAYOUTS &&
           !place(checks, drawing, methods, (enum layout)layout, SIZE_MAX, false)) {
        layout++;
    }
    return (enum layout)layout;
}

size_t taxa_checks_methods(const struct taxa_checks *checks, const struct drawing *drawing,
                           size_t wanted, size_t least)
{
    size_t rows = checks->last - checks->first;
    wanted = wanted < rows ? wanted : rows;
    for (size_t methods = wanted; methods > 0 && methods >= least; methods--) {
        if (choose(checks, drawing, methods) != LAYOUTS) {
            return methods;
        }
    }
    return wanted;
}

/* As in the table, which has no room for them there. */
static void draw_letters(const struct taxa_checks *checks, const struct drawing *drawing)
{
    size_t at = checks->column;
    for (size_t i = 0; i < checks->count; i++) {
        const struct taxa_check *check = &checks->checks[i];
        at += *check->sign == ' '
                  ? draw_format(drawing, at, checks->first, ROLE_TEXT, "%c", check->letter)
                  : draw_text(drawing, at, checks->first, check->role, check->sign);
    }
}

void taxa_checks_draw(const struct taxa_checks *checks, const struct drawing *drawing,
                      size_t methods)
{
    enum layout layout = choose(checks, drawing, methods);
    if (layout != LAYOUTS) {
        (void)place(checks, drawing, methods, layout, SIZE_MAX, true);
    } else if (checks->column + BESIDE_LEAST <= drawing->area.columns) {
        (void)place(checks, drawing, methods, LAYOUT_COLUMN, 1, true);
    } else {
        draw_letters(checks, drawing);
    }
}
