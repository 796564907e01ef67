#include "gwas/part.h"
#include "gwas/index.h"
#include "gwas/vcf_region.h"
#include <string.h>

bool part_find(const char *path, const struct gwas_options *options, struct arena *arena,
               struct part *part)
{
    const struct gwas_wanted *wanted = &options->wanted;

    *part = (struct part){.numbers = ARRAY_OF(long)};
    if (wanted->most_p > 0 || strcmp(path, "-") == 0) {
        return false;
    }
    if (wanted->variants == NULL && wanted->places == NULL) {
        return false;
    }
    return index_find(path, options, arena, part) ||
           vcf_region_find(path, options, arena, part);
}

void part_destroy(struct part *part)
{
    text_drop(&part->text);
    array_destroy(&part->numbers);
}

long part_line(const struct part *part, long number)
{
    if (number < 1 || (size_t)number > part->numbers.count) {
        return 0;
    }
    return *(long *)array_at(&part->numbers, (size_t)number - 1);
}
