/*
 * What the study says to a lay reader, and of each pair that is worth a look.
 */
#include "report/kinds.h"
#include "report/sections.h"
#include "study/claims.h"
#include "study/plain_words.h"
#include <string.h>

static void part(const struct plain_words *words, enum plain_part part, struct text *page)
{
    if (words->parts[part] != NULL) {
        html_element(page, "dt", NULL, plain_words_head(part));
        html_element(page, "dd", NULL, words->parts[part]);
    }
}

static void print(const struct plain_words *words, struct text *page)
{
    const char *sure = words->parts[PLAIN_SURE];
    bool is_said = sure != NULL && strncmp(sure, words->headline, strlen(words->headline)) == 0;

    if (!is_said) {
        html_element(page, "p", NULL, words->headline);
    }
    text_add(page, "<dl>\n");
    for (enum plain_part i = PLAIN_COMPARED; i < PLAIN_PARTS; i++) {
        part(words, i, page);
    }
    text_add(page, "</dl>\n");
}

/* Whether the study bears on any claim. */
static bool has_claims(const struct report *report, const struct verdicts *verdicts)
{
    size_t count;
    const struct claim_answer *answers = claims_answer(verdicts, report->arena, &count);

    for (size_t i = 0; i < count; i++) {
        if (answers[i].stand != CLAIM_NOT_IN_STUDY) {
            return true;
        }
    }
    return false;
}

void section_plain(struct report *report, struct text *page)
{
    struct verdicts verdicts = verdicts_begin(report->results);
    struct plain_words words = plain_words_of_study(&verdicts, report->arena);

    print(&words, page);
    if (has_claims(report, &verdicts)) {
        section_table_of(report, &table_claims_in_words, NULL, page);
    }
    verdicts_end(&verdicts);
}

void section_plain_pair(struct report *report, size_t pair, struct text *page)
{
    struct plain_words words =
        plain_words_of_pair(report->results, pair, &report->verdicts[pair], report->arena);

    print(&words, page);
}
