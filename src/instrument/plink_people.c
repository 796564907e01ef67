#include "base/array.h"
#include "base/i18n.h"
#include "gwas/lines.h"
#include "instrument/plink_parts.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail_magic(const struct plink *plink, struct error *error)
{
    return error_set(error, ERROR_DATA, plink->bed_path, 0, NULL,
                     _("found no PLINK 1 genotypes, which start with the bytes 6c 1b; make "
                       "them with plink --make-bed"));
}

static bool check_magic(const struct plink *plink, const char *prefix, struct error *error)
{
    if (plink->bed_size < 3 || plink->bed[0] != 0x6c || plink->bed[1] != 0x1b) {
        return fail_magic(plink, error);
    }
    return plink->bed[2] == 1 ||
           error_set(error, ERROR_DATA, plink->bed_path, 0, NULL,
                     _("found genotypes ordered by person; order them by variant with plink "
                       "--bfile %s --make-bed --out NEW"),
                     prefix);
}

static bool has_pgen(const struct plink *plink, const char *prefix)
{
    return access(arena_format(plink->arena, "%s.pgen", prefix), F_OK) == 0;
}

static bool fail_open(const struct plink *plink, const char *prefix, struct error *error)
{
    int cause = errno;

    if (cause == ENOENT && has_pgen(plink, prefix)) {
        return error_set(error, ERROR_DATA, prefix, 0, NULL,
                         _("found PLINK 2 files (.pgen); write PLINK 1 ones with plink2 "
                           "--pfile %s --max-alleles 2 --make-bed --out NEW, and give --bfile "
                           "NEW"),
                         prefix);
    }
    errno = cause;
    return error_set_errno(error, plink->bed_path,
                           _("cannot open the file; --bfile takes the name that .bed, .bim and "
                             ".fam have in common"));
}

/* Maps what an open file holds; false with errno. */
static bool map_file(struct plink *plink, int file)
{
    struct stat status;
    void *bytes;

    if (fstat(file, &status) != 0) {
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
        return false;
    }
    if (status.st_size == 0) {
        return true;
    }
    bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED) {
        return false;
    }
    plink->bed = bytes;
    plink->bed_size = (size_t)status.st_size;
    return true;
}

bool plink_map(struct plink *plink, const char *prefix, struct error *error)
{
    int file = open(plink->bed_path, O_RDONLY | O_CLOEXEC);
    bool is_mapped;

    if (file < 0) {
        return fail_open(plink, prefix, error);
    }
    is_mapped = map_file(plink, file);
    if (!is_mapped) {
        error_set_errno(error, plink->bed_path, _("cannot read the file"));
    }
    close(file);
    return is_mapped && check_magic(plink, prefix, error);
}

struct person {
    bool is_founder, is_male;
};

static bool take_person(struct array *people, char *line, const struct lines *lines,
                        struct error *error)
{
    char *words[5];
    size_t count = plink_words(line, words, 5);
    struct person *person;

    if (count == 0) {
        return true;
    }
    if (count < 5) {
        return error_set(error, ERROR_DATA, lines_name(lines), lines_number(lines), NULL,
                         _("found a line of fewer than five columns; a .fam has family, id, "
                           "father, mother and sex"));
    }
    person = array_add(people);
    person->is_founder = strcmp(words[2], "0") == 0 && strcmp(words[3], "0") == 0;
    person->is_male = strcmp(words[4], "1") == 0;
    return true;
}

static bool read_fam(const char *path, struct array *people, struct error *error)
{
    struct lines *lines;
    enum read_result result = READ_ROW;
    char *line;
    size_t length;

    if (!lines_open(path, &lines, error)) {
        return false;
    }
    while (result == READ_ROW) {
        result = lines_next(lines, &line, &length, error);
        if (result == READ_ROW && !take_person(people, line, lines, error)) {
            result = READ_ERROR;
        }
    }
    lines_close(lines);
    return result == READ_END;
}

/* The low bits of all founders, or of the founders who are men, or of the others. */
static uint64_t *mask_of(struct plink *plink, const struct array *people, bool men, bool others)
{
    uint64_t *mask = arena_get(plink->arena, people->count / 32 + 1, sizeof *mask);

    for (size_t i = 0; i < people->count; i++) {
        const struct person *person = array_at(people, i);

        if (person->is_founder && (person->is_male ? men : others)) {
            mask[i / 32] |= UINT64_C(1) << (i % 32 * 2);
        }
    }
    return mask;
}

static void make_masks(struct plink *plink, const struct array *people)
{
    const uint64_t *all = mask_of(plink, people, true, true);
    const uint64_t *men = mask_of(plink, people, true, false);
    const uint64_t *others = mask_of(plink, people, false, true);
    const uint64_t *none = mask_of(plink, people, false, false);
    size_t bytes = (people->count + 3) / 4, words = (bytes + 7) / 8;

    plink->on[COPIES_TWO] = (struct plink_people){bytes, words, all, all, NULL};
    plink->on[COPIES_X] = (struct plink_people){bytes, words, all, others, men};
    plink->on[COPIES_Y] = (struct plink_people){bytes, words, men, none, NULL};
}

static bool check_people(struct plink *plink, const struct array *people, struct error *error)
{
    plink->people = people->count;
    for (size_t i = 0; i < people->count; i++) {
        plink->founders += ((const struct person *)array_at(people, i))->is_founder;
    }
    return plink->founders > 0 ||
           error_set(error, ERROR_DATA, plink->fam_path, 0, NULL,
                     _("found no founder among %zu people; LD is estimated from people whose "
                       "father and mother are 0"),
                     people->count);
}

bool plink_read_people(struct plink *plink, struct error *error)
{
    struct array people = ARRAY_OF(struct person);
    bool is_read =
        read_fam(plink->fam_path, &people, error) && check_people(plink, &people, error);

    if (is_read) {
        make_masks(plink, &people);
    }
    array_destroy(&people);
    return is_read;
}
