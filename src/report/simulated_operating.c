#include "report/kinds.h"
#include "report/simulated.h"

static const char *const columns[] = {
    "method",   "key",           "studies",     "answered",         "nsnp_mean", "effect",
    "b_mean",   "se_mean",       "bias",        "bias_mcse",        "b_sd",      "b_sd_mcse",
    "coverage", "coverage_mcse", "type1_error", "type1_error_mcse", "power",     "power_mcse",
    NULL};

static void add_number(struct table_writer *writer, struct operating_number number)
{
    table_number(writer, number.value);
    table_number(writer, number.error);
}

static void add_row(struct table_writer *writer, const struct operating *row)
{
    table_text(writer, row->method->name);
    table_text(writer, row->method->key);
    kind_count(writer, row->studies);
    kind_count(writer, row->answered);
    table_number(writer, row->mean_variants);
    table_number(writer, row->effect);
    table_number(writer, row->mean_b);
    table_number(writer, row->mean_se);
    add_number(writer, row->bias);
    add_number(writer, row->spread);
    add_number(writer, row->coverage);
    add_number(writer, row->type1);
    add_number(writer, row->power);
    table_end_row(writer);
}

static void fill(const void *rows, struct table_writer *writer)
{
    const struct simulated_operating *operating = rows;

    for (size_t i = 0; i < operating->count; i++) {
        add_row(writer, &operating->rows[i]);
    }
}

void simulated_print_operating(const struct simulated_operating *operating,
                               enum table_format format, struct text *text)
{
    table_print_rows(columns, fill, operating, format, text);
}
