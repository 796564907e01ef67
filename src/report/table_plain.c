#include "base/i18n.h"
#include "report/kinds.h"
#include "study/plain_words.h"
#include <string.h>

static const char *const columns[] = {"exposure",
                                      "outcome",
                                      "direction",
                                      "of",
                                      "verdict",
                                      "headline",
                                      "what_was_compared",
                                      "how_large",
                                      "how_sure",
                                      "what_could_fool_us",
                                      "what_it_does_not_mean",
                                      NULL};

static void add_words(struct table_writer *writer, const char *of,
                      const struct plain_words *words)
{
    char grade[2] = {words->grade, '\0'};

    table_text(writer, of);
    table_text(writer, words->grade == '-' ? NULL : grade);
    table_text(writer, words->headline);
    for (enum plain_part part = PLAIN_COMPARED; part < PLAIN_PARTS; part++) {
        table_text(writer, words->parts[part]);
    }
    table_end_row(writer);
}

static void no_pair(const char *exposure, struct table_writer *writer)
{
    table_text(writer, exposure);
    table_text(writer, NULL);
    table_text(writer, NULL);
}

static void *begin(struct arena *arena)
{
    return plain_gather_begin(arena);
}

static void take(void *gathered, const struct results *results)
{
    struct verdicts verdicts = verdicts_begin(results);
    plain_gather(gathered, &verdicts);
    verdicts_end(&verdicts);
}

/* The study first, then its taxa. */
static void fill_gathered(const void *gathered, struct table_writer *writer)
{
    struct arena *arena = arena_create();
    struct plain_words words = plain_words_gathered(gathered, arena);

    no_pair(NULL, writer);
    add_words(writer, "study", &words);
    for (size_t i = 0; i < plain_gathered_taxa(gathered); i++) {
        struct arena_mark mark = arena_mark(arena);

        words = plain_words_gathered_taxon(gathered, i, arena);
        no_pair(plain_gathered_key(gathered, i), writer);
        add_words(writer, "taxon", &words);
        arena_reset(arena, mark);
    }
    arena_destroy(arena);
}

static void end(void *gathered)
{
    plain_gather_end(gathered);
}

static const struct table_gatherer gatherer = {begin, take, fill_gathered, end};

static void add_pairs(const struct verdicts *verdicts, struct table_writer *writer,
                      struct arena *arena)
{
    const struct results *results = verdicts->results;

    for (size_t i = 0; i < results->study->pair_count; i++) {
        struct arena_mark mark = arena_mark(arena);
        struct verdict verdict = verdicts_at(verdicts, i);
        struct plain_words words = plain_words_of_pair(results, i, &verdict, arena);

        kind_pair_cells(writer, results->study->pairs[i]);
        add_words(writer, "pair", &words);
        arena_reset(arena, mark);
    }
}

/* Behind what is gathered every pair. */
static void fill(const struct results *results, struct table_writer *writer)
{
    struct verdicts verdicts = verdicts_begin(results);
    struct arena *arena = arena_create();

    add_pairs(&verdicts, writer, arena);
    arena_destroy(arena);
    verdicts_end(&verdicts);
}

const struct table_kind table_plain = {
    .key = "plain",
    .columns = columns,
    .shows = N_("what a careful epidemiologist would tell a lay reader of the study, of each "
                "taxon and of each pair"),
    .fill = fill,
    .is_of_study = true,
    .gatherer = &gatherer,
};
