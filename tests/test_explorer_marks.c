/*
 * Marks, jumps, counts and orders of the taxa screen: what the habits of test_explorer.c do
 * not show of them. Counts are held against the rows that they open, orders against the
 * numbers that they sort by, jumps against a walk of random keys.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include "ui/explorer/taxa_counts.h"
#include "ui/explorer/taxa_values.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct taxa_view *taxa_of(const struct loop *loop)
{
    return *(struct taxa_view **)array_at(&loop->stack, 0);
}

static const struct trait *trait_at(const struct taxa_view *view, size_t row)
{
    return taxa_tree_node(&view->tree, taxa_view_row(view, row)->node)->trait;
}

START_TEST(marks_keep_the_order_of_marking)
{
    struct marks marks = {0};
    ck_assert(!marks_has(&marks, "a"));
    marks_clear(&marks);
    marks_remove(&marks, "a");
    marks_add(&marks, "b");
    marks_add(&marks, "a");
    marks_add(&marks, "b");
    marks_add(&marks, "c");
    ck_assert_uint_eq(marks_count(&marks), 3);
    marks_remove(&marks, "a");
    ck_assert_uint_eq(marks_count(&marks), 2);
    ck_assert_str_eq(marks_at(&marks, 0), "b");
    ck_assert_str_eq(marks_at(&marks, 1), "c");
    ck_assert(!marks_has(&marks, "a"));
    marks_end(&marks);
}
END_TEST

/* The number in the menu, and the rows behind it, for every count that has rows. */
static const char *const counted[] = {
    "nominal",       "sets",      "alike",   "one",     "two",    "many",          "weak",
    "heterogeneity", "intercept", "steiger", "reverse", "marked", "leave-one-out", "same-set"};

START_TEST(counts_open_what_they_count)
{
    struct loop loop = start(100, 40);
    struct text line = {0}, number = {0};
    play(&loop, "Space Space;:select order.Bifidobacteriales.id.432");
    text_addf(&line, ":counts %s", counted[_i]);
    play(&loop, line.bytes);
    const struct taxa_view *view = taxa_of(&loop);
    const struct filter *filter = filters_ruling(&view->filters);
    size_t rows = filter == NULL ? 0 : view->rows.count;
    ck_assert_uint_eq(
        rows, filter == NULL ? 0 : taxa_counts_of(&view->tree, &loop.state, filter->text));
    for (size_t i = 0; filter != NULL && i < rows; i++) {
        struct taxa_values_row taxon = {&loop.state, &view->tree, taxa_view_row(view, i)->node};
        struct expression_row row = {&taxon, taxa_values_of};
        ck_assert(expression_holds(filter->expression, &row));
    }
    play(&loop, "Esc;:select order.Bifidobacteriales.id.432;#");
    text_addf(&number, "%5zu  ", rows);
    ck_assert(shows(&loop, number.bytes));
    loop_end(&loop);
    text_drop(&line);
    text_drop(&number);
}
END_TEST

/* What stands in the title and the status line is counted elsewhere: it must be the same. */
START_TEST(counts_agree_with_the_status_line)
{
    struct loop loop = start(120, 40);
    const struct taxa_view *view = taxa_of(&loop);
    struct results_count count =
        results_count_of(state_results(&loop.state), state_disease(&loop.state)->key, FORWARD);
    ck_assert_uint_eq(taxa_counts_of(&view->tree, &loop.state, "p < 0.05"), count.nominal);
    ck_assert_uint_eq(taxa_counts_of(&view->tree, &loop.state, "q < 0.05"), count.significant);
    ck_assert_uint_eq(taxa_counts_of(&view->tree, &loop.state, "p != NA"), count.tested);
    struct text sets = {0};
    text_addf(&sets, "%zu distinct sets",
              taxa_counts_of(&view->tree, &loop.state, "distinct = yes"));
    ck_assert(shows(&loop, sets.bytes));
    text_drop(&sets);
    loop_end(&loop);
}
END_TEST

START_TEST(click_on_the_counts_lists_them)
{
    struct loop loop = start(100, 30);
    loop_click(&loop, 5, 1);
    redraw(&loop);
    ck_assert(shows(&loop, "what is counted"));
    loop_end(&loop);
}
END_TEST

/* Numbers that are compared; missing ones stand last in either order. */
static double number_at(const struct loop *loop, enum taxa_sort sort, size_t row)
{
    const struct taxa_view *view = taxa_of(loop);
    const struct taxon_node *node = taxa_tree_node(&view->tree, taxa_view_row(view, row)->node);
    const struct analysis *analysis = state_analysis(&loop->state, node->pair);
    switch (sort) {
    case SORT_VARIANTS:
        return (double)analysis->pair->count;
    case SORT_STRENGTH:
        return analysis->strength.f_mean;
    case SORT_EFFECT:
        return analysis->main.b;
    case SORT_P:
        return analysis->main.p;
    case SORT_Q:
        return state_pair_result(&loop->state, node->pair)->q;
    case SORT_MARKED:
        return !marks_has(&loop->state.marks, node->trait->key);
    default:
        return 0;
    }
}

START_TEST(every_column_sorts_both_ways)
{
    enum taxa_sort sort = (enum taxa_sort)_i;
    struct loop loop = start(100, 30);
    struct text up = {0}, down = {0};
    text_addf(&up, ":sort %s ascending", taxa_sort_key(sort));
    text_addf(&down, ":sort %s descending", taxa_sort_key(sort));
    play(&loop, ":select genus.Olsenella.id.822;:mark;:mark genus.Prevotella9.id.11183");
    for (int is_down = 0; is_down < 2; is_down++) {
        play(&loop, is_down ? down.bytes : up.bytes);
        const struct taxa_view *view = taxa_of(&loop);
        ck_assert_str_eq(trait_at(view, view->list.cursor)->key, "genus.Olsenella.id.822");
        ck_assert_uint_eq(view->rows.count, 186);
        ck_assert(view->is_descending == (is_down && sort != SORT_TREE));
        for (size_t i = 1; i < view->rows.count; i++) {
            double before = number_at(&loop, sort, i - 1), here = number_at(&loop, sort, i);
            ck_assert(isnan(here) || (is_down ? before >= here : before <= here));
            int names = strcmp(trait_at(view, i - 1)->name, trait_at(view, i)->name);
            ck_assert(sort != SORT_NAME || (is_down ? names >= 0 : names <= 0));
        }
    }
    text_drop(&up);
    text_drop(&down);
    loop_end(&loop);
}
END_TEST

/* Back as far as it goes and forward again shows the same screen. */
START_TEST(jumps_return_to_the_same_screen)
{
    static const char *const keys[] = {"Enter", "Esc", "Down", "Down", "r",   "c",
                                       "2",     "3",   "Down", "d",    "Tab", "Up"};
    struct random_stream stream = random_stream_of((uint64_t)_i, "jumps", NULL, NULL);
    struct loop loop = start(100, 30);
    play(&loop, ":mark phylum = Actinobacteria & nsnp >= 3");
    for (int i = 0; i < 40; i++) {
        play(&loop, keys[random_below(&stream, COUNT(keys))]);
    }
    play(&loop, "^L");
    char *before = screen_of(&loop);
    size_t steps = 0;
    while (jumps_can_go(&loop.state.jumps, -1)) {
        play(&loop, "[ ^L");
        steps++;
        ck_assert_uint_lt(steps, 300);
    }
    while (jumps_can_go(&loop.state.jumps, 1)) {
        play(&loop, "] ^L");
    }
    play(&loop, "^L");
    char *after = screen_of(&loop);
    bool is_same = strcmp(before, after) == 0;
    if (!is_same) {
        (void)fprintf(stderr, "was:\n%sis now:\n%s", before, after);
    }
    ck_assert(is_same);
    memory_free(before);
    memory_free(after);
    loop_end(&loop);
}
END_TEST

/* Each line of what was done, done again in another explorer, leads to the same screen. */
static const char *const played[] = {
    "Down Space Space Down Space c Down Down 3 Enter 2",
    "f p < . 1 Enter Space Space c Down Enter Esc [ [ ] r",
    "# Down Down Down Enter Down Down Space Enter Esc Space",
    "s Down Down Down Down Down Enter Space Space;:filter bifido;* c 2 Down Enter",
    "/ o l s e n Enter Space n [ Enter Esc ] ] U",
};

START_TEST(what_was_done_is_done_again)
{
    struct loop one = start(100, 30), two = start(100, 30);
    play(&one, played[_i]);
    for (size_t i = 0; i < one.log.count; i++) {
        loop_command(&two, *(char **)array_at(&one.log, i));
        ck_assert(!two.is_refused);
        redraw(&two);
    }
    struct view *screen = loop_screen(&one), *same = loop_screen(&two);
    ck_assert_uint_eq(screen->kind->bit, same->kind->bit);
    ck_assert_uint_eq(marks_count(&one.state.marks), marks_count(&two.state.marks));
    for (size_t i = 0; i < marks_count(&one.state.marks); i++) {
        ck_assert_str_eq(marks_at(&one.state.marks, i), marks_at(&two.state.marks, i));
    }
    char *title = screen_of(&one), *again = screen_of(&two);
    title[strcspn(title, "\n")] = again[strcspn(again, "\n")] = '\0';
    ck_assert_str_eq(title, again);
    memory_free(title);
    memory_free(again);
    loop_end(&one);
    loop_end(&two);
}
END_TEST

/* The manual lists every column that a condition may ask for, on lines of bold names. */
START_TEST(manual_lists_the_columns)
{
    char *path = path_of("man/taxamr.1"), *manual = read_file(path);
    char *section = strstr(manual, ".SH CONDITIONS");
    ck_assert_ptr_nonnull(section);
    struct text names = {0};
    for (char *line = strstr(section, "\n.B "); line != NULL;
         line = strstr(line + 1, "\n.B ")) {
        text_add_bytes(&names, line + 3, strcspn(line + 3, "\n"));
        text_add(&names, " ");
    }
    size_t count;
    const struct expression_column *columns = taxa_values_columns(&count);
    for (size_t i = 0; i < count; i++) {
        struct text spaced = {0};
        text_addf(&spaced, " %s ", columns[i].name);
        ck_assert_msg(strstr(names.bytes, spaced.bytes) != NULL, "%s", columns[i].name);
        text_drop(&spaced);
    }
    text_drop(&names);
    memory_free(path);
    memory_free(manual);
}
END_TEST

START_TEST(compare_in_reverse)
{
    struct loop loop = start(120, 40);
    play(&loop, ":mark phylum = Actinobacteria & nsnp >= 3;r;:compare");
    for (const char *tab = "123"; *tab != '\0'; tab++) {
        char key[2] = {*tab, '\0'};
        play(&loop, key);
        ck_assert(shows(&loop, "Insomnia → 9 taxa"));
    }
    loop_end(&loop);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {marks_keep_the_order_of_marking, 1},
        {counts_open_what_they_count, COUNT(counted)},
        {counts_agree_with_the_status_line, 1},
        {click_on_the_counts_lists_them, 1},
        {every_column_sorts_both_ways, SORT_COUNT},
        {jumps_return_to_the_same_screen, 8},
        {what_was_done_is_done_again, COUNT(played)},
        {manual_lists_the_columns, 1},
        {compare_in_reverse, 1},
    };
    return explorer_run_each("explorer marks", NULL, NULL, tests, COUNT(tests));
}
