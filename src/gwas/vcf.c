#include "gwas/vcf.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "gwas/keep.h"
#include "gwas/rows.h"
#include "gwas/vcf_parts.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

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
    struct text made;  /* scratch for made ids */
    bool wants_places; /* a wanted id is made of a place */
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
    bool is_turned = strcmp(one, other) > 0;

    text->length = 0;
    text_add(text, chromosome);
    text_add(text, ":");
    text_add(text, position);
    text_add(text, ":");
    text_add(text, is_turned ? other : one);
    text_add(text, ":");
    text_add(text, is_turned ? one : other);
}

/* The id by place, in the order of alleles that is wanted. */
static const char *place_id(struct reader *reader, const struct record *record, const char *alt)
{
    const struct map *wanted = reader->options->wanted.variants;
    size_t ignored;

    vcf_made_id(&reader->made, record->chromosome, record->cells[VCF_POS],
                record->cells[VCF_REF], alt);
    if (wanted == NULL || map_get(wanted, reader->made.bytes, &ignored)) {
        return reader->made.bytes;
    }
    reader->made.length = 0;
    text_addf(&reader->made, "%s:%s:%s:%s", record->chromosome, record->cells[VCF_POS],
              record->cells[VCF_REF], alt);
    if (map_get(wanted, reader->made.bytes, &ignored)) {
        return reader->made.bytes;
    }
    reader->made.length = 0;
    text_addf(&reader->made, "%s:%s:%s:%s", record->chromosome, record->cells[VCF_POS], alt,
              record->cells[VCF_REF]);
    if (map_get(wanted, reader->made.bytes, &ignored)) {
        return reader->made.bytes;
    }
    vcf_made_id(&reader->made, record->chromosome, record->cells[VCF_POS],
                record->cells[VCF_REF], alt);
    return reader->made.bytes;
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

/* The names of a line before the alleles matter: that of the column ID, of the sample's field
 * ID, of INFO's RSID. Several names in ID: the first, or the first that is wanted. */
static const char *named(struct reader *reader, struct record *record)
{
    const struct map *wanted = reader->options->wanted.variants;
    char *id = record->cells[VCF_ID];
    const char *first, *name = text_of(reader, VALUE_ID);
    size_t ignored;

    if (!rows_is_missing(id, true)) {
        first = next_part(&id, ';');
        record->cells[VCF_ID] = (char *)first;
        for (name = first; wanted != NULL && name != NULL; name = next_part(&id, ';')) {
            if (map_get(wanted, name, &ignored)) {
                record->cells[VCF_ID] = (char *)name;
                return name;
            }
        }
        return first;
    }
    if (name != NULL && !rows_is_missing(name, true)) {
        return name;
    }
    return rsid_of(record->cells[VCF_INFO]);
}

/* The name that an allele of a line goes by; borrowed. */
static const char *name_of(struct reader *reader, const struct record *record, const char *name,
                           const char *alt)
{
    const struct map *wanted = reader->options->wanted.variants;
    size_t ignored;

    if (name == NULL) {
        return place_id(reader, record, alt);
    }
    if (reader->wants_places && !map_get(wanted, name, &ignored)) {
        const char *place = place_id(reader, record, alt);

        return map_get(wanted, place, &ignored) ? place : name;
    }
    return name;
}

static const char *allele_text(struct arena *arena, const char *allele)
{
    static const char bases[][2] = {"A", "C", "G", "T"};
    char *copy;

    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        if (toupper((unsigned char)*allele) == *bases[i] && allele[1] == '\0') {
            return bases[i];
        }
    }
    copy = arena_text(arena, allele);
    for (char *at = copy; *at != '\0'; at++) {
        *at = (char)toupper((unsigned char)*at);
    }
    return copy;
}

/* Copies what a kept association borrowed from its line. */
static void own(struct reader *reader, const struct record *record, const char *alt,
                struct association *association)
{
    if (reader->chromosome == NULL || strcmp(reader->chromosome, record->chromosome) != 0) {
        reader->chromosome = arena_text(reader->arena, record->chromosome);
    }
    association->chromosome = reader->chromosome;
    association->variant = arena_text(reader->arena, association->variant);
    association->other_allele = allele_text(reader->arena, record->cells[VCF_REF]);
    association->effect_allele =
        rows_is_missing(alt, true) ? NULL : allele_text(reader->arena, alt);
    association->position = record->position;
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

static bool read_allele(struct reader *reader, const struct record *record, const char *name,
                        size_t sample, size_t allele, struct error *error)
{
    const struct vcf_sample *owner = array_at(&reader->header.samples, sample);
    const char *trait = reader->header.samples.count > 1 ? owner->name : NULL;
    const char *alt = *(const char **)array_at(&reader->alts, allele);
    struct association association = {.variant = name_of(reader, record, name, alt)};

    reader->table->read++;
    if (!read_numbers(reader, sample, allele, &association, error)) {
        return false;
    }
    if (!keep_is_wanted(&reader->options->wanted, &association)) {
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
        const char *name;

        cut(&reader->parts, reader->samples[sample], ':');
        if (reader->parts.count > reader->fields) {
            return fail(reader, "FORMAT", record->cells[VCF_FORMAT], error);
        }
        if (reader->header.samples.count > 1 && is_empty(reader)) {
            continue;
        }
        name = named(reader, record);
        for (size_t allele = 0; allele < reader->alts.count; allele++) {
            if (!read_allele(reader, record, name, sample, allele, error)) {
                return false;
            }
        }
    }
    return true;
}

/* "chr7" and "7" are one chromosome. */
static const char *bare_chromosome(const char *text)
{
    bool has_prefix = tolower((unsigned char)text[0]) == 'c' &&
                      tolower((unsigned char)text[1]) == 'h' &&
                      tolower((unsigned char)text[2]) == 'r' && text[3] != '\0';

    return has_prefix ? text + 3 : text;
}

static bool read_line(struct reader *reader, char *line, struct error *error)
{
    struct record record;

    if (!cut_line(reader, line, &record, error)) {
        return false;
    }
    find_fields(reader, record.cells[VCF_FORMAT]);
    cut(&reader->alts, record.cells[VCF_ALT], ',');
    record.chromosome = bare_chromosome(record.cells[VCF_CHROM]);
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
    enum read_result result = lines_next(reader->lines, &line, &length, error);
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

static bool begin(struct reader *reader, struct error *error)
{
    const struct map *wanted = reader->options->wanted.variants;
    const char *key;
    size_t cursor = 0;

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
    while (wanted != NULL && !reader->wants_places && map_next(wanted, &cursor, &key)) {
        reader->wants_places = strchr(key, ':') != NULL;
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

    if (!vcf_header_read(lines, arena, &reader.header, error)) {
        return false;
    }
    if (begin(&reader, error)) {
        do {
            result = next(&reader, error);
        } while (result == READ_ROW);
    }
    end(&reader);
    return result == READ_END && keep_finish(lines_name(lines), table, is_part, error);
}
