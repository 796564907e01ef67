#include "base/i18n.h"
#include "report/kinds.h"
#include "study/claims.h"

static const char *const columns[] = {"exposure", "outcome",    "direction", "claim",
                                      "kind",     "says",       "stands",    "verdict",
                                      "can_say",  "cannot_say", NULL};

/* A stand as a cell has it: a key of tables, or words for people. */
typedef const char *stand_function(enum claim_stand stand);

static void add_answer(const struct results *results, const struct claim_answer *answer,
                       stand_function *stand, struct table_writer *writer)
{
    char grade[2] = {answer->grade, '\0'};

    if (answer->pair != CLAIM_NO_PAIR) {
        kind_pair_cells(writer, results->study->pairs[answer->pair]);
    } else {
        for (int i = 0; i < 3; i++) {
            table_text(writer, NULL);
        }
    }
    table_text(writer, answer->claim->key);
    table_text(writer, claim_kind_key(answer->claim->kind));
    table_text(writer, answer->claim->text);
    table_text(writer, stand(answer->stand));
    table_text(writer, answer->grade == '-' ? NULL : grade);
    table_text(writer, answer->can);
    table_text(writer, answer->cannot);
    table_end_row(writer);
}

static void fill_with(const struct results *results, stand_function *stand,
                      struct table_writer *writer)
{
    struct verdicts verdicts = verdicts_begin(results);
    struct arena *arena = arena_create();
    size_t count;
    const struct claim_answer *answers = claims_answer(&verdicts, arena, &count);

    for (size_t i = 0; i < count; i++) {
        add_answer(results, &answers[i], stand, writer);
    }
    arena_destroy(arena);
    verdicts_end(&verdicts);
}

static void fill(const struct results *results, struct table_writer *writer)
{
    fill_with(results, claim_stand_key, writer);
}

static void fill_in_words(const struct results *results, struct table_writer *writer)
{
    fill_with(results, claim_stand_words, writer);
}

#define SHOWS                                                                                  \
    N_("what popular writing says of the gut and insomnia, each claim beside what the study "  \
       "can and cannot say")

const struct table_kind table_claims_in_words = {
    .key = "claims",
    .columns = columns,
    .shows = SHOWS,
    .fill = fill_in_words,
    .is_of_study = true,
    .is_of_outcomes = true,
};

const struct table_kind table_claims = {
    .key = "claims",
    .columns = columns,
    .shows = SHOWS,
    .fill = fill,
    .is_of_study = true,
    .is_of_outcomes = true,
};
