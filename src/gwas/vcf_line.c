#include "gwas/vcf_line.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/place.h"
#include "gwas/rows.h"
#include <math.h>
#include <string.h>

#define NOWHERE ((size_t)-1)

static bool fail(const struct vcf_line *line, const char *column, const char *cell,
                 struct error *error)
{
    char *shown = text_fit(cell, 40, true);

    error_set(error, ERROR_DATA, lines_name(line->lines), lines_number(line->lines), column,
              _("found \"%s\"; write %s, or pass --skip-bad-rows"), shown,
              _("a number or a dot, one for each ALT"));
    memory_free(shown);
    return false;
}

static bool fail_count(const struct vcf_line *line, size_t found, struct error *error)
{
    return error_set(error, ERROR_DATA, lines_name(line->lines), lines_number(line->lines),
                     NULL,
                     _("found %zu cells where the header has %zu; mend the row, or pass "
                       "--skip-bad-rows"),
                     found, VCF_SAMPLES + line->header->samples.count);
}

/* Cuts a line at its tabs. */
static bool cut_cells(struct vcf_line *line, char *text, struct error *error)
{
    size_t all = VCF_SAMPLES + line->header->samples.count;
    size_t found = 0;

    while (text != NULL) {
        char *next = strchr(text, '\t');

        if (next != NULL) {
            *next++ = '\0';
        }
        if (found < VCF_SAMPLES) {
            line->cells[found] = text;
        } else if (found < all) {
            line->samples[found - VCF_SAMPLES] = text;
        }
        found++;
        text = next;
    }
    return found == all || fail_count(line, found, error);
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
static void find_fields(struct vcf_line *line, const char *format)
{
    char *copy, *at;

    if (line->format != NULL && strcmp(line->format, format) == 0) {
        return;
    }
    memory_free(line->format);
    line->format = memory_copy_text(format);
    at = copy = memory_copy_text(format);
    for (int i = 0; i < VCF_VALUES; i++) {
        line->at[i] = NOWHERE;
    }
    for (line->fields = 0; at != NULL; line->fields++) {
        const char *key = next_part(&at, ':');

        for (int i = 0; i < VCF_VALUES; i++) {
            bool is_it =
                strcmp(key, line->keys[i]) == 0 ||
                (i == VALUE_N && strcmp(line->keys[i], "SS") == 0 && strcmp(key, "NS") == 0);

            line->at[i] = is_it ? line->fields : line->at[i];
        }
    }
    memory_free(copy);
}

const char *vcf_line_text(const struct vcf_line *line, enum vcf_value value)
{
    size_t at = line->at[value];

    return at < line->parts.count ? *(const char **)array_at(&line->parts, at) : NULL;
}

/* One of the comma-separated numbers of a field, one for each ALT. */
static bool number_of(const struct vcf_line *line, enum vcf_value value, size_t allele,
                      double *number, struct error *error)
{
    const char *cell = vcf_line_text(line, value);
    const char *at = cell;
    char one[64];
    size_t length, commas = 0;

    *number = NAN;
    if (cell == NULL || rows_is_missing(cell, false)) {
        return true;
    }
    if (line->alts.count == 1) {
        return rows_number(cell, number) || fail(line, line->keys[value], cell, error);
    }
    for (const char *c = cell; *c != '\0'; c++) {
        commas += *c == ',';
    }
    for (size_t i = 0; i < allele && at != NULL; i++) {
        at = strchr(at, ',');
        at = at == NULL ? NULL : at + 1;
    }
    length = at == NULL ? sizeof one : strcspn(at, ",");
    if (commas + 1 != line->alts.count || length >= sizeof one) {
        return fail(line, line->keys[value], cell, error);
    }
    memcpy(one, at, length);
    one[length] = '\0';
    return rows_number(one, number) || fail(line, line->keys[value], cell, error);
}

/* -log10 P as written. The field's own program writes 999 for a P of 0: effect and SE then say
 * more. */
static bool read_p(const struct vcf_line *line, size_t allele, struct association *association,
                   struct error *error)
{
    double written;

    if (!number_of(line, VALUE_LP, allele, &written, error)) {
        return false;
    }
    association->neglog10_p = written == 999 ? INFINITY : written;
    association->p = isnan(written) ? NAN : pow(10, -association->neglog10_p);
    return true;
}

bool vcf_line_numbers(const struct vcf_line *line, size_t sample, size_t allele,
                      struct association *association, struct error *error)
{
    const struct vcf_sample *owner = array_at(&line->header->samples, sample);

    if (!number_of(line, VALUE_BETA, allele, &association->beta, error) ||
        !number_of(line, VALUE_SE, allele, &association->se, error) ||
        !number_of(line, VALUE_EAF, allele, &association->eaf, error) ||
        !number_of(line, VALUE_N, allele, &association->n, error) ||
        !read_p(line, allele, association, error)) {
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

/* Whether the sample last cut has any value. */
static bool is_empty(const struct vcf_line *line)
{
    for (int i = VALUE_BETA; i <= VALUE_LP; i++) {
        const char *text = vcf_line_text(line, (enum vcf_value)i);

        if (text != NULL && text[strspn(text, ".,")] != '\0') {
            return false;
        }
    }
    return true;
}

/* --col of a VCF names a FORMAT field for a number: --col n=NC. */
static bool take_override(struct vcf_line *line, const char *override, struct error *error)
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
        for (size_t j = 0; j < line->header->formats.count; j++) {
            const struct vcf_format *format = array_at(&line->header->formats, j);

            if (strcmp(format->key, override + length) == 0) {
                line->keys[i] = format->key;
                return true;
            }
        }
    }
    return error_set(error, ERROR_DATA, lines_name(line->lines), 0, NULL,
                     _("found --col %s for a VCF; name a declared FORMAT field for beta, se, "
                       "eaf or n"),
                     override);
}

bool vcf_line_begin(struct vcf_line *line, struct lines *lines, const struct vcf_header *header,
                    const struct gwas_options *options, struct error *error)
{
    static const enum vcf_field fields[VCF_VALUES] = {
        [VALUE_BETA] = FIELD_ES, [VALUE_SE] = FIELD_SE, [VALUE_LP] = FIELD_LP,
        [VALUE_EAF] = FIELD_AF,  [VALUE_N] = FIELD_SS,  [VALUE_ID] = FIELD_ID};

    *line = (struct vcf_line){.lines = lines,
                              .header = header,
                              .alts = ARRAY_OF(const char *),
                              .parts = ARRAY_OF(const char *)};
    line->samples = memory_get(header->samples.count, sizeof *line->samples);
    for (int i = 0; i < VCF_VALUES; i++) {
        line->keys[i] = vcf_fields[fields[i]].key;
    }
    for (size_t i = 0; i < options->override_count; i++) {
        if (!take_override(line, options->overrides[i], error)) {
            return false;
        }
    }
    return true;
}

void vcf_line_end(struct vcf_line *line)
{
    array_destroy(&line->alts);
    array_destroy(&line->parts);
    memory_free(line->samples);
    memory_free(line->format);
}

bool vcf_line_cut(struct vcf_line *line, char *text, struct error *error)
{
    if (!cut_cells(line, text, error)) {
        return false;
    }
    find_fields(line, line->cells[VCF_FORMAT]);
    cut(&line->alts, line->cells[VCF_ALT], ',');
    line->chromosome = place_chromosome(line->cells[VCF_CHROM]);
    return rows_number(line->cells[VCF_POS], &line->position) ||
           fail(line, "POS", line->cells[VCF_POS], error);
}

bool vcf_line_sample(struct vcf_line *line, size_t sample, bool *is_empty_sample,
                     struct error *error)
{
    cut(&line->parts, line->samples[sample], ':');
    *is_empty_sample = is_empty(line);
    return line->parts.count <= line->fields ||
           fail(line, "FORMAT", line->cells[VCF_FORMAT], error);
}
