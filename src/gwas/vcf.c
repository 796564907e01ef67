#include "gwas/vcf.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "gwas/keep.h"
#include "gwas/place.h"
#include "gwas/record_parts.h"
#include "gwas/rows.h"
#include "gwas/vcf_parts.h"
#include "gwas/wanted.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define NOWHERE ((size_t)-1)

/* What is read from a sample, and by which FORMAT field. */
enum value { VALUE_BETA, VALUE_SE, VALUE_LP, VALUE_EAF, VALUE_N, VALUE_ID, VALUES };

/* A reading under way. */
struct reader {
    const struct gwas_options *options;
    struct arena *arena;
    struct gwas_table *table;
    struct lines *lines;
    struct vcf_header header;
    const char *keys[VALUES];
    char *format;       /* the FORMAT of the line before */
    size_t at[VALUES];  /* where its fields stand; NOWHERE: not there */
    size_t fields;      /* how many it has */
    char **samples;     /* the samples' cells of this line */
    struct array alts;  /* const char *, of this line */
    struct array parts; /* char *, the fields of a sample */
    const char *chromosome;
    struct text made; /* scratch for made ids, */
    struct text name; /* and for one of several */
    struct wanted *wanted;
    struct id_set *ids; /* of wanted ids, where they alone decide; or NULL */
    struct sieve sieve;
};

/* A line cut into cells; the associations of its alleles share this. */
struct record {
    char *cells[VCF_SAMPLES];
    const char *chromosome; /* without "chr" */
    double position;
};

static bool fail(const struct reader *reader, const char *column, const char *cell,
                 struct error *error)
{
    char *shown = text_fit(cell, 40, true);

    error_set(error, ERROR_DATA, lines_name(reader->lines), lines_number(reader->lines), column,
              _("found \"%s\"; write %s, or pass --skip-bad-rows"), shown,
              _("a number or a dot, one for each ALT"));
    memory_free(shown);
    return false;
}

static bool fail_count(const struct reader *reader, size_t found, struct error *error)
{
    return error_set(error, ERROR_DATA, lines_name(reader->lines), lines_number(reader->lines),
                     NULL,
                     _("found %zu cells where the header has %zu; mend the row, or pass "
                       "--skip-bad-rows"),
                     found, VCF_SAMPLES + reader->header.samples.count);
}

/* Cuts a line at its tabs. */
static bool cut_line(struct reader *reader, char *line, struct record *record,
                     struct error *error)
{
    size_t all = VCF_SAMPLES + reader->header.samples.count;
    size_t found = 0;

    while (line != NULL) {
        char *next = strchr(line, '\t');

        if (next != NULL) {
            *next++ = '\0';
        }
        if (found < VCF_SAMPLES) {
            record->cells[found] = line;
        } else if (found < all) {
            reader->samples[found - VCF_SAMPLES] = line;
        }
        found++;
        line = next;
    }
    return found == all || fail_count(reader, found, error);
}

static const char *next_part(char **at, char delimiter)
{
    char *start = *at;
    char *end = start == NULL ? NULL : strchr(start, delimiter);

    if (end != NULL) {
        *end++ = '\0';
    }
    *at = end;
    return start;
}

static void cut(struct array *parts, char *text, char delimiter)
{
    array_clear(parts);
    while (text != NULL) {
        *(const char **)array_add(parts) = next_part(&text, delimiter);
    }
}

/* Finds the fields in a FORMAT, unless it is that of the line before. */
static void find_fields(struct reader *reader, const char *format)
{
    char *copy, *at;

    if (reader->format != NULL && strcmp(reader->format, format) == 0) {
        return;
    }
    memory_free(reader->format);
    reader->format = memory_copy_text(format);
    at = copy = memory_copy_text(format);
    for (int i = 0; i < VALUES; i++) {
        reader->at[i] = NOWHERE;
    }
    for (reader->fields = 0; at != NULL; reader->fields++) {
        const char *key = next_part(&at, ':');

        for (int i = 0; i < VALUES; i++) {
            bool is_it =
                strcmp(key, reader->keys[i]) == 0 ||
                (i == VALUE_N && strcmp(reader->keys[i], "SS") == 0 && strcmp(key, "NS") == 0);

            reader->at[i] = is_it ? reader->fields : reader->at[i];
        }
    }
    memory_free(copy);
}

/* The text of a field in the sample last cut, NULL where it has none. */
static const char *text_of(const struct reader *reader, enum value value)
{
    size_t at = reader->at[value];

    return at < reader->parts.count ? *(const char **)array_at(&reader->parts, at) : NULL;
}

/* One of the comma-separated numbers of a field, one for each ALT. */
static bool number_of(const struct reader *reader, enum value value, size_t allele,
                      double *number, struct error *error)
{
    const char *cell = text_of(reader, value);
    const char *at = cell;
    char one[64];
    size_t length, commas = 0;

    *number = NAN;
    if (cell == NULL || rows_is_missing(cell, false)) {
        return true;
    }
    if (reader->alts.count == 1) {
        return rows_number(cell, number) || fail(reader, reader->keys[value], cell, error);
    }
    for (const char *c = cell; *c != '\0'; c++) {
        commas += *c == ',';
    }
    for (size_t i = 0; i < allele && at != NULL; i++) {
        at = strchr(at, ',');
        at = at == NULL ? NULL : at + 1;
    }
    length = at == NULL ? sizeof one : strcspn(at, ",");
    if (commas + 1 != reader->alts.count || length >= sizeof one) {
        return fail(reader, reader->keys[value], cell, error);
    }
    memcpy(one, at, length);
    one[length] = '\0';
    return rows_number(one, number) || fail(reader, reader->keys[value], cell, error);
}

/* -log10 P as written. The field's own program writes 999 for a P of 0: effect and SE then say
 * more. */
static bool read_p(const struct reader *reader, size_t allele, struct association *association,
                   struct error *error)
{
    double written;

    if (!number_of(reader, VALUE_LP, allele, &written, error)) {
        return false;
    }
    association->neglog10_p = written == 999 ? INFINITY : written;
    association->p = isnan(written) ? NAN : pow(10, -association->neglog10_p);
    return true;
}

static bool read_numbers(const struct reader *reader, size_t sample, size_t allele,
                         struct association *association, struct error *error)
{
    const struct vcf_sample *owner = array_at(&reader->header.samples, sample);

    if (!number_of(reader, VALUE_BETA, allele, &association->beta, error) ||
        !number_of(reader, VALUE_SE, allele, &association->se, error) ||
        !number_of(reader, VALUE_EAF, allele, &association->eaf, error) ||
        !number_of(reader, VALUE_N, allele, &association->n, error) ||
        !read_p(reader, allele, association, error)) {
        return false;
    }
    if (isnan(association->n)) {
        association->n = owner->n;
    }
    if (!(association->n > 0) || isinf(association->n)) {
        association->n = NAN;
    }
    return true;
}

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
static const char *named(struct reader *reader, struct record *record, const char **more)
{
    const struct map *wanted = reader->options->wanted.variants;
    const char *ids = record->cells[VCF_ID], *found, *name = text_of(reader, VALUE_ID);
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
    return rsid_of(record->cells[VCF_INFO]);
}

/* Borrowed until the next is made. */
static const char *place_id(struct reader *reader, const struct record *record, const char *alt)
{
    char position[32];

    snprintf(position, sizeof position, "%.0f", record->position);
    vcf_made_id(&reader->made, record->chromosome, position, record->cells[VCF_REF], alt);
    return reader->made.bytes;
}

/* Copies what a kept association borrowed from its line. */
static void own(struct reader *reader, const struct record *record, const char *alt,
                struct association *association)
{
    if (reader->chromosome == NULL || strcmp(reader->chromosome, record->chromosome) != 0) {
        reader->chromosome = arena_text(reader->arena, record->chromosome);
    }
    association->chromosome = reader->chromosome;
    association->more_ids = arena_text(reader->arena, association->more_ids);
    association->variant = arena_text(reader->arena, association->variant);
    association->other_allele =
        record_allele(reader->arena, record->cells[VCF_REF], strlen(record->cells[VCF_REF]));
    association->effect_allele =
        rows_is_missing(alt, true) ? NULL : record_allele(reader->arena, alt, strlen(alt));
    association->line = lines_number(reader->lines);
}

/* Whether the sample last cut has any value. */
static bool is_empty(const struct reader *reader)
{
    for (int i = VALUE_BETA; i <= VALUE_LP; i++) {
        const char *text = text_of(reader, (enum value)i);

        if (text != NULL && text[strspn(text, ".,")] != '\0') {
            return false;
        }
    }
    return true;
}

static bool read_allele(struct reader *reader, const struct record *record,
                        const struct association *shared, size_t sample, size_t allele,
                        struct error *error)
{
    const struct vcf_sample *owner = array_at(&reader->header.samples, sample);
    const char *trait = reader->header.samples.count > 1 ? owner->name : NULL;
    const char *alt = *(const char **)array_at(&reader->alts, allele);
    struct association association = *shared;

    reader->table->read++;
    if (association.variant == NULL) {
        association.variant = place_id(reader, record, alt);
    }
    if (reader->ids != NULL && association.more_ids == NULL &&
        !id_set_has_text(reader->ids, association.variant)) {
        reader->table->unwanted++;
        return true;
    }
    if (!read_numbers(reader, sample, allele, &association, error)) {
        return false;
    }
    if (!wanted_has(reader->wanted, &association)) {
        reader->table->unwanted++;
        return true;
    }
    own(reader, record, alt, &association);
    keep_row(reader->table, trait, &association);
    return true;
}

static bool read_samples(struct reader *reader, struct record *record, struct error *error)
{
    for (size_t sample = 0; sample < reader->header.samples.count; sample++) {
        struct association shared = {.chromosome = record->chromosome,
                                     .position = record->position};

        cut(&reader->parts, reader->samples[sample], ':');
        if (reader->parts.count > reader->fields) {
            return fail(reader, "FORMAT", record->cells[VCF_FORMAT], error);
        }
        if (reader->header.samples.count > 1 && is_empty(reader)) {
            continue;
        }
        shared.variant = named(reader, record, &shared.more_ids);
        for (size_t allele = 0; allele < reader->alts.count; allele++) {
            if (!read_allele(reader, record, &shared, sample, allele, error)) {
                return false;
            }
        }
    }
    return true;
}

static bool read_line(struct reader *reader, char *line, struct error *error)
{
    struct record record;

    if (!cut_line(reader, line, &record, error)) {
        return false;
    }
    find_fields(reader, record.cells[VCF_FORMAT]);
    cut(&reader->alts, record.cells[VCF_ALT], ',');
    record.chromosome = place_chromosome(record.cells[VCF_CHROM]);
    if (!rows_number(record.cells[VCF_POS], &record.position)) {
        return fail(reader, "POS", record.cells[VCF_POS], error);
    }
    return read_samples(reader, &record, error);
}

/* A line, or a bad one that is dropped because the user said so. */
static enum read_result next(struct reader *reader, struct error *error)
{
    char *line;
    size_t length, before = reader->table->read;
    enum read_result result = lines_next_left(reader->lines, &line, &length, error);
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
    dropped->line = lines_number(reader->lines);
    dropped->reason = DROP_BAD_ROW;
    return READ_ROW;
}

/* --col of a VCF names a FORMAT field for a number: --col n=NC. */
static bool take_override(struct reader *reader, const char *override, struct error *error)
{
    static const char *const roles[] = {[VALUE_BETA] = "beta=",
                                        [VALUE_SE] = "se=",
                                        [VALUE_LP] = NULL,
                                        [VALUE_EAF] = "eaf=",
                                        [VALUE_N] = "n="};

    for (int i = 0; i < VALUE_ID; i++) {
        size_t length = roles[i] == NULL ? 0 : strlen(roles[i]);

        if (length == 0 || strncmp(override, roles[i], length) != 0) {
            continue;
        }
        for (size_t j = 0; j < reader->header.formats.count; j++) {
            const struct vcf_format *format = array_at(&reader->header.formats, j);

            if (strcmp(format->key, override + length) == 0) {
                reader->keys[i] = format->key;
                return true;
            }
        }
    }
    return error_set(error, ERROR_DATA, lines_name(reader->lines), 0, NULL,
                     _("found --col %s for a VCF; name a declared FORMAT field for beta, se, "
                       "eaf or n"),
                     override);
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
                                   .names = VCF_ID,
                                   .ids = reader->ids};
    lines_sieve(reader->lines, &reader->sieve);
}

static bool begin(struct reader *reader, struct error *error)
{
    reader->keys[VALUE_BETA] = vcf_fields[FIELD_ES].key;
    reader->keys[VALUE_SE] = vcf_fields[FIELD_SE].key;
    reader->keys[VALUE_LP] = vcf_fields[FIELD_LP].key;
    reader->keys[VALUE_EAF] = vcf_fields[FIELD_AF].key;
    reader->keys[VALUE_N] = vcf_fields[FIELD_SS].key;
    reader->keys[VALUE_ID] = vcf_fields[FIELD_ID].key;
    for (size_t i = 0; i < reader->options->override_count; i++) {
        if (!take_override(reader, reader->options->overrides[i], error)) {
            return false;
        }
    }
    if (reader->options->wanted.variants != NULL && !(reader->options->wanted.most_p > 0) &&
        reader->options->wanted.places == NULL) {
        look_for_ids(reader);
    }
    reader->samples = memory_get(reader->header.samples.count, sizeof *reader->samples);
    for (int i = 0; i < COLUMN_ROLES; i++) {
        reader->table->columns.of[i] = COLUMN_NONE;
    }
    return true;
}

static void end(struct reader *reader)
{
    vcf_header_destroy(&reader->header);
    array_destroy(&reader->alts);
    array_destroy(&reader->parts);
    memory_free(reader->samples);
    memory_free(reader->format);
    text_drop(&reader->made);
    text_drop(&reader->name);
    wanted_destroy(reader->wanted);
    id_set_destroy(reader->ids);
}

bool vcf_read_table(struct lines *lines, const struct gwas_options *options, bool is_part,
                    struct arena *arena, struct gwas_table *table, struct error *error)
{
    struct reader reader = {.options = options,
                            .arena = arena,
                            .table = table,
                            .lines = lines,
                            .alts = ARRAY_OF(const char *),
                            .parts = ARRAY_OF(const char *)};
    enum read_result result = READ_ERROR;

    char *name = memory_copy_text(lines_name(lines));

    lines_threads(lines, options->threads);
    reader.wanted = wanted_create(&options->wanted);
    if (vcf_header_read(lines, arena, &reader.header, error) && begin(&reader, error)) {
        do {
            result = next(&reader, error);
        } while (result == READ_ROW);
    }
    table->read += lines_skipped(lines);
    table->unwanted += lines_skipped(lines);
    /* Threads that work ahead look at the ids. */
    lines_close(lines);
    end(&reader);
    result =
        result == READ_END && keep_finish(name, table, is_part, error) ? READ_END : READ_ERROR;
    memory_free(name);
    return result == READ_END;
}
