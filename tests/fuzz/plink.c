/* A PLINK 1 reference: .bim, .fam and .bed, one behind the other with "%%fam" and "%%bed" on
 * lines between them. */
#include "instrument/plink.h"
#include "fuzz.h"
#include <math.h>
#include <string.h>

static const uint8_t *find(const uint8_t *bytes, size_t length, const char *mark)
{
    size_t size = strlen(mark);

    for (size_t i = 0; i + size <= length; i++) {
        if (memcmp(bytes + i, mark, size) == 0) {
            return bytes + i;
        }
    }
    return NULL;
}

/* Reads what a variant that was found has in the .bed. */
static void touch(const struct plink *plink, const struct plink_variant *found)
{
    const struct plink_people *people = plink_people_on(plink, found->chromosome);
    const unsigned char *row = plink_genotypes(plink, found->index);
    volatile unsigned sum = 0;

    for (size_t i = 0; i < people->bytes; i++) {
        sum += row[i];
    }
}

static void look(const char *prefix)
{
    static const struct plink_wanted wanted[] = {
        {.id = "rs1", .position = NAN, .first = "A", .second = "G"},
        {.id = "other", .chromosome = "1", .position = 2000, .first = "T", .second = "C"},
        {.chromosome = "X", .position = 3000},
    };
    struct plink_variant found[3] = {{0}};
    struct error error = {0};
    struct plink *plink;

    if (!plink_open(prefix, &plink, &error)) {
        fuzz_refused(&error);
        return;
    }
    bool is_read = plink_place(plink, wanted, 3, found, &error);
    if (!is_read) {
        fuzz_refused(&error);
    }
    for (int i = 0; i < 3 && is_read; i++) {
        if (found[i].match == PLINK_BY_ID || found[i].match == PLINK_BY_PLACE) {
            touch(plink, &found[i]);
        }
    }
    plink_close(plink);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const uint8_t *end = bytes + length;
    const uint8_t *fam = find(bytes, length, "%%fam\n");
    const uint8_t *bed = fam == NULL ? NULL : find(fam, (size_t)(end - fam), "%%bed\n");
    char prefix[128];
    const char *path;

    if (bed == NULL) {
        return 0;
    }
    path = fuzz_file("p.bim", bytes, (size_t)(fam - bytes));
    (void)fuzz_file("p.fam", fam + 6, (size_t)(bed - fam) - 6);
    (void)fuzz_file("p.bed", bed + 6, (size_t)(end - bed) - 6);
    memcpy(prefix, path, strlen(path) - 4);
    prefix[strlen(path) - 4] = '\0';
    look(prefix);
    return 0;
}
