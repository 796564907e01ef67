#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/rows.h"
#include "gwas/vcf_parts.h"
#include <math.h>
#include <string.h>

const struct vcf_known vcf_fields[VCF_FIELDS] = {
    [FIELD_ES] = {"ES", "beta", N_("effect of one copy of ALT")},
    [FIELD_SE] = {"SE", "se", N_("standard error of the effect")},
    [FIELD_LP] = {"LP", "neglog10_pval", N_("-log10 of P, kept where P underflows")},
    [FIELD_AF] = {"AF", "eaf", N_("frequency of ALT")},
    [FIELD_SS] = {"SS", "n", N_("sample size")},
    [FIELD_NS] = {"NS", "n", N_("sample size (specification 1.1)")},
    [FIELD_ID] = {"ID", "variant", N_("the study's id, where the column ID has none")},
    [FIELD_EZ] = {"EZ", NULL, N_("Z that effect and SE were made from; not needed")},
    [FIELD_SI] = {"SI", NULL, N_("imputation score; no filter unless asked for")},
    [FIELD_NC] = {"NC", NULL, N_("number of cases; not needed")},
};

enum vcf_field vcf_field_of(const char *key, size_t length)
{
    int field = 0;

    while (field < VCF_FIELDS && (strlen(vcf_fields[field].key) != length ||
                                  memcmp(vcf_fields[field].key, key, length) != 0)) {
        field++;
    }
    return (enum vcf_field)field;
}

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* The end of a value within <...>: a comma or the closing sign outside quotes. */
static const char *value_end(const char *at)
{
    bool is_quoted = false;

    for (; *at != '\0'; at++) {
        if (*at == '\\' && is_quoted && at[1] != '\0') {
            at++;
        } else if (*at == '"') {
            is_quoted = !is_quoted;
        } else if (!is_quoted && (*at == ',' || *at == '>')) {
            break;
        }
    }
    return at;
}

/* The value of a key of a line "##WORD=<KEY=VALUE,...>", without its quotes, or NULL. */
static const char *value_of(const char *line, const char *key, struct arena *arena)
{
    const char *at = strchr(line, '<');
    size_t length = strlen(key);

    while (at != NULL && (*at == '<' || *at == ',')) {
        const char *value = ++at;

        at = value_end(at);
        value += strspn(value, " ");
        if (strncmp(value, key, length) == 0 && value[length] == '=') {
            value += length + 1;
            if (*value == '"' && at > value + 1 && at[-1] == '"') {
                return arena_bytes(arena, value + 1, (size_t)(at - value) - 2);
            }
            return arena_bytes(arena, value, (size_t)(at - value));
        }
    }
    return NULL;
}

static double number_of(const char *line, const char *key, struct arena *arena)
{
    const char *text = value_of(line, key, arena);
    double value;

    return text != NULL && rows_number(text, &value) ? value : NAN;
}

static bool is_value(const char *line, const char *key, const char *wanted, struct arena *arena)
{
    const char *value = value_of(line, key, arena);

    return value != NULL && strcasecmp(value, wanted) == 0;
}

/* Specification 1.0 tells of cases and controls (StudyType), not whether their effects are log
 * odds; 1.1 has the type of the trait, its unit and the model. */
static void note_unit(struct vcf_sample *sample, const char *line, struct arena *arena)
{
    sample->is_binary = sample->cases > 0 ||
                        is_value(line, "StudyType", "CaseControl", arena) ||
                        is_value(line, "Type", "binary", arena);
    if (sample->is_binary && is_value(line, "Test", "logistic", arena)) {
        sample->unit = UNIT_LOG_ODDS;
    } else if (sample->is_binary && is_value(line, "Test", "linear", arena)) {
        sample->unit = UNIT_LINEAR;
    } else if (!sample->is_binary && is_value(line, "Unit", "SD", arena)) {
        sample->unit = UNIT_SD;
    }
}

/* What a ##SAMPLE or ##trait line says about the size of a study. */
static void note_sample(struct vcf_header *header, const char *line, struct arena *arena)
{
    struct vcf_sample sample = {.name = value_of(line, "ID", arena),
                                .cases = number_of(line, "TotalCases", arena)};

    if (sample.name == NULL) {
        return;
    }
    sample.n = number_of(line, "TotalSamples", arena);
    if (isnan(sample.n)) {
        sample.n =
            number_of(line, "TotalControls", arena) + (isnan(sample.cases) ? 0 : sample.cases);
    }
    note_unit(&sample, line, arena);
    *(struct vcf_sample *)array_add(&header->samples) = sample;
}

static void note_line(struct vcf_header *header, const char *line, struct arena *arena)
{
    if (starts_with(line, "##FORMAT=<")) {
        struct vcf_format format = {value_of(line, "ID", arena),
                                    value_of(line, "Description", arena)};

        if (format.key != NULL) {
            *(struct vcf_format *)array_add(&header->formats) = format;
        }
    } else if (starts_with(line, "##SAMPLE=<") || starts_with(line, "##trait=<")) {
        note_sample(header, line, arena);
    } else if (header->assembly == NULL && starts_with(line, "##contig=<")) {
        header->assembly = value_of(line, "assembly", arena);
    }
}

static bool is_declared(const struct vcf_header *header, const char *key)
{
    for (size_t i = 0; i < header->formats.count; i++) {
        const struct vcf_format *format = array_at(&header->formats, i);

        if (strcmp(format->key, key) == 0) {
            return true;
        }
    }
    return false;
}

/* The names behind FORMAT become the samples, each with the size noted for it. */
static void take_samples(struct vcf_header *header, char *at, struct arena *arena)
{
    struct array named = ARRAY_OF(struct vcf_sample);

    while (at != NULL) {
        char *next = strchr(at, '\t');
        struct vcf_sample *sample = array_add(&named);

        if (next != NULL) {
            *next++ = '\0';
        }
        *sample = (struct vcf_sample){.name = arena_text(arena, at), .n = NAN, .cases = NAN};
        for (size_t i = 0; i < header->samples.count; i++) {
            const struct vcf_sample *noted = array_at(&header->samples, i);

            if (strcmp(noted->name, at) == 0) {
                const char *name = sample->name;

                *sample = *noted;
                sample->name = name;
            }
        }
        at = next;
    }
    array_destroy(&header->samples);
    header->samples = named;
}

/* The line of column names. */
static bool take_names(struct vcf_header *header, struct lines *lines, char *line,
                       struct arena *arena, struct error *error)
{
    static const char fixed[] = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t";

    if (!starts_with(line, fixed)) {
        return error_set(error, ERROR_DATA, lines_name(lines), lines_number(lines), NULL,
                         starts_with(line, "#CHROM")
                             ? _("found a VCF without samples, so without effects; give a "
                                 "GWAS-VCF")
                             : _("found no line of column names in this VCF; mend its header"));
    }
    take_samples(header, line + sizeof fixed - 1, arena);
    for (int field = FIELD_ES; field <= FIELD_SE; field++) {
        if (!is_declared(header, vcf_fields[field].key)) {
            return error_set(error, ERROR_DATA, lines_name(lines), lines_number(lines), NULL,
                             _("found a VCF that declares no FORMAT field %s, so it holds no "
                               "effects; give a GWAS-VCF"),
                             vcf_fields[field].key);
        }
    }
    return true;
}

bool vcf_header_read(struct lines *lines, struct arena *arena, struct vcf_header *header,
                     struct error *error)
{
    char *line;
    size_t length;
    enum read_result result;
    bool is_read = false;

    *header = (struct vcf_header){.samples = ARRAY_OF(struct vcf_sample),
                                  .formats = ARRAY_OF(struct vcf_format)};
    while ((result = lines_next(lines, &line, &length, error)) == READ_ROW &&
           starts_with(line, "##")) {
        note_line(header, line, arena);
    }
    if (result == READ_END) {
        error_set(error, ERROR_DATA, lines_name(lines), lines_number(lines), NULL,
                  _("found no line of column names in this VCF; mend its header"));
    } else if (result == READ_ROW) {
        is_read = take_names(header, lines, line, arena, error);
    }
    if (!is_read) {
        vcf_header_destroy(header);
    }
    return is_read;
}

void vcf_header_destroy(struct vcf_header *header)
{
    array_destroy(&header->samples);
    array_destroy(&header->formats);
}
