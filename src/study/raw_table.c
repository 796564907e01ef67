#include "study/raw_table.h"
#include <string.h>

/* A member that is added to an association has to be packed, too. */
_Static_assert(sizeof(struct association) ==
                   6 * sizeof(char *) + 8 * sizeof(double) + sizeof(long),
               "raw_table.c must know every member of an association");

static void put_number(struct text *bytes, double number)
{
    text_add_bytes(bytes, (const char *)&number, sizeof number);
}

static void put_whole(struct text *bytes, uint64_t number)
{
    text_add_bytes(bytes, (const char *)&number, sizeof number);
}

/* Its length and one more; 0: none. */
static void put_text(struct text *bytes, const char *text)
{
    size_t length = text == NULL ? 0 : strlen(text);
    put_whole(bytes, text == NULL ? 0 : length + 1);
    if (length > 0) {
        text_add_bytes(bytes, text, length);
    }
}

static void put_association(struct text *bytes, const struct association *association)
{
    put_text(bytes, association->variant);
    put_text(bytes, association->more_ids);
    put_text(bytes, association->chromosome);
    put_text(bytes, association->effect_allele);
    put_text(bytes, association->other_allele);
    put_text(bytes, association->gene);
    put_number(bytes, association->position);
    put_number(bytes, association->eaf);
    put_number(bytes, association->beta);
    put_number(bytes, association->se);
    put_number(bytes, association->p);
    put_number(bytes, association->neglog10_p);
    put_number(bytes, association->n);
    put_number(bytes, association->info);
    put_whole(bytes, (uint64_t)association->line);
}

void raw_table_pack(const struct gwas_table *table, struct text *bytes)
{
    const uint64_t counts[] = {table->read,        table->unwanted,   table->duplicates,
                               table->repaired_p,  table->strange_p,  table->ratio_se,
                               table->other_tests, table->rows.count, table->dropped.count};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        put_whole(bytes, counts[i]);
    }
    for (size_t i = 0; i < COLUMN_ROLES; i++) {
        put_whole(bytes, table->columns.of[i]);
    }
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct gwas_row *row = array_at(&table->rows, i);
        put_text(bytes, row->trait);
        put_association(bytes, &row->association);
    }
    for (size_t i = 0; i < table->dropped.count; i++) {
        const struct gwas_dropped *dropped = array_at(&table->dropped, i);
        put_text(bytes, dropped->trait);
        put_text(bytes, dropped->variant);
        put_whole(bytes, (uint64_t)dropped->line);
        put_whole(bytes, (uint64_t)dropped->reason);
    }
}

/* Bytes that are taken from the front; wrong ones make all that follows zero. */
struct packed {
    const char *at, *end;
    struct arena *arena;
    bool is_good;
};

static void take_bytes(struct packed *packed, void *into, size_t length)
{
    memset(into, 0, length);
    packed->is_good = packed->is_good && (size_t)(packed->end - packed->at) >= length;
    if (packed->is_good) {
        memcpy(into, packed->at, length);
        packed->at += length;
    }
}

static double take_number(struct packed *packed)
{
    double number;
    take_bytes(packed, &number, sizeof number);
    return number;
}

static uint64_t take_whole(struct packed *packed)
{
    uint64_t number;
    take_bytes(packed, &number, sizeof number);
    return number;
}

static const char *take_text(struct packed *packed)
{
    uint64_t length = take_whole(packed);
    packed->is_good =
        packed->is_good && (length == 0 || (uint64_t)(packed->end - packed->at) >= length - 1);
    if (!packed->is_good || length == 0) {
        return NULL;
    }
    const char *text = arena_bytes(packed->arena, packed->at, (size_t)length - 1);
    packed->at += length - 1;
    return text;
}

static struct association take_association(struct packed *packed)
{
    struct association association = {0};
    association.variant = take_text(packed);
    association.more_ids = take_text(packed);
    association.chromosome = take_text(packed);
    association.effect_allele = take_text(packed);
    association.other_allele = take_text(packed);
    association.gene = take_text(packed);
    association.position = take_number(packed);
    association.eaf = take_number(packed);
    association.beta = take_number(packed);
    association.se = take_number(packed);
    association.p = take_number(packed);
    association.neglog10_p = take_number(packed);
    association.n = take_number(packed);
    association.info = take_number(packed);
    association.line = (long)take_whole(packed);
    return association;
}

static void take_rows(struct packed *packed, struct gwas_table *table, uint64_t rows,
                      uint64_t dropped)
{
    for (uint64_t i = 0; i < rows && packed->is_good; i++) {
        struct gwas_row *row = array_add(&table->rows);
        row->trait = take_text(packed);
        row->association = take_association(packed);
        packed->is_good = packed->is_good && row->association.variant != NULL;
    }
    for (uint64_t i = 0; i < dropped && packed->is_good; i++) {
        struct gwas_dropped *row = array_add(&table->dropped);
        row->trait = take_text(packed);
        row->variant = take_text(packed);
        row->line = (long)take_whole(packed);
        uint64_t reason = take_whole(packed);
        packed->is_good = packed->is_good && reason < DROP_REASONS;
        row->reason = packed->is_good ? (enum gwas_drop)reason : DROP_NONE;
    }
}

bool raw_table_unpack(const char *bytes, size_t length, struct arena *arena,
                      struct gwas_table *table)
{
    struct packed packed = {bytes, bytes + length, arena, true};
    *table = (struct gwas_table){.rows = ARRAY_OF(struct gwas_row),
                                 .dropped = ARRAY_OF(struct gwas_dropped)};
    table->read = (size_t)take_whole(&packed);
    table->unwanted = (size_t)take_whole(&packed);
    table->duplicates = (size_t)take_whole(&packed);
    table->repaired_p = (size_t)take_whole(&packed);
    table->strange_p = (size_t)take_whole(&packed);
    table->ratio_se = (size_t)take_whole(&packed);
    table->other_tests = (size_t)take_whole(&packed);
    uint64_t rows = take_whole(&packed), dropped = take_whole(&packed);
    for (size_t i = 0; i < COLUMN_ROLES; i++) {
        table->columns.of[i] = (size_t)take_whole(&packed);
    }
    take_rows(&packed, table, rows, dropped);
    if (!packed.is_good || packed.at != packed.end) {
        gwas_table_destroy(table);
        return false;
    }
    return true;
}

static const char *share(const char *text, const char *last, struct arena *arena)
{
    bool is_same = text != NULL && last != NULL && strcmp(text, last) == 0;
    return is_same ? last : arena_text(arena, text);
}

struct association raw_table_copy(const struct association *from,
                                  const struct association *last, struct arena *arena)
{
    static const struct association none;
    const struct association *before = last == NULL ? &none : last;
    struct association copy = *from;
    copy.variant = share(from->variant, before->variant, arena);
    copy.more_ids = share(from->more_ids, before->more_ids, arena);
    copy.chromosome = share(from->chromosome, before->chromosome, arena);
    copy.effect_allele = share(from->effect_allele, before->effect_allele, arena);
    copy.other_allele = share(from->other_allele, before->other_allele, arena);
    copy.gene = share(from->gene, before->gene, arena);
    return copy;
}
