#include "ui/explorer/plain_text.h"

#include "base/i18n.h"
#include "study/claims.h"
#include "study/plain_words.h"
#include "ui/explorer/taxa_table.h"
#include <string.h>

enum plain_scope plain_scope_of(const char *word)
{
    static const char *const words[PLAIN_SCOPES] = {"pair", "taxon", "study"};
    enum plain_scope scope = PLAIN_OF_PAIR;
    while (scope < PLAIN_SCOPES && (word == NULL || strcmp(words[scope], word) != 0)) {
        scope++;
    }
    return scope;
}

static void add(struct array *paragraphs, enum role role, size_t indent, const char *text)
{
    *(struct plain_paragraph *)array_add(paragraphs) =
        (struct plain_paragraph){role, indent, text};
}

static void add_words(struct array *paragraphs, const struct plain_words *words)
{
    for (enum plain_part part = PLAIN_COMPARED; part < PLAIN_PARTS; part++) {
        add(paragraphs, ROLE_HEADING, 0, plain_words_head(part));
        add(paragraphs, ROLE_TEXT, 2, words->parts[part]);
    }
}

/* How the study stands to a claim, and what it can say of it. */
static void add_answer(struct array *paragraphs, const struct claim_answer *answer,
                       struct arena *arena)
{
    add(paragraphs, ROLE_TEXT, 2,
        arena_format(arena, _("[%1$s] %2$s"), claim_stand_words(answer->stand), answer->can));
}

static void add_claims(struct array *paragraphs, const struct verdicts *verdicts,
                       struct arena *arena)
{
    size_t count;
    const struct claim_answer *answers = claims_answer(verdicts, arena, &count);
    add(paragraphs, ROLE_HEADING, 0,
        _("What is said of the gut and insomnia, and what this study can and cannot say"));
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || answers[i].claim != answers[i - 1].claim) {
            add(paragraphs, ROLE_TITLE, 0, answers[i].claim->text);
        }
        add_answer(paragraphs, &answers[i], arena);
        if (answers[i].cannot != NULL &&
            (i + 1 == count || answers[i].claim != answers[i + 1].claim)) {
            add(paragraphs, ROLE_DIM, 2, answers[i].cannot);
        }
    }
}

static void add_pair(struct array *paragraphs, const struct state *state,
                     const struct trait *taxon, struct arena *arena)
{
    size_t index;
    if (state_pair(state, taxon, &index) == NULL) {
        add(paragraphs, ROLE_TEXT, 0, _("There is no such pair in this direction."));
        return;
    }
    struct verdict verdict = verdict_of(state_results(state), index, arena);
    struct plain_words words =
        plain_words_of_pair(state_results(state), index, &verdict, arena);
    add_words(paragraphs, &words);
}

static void add_whole(struct array *paragraphs, const struct state *state,
                      const struct trait *taxon, struct arena *arena)
{
    struct verdicts verdicts = verdicts_begin(state_results(state));
    struct plain_words words = taxon == NULL
                                   ? plain_words_of_study(&verdicts, arena)
                                   : plain_words_of_taxon(&verdicts, taxon->key, arena);
    add_words(paragraphs, &words);
    if (taxon == NULL) {
        add_claims(paragraphs, &verdicts, arena);
    }
    verdicts_end(&verdicts);
}

void plain_text_add(struct array *paragraphs, const struct state *state, enum plain_scope scope,
                    const struct trait *taxon, struct arena *arena)
{
    if (state_results(state) == NULL) {
        add(paragraphs, ROLE_TEXT, 0, _("Nothing was computed yet."));
        return;
    }
    if (scope == PLAIN_OF_PAIR) {
        add_pair(paragraphs, state, taxon, arena);
    } else {
        add_whole(paragraphs, state, scope == PLAIN_OF_TAXON ? taxon : NULL, arena);
    }
}
