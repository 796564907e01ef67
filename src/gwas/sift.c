#include "gwas/sift.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/record_parts.h"
#include "gwas/wanted.h"
#include <string.h>
#include <sys/stat.h>

struct sift {
    struct wanted *wanted;
    struct map *given;     /* traits */
    struct arena *texts;   /* of the present trait */
    struct arena *arena;   /* of what is given */
    const char *trait;     /* the present one; NULL: none yet, or the table has none */
    struct array repeated; /* struct gwas_dropped */
    size_t dropped, noted; /* so many of the table and of these have texts in `arena` */
};

bool sift_is_asked(const struct gwas_options *options, const char *path)
{
    const struct gwas_wanted *wanted = &options->wanted, *kept = &options->kept;
    struct stat status;

    return (kept->variants != NULL || kept->places != NULL) && wanted->most_p <= 0 &&
           wanted->variants == NULL && wanted->places == NULL && stat(path, &status) == 0 &&
           S_ISREG(status.st_mode);
}

struct sift *sift_create(const struct gwas_wanted *kept, struct arena *arena)
{
    struct sift *sift = memory_get(1, sizeof *sift);

    *sift = (struct sift){.wanted = wanted_create(kept),
                          .given = map_create(),
                          .texts = arena_create(),
                          .arena = arena,
                          .repeated = ARRAY_OF(struct gwas_dropped)};
    return sift;
}

void sift_destroy(struct sift *sift)
{
    if (sift != NULL) {
        wanted_destroy(sift->wanted);
        map_destroy(sift->given);
        arena_destroy(sift->texts);
        array_destroy(&sift->repeated);
        memory_free(sift);
    }
}

struct arena *sift_texts(const struct sift *sift)
{
    return sift->texts;
}

struct array *sift_repeated(struct sift *sift)
{
    return &sift->repeated;
}

bool sift_is_at(const struct sift *sift, const char *trait)
{
    return text_equal(sift->trait, trait);
}

bool sift_begin(struct sift *sift, const char *trait)
{
    size_t place;

    sift->trait = trait;
    return !map_get(sift->given, trait, &place);
}

/* The rows that stay, moved up; of each trait the first does. */
static void move_up(struct sift *sift, struct array *rows, size_t first)
{
    size_t count = first;

    for (size_t i = first; i < rows->count; i++) {
        const struct gwas_row *row = array_at(rows, i);
        const char *trait = row->trait == NULL ? "" : row->trait;

        if (map_set(sift->given, trait, i) || wanted_has(sift->wanted, &row->association)) {
            *(struct gwas_row *)array_at(rows, count++) = *row;
        }
    }
    rows->count = count;
}

static const char *copy_allele(struct arena *arena, const char *allele)
{
    return allele == NULL ? NULL : record_allele(arena, allele, strlen(allele));
}

static void copy_texts(struct association *association, struct arena *arena)
{
    association->variant = arena_text(arena, association->variant);
    association->more_ids = arena_text(arena, association->more_ids);
    association->chromosome = arena_text(arena, association->chromosome);
    association->gene = arena_text(arena, association->gene);
    association->effect_allele = copy_allele(arena, association->effect_allele);
    association->other_allele = copy_allele(arena, association->other_allele);
}

/* Of rows without a trait, in a table that has them, the trait stays missing. */
static void copy_dropped(const struct sift *sift, const struct array *dropped, size_t *copied,
                         const char *trait)
{
    for (; *copied < dropped->count; (*copied)++) {
        struct gwas_dropped *one = array_at(dropped, *copied);

        one->trait = one->trait == NULL ? NULL : trait;
        one->variant = arena_text(sift->arena, one->variant);
    }
}

void sift_rows(struct sift *sift, struct gwas_table *table, size_t first)
{
    const char *trait = arena_text(sift->arena, sift->trait);

    move_up(sift, &table->rows, first);
    for (size_t i = first; i < table->rows.count; i++) {
        struct gwas_row *row = array_at(&table->rows, i);

        row->trait = trait;
        copy_texts(&row->association, sift->arena);
    }
    copy_dropped(sift, &table->dropped, &sift->dropped, trait);
    copy_dropped(sift, &sift->repeated, &sift->noted, trait);
    arena_reset(sift->texts, (struct arena_mark){NULL, 0});
    sift->trait = NULL;
}

void sift_whole(const struct gwas_wanted *kept, struct gwas_table *table)
{
    struct sift *sift = sift_create(kept, NULL);

    move_up(sift, &table->rows, 0);
    sift_destroy(sift);
}
