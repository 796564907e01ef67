#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/lines.h"
#include "gwas/rows.h"
#include "instrument/plink_parts.h"
#include <string.h>
#include <strings.h>
#include <sys/mman.h>

#define BED_HEADER ((size_t)3)

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

size_t plink_words(char *line, char **words, size_t most)
{
    size_t count = 0;

    for (;;) {
        while (is_blank(*line)) {
            line++;
        }
        if (*line == '\0' || count == most) {
            return count;
        }
        words[count++] = line;
        while (*line != '\0' && !is_blank(*line)) {
            line++;
        }
        if (*line != '\0') {
            *line++ = '\0';
        }
    }
}

bool plink_open(const char *prefix, struct plink **plink, struct error *error)
{
    struct plink *opened = memory_get(1, sizeof *opened);

    opened->arena = arena_create();
    opened->bed_path = arena_format(opened->arena, "%s.bed", prefix);
    opened->bim_path = arena_format(opened->arena, "%s.bim", prefix);
    opened->fam_path = arena_format(opened->arena, "%s.fam", prefix);
    if (!plink_map(opened, prefix, error) || !plink_read_people(opened, error)) {
        plink_close(opened);
        return false;
    }
    *plink = opened;
    return true;
}

void plink_close(struct plink *plink)
{
    if (plink == NULL) {
        return;
    }
    if (plink->bed != NULL) {
        /* the mapping was made writable by nobody */
        munmap((void *)(uintptr_t)plink->bed, plink->bed_size);
    }
    arena_destroy(plink->arena);
    memory_free(plink);
}

size_t plink_people_count(const struct plink *plink)
{
    return plink->people;
}

size_t plink_founder_count(const struct plink *plink)
{
    return plink->founders;
}

const char *plink_example(const struct plink *plink)
{
    return plink->example;
}

const unsigned char *plink_genotypes(const struct plink *plink, size_t index)
{
    return plink->bed + BED_HEADER + index * plink->on[COPIES_TWO].bytes;
}

static const struct {
    const char *name, *code;
    enum plink_copies copies;
} chromosomes[] = {{"X", "23", COPIES_X},
                   {"Y", "24", COPIES_Y},
                   {"XY", "25", COPIES_TWO},
                   {"MT", "26", COPIES_TWO},
                   {"M", "26", COPIES_TWO}};

#define CHROMOSOMES (sizeof chromosomes / sizeof *chromosomes)

const char *plink_chromosome(const char *text)
{
    bool has_prefix = strncasecmp(text, "chr", 3) == 0 && text[3] != '\0';
    const char *name = has_prefix ? text + 3 : text;

    for (size_t i = 0; i < CHROMOSOMES; i++) {
        if (text_equal_fold(name, chromosomes[i].name)) {
            return chromosomes[i].code;
        }
    }
    while (name[0] == '0' && name[1] >= '0' && name[1] <= '9') {
        name++;
    }
    return name;
}

const struct plink_people *plink_people_on(const struct plink *plink, const char *chromosome)
{
    for (size_t i = 0; i < CHROMOSOMES; i++) {
        if (strcmp(chromosome, chromosomes[i].code) == 0) {
            return &plink->on[chromosomes[i].copies];
        }
    }
    return &plink->on[COPIES_TWO];
}

/* The .bim under way. */
struct search {
    struct plink *plink;
    const struct map *wanted;
    struct plink_variant *found;
    struct lines *lines;
    size_t count;
};

/* Fills the place of a wanted id. A negative position takes a variant out, as in PLINK 1.9. */
static bool take(struct search *search, char **words, struct error *error)
{
    struct arena *arena = search->plink->arena;
    struct plink_variant *variant;
    long line = lines_number(search->lines);
    double position;
    size_t place;

    if (!map_get(search->wanted, words[1], &place)) {
        return true;
    }
    variant = &search->found[place];
    if (!rows_number(words[3], &position) || !(position < 1e10)) {
        return error_set(error, ERROR_DATA, search->plink->bim_path, line, NULL,
                         _("found \"%s\" where the position should be; write base pairs in "
                           "the fourth column"),
                         words[3]);
    }
    if (variant->id != NULL) {
        return error_set(error, ERROR_DATA, search->plink->bim_path, line, NULL,
                         _("found %s a second time; give each variant an id of its own, or "
                           "take one of the two out"),
                         words[1]);
    }
    if (position >= 0) {
        *variant = (struct plink_variant){arena_text(arena, words[1]),
                                          plink_chromosome(arena_text(arena, words[0])),
                                          position,
                                          arena_text(arena, words[4]),
                                          arena_text(arena, words[5]),
                                          search->count};
    }
    return true;
}

static bool take_line(struct search *search, char *line, struct error *error)
{
    char *words[6];
    size_t count = plink_words(line, words, 6);

    if (count == 0) {
        return true;
    }
    if (count < 6) {
        return error_set(error, ERROR_DATA, search->plink->bim_path,
                         lines_number(search->lines), NULL,
                         _("found a line of fewer than six columns; a .bim has chromosome, id, "
                           "morgans, base pairs and two alleles"));
    }
    if (search->plink->example == NULL) {
        search->plink->example = arena_text(search->plink->arena, words[1]);
    }
    if (!take(search, words, error)) {
        return false;
    }
    search->count++;
    return true;
}

static bool check_size(const struct search *search, struct error *error)
{
    const struct plink *plink = search->plink;
    size_t bytes = plink->on[COPIES_TWO].bytes;

    return (plink->bed_size - BED_HEADER == search->count * bytes) ||
           error_set(error, ERROR_DATA, plink->bed_path, 0, NULL,
                     _("found %zu bytes, but %zu variants of %zu people take %zu; give .bed, "
                       ".bim and .fam of one set, and the whole of each"),
                     plink->bed_size, search->count, plink->people,
                     search->count * bytes + BED_HEADER);
}

bool plink_find(struct plink *plink, const struct map *wanted, struct plink_variant *found,
                struct error *error)
{
    struct search search = {.plink = plink, .wanted = wanted, .found = found};
    enum read_result result = READ_ROW;
    char *line;
    size_t length;

    if (!lines_open(plink->bim_path, &search.lines, error)) {
        return false;
    }
    while (result == READ_ROW) {
        result = lines_next(search.lines, &line, &length, error);
        if (result == READ_ROW && !take_line(&search, line, error)) {
            result = READ_ERROR;
        }
    }
    lines_close(search.lines);
    return result == READ_END && check_size(&search, error);
}
