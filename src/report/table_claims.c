#include "base/i18n.h"
#include "report/kinds.h"
#include "study/claims.h"

static const char *const columns[] = {"exposure", "outcome",    "direction", "claim",
                                      "kind",     "says",       "stands",    "verdict",
                                      "can_say",  "cannot_say", NULL};

/* A stand as a cell has it: a key of tables, or words for people. */
typedef const char *stand_function(enum claim_stand stand);

static void add_answer(const struct claim_answer *answer, stand_function *stand,
                       struct table_writer *writer)
{
    char grade[2] = {answer->grade, '\0'};

    table_text(writer, answer->exposure);
    table_text(writer, answer->outcome);
    table_text(writer, answer->exposure == NULL ? NULL : direction_key(answer->direction));
    table_text(writer, answer->claim->key);
    table_text(writer, claim_kind_key(answer->claim->kind));
    table_text(writer, answer->claim->text);
    table_text(writer, stand(answer->stand));
    table_text(writer, answer->grade == '-' ? NULL : grade);
    table_text(writer, answer->can);
    table_text(writer, answer->cannot);
    table_end_row(writer);
}

static void *begin(struct arena *arena)
{
    return claims_gather_begin(arena);
}

static void take(void *gathered, const struct results *results)
{
    struct verdicts verdicts = verdicts_begin(results);

    claims_gather(gathered, &verdicts);
    verdicts_end(&verdicts);
}

static void end(void *gathered)
{
    claims_gather_end(gathered);
}

static void fill_with(const void *gathered, stand_function *stand, struct table_writer *writer)
{
    struct arena *arena = arena_create();
    size_t count;
    const struct claim_answer *answers = claims_gathered(gathered, arena, &count);

    for (size_t i = 0; i < count; i++) {
        add_answer(&answers[i], stand, writer);
    }
    arena_destroy(arena);
}

static void fill(const void *gathered, struct table_writer *writer)
{
    fill_with(gathered, claim_stand_key, writer);
}

static void fill_in_words(const void *gathered, struct table_writer *writer)
{
    fill_with(gathered, claim_stand_words, writer);
}

static const struct table_gatherer gatherer = {begin, take, fill, end};
static const struct table_gatherer gatherer_in_words = {begin, take, fill_in_words, end};

#define SHOWS                                                                                  \
    N_("what popular writing says of the gut and insomnia, each claim beside what the study "  \
       "can and cannot say")

const struct table_kind table_claims_in_words = {
    .key = "claims",
    .columns = columns,
    .shows = SHOWS,
    .is_of_study = true,
    .gatherer = &gatherer_in_words,
};

const struct table_kind table_claims = {
    .key = "claims",
    .columns = columns,
    .shows = SHOWS,
    .is_of_study = true,
    .gatherer = &gatherer,
};
