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
        /* nearly every byte is plainly none: asked first */
        while ((unsigned char)*line > ' ' || (*line != '\0' && !is_blank(*line))) {
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

/* A whole number of base pairs, as nearly all are; else as any number. */
static bool read_position(const char *word, double *position)
{
    uint64_t value = 0;
    size_t length;

    for (length = 0; word[length] >= '0' && word[length] <= '9' && length < 15; length++) {
        value = value * 10 + (uint64_t)(word[length] - '0');
    }
    if (length > 0 && word[length] == '\0') {
        *position = (double)value;
        return true;
    }
    return rows_number(word, position);
}

/* The .bim under way. */
struct bim {
    struct plink *plink;
    struct lines *lines;
    plink_visit *visit;
    void *context;
    size_t count;
};

static bool fail_position(const struct bim *bim, const char *found, struct error *error)
{
    return error_set(error, ERROR_DATA, bim->plink->bim_path, lines_number(bim->lines), NULL,
                     _("found \"%s\" where the position should be; write base pairs in the "
                       "fourth column"),
                     found);
}

static bool take_line(struct bim *bim, char *line, struct error *error)
{
    struct plink_variant row = {.index = bim->count};
    char *words[6];
    size_t count = plink_words(line, words, 6);

    if (count == 0) {
        return true;
    }
    if (count < 6) {
        return error_set(error, ERROR_DATA, bim->plink->bim_path, lines_number(bim->lines),
                         NULL,
                         _("found a line of fewer than six columns; a .bim has chromosome, id, "
                           "morgans, base pairs and two alleles"));
    }
    if (!read_position(words[3], &row.position) || !(row.position < 1e10)) {
        return fail_position(bim, words[3], error);
    }
    if (bim->plink->example == NULL) {
        bim->plink->example = arena_text(bim->plink->arena, words[1]);
    }
    row.chromosome = words[0];
    row.id = words[1];
    row.first = words[4];
    row.second = words[5];
    bim->count++;
    return bim->visit(bim->context, &row, lines_number(bim->lines), error);
}

static bool check_size(const struct bim *bim, struct error *error)
{
    const struct plink *plink = bim->plink;
    size_t bytes = plink->on[COPIES_TWO].bytes;

    return (plink->bed_size - BED_HEADER == bim->count * bytes) ||
           error_set(error, ERROR_DATA, plink->bed_path, 0, NULL,
                     _("found %zu bytes, but %zu variants of %zu people take %zu; give .bed, "
                       ".bim and .fam of one set, and the whole of each"),
                     plink->bed_size, bim->count, plink->people,
                     bim->count * bytes + BED_HEADER);
}

bool plink_each(struct plink *plink, plink_visit *visit, void *context, struct error *error)
{
    struct bim bim = {.plink = plink, .visit = visit, .context = context};
    enum read_result result = READ_ROW;
    char *line;
    size_t length;

    if (!lines_open(plink->bim_path, &bim.lines, error)) {
        return false;
    }
    /* every line is cut here, which takes longest: threads ahead would gain nothing */
    lines_threads(bim.lines, 1);
    while (result == READ_ROW) {
        result = lines_next(bim.lines, &line, &length, error);
        if (result == READ_ROW && !take_line(&bim, line, error)) {
            result = READ_ERROR;
        }
    }
    lines_close(bim.lines);
    return result == READ_END && check_size(&bim, error);
}
