#include "gwas/vcf.h"
#include "base/map.h"
#include "base/memory.h"
#include "gwas/keep.h"
#include "gwas/place.h"
#include "gwas/record_parts.h"
#include "gwas/rows.h"
#include "gwas/vcf_line.h"
#include "gwas/wanted.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A reading under way. */
struct reader {
    const struct gwas_options *options;
    struct arena *arena;
    struct gwas_table *table;
    struct vcf_header header;
    struct vcf_line line;
    const char *chromosome;
    struct text made; /* scratch for made ids, */
    struct text name; /* and for one of several */
    struct wanted *wanted;
    struct id_set *ids; /* of wanted ids, where they alone decide; or NULL */
    struct sieve sieve;
};

void vcf_made_id(struct text *text, const char *chromosome, const char *position,
                 const char *one, const char *other)
{
    bool is_turned = strcasecmp(one, other) > 0;
    size_t alleles;

    text->length = 0;
    text_add(text, chromosome);
    text_add(text, ":");
    text_add(text, position);
    text_add(text, ":");
    alleles = text->length;
    text_add(text, is_turned ? other : one);
    text_add(text, ":");
    text_add(text, is_turned ? one : other);
    for (char *at = text->bytes + alleles; *at != '\0'; at++) {
        *at = (char)toupper((unsigned char)*at);
    }
}

/* INFO's RSID (specification 1.1), cut out of it; NULL without one. */
static const char *rsid_of(char *info)
{
    char *at = strncmp(info, "RSID=", 5) == 0 ? info : strstr(info, ";RSID=");

    if (at == NULL) {
        return NULL;
    }
    at += *at == ';';
    at += 5;
    at[strcspn(at, ";")] = '\0';
    return *at == '\0' ? NULL : at;
}

/* The name of a line before its alleles matter: that of the column ID, of the sample's field
 * ID, or of INFO's RSID. Several in ID: the first, or the first that is wanted; *more is then
 * all. */
static const char *named(struct reader *reader, const char **more)
{
    const struct map *wanted = reader->options->wanted.variants;
    const char *ids = reader->line.cells[VCF_ID], *found,
               *name = vcf_line_text(&reader->line, VALUE_ID);
    size_t length;

    *more = NULL;
    if (!rows_is_missing(ids, true)) {
        if (strpbrk(ids, ",;") == NULL) {
            return ids;
        }
        *more = ids;
        if (wanted == NULL || !record_finds_id(ids, wanted, &found, &length)) {
            found = ids + strspn(ids, ",;");
            length = strcspn(found, ",;");
        }
        reader->name.length = 0;
        text_add_bytes(&reader->name, found, length);
        return reader->name.bytes;
    }
    if (name != NULL && !rows_is_missing(name, true)) {
        return name;
    }
    return rsid_of(reader->line.cells[VCF_INFO]);
}

/* Borrowed until the next is made. */
static const char *place_id(struct reader *reader, const char *alt)
{
    char position[32];

    snprintf(position, sizeof position, "%.0f", reader->line.position);
    vcf_made_id(&reader->made, reader->line.chromosome, position, reader->line.cells[VCF_REF],
                alt);
    return reader->made.bytes;
}

/* Copies what a kept association borrowed from its line. */
static void own(struct reader *reader, const char *alt, struct association *association)
{
    if (reader->chromosome == NULL ||
        strcmp(reader->chromosome, reader->line.chromosome) != 0) {
        reader->chromosome = arena_text(reader->arena, reader->line.chromosome);
    }
    association->chromosome = reader->chromosome;
    association->more_ids = arena_text(reader->arena, association->more_ids);
    association->variant = arena_text(reader->arena, association->variant);
    association->other_allele = record_allele(reader->arena, reader->line.cells[VCF_REF],
                                              strlen(reader->line.cells[VCF_REF]));
    association->effect_allele =
        rows_is_missing(alt, true) ? NULL : record_allele(reader->arena, alt, strlen(alt));
    association->line = lines_number(reader->line.lines);
}

static bool read_allele(struct reader *reader, const struct association *shared, size_t sample,
                        size_t allele, struct error *error)
{
    const struct vcf_sample *owner = array_at(&reader->header.samples, sample);
    const char *trait = reader->header.samples.count > 1 ? owner->name : NULL;
    const char *alt = *(const char **)array_at(&reader->line.alts, allele);
    struct association association = *shared;

    reader->table->read++;
    if (association.variant == NULL) {
        association.variant = place_id(reader, alt);
    }
    if (reader->ids != NULL && association.more_ids == NULL &&
        !id_set_has_text(reader->ids, association.variant)) {
        reader->table->unwanted++;
        return true;
    }
    if (!vcf_line_numbers(&reader->line, sample, allele, &association, error)) {
        return false;
    }
    if (!wanted_has(reader->wanted, &association)) {
        reader->table->unwanted++;
        return true;
    }
    own(reader, alt, &association);
    keep_row(reader->table, trait, &association);
    return true;
}

static bool read_line(struct reader *reader, char *text, struct error *error)
{
    struct vcf_line *line = &reader->line;
    size_t samples = reader->header.samples.count;
    bool is_empty;

    if (!vcf_line_cut(line, text, error)) {
        return false;
    }
    for (size_t sample = 0; sample < samples; sample++) {
        struct association shared = {.chromosome = line->chromosome,
                                     .position = line->position};

        if (!vcf_line_sample(line, sample, &is_empty, error)) {
            return false;
        }
        shared.variant = named(reader, &shared.more_ids);
        for (size_t allele = 0; allele < line->alts.count && !(samples > 1 && is_empty);
             allele++) {
            if (!read_allele(reader, &shared, sample, allele, error)) {
                return false;
            }
        }
    }
    return true;
}

/* A line, or a bad one that is dropped because the user said so. */
static enum read_result next(struct reader *reader, struct error *error)
{
    char *line;
    size_t length, before = reader->table->read;
    enum read_result result = lines_next_left(reader->line.lines, &line, &length, error);
    struct gwas_dropped *dropped;

    if (result != READ_ROW || length == 0 || read_line(reader, line, error)) {
        return result;
    }
    if (!reader->options->skip_bad_rows) {
        return READ_ERROR;
    }
    error_clear(error);
    reader->table->read += reader->table->read == before;
    dropped = array_add(&reader->table->dropped);
    dropped->line = lines_number(reader->line.lines);
    dropped->reason = DROP_BAD_ROW;
    return READ_ROW;
}

static void add_id(void *context, const char *id)
{
    id_set_add(context, id);
}

/* Lines with another id than those wanted are passed over unread. */
static void look_for_ids(struct reader *reader)
{
    reader->ids = id_set_create(map_count(reader->options->wanted.variants));
    map_each(reader->options->wanted.variants, add_id, reader->ids);
    reader->sieve = (struct sieve){.delimiter = '\t',
                                   .columns = VCF_SAMPLES + reader->header.samples.count,
                                   .numbers = SIEVE_NONE,
                                   .places = SIEVE_NONE,
                                   .names = VCF_ID,
                                   .ids = reader->ids};
    lines_sieve(reader->line.lines, &reader->sieve);
}

static bool begin(struct reader *reader, struct lines *lines, struct error *error)
{
    const struct gwas_wanted *asked = &reader->options->wanted;

    for (int i = 0; i < COLUMN_ROLES; i++) {
        reader->table->columns.of[i] = COLUMN_NONE;
    }
    reader->wanted = wanted_create(asked);
    if (!vcf_line_begin(&reader->line, lines, &reader->header, reader->options, error)) {
        return false;
    }
    if (asked->variants != NULL && !(asked->most_p > 0) && asked->places == NULL) {
        look_for_ids(reader);
    }
    return true;
}

static bool read_lines(struct reader *reader, struct lines *lines, struct error *error)
{
    enum read_result result = READ_ERROR;

    if (!vcf_header_read(lines, reader->arena, &reader->header, error)) {
        return false;
    }
    if (begin(reader, lines, error)) {
        do {
            result = keep_going(reader->options, reader->table->read, lines_name(lines), error);
            result = result == READ_ROW ? next(reader, error) : result;
        } while (result == READ_ROW);
    }
    reader->table->read += lines_skipped(lines);
    reader->table->unwanted += lines_skipped(lines);
    return result == READ_END;
}

static void end(struct reader *reader)
{
    vcf_header_destroy(&reader->header);
    vcf_line_end(&reader->line);
    text_drop(&reader->made);
    text_drop(&reader->name);
    wanted_destroy(reader->wanted);
    id_set_destroy(reader->ids);
}

bool vcf_read_table(struct lines *lines, const struct gwas_options *options, bool is_part,
                    struct arena *arena, struct gwas_table *table, struct error *error)
{
    struct reader reader = {.options = options, .arena = arena, .table = table};
    char *name = memory_copy_text(lines_name(lines));
    bool is_read;

    lines_count_bytes(lines, keep_consumed(options));
    lines_threads(lines, options->threads);
    is_read = read_lines(&reader, lines, error);
    /* Threads that work ahead look at the ids. */
    lines_close(lines);
    end(&reader);
    is_read = is_read && keep_finish(name, table, is_part, error);
    memory_free(name);
    return is_read;
}
