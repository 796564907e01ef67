#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/index_parts.h"
#include "gwas/place.h"
#include "gwas/rows.h"
#include "gwas/vcf_parts.h"
#include <math.h>
#include <string.h>

/* The cells of a VCF's line that make its ids. */
struct cut {
    const char *cells[VCF_SAMPLES + 1];
    size_t lengths[VCF_SAMPLES + 1];
    size_t count;
    const char *end; /* of the line */
};

static void cut_line(const char *line, size_t length, struct cut *cut)
{
    const char *end = line + length;

    cut->end = end;
    for (cut->count = 0; cut->count <= VCF_SAMPLES && line != NULL; cut->count++) {
        const char *tab = memchr(line, '\t', (size_t)(end - line));

        cut->cells[cut->count] = line;
        cut->lengths[cut->count] = (size_t)((tab == NULL ? end : tab) - line);
        line = tab == NULL ? NULL : tab + 1;
    }
}

static bool is_dot(const struct cut *cut, size_t column)
{
    return cut->lengths[column] == 0 ||
           (cut->lengths[column] == 1 && *cut->cells[column] == '.');
}

/* Adds an id of `length` bytes. */
static bool add_bytes(struct index_maker *maker, const char *id, size_t length, uint64_t place,
                      struct error *error)
{
    maker->id.length = 0;
    text_add_bytes(&maker->id, id, length);
    return index_add(maker, maker->id.bytes, maker->line, place, error);
}

/* The names in the column ID; the line's place and alleles where it has none. */
static bool add_ids(struct index_maker *maker, const struct cut *cut, uint64_t place,
                    struct error *error)
{
    const char *at = cut->cells[VCF_ID];
    const char *end = at + cut->lengths[VCF_ID];

    while (at < end) {
        const char *stop = at;

        while (stop < end && *stop != ';' && *stop != ',') {
            stop++;
        }
        if (stop > at && !add_bytes(maker, at, (size_t)(stop - at), place, error)) {
            return false;
        }
        at = stop + 1;
    }
    return true;
}

/* INFO's RSID where there is one. */
static const char *rsid_of(const struct cut *cut, size_t *length)
{
    const char *at = cut->cells[VCF_INFO];
    const char *end = at + cut->lengths[VCF_INFO];

    while (at < end) {
        const char *stop = memchr(at, ';', (size_t)(end - at));

        stop = stop == NULL ? end : stop;
        if (stop - at > 5 && memcmp(at, "RSID=", 5) == 0) {
            *length = (size_t)(stop - at) - 5;
            return at + 5;
        }
        at = stop + 1;
    }
    return NULL;
}

/* The place of ID in FORMAT, or -1. */
static long field_id(const struct cut *cut)
{
    const char *at = cut->cells[VCF_FORMAT];
    const char *end = at + cut->lengths[VCF_FORMAT];

    for (long i = 0; at < end; i++) {
        const char *stop = memchr(at, ':', (size_t)(end - at));

        stop = stop == NULL ? end : stop;
        if (stop - at == 2 && memcmp(at, "ID", 2) == 0) {
            return i;
        }
        at = stop + 1;
    }
    return -1;
}

/* The ids that samples have in FORMAT's ID; *added says how many samples have one. */
static bool add_field_ids(struct index_maker *maker, const struct cut *cut, size_t *samples,
                          size_t *added, uint64_t place, struct error *error)
{
    const char *at = cut->cells[VCF_SAMPLES];
    const char *end = cut->end;
    long field = field_id(cut);

    *added = *samples = 0;
    for (; at <= end && field >= 0; (*samples)++) {
        const char *stop = memchr(at, '\t', (size_t)(end - at));
        const char *value = at;
        size_t length;

        stop = stop == NULL ? end : stop;
        for (long i = 0; i < field && value != NULL; i++) {
            value = memchr(value, ':', (size_t)(stop - value));
            value = value == NULL ? NULL : value + 1;
        }
        length = value == NULL ? 0 : (size_t)(stop - value);
        for (size_t i = 0; i < length; i++) {
            length = value[i] == ':' ? i : length;
        }
        if (length > 0 && !(length == 1 && *value == '.')) {
            (*added)++;
            if (!add_bytes(maker, value, length, place, error)) {
                return false;
            }
        }
        at = stop + 1;
    }
    return true;
}

static bool add_places(struct index_maker *maker, const struct cut *cut, uint64_t place,
                       struct error *error)
{
    char *text[4];
    static const enum vcf_column columns[] = {VCF_CHROM, VCF_POS, VCF_REF, VCF_ALT};
    const char *chromosome;
    bool is_added = true;

    for (int i = 0; i < 4; i++) {
        text[i] = memory_copy_bytes(cut->cells[columns[i]], cut->lengths[columns[i]]);
    }
    chromosome = place_chromosome(text[0]);
    for (char *alt = text[3]; is_added && alt != NULL;) {
        char *next = strchr(alt, ',');

        if (next != NULL) {
            *next++ = '\0';
        }
        vcf_made_id(&maker->id, chromosome, text[1], text[2], alt);
        is_added = index_add(maker, maker->id.bytes, maker->line, place, error);
        alt = next;
    }
    for (int i = 0; i < 4; i++) {
        memory_free(text[i]);
    }
    return is_added;
}

static void add_mark(struct index_maker *maker, const struct cut *cut, uint64_t place)
{
    char *chromosome = memory_copy_bytes(cut->cells[VCF_CHROM], cut->lengths[VCF_CHROM]);
    char *position = memory_copy_bytes(cut->cells[VCF_POS], cut->lengths[VCF_POS]);
    double number;

    if (!rows_number(position, &number)) {
        number = NAN;
    }
    index_marks_add(&maker->marks, place_chromosome(chromosome), number, (uint32_t)maker->line,
                    place);
    memory_free(chromosome);
    memory_free(position);
}

static bool add_line(struct index_maker *maker, const char *line, size_t length, uint64_t place,
                     struct error *error)
{
    struct cut cut;
    const char *rsid;
    size_t rsid_length, samples, added;

    cut_line(line, length, &cut);
    if (cut.count <= VCF_SAMPLES) {
        return error_set(error, ERROR_DATA, maker->path, maker->line, NULL,
                         _("found %zu cells where a GWAS-VCF has at least %d; mend the row"),
                         cut.count, VCF_SAMPLES + 1);
    }
    index_note_row(maker, maker->line, place);
    add_mark(maker, &cut, place);
    if (!is_dot(&cut, VCF_ID)) {
        return add_ids(maker, &cut, place, error);
    }
    if (!add_field_ids(maker, &cut, &samples, &added, place, error)) {
        return false;
    }
    if (samples > 0 && samples == added) {
        return true;
    }
    rsid = rsid_of(&cut, &rsid_length);
    if (rsid != NULL) {
        return add_bytes(maker, rsid, rsid_length, place, error);
    }
    return add_places(maker, &cut, place, error);
}

bool index_make_vcf(struct index_maker *maker, struct lines *lines, struct error *error)
{
    struct vcf_header header;
    bool is_read = vcf_header_read(lines, maker->arena, &header, error);
    const char *line = "";
    size_t length;
    uint64_t place;

    lines_close(lines);
    if (!is_read) {
        return false;
    }
    vcf_header_destroy(&header);
    while (is_read && line != NULL) {
        is_read = index_source_next(maker->source, &line, &length, &place, error);
        maker->line++;
        if (is_read && line != NULL && *line != '#' && !index_is_blank(line, length)) {
            is_read = add_line(maker, line, length, place, error);
        }
    }
    return is_read;
}
