#include "base/i18n.h"
#include "base/text.h"
#include "gwas/vcf.h"
#include <fcntl.h>
#include <htslib/hfile.h>
#include <htslib/hts.h>
#include <htslib/vcf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A BCF being read, and what one record needs. */
struct reading {
    htsFile *file;
    bcf_hdr_t *header;
    bcf1_t *record;
    kstring_t line;
    struct text *text;
};

/* The shortest decimal that is this number in the four bytes that a BCF has for it. */
static void add_float(struct text *text, float value)
{
    char shown[40];

    for (int digits = 6; digits <= 9; digits++) {
        snprintf(shown, sizeof shown, "%.*g", digits, (double)value);
        if (strtof(shown, NULL) == value) {
            break;
        }
    }
    text_add(text, shown);
}

/* The numbers of one sample in a field of floats; others as htslib prints them. */
static void add_field(const struct reading *reading, bcf_fmt_t *field, int sample)
{
    kstring_t shown = {0, 0, NULL};

    if (field->type != BCF_BT_FLOAT) {
        bcf_fmt_array(&shown, field->n, field->type,
                      field->p + (size_t)sample * (size_t)field->size);
        text_add(reading->text, shown.l == 0 ? "." : shown.s);
        free(shown.s);
        return;
    }
    for (int i = 0; i < field->n; i++) {
        float value;

        memcpy(&value, field->p + (size_t)sample * (size_t)field->size + (size_t)i * 4, 4);
        if (bcf_float_is_vector_end(value)) {
            break;
        }
        text_add(reading->text, i == 0 ? "" : ",");
        if (bcf_float_is_missing(value) || isnan(value)) {
            text_add(reading->text, ".");
        } else {
            add_float(reading->text, value);
        }
    }
}

/* A record as a line: the fixed columns as htslib prints them, then the samples. */
static bool add_record(struct reading *reading)
{
    const char *end;
    int tabs = 0;

    reading->line.l = 0;
    if (reading->record->errcode != 0 || bcf_unpack(reading->record, BCF_UN_ALL) != 0 ||
        vcf_format(reading->header, reading->record, &reading->line) != 0 ||
        reading->line.l == 0) {
        return false;
    }
    for (end = reading->line.s; *end != '\0' && *end != '\n'; end++) {
        tabs += *end == '\t';
        if (tabs == 9) {
            break;
        }
    }
    text_add_bytes(reading->text, reading->line.s, (size_t)(end - reading->line.s));
    for (int sample = 0; tabs == 9 && sample < bcf_hdr_nsamples(reading->header); sample++) {
        for (int i = 0; i < reading->record->n_fmt; i++) {
            text_add(reading->text, i == 0 ? "\t" : ":");
            add_field(reading, &reading->record->d.fmt[i], sample);
        }
    }
    text_add(reading->text, "\n");
    return true;
}

static bool add_all(struct reading *reading)
{
    int got;

    if (bcf_hdr_format(reading->header, 0, &reading->line) != 0) {
        return false;
    }
    text_add_bytes(reading->text, reading->line.s, reading->line.l);
    while ((got = bcf_read(reading->file, reading->header, reading->record)) == 0) {
        if (!add_record(reading)) {
            return false;
        }
    }
    return got == -1;
}

bool vcf_of_bcf(const char *path, struct text *text, struct error *error)
{
    struct reading reading = {.text = text, .record = bcf_init()};
    int number = open(path, O_RDONLY | O_CLOEXEC);
    hFILE *opened = number < 0 ? NULL : hdopen(number, "r");
    bool is_read;

    hts_set_log_level(HTS_LOG_OFF);
    reading.file = opened == NULL ? NULL : hts_hopen(opened, "bcf", "r");
    reading.header = reading.file == NULL || reading.file->format.format != bcf
                         ? NULL
                         : bcf_hdr_read(reading.file);
    is_read = reading.header != NULL && add_all(&reading);
    if (reading.header != NULL) {
        bcf_hdr_destroy(reading.header);
    }
    if (reading.file != NULL) {
        hts_close(reading.file);
    } else if (opened != NULL) {
        int closed = hclose(opened);

        (void)closed;
    } else if (number >= 0) {
        close(number);
    }
    bcf_destroy(reading.record);
    free(reading.line.s);
    return is_read || error_set(error, ERROR_DATA, path, 0, NULL,
                                number < 0 ? _("found a BCF file that cannot be opened again; "
                                               "give it by its name")
                                           : _("found a corrupt BCF file; download it again"));
}

bool vcf_open_lines(const char *path, struct lines **lines, struct error *error)
{
    struct text text = {0};
    bool is_open = lines_open(path, lines, error);

    if (!is_open || lines_kind(*lines) != LINES_BCF) {
        return is_open;
    }
    lines_close(*lines);
    is_open = vcf_of_bcf(path, &text, error) &&
              lines_open_bytes(path, text.bytes, text.length, lines, error);
    text_drop(&text);
    return is_open;
}
