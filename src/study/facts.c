#include "study/facts.h"

#include "base/i18n.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "taxa_facts.inc" /* cards, found, published, sources: the lines of each table */

/* Columns of sources.tsv. */
enum { KEY, AUTHORS, YEAR, JOURNAL, DOI };

#define LINES(name)                                                                            \
    {                                                                                          \
        name, sizeof name / sizeof *name                                                       \
    }

static const struct {
    const char *const *lines;
    size_t count;
} tables[] = {[FACTS_CARDS] = LINES(cards),
              [FACTS_FOUND] = LINES(found),
              [FACTS_PUBLISHED] = LINES(published),
              [FACTS_SOURCES] = LINES(sources)};

size_t facts_count(enum facts_table table)
{
    return tables[table].count - 1;
}

/* The bytes of a cell of a line; *length of them. */
static const char *find_cell(const char *line, size_t column, size_t *length)
{
    for (; column > 0 && *line != '\0'; column--) {
        line += strcspn(line, "\t");
        line += *line == '\t';
    }
    *length = strcspn(line, "\t");
    return line;
}

const char *facts_cell(enum facts_table table, size_t row, size_t column, struct arena *arena)
{
    size_t length;
    const char *cell = find_cell(tables[table].lines[row + 1], column, &length);
    bool is_missing = length == 0 || (length == 2 && strncmp(cell, "NA", 2) == 0);
    return is_missing ? NULL : arena_bytes(arena, cell, length);
}

bool facts_is_chinese(void)
{
    return strcmp(I18N_LANGUAGE, "zh") == 0;
}

double facts_number(enum facts_table table, size_t row, size_t column, struct arena *arena)
{
    const char *cell = facts_cell(table, row, column, arena);
    return cell == NULL ? NAN : strtod(cell, NULL);
}

/* The next letter or digit of a name, in lower case; 0 at its end, *rest behind it. */
static int next_sign(const char **rest, const char *end)
{
    while (*rest < end && !isalnum((unsigned char)**rest)) {
        ++*rest;
    }
    return *rest < end ? tolower((unsigned char)*(*rest)++) : 0;
}

static bool is_same_name(const char *cell, size_t length, const char *name)
{
    const char *one = cell, *other = name, *end = name + strlen(name);
    int sign;
    while ((sign = next_sign(&one, cell + length)) == next_sign(&other, end)) {
        if (sign == 0) {
            return true;
        }
    }
    return false;
}

size_t facts_find(enum facts_table table, enum trait_rank rank, const char *name, size_t start)
{
    const char *key = trait_rank_key(rank);
    size_t width = strlen(key), length;
    for (size_t row = start; row < facts_count(table); row++) {
        const char *line = tables[table].lines[row + 1];
        if (strncmp(line, key, width) == 0 && line[width] == '\t') {
            const char *cell = find_cell(line, 1, &length);
            if (is_same_name(cell, length, name)) {
                return row;
            }
        }
    }
    return (size_t)-1;
}

static size_t find_source(const char *key, size_t length)
{
    size_t row = 0, width;
    for (; row < facts_count(FACTS_SOURCES); row++) {
        const char *cell = find_cell(tables[FACTS_SOURCES].lines[row + 1], KEY, &width);
        if (width == length && strncmp(cell, key, length) == 0) {
            break;
        }
    }
    return row;
}

static const char *short_form(size_t row, struct arena *arena)
{
    return arena_format(arena, "%s %s", facts_cell(FACTS_SOURCES, row, AUTHORS, arena),
                        facts_cell(FACTS_SOURCES, row, YEAR, arena));
}

const char *facts_source(const char *key, struct arena *arena)
{
    size_t row = find_source(key, strlen(key));
    return row == facts_count(FACTS_SOURCES) ? key : short_form(row, arena);
}

/* Without a DOI where there is none. */
static const char *long_form(size_t row, struct arena *arena)
{
    const char *doi = facts_cell(FACTS_SOURCES, row, DOI, arena);
    return arena_format(arena, "%s, %s%s%s", short_form(row, arena),
                        facts_cell(FACTS_SOURCES, row, JOURNAL, arena),
                        doi == NULL ? "" : ", doi:", doi == NULL ? "" : doi);
}

const char *facts_sources(const char *keys, struct arena *arena)
{
    const char *all = "";
    for (const char *at = keys; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, " "), row = find_source(at, length);
        if (row < facts_count(FACTS_SOURCES)) {
            all = arena_format(arena, "%s%s%s", all, *all == '\0' ? "" : "; ",
                               long_form(row, arena));
        }
        at += length + strspn(at + length, " ");
    }
    return all;
}
