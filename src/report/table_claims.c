#include "base/i18n.h"
#include "report/kinds.h"
#include "study/claims.h"

static const char *const columns[] = {"exposure", "outcome",    "direction", "claim",
                                      "kind",     "says",       "stands",    "verdict",
                                      "can_say",  "cannot_say", NULL};

static void add_answer(const struct results *results, const struct claim_answer *answer,
                       struct table_writer *writer)
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
    table_text(writer, claim_stand_key(answer->stand));
    table_text(writer, answer->grade == '-' ? NULL : grade);
    table_text(writer, answer->can);
    table_text(writer, answer->cannot);
    table_end_row(writer);
}

static void fill(const struct results *results, struct table_writer *writer)
{
    struct verdicts verdicts = verdicts_begin(results);
    struct arena *arena = arena_create();
    size_t count;
    const struct claim_answer *answers = claims_answer(&verdicts, arena, &count);

    for (size_t i = 0; i < count; i++) {
        add_answer(results, &answers[i], writer);
    }
    arena_destroy(arena);
    verdicts_end(&verdicts);
}

const struct table_kind table_claims = {
    .key = "claims",
    .columns = columns,
    .shows = N_("what popular writing says of the gut and insomnia, each claim beside what the "
                "study can and cannot say"),
    .fill = fill,
    .is_of_study = true,
    .is_of_outcomes = true,
};
