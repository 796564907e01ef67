#include "base/map.h"
#include "base/memory.h"
#include "gwas/index.h"
#include <stdlib.h>
#include <string.h>

#define ENDING ".taxamr-index"

char *index_beside(const char *path)
{
    struct text name = {0};

    text_add(&name, path);
    text_add(&name, ENDING);
    return text_take(&name);
}

/* Under the name of the hash of the file's whole path. */
char *index_in_cache(const char *path)
{
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    char *whole = realpath(path, NULL);
    struct text name = {0};

    if (whole != NULL && cache != NULL && *cache == '/') {
        text_add(&name, cache);
    } else if (whole != NULL && home != NULL && *home == '/') {
        text_addf(&name, "%s/.cache", home);
    } else {
        free(whole);
        return NULL;
    }
    text_addf(&name, "/taxamr/%016llx" ENDING,
              (unsigned long long)map_hash(MAP_HASH_START, whole));
    free(whole);
    return text_take(&name);
}

uint64_t index_columns(const struct gwas_options *options)
{
    static const enum column_role roles[] = {COLUMN_VARIANT, COLUMN_CHROMOSOME, COLUMN_POSITION,
                                             COLUMN_EFFECT_ALLELE, COLUMN_OTHER_ALLELE};
    uint64_t hash = 0;

    for (size_t i = 0; i < options->override_count; i++) {
        const char *override = options->overrides[i];
        size_t length = strcspn(override, "=");

        for (size_t j = 0; j < sizeof roles / sizeof *roles; j++) {
            const char *key = column_role_key(roles[j]);

            if (strlen(key) == length && strncmp(key, override, length) == 0) {
                hash = map_hash(hash == 0 ? MAP_HASH_START : hash, override);
            }
        }
    }
    return hash;
}
