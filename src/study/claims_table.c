#include "base/i18n.h"
#include "study/claims.h"
#include <string.h>

#include "claims.inc" /* claims_text: data/claims.tsv as one text */

enum { CELL_KEY, CELL_KIND, CELL_ABOUT, CELL_DIRECTION, CELL_DISEASE, CELL_EN, CELL_ZH, CELLS };

const char *claim_kind_key(enum claim_kind kind)
{
    static const char *const keys[] = {
        [CLAIM_ABUNDANCE] = "abundance", [CLAIM_ORDER] = "order", [CLAIM_LINK] = "link"};

    return keys[kind];
}

static bool kind_of(const char *text, enum claim_kind *kind)
{
    for (enum claim_kind i = CLAIM_ABUNDANCE; i <= CLAIM_LINK; i++) {
        if (strcmp(claim_kind_key(i), text) == 0) {
            *kind = i;
            return true;
        }
    }
    return false;
}

/* The cells of a line, copied; false where there are more or fewer, or one is empty. */
static bool split(const char *line, size_t length, struct arena *arena, const char **cells)
{
    char *copy = arena_bytes(arena, line, length);
    size_t count = 0;

    for (char *cell = copy; cell != NULL && count < CELLS; count++) {
        char *tab = strchr(cell, '\t');

        cells[count] = cell;
        if (tab != NULL) {
            *tab = '\0';
            tab++;
        }
        if (cell[0] == '\0' || (count == CELLS - 1 && tab != NULL)) {
            return false;
        }
        cell = tab;
    }
    return count == CELLS;
}

static bool parse_line(const char *line, size_t length, struct arena *arena,
                       struct claim *claim)
{
    const char *cells[CELLS];
    bool is_chinese = strcmp(I18N_LANGUAGE, "zh") == 0;

    if (!split(line, length, arena, cells) || !kind_of(cells[CELL_KIND], &claim->kind)) {
        return false;
    }
    claim->key = cells[CELL_KEY];
    claim->about = cells[CELL_ABOUT];
    claim->direction = cells[CELL_DIRECTION];
    claim->disease = cells[CELL_DISEASE];
    claim->text = cells[is_chinese ? CELL_ZH : CELL_EN];
    return true;
}

static size_t lines_of(const char *table)
{
    size_t lines = 0;

    for (; *table != '\0'; table++) {
        lines += *table == '\n';
    }
    return lines;
}

bool claims_parse(const char *table, struct arena *arena, struct claim **claims, size_t *count)
{
    const char *line = strchr(table, '\n'); /* behind the header */

    *claims = arena_get(arena, lines_of(table), sizeof **claims);
    *count = 0;
    while (line != NULL && line[1] != '\0') {
        size_t length = strcspn(line + 1, "\n");

        if (!parse_line(line + 1, length, arena, &(*claims)[*count])) {
            return false;
        }
        ++*count;
        line = strchr(line + 1, '\n');
    }
    return *count > 0;
}

const struct claim *claims_read(struct arena *arena, size_t *count)
{
    struct claim *claims;

    (void)claims_parse(claims_text, arena, &claims, count);
    return claims;
}
