/*
 * The explorer while it computes: what is shown first, stopping and going on, leaving variants
 * out meanwhile, other settings; and how long a key takes (BENCH=1 prints it).
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "numeric/start.h"
#include "ui/explorer/opening.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec moment;
    (void)clock_gettime(CLOCK_MONOTONIC, &moment);
    return (double)moment.tv_sec + 1e-9 * (double)moment.tv_nsec;
}

/* An explorer that has just begun to compute, with much to do. */
static struct loop begin(size_t boot)
{
    struct loop loop;
    options.results.settings.boot = boot;
    loop_begin(&loop, study, &options);
    loop_draw(&loop, 100, 30, false);
    loop_compute(&loop);
    redraw(&loop);
    return loop;
}

static void turn(struct loop *loop)
{
    loop_poll(loop);
    redraw(loop);
    usleep(1000);
}

static void end(struct loop *loop)
{
    loop_end(loop);
    options.results.settings.boot = 20;
}

static bool is_on(const struct loop *loop, const char *text)
{
    char *screen = screen_of(loop);
    bool found = strstr(screen, text) != NULL;
    memory_free(screen);
    return found;
}

static void same_number(double one, double other)
{
    ck_assert(memcmp(&one, &other, sizeof one) == 0 || (isnan(one) && isnan(other)));
}

static void same_results(const struct results *one, const struct results *other)
{
    ck_assert(results_are_complete(one));
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair_result *a = &one->pairs[i], *b = &other->pairs[i];
        same_number(a->q, b->q);
        ck_assert_int_eq(a->reverse, b->reverse);
        ck_assert_uint_eq(a->same_set, b->same_set);
        same_number(a->analysis->main.b, b->analysis->main.b);
        ck_assert_uint_eq(a->analysis->estimate_count, b->analysis->estimate_count);
        for (size_t j = 0; j < a->analysis->estimate_count; j++) {
            same_number(a->analysis->estimates[j].b, b->analysis->estimates[j].b);
            same_number(a->analysis->estimates[j].se, b->analysis->estimates[j].se);
        }
    }
}

/* What `taxamr run` would have, of what was asked and with what is left out. */
static struct results *plainly(const struct loop *loop)
{
    struct results_options asked = asked_options(&loop->state.shown);
    asked.exclusions = history_exclusions(&loop->state.history);
    return results_finish(results_start(study, &asked, NULL));
}

static void check_against_plain(struct loop *loop)
{
    struct results *plain = plainly(loop);
    loop_wait(loop);
    same_results(state_results(&loop->state), plain);
    results_destroy(plain);
}

START_TEST(forward_answers_come_first)
{
    struct loop loop = begin(100000);
    struct results_count count = state_count(&loop.state);
    while (count.analysed < count.pairs) {
        ck_assert(is_on(&loop, "computing: "));
        ck_assert(!is_on(&loop, "expected by chance"));
        turn(&loop);
        count = state_count(&loop.state);
    }
    redraw(&loop);
    /* The rows, their q and the counts are there; the methods of most pairs are not. */
    ck_assert(!state_is_complete(&loop.state));
    ck_assert(shows(&loop, "expected by chance"));
    ck_assert(shows(&loop, "computing ["));
    end(&loop);
}
END_TEST

START_TEST(reverse_fills_its_rows)
{
    struct loop loop = begin(100000);
    loop_key(&loop, "r");
    redraw(&loop);
    ck_assert(shows(&loop, "Insomnia → taxa"));
    for (int i = 0; i < 30000 && state_count(&loop.state).analysed < 211; i++) {
        turn(&loop);
    }
    ck_assert_uint_eq(state_count(&loop.state).analysed, 211);
    ck_assert(!state_is_complete(&loop.state));
    end(&loop);
}
END_TEST

/* The pair that is opened gets its methods before the others get theirs. */
START_TEST(the_opened_pair_is_whole_first)
{
    size_t index;
    struct loop loop = begin(30000);
    loop_command(&loop, ":select genus.Olsenella.id.822");
    loop_key(&loop, "Enter");
    loop_key(&loop, "r");
    (void)state_pair(&loop.state, state_taxon(&loop.state, "genus.Olsenella.id.822"), &index);
    for (int i = 0; i < 30000 && state_pair_result(&loop.state, index)->is_preview; i++) {
        turn(&loop);
    }
    ck_assert(!state_pair_result(&loop.state, index)->is_preview);
    ck_assert(!state_is_complete(&loop.state));
    end(&loop);
}
END_TEST

START_TEST(esc_stops_and_r_goes_on)
{
    struct loop loop = begin(4000);
    ck_assert(shows(&loop, "Esc stops"));
    loop_key(&loop, "R");
    redraw(&loop);
    ck_assert(shows(&loop, "it is being computed already"));
    loop_key(&loop, "Esc");
    while (loop.state.is_waiting) {
        turn(&loop);
    }
    ck_assert(shows(&loop, "stopped; R goes on"));
    ck_assert(!state_is_complete(&loop.state));
    double before = loop.state.progress;
    loop_command(&loop, ":export /nonexistent/x.tsv");
    redraw(&loop);
    ck_assert(shows(&loop, "not all was computed; R goes on"));
    loop_key(&loop, "R");
    loop_poll(&loop);
    ck_assert(loop.state.is_running);
    ck_assert(loop.state.progress >= before);
    check_against_plain(&loop);
    end(&loop);
}
END_TEST

START_TEST(variants_are_left_out_while_it_runs)
{
    struct loop loop = begin(4000);
    loop_command(&loop, ":select class.Actinobacteria.id.419");
    loop_key(&loop, "Enter");
    loop_command(&loop, ":exclude rs2278683");
    redraw(&loop);
    ck_assert(shows(&loop, "1 left out by hand"));
    ck_assert(!state_is_complete(&loop.state));
    check_against_plain(&loop);
    ck_assert_ptr_nonnull(loop.state.partial);
    end(&loop);
}
END_TEST

/* Each change asks for other numbers; those of the changes before are never seen. */
START_TEST(only_the_last_of_many_changes_counts)
{
    static const char *const orders[] = {
        "exclude rs2278683", "exclude rs6743537", "undo", "exclude rs134300", "undo", "redo"};
    struct loop loop = begin(300);
    play(&loop, CLASS "Enter");
    loop_command(&loop, "set boot 310");
    loop_command(&loop, "compute");
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        loop_command(&loop, orders[i]);
        turn(&loop);
    }
    ck_assert_uint_eq(history_exclusions(&loop.state.history).count, 2);
    check_against_plain(&loop);
    while (loop.dropped.count > 0) {
        turn(&loop);
    }
    loop_command(&loop, "restore-all");
    ck_assert_ptr_null(loop.state.partial);
    check_against_plain(&loop);
    end(&loop);
}
END_TEST

START_TEST(stopping_stops_what_follows_exclusions)
{
    struct loop loop = begin(4000);
    play(&loop, CLASS "Enter r 2");
    const struct pair *pair = study->pairs[study->pair_count - 1];
    struct text order = {0};
    text_addf(&order, "exclude %s", pair_variant(pair, 0));
    loop_command(&loop, order.bytes); /* in all of the reverse pairs */
    text_drop(&order);
    double limit = now() + 60;
    while (!loop.state.is_running && loop.state.is_waiting && now() < limit) {
        turn(&loop);
    }
    ck_assert(loop.state.is_running);
    redraw(&loop);
    ck_assert(shows(&loop, "Esc stops"));
    loop_key(&loop, "Esc");
    while (loop.state.is_waiting) {
        turn(&loop);
    }
    ck_assert(!state_is_complete(&loop.state));
    ck_assert(results_are_complete(loop.state.full));
    loop_key(&loop, "R");
    loop_wait(&loop);
    ck_assert(state_is_complete(&loop.state));
    end(&loop);
}
END_TEST

START_TEST(other_settings_run_again)
{
    struct loop loop = start(100, 30);
    size_t none = loop.state.full->pairs[0].analysis->estimate_count;
    ck_assert_uint_eq(none, 3);
    play(&loop, ":use-methods ivw,divw;:set level 0.9;:set loss tukey;S");
    ck_assert(shows(&loop, "* not computed yet: methods ivw,divw, level 0.9, loss tukey"));
    ck_assert_uint_eq(loop.state.full->options.method_count, 3);
    play(&loop, "R");
    ck_assert(shows(&loop, "computing with methods ivw,divw, level 0.9, loss tukey"));
    ck_assert(shows(&loop, "own settings"));
    ck_assert(shows(&loop, "OR (90% CI)"));
    ck_assert_uint_eq(loop.state.full->options.method_count, 2);
    ck_assert(loop.state.full->options.settings.level == 0.9);
    ck_assert(loop.state.full->options.settings.parameters[PARAMETER_LOSS] == LOSS_TUKEY);
    check_against_plain(&loop);
    play(&loop, ":use-methods ivw,egger,weighted_median;:set level default;:set loss=huber;R");
    ck_assert(!is_on(&loop, "own settings"));
    ck_assert(shows(&loop, "OR (95% CI)"));
    end(&loop);
}
END_TEST

/* What the command line refuses is refused in the same words. */
static const struct {
    const char *order, *said;
} refused[] = {
    {"set boot 1", "found --boot 1; write a whole number from 2 to 10000000"},
    {"set boot 5e3", "found --boot 5e3; write a whole number"},
    {"set level 1.5", "found --level 1.5; write a number from 0.5 to 0.9999"},
    {"set seed -1", "found --seed -1; write a whole number, 0 or more"},
    {"set convention x", "found --convention x; write twosamplemr or"},
    {"set presso-sims 9", "found --presso-sims 9; write a whole number from 10"},
    {"set loss x", "found --set loss=x; write l2, huber, tukey"},
    {"set valid_share 2", "found --set valid_share=2; write a number from"},
    {"set nothing 2", "found 'nothing 2'; write a name and its value, as boot 5000"},
    {"set boot", "found 'boot'; write a name and its value"},
    {"use-methods ivw,none", "found method 'none', which is not in this version"},
    {"use-methods ,", "found method ''"},
};

START_TEST(wrong_settings_are_refused)
{
    struct loop loop = start(200, 30);
    loop_command(&loop, refused[_i].order);
    bool is_refused = loop.is_refused;
    const char *said = loop.state.status;
    ck_assert(is_refused);
    ck_assert_msg(strstr(said, refused[_i].said) != NULL, "%s", said);
    ck_assert(asked_equal(&loop.state.chosen, &loop.state.given));
    ck_assert_uint_eq(loop.log.count, 0);
    end(&loop);
}
END_TEST

/* The form by keys: what it does, and the lines of a script that it leaves. */
static const struct {
    const char *play, *chosen, *logged;
} forms[] = {
    {"S;:select egger;Space", "methods ivw,weighted_median", "use-methods ivw,weighted_median"},
    {"S;:select egger;Enter Enter", "", "use-methods ivw,egger,weighted_median"},
    {"S;:select wald;Space", "methods wald,ivw,egger,weighted_median",
     "use-methods wald,ivw,egger,weighted_median"},
    {"S A", "methods all", "use-methods all"},
    {"S N", "methods none", "use-methods none"},
    {"S D", "methods default", "use-methods default"},
    {"S;:select boot;Enter Backspace 5 Enter", "boot 25", "set boot 25"},
    {"S;:select boot;Enter Backspace 5 Esc", "", NULL},
    {"S;:select loss;Space", "loss tukey", "set loss tukey"},
    {"S;:select loss;Space Space", "loss l2", "set loss l2"},
    {"S;:select loss;Enter Down Enter", "loss tukey", "set loss tukey"},
    {"S;:select convention;Space", "convention mendelianrandomization",
     "set convention mendelianrandomization"},
    {"S;:select conmix_psi;Enter 2 Enter", "conmix_psi 2", "set conmix_psi 2"},
    {"S;:select conmix_psi;Enter 2 Enter;:set conmix_psi default", "",
     "set conmix_psi default"},
    {"S;:set boot 5000;g Enter", "", "compute"},
    {"S G Up Down Down g Down Up", "", NULL},
};

START_TEST(form_by_keys)
{
    struct loop loop = start(80, 24);
    struct text text = {0};
    play(&loop, forms[_i].play);
    asked_say_difference(&loop.state.chosen, &loop.state.shown, &text);
    ck_assert_str_eq(text.bytes, forms[_i].chosen);
    text_drop(&text);
    const char *last =
        loop.log.count == 0 ? "" : *(char **)array_at(&loop.log, loop.log.count - 1);
    if (forms[_i].logged != NULL) {
        ck_assert_str_eq(last, forms[_i].logged);
    }
    end(&loop);
}
END_TEST

START_TEST(no_methods_are_a_choice)
{
    struct loop loop = start(100, 30);
    play(&loop, ":use-methods none;R");
    ck_assert(shows(&loop, "expected by chance"));
    ck_assert_uint_eq(loop.state.full->pairs[0].analysis->estimate_count, 0);
    play(&loop, CLASS "Enter 2 Tab Tab Tab");
    end(&loop);
}
END_TEST

static void say(const char *what, double seconds)
{
    if (getenv("BENCH") != NULL) {
        (void)fprintf(stderr, "%-44s %7.1f ms\n", what, 1e3 * seconds);
    }
}

static void time_exclusion(struct loop *loop, const char *order)
{
    double started = now(), shown, all;
    loop_command(loop, order);
    redraw(loop);
    shown = now();
    struct results_count count = state_count(&loop->state);
    while (count.analysed < count.pairs) {
        loop_poll(loop);
        count = state_count(&loop->state);
    }
    all = now();
    loop_wait(loop);
    say(order, shown - started);
    say("  all forward rows", all - started);
    say("  everything", now() - started);
}

/* Another study is opened while the first is computed: it is stopped, keeps what it has, and
 * goes on when the person is back. */
START_TEST(study_is_left_while_it_computes)
{
    struct loop loop = begin(4000);
    struct study *other;
    struct error error = {0};
    struct gwas_options gwas = {0};
    char *path = path_of("data/gut-insomnia");
    ck_assert(study_load(path, &gwas, &other, &error));
    memory_free(path);
    loop_command(&loop, ":exclude rs2278683");
    opening_enter(&loop, other);
    ck_assert_ptr_eq(loop.state.study, other);
    ck_assert_ptr_ne(loop.state.full, NULL);
    ck_assert_ptr_null(loop.state.partial);
    turn(&loop);
    loop_key(&loop, "Esc"); /* stops */
    while (loop.state.is_waiting) {
        turn(&loop);
    }
    loop_key(&loop, "Esc");
    ck_assert_ptr_eq(loop.state.study, study);
    ck_assert(loop.state.is_waiting);
    check_against_plain(&loop);
    end(&loop);
}
END_TEST

/* What is kept of results is made again when some arrive. */
START_TEST(turn_grows_with_results)
{
    struct loop loop = begin(4000);
    while (loop.state.is_waiting) {
        unsigned before = loop.state.turn;
        size_t changes = loop.changes;
        turn(&loop);
        ck_assert((loop.changes != changes) == (loop.state.turn != before));
    }
    unsigned last = loop.state.turn;
    ck_assert_uint_gt(last, 0);
    turn(&loop);
    ck_assert_uint_eq(loop.state.turn, last);
    end(&loop);
}
END_TEST

/* With the methods and repetitions that a person has who asks for nothing. */
START_TEST(keys_do_not_wait)
{
    size_t count, used = 0;
    const struct method *const *known = methods_all(&count);
    const struct method **chosen = memory_get(count, sizeof(const struct method *));
    struct explorer_options before = options;
    for (size_t i = 0; i < count; i++) {
        if (known[i]->is_default) {
            chosen[used++] = known[i];
        }
    }
    options.threads = 0;
    options.results.methods = chosen;
    options.results.method_count = used;
    double started = now();
    struct loop loop = begin(1000);
    struct results_count done = state_count(&loop.state);
    while (done.analysed < done.pairs) {
        loop_poll(&loop);
        done = state_count(&loop.state);
    }
    redraw(&loop);
    say("every forward row with p, q and checks", now() - started);
    loop_wait(&loop);
    say("every method of every pair", now() - started);
    play(&loop, CLASS "Enter 2");
    time_exclusion(&loop, "exclude rs2278683");
    time_exclusion(&loop, "exclude rs6743537");
    time_exclusion(&loop, "undo");
    time_exclusion(&loop, "restore-all");
    loop_end(&loop);
    options = before;
    memory_free(chosen);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {forward_answers_come_first, 1},
        {reverse_fills_its_rows, 1},
        {the_opened_pair_is_whole_first, 1},
        {esc_stops_and_r_goes_on, 1},
        {variants_are_left_out_while_it_runs, 1},
        {only_the_last_of_many_changes_counts, 1},
        {stopping_stops_what_follows_exclusions, 1},
        {other_settings_run_again, 1},
        {wrong_settings_are_refused, COUNT(refused)},
        {form_by_keys, COUNT(forms)},
        {no_methods_are_a_choice, 1},
        {study_is_left_while_it_computes, 1},
        {turn_grows_with_results, 1},
        {keys_do_not_wait, 1},
    };
    return explorer_run_each("explorer live", NULL, NULL, tests, COUNT(tests));
}
