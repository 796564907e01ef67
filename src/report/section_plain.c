/*
 * What the study says to a lay reader, and of each pair that is worth a look.
 */
#include "report/sections.h"
#include "study/plain_words.h"

static void part(const struct plain_words *words, enum plain_part part, struct text *page)
{
    if (words->parts[part] != NULL) {
        html_element(page, "dt", NULL, plain_words_head(part));
        html_element(page, "dd", NULL, words->parts[part]);
    }
}

static void print(const struct plain_words *words, struct text *page)
{
    html_element(page, "p", NULL, words->headline);
    text_add(page, "<dl>\n");
    for (enum plain_part i = PLAIN_COMPARED; i < PLAIN_PARTS; i++) {
        part(words, i, page);
    }
    text_add(page, "</dl>\n");
}

void section_plain(struct report *report, struct text *page)
{
    struct verdicts verdicts = verdicts_begin(report->results);
    struct plain_words words = plain_words_of_study(&verdicts, report->arena);

    print(&words, page);
    verdicts_end(&verdicts);
}

void section_plain_pair(struct report *report, size_t pair, struct text *page)
{
    struct plain_words words =
        plain_words_of_pair(report->results, pair, &report->verdicts[pair], report->arena);

    print(&words, page);
}
