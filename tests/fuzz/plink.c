/* A PLINK 1 reference: .bim, .fam and .bed, one behind the other with "%%fam" and "%%bed" on
 * lines between them. */
#include "instrument/plink.h"
#include "fuzz.h"
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

static void look(const char *prefix)
{
    struct plink_variant found[2] = {{0}};
    struct map *wanted = map_create();
    struct error error = {0};
    struct plink *plink;

    map_set(wanted, "rs1", 0);
    map_set(wanted, "rs2", 1);
    if (!plink_open(prefix, &plink, &error)) {
        fuzz_refused(&error);
    } else {
        if (!plink_find(plink, wanted, found, &error)) {
            fuzz_refused(&error);
        } else if (found[0].id != NULL) {
            const struct plink_people *people = plink_people_on(plink, found[0].chromosome);
            const unsigned char *row = plink_genotypes(plink, found[0].index);
            unsigned sum = 0;

            for (size_t i = 0; i < people->bytes; i++) {
                sum += row[i];
            }
            (void)sum;
        }
        plink_close(plink);
    }
    map_destroy(wanted);
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
