#include "report/html.h"
#include "base/memory.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *entity(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void add_escaped(struct text *page, const char *clean)
{
    while (*clean != '\0') {
        size_t plain = strcspn(clean, "&<>\"'");
        text_add_bytes(page, clean, plain);
        clean += plain;
        if (*clean != '\0') {
            text_add(page, entity(*clean++));
        }
    }
}

void html_text(struct text *page, const char *text)
{
    if (text == NULL || text_is_clean(text)) {
        add_escaped(page, text == NULL ? "" : text);
        return;
    }
    char *clean = text_clean(text);
    add_escaped(page, clean);
    memory_free(clean);
}

static void add_tag(struct text *page, const char *tag, const char *attributes)
{
    text_addf(page, "<%s%s%s>", tag, attributes == NULL ? "" : " ",
              attributes == NULL ? "" : attributes);
}

void html_element(struct text *page, const char *tag, const char *attributes, const char *text)
{
    add_tag(page, tag, attributes);
    html_text(page, text);
    text_addf(page, "</%s>\n", tag);
}

void html_fold(struct text *page, const char *attributes, const char *summary)
{
    add_tag(page, "details", attributes);
    html_element(page, "summary", NULL, summary);
}

void html_fold_end(struct text *page)
{
    text_add(page, "</details>\n");
}

static void add_numeric_classes(struct text *page, uint64_t numbers)
{
    text_add(page, " class=\"sortable");
    for (unsigned i = 0; i < 64; i++) {
        if ((numbers >> i & 1) != 0) {
            text_addf(page, " n%u", i + 1);
        }
    }
    text_add(page, "\"");
}

void html_table_begin(struct text *page, const char *id, const char *caption,
                      const char *const *headings, uint64_t numbers)
{
    text_add(page, "<div class=\"wide\"><table");
    if (id != NULL) {
        text_addf(page, " id=\"%s\"", id);
    }
    add_numeric_classes(page, numbers);
    text_add(page, ">\n");
    html_element(page, "caption", NULL, caption);
    text_add(page, "<thead><tr>");
    for (size_t i = 0; headings[i] != NULL; i++) {
        text_add(page, "<th scope=\"col\">");
        html_text(page, headings[i]);
        text_add(page, "</th>");
    }
    text_add(page, "</tr></thead>\n<tbody>\n");
}

void html_row(struct text *page)
{
    text_add(page, "<tr>");
}

void html_cell(struct text *page, const char *text)
{
    text_add(page, "<td>");
    html_text(page, text);
    text_add(page, "</td>");
}

void html_row_heading(struct text *page, const char *text)
{
    text_add(page, "<th scope=\"row\">");
    html_text(page, text);
    text_add(page, "</th>");
}

void html_count(struct text *page, size_t count)
{
    text_addf(page, "<td>%zu</td>", count);
}

void html_row_end(struct text *page)
{
    text_add(page, "</tr>\n");
}

void html_table_end(struct text *page)
{
    text_add(page, "</tbody></table></div>\n");
}

/* What a number says of .05, its text says too. */
static void add_short(struct text *page, double value)
{
    char shown[40];
    int digits = 4;
    do {
        (void)snprintf(shown, sizeof shown, "%.*g", digits++, value);
    } while (digits < 18 && (strtod(shown, NULL) < .05) != (value < .05));
    text_add(page, shown);
}

void html_number(struct text *page, double value)
{
    if (isnan(value)) {
        text_add(page, "NA");
    } else if (isinf(value)) {
        text_add(page, value < 0 ? "-Inf" : "Inf");
    } else if (value == floor(value) && fabs(value) < 1e15) {
        text_addf(page, "%.0f", value);
    } else {
        add_short(page, value);
    }
}
