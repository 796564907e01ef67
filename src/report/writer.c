#include "base/memory.h"
#include "report/table.h"
#include <math.h>
#include <string.h>

/* Where the present cell goes, and how the format wants it. */
struct table_writer {
    enum table_format format;
    const struct table_kind *kind;
    bool is_simulated;
    const struct table_extra *extra; /* NULL: no column more */
    const char *by_hand;             /* variants left out by hand; NULL: no column of them */
    const char *exposure, *outcome;  /* of the present row, for it */
    const struct pair *only;         /* NULL: the rows of every pair */
    bool is_other;                   /* the present row is of another pair than that */
    size_t column;                   /* of the cell to come */
    size_t row;
    size_t row_start; /* of the present row, in the text */
    struct text *text;
    struct text *segments; /* one a direction, where they are wanted apart; else NULL */
    const char *direction; /* of the present row, for them */
    table_sink *sink;      /* of long texts; NULL: none */
    void *context;         /* of the sink */
};

/* So many bytes go to the sink at once. */
#define SUNK ((size_t)1 << 18)

/* A made-up outcome is said in the header of its tables, by this column at the end. */
#define SIMULATED_COLUMN "simulated_outcome"
/* So are variants that a person left out. */
#define BY_HAND_COLUMN "excluded_by_hand"

static const char *const format_names[] = {
    [TABLE_TSV] = "tsv", [TABLE_CSV] = "csv", [TABLE_JSON] = "json"};

bool table_format_of(const char *name, enum table_format *format)
{
    for (size_t i = 0; i < sizeof format_names / sizeof format_names[0]; i++) {
        if (strcmp(name, format_names[i]) == 0) {
            *format = (enum table_format)i;
            return true;
        }
    }
    return false;
}

const char *table_format_key(enum table_format format)
{
    return format_names[format];
}

static void add_json_text(struct text *text, const char *clean)
{
    text_add(text, "\"");
    for (const char *at = clean; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            text_add(text, "\\");
        }
        text_add_bytes(text, at, 1);
    }
    text_add(text, "\"");
}

/* Spreadsheets run a cell that starts with one of these. */
static bool is_formula(const char *clean)
{
    return clean[0] != '\0' && strchr("=+-@", clean[0]) != NULL;
}

static void add_csv_text(struct text *text, const char *clean)
{
    const char *apostrophe = is_formula(clean) ? "'" : "";
    if (strpbrk(clean, ",\"") == NULL) {
        text_addf(text, "%s%s", apostrophe, clean);
        return;
    }
    text_addf(text, "\"%s", apostrophe);
    for (const char *at = clean; *at != '\0'; at++) {
        text_add_bytes(text, at, 1);
        if (*at == '"') {
            text_add(text, "\"");
        }
    }
    text_add(text, "\"");
}

/* After cleaning no tab, quotation by newline or control character is left to escape. */
static void add_text(struct table_writer *writer, const char *cell)
{
    if (writer->format == TABLE_TSV && text_is_clean(cell)) {
        text_add(writer->text, cell);
        return;
    }
    char *clean = text_clean(cell);
    if (writer->format == TABLE_JSON) {
        add_json_text(writer->text, clean);
    } else if (writer->format == TABLE_CSV) {
        add_csv_text(writer->text, clean);
    } else {
        text_add(writer->text, clean);
    }
    memory_free(clean);
}

static const char *column_name(const struct table_writer *writer, size_t column)
{
    size_t own = 0;
    while (own < column && writer->kind->columns[own] != NULL) {
        own++;
    }
    if (writer->kind->columns[own] != NULL) {
        return writer->kind->columns[own];
    }
    size_t more = column - own;
    if (writer->extra != NULL && more-- == 0) {
        return writer->extra->name;
    }
    if (writer->by_hand != NULL && more-- == 0) {
        return BY_HAND_COLUMN;
    }
    return writer->is_simulated && more == 0 ? SIMULATED_COLUMN : NULL;
}

/* What a column of the caller's needs to know of a row. */
static void remember(struct table_writer *writer, const char *text)
{
    const char *name = column_name(writer, writer->column);
    if (strcmp(name, "exposure") == 0) {
        writer->exposure = text;
    } else if (strcmp(name, "outcome") == 0) {
        writer->outcome = text;
    } else if (strcmp(name, "direction") == 0 && !writer->kind->needs_mediators) {
        writer->direction = text; /* with mediators all is forward, and rows stay together */
    }
}

/* Whether a cell shows that its row is not of the pair asked for. */
static bool is_of_other(const struct table_writer *writer, const char *text)
{
    const struct pair *pair = writer->only;
    const char *name = column_name(writer, writer->column), *own = NULL;
    bool is_trait = strcmp(name, "trait") == 0;
    if (is_trait || strcmp(name, "exposure") == 0) {
        own = pair->exposure->key;
    } else if (strcmp(name, "outcome") == 0) {
        own = pair->outcome->key;
    } else if (strcmp(name, "direction") == 0) {
        own = direction_key(pair->direction);
    }
    bool is_ledger = strcmp(writer->kind->columns[0], "trait") == 0;
    return own != NULL && (text == NULL ? !is_ledger || is_trait : strcmp(text, own) != 0);
}

/* Everything that stands before a cell. */
static void open_cell(struct table_writer *writer)
{
    bool is_first = writer->column == 0;
    writer->row_start = is_first ? writer->text->length : writer->row_start;
    if (writer->format == TABLE_JSON) {
        const char *start = writer->row == 0 ? "\n  {" : ",\n  {";
        text_add(writer->text, is_first ? start : ", ");
        add_json_text(writer->text, column_name(writer, writer->column));
        text_add(writer->text, ": ");
    } else if (!is_first) {
        text_add(writer->text, writer->format == TABLE_CSV ? "," : "\t");
    }
    writer->column++;
}

static void add_missing(struct table_writer *writer)
{
    text_add(writer->text, writer->format == TABLE_JSON ? "null" : "NA");
}

void table_text(struct table_writer *writer, const char *text)
{
    if (writer->extra != NULL || writer->segments != NULL) {
        remember(writer, text);
    }
    if (writer->only != NULL && is_of_other(writer, text)) {
        writer->is_other = true;
    }
    open_cell(writer);
    if (text == NULL) {
        add_missing(writer);
    } else {
        add_text(writer, text);
    }
}

/* JSON knows no infinity. */
static bool is_missing(const struct table_writer *writer, double value)
{
    return isnan(value) || (writer->format == TABLE_JSON && isinf(value));
}

void table_number(struct table_writer *writer, double value)
{
    open_cell(writer);
    if (is_missing(writer, value)) {
        add_missing(writer);
    } else {
        text_add_number(writer->text, value);
    }
}

void table_probability(struct table_writer *writer, double p, double neglog10_p)
{
    open_cell(writer);
    if (isnan(p)) {
        add_missing(writer);
    } else {
        text_add_probability(writer->text, p, neglog10_p);
    }
}

static const char *flag_text(const struct table_writer *writer, bool value)
{
    if (writer->format == TABLE_JSON) {
        return value ? "true" : "false";
    }
    return value ? "TRUE" : "FALSE";
}

void table_flag(struct table_writer *writer, bool value)
{
    open_cell(writer);
    text_add(writer->text, flag_text(writer, value));
}

static void let_go(struct table_writer *writer, enum table_segment segment, struct text *text)
{
    if (writer->sink != NULL && text->length >= SUNK) {
        writer->sink(writer->context, segment, text);
    }
}

/* The finished row, to the segment of its direction. */
static void move_row(struct table_writer *writer)
{
    enum table_segment segment = writer->direction == NULL ? SEGMENT_NEITHER
                                 : strcmp(writer->direction, direction_key(FORWARD)) == 0
                                     ? SEGMENT_FORWARD
                                     : SEGMENT_REVERSE;
    text_add_bytes(&writer->segments[segment], writer->text->bytes, writer->text->length);
    writer->text->length = 0;
    writer->direction = NULL;
    let_go(writer, segment, &writer->segments[segment]);
}

void table_end_row(struct table_writer *writer)
{
    if (writer->extra != NULL) {
        const struct table_extra *extra = writer->extra;
        table_text(writer, extra->cell(extra->context, writer->exposure, writer->outcome));
    }
    if (writer->by_hand != NULL) {
        table_text(writer, writer->by_hand);
    }
    if (writer->is_simulated) {
        table_flag(writer, true);
    }
    text_add(writer->text, writer->format == TABLE_JSON ? "}" : "\n");
    writer->column = 0;
    if (writer->is_other) {
        writer->text->length = writer->row_start;
        writer->is_other = false;
        return;
    }
    writer->row++;
    if (writer->segments != NULL) {
        move_row(writer);
    } else {
        let_go(writer, SEGMENT_NEITHER, writer->text);
    }
}

static void add_header(struct table_writer *writer)
{
    for (size_t i = 0; column_name(writer, i) != NULL; i++) {
        text_add(writer->text, i == 0 ? "" : writer->format == TABLE_CSV ? "," : "\t");
        text_add(writer->text, column_name(writer, i));
    }
    text_add(writer->text, "\n");
}

static void open_table(struct table_writer *writer)
{
    if (writer->format == TABLE_JSON) {
        text_add(writer->text, "[");
    } else {
        add_header(writer);
    }
}

static void close_table(struct table_writer *writer)
{
    if (writer->format == TABLE_JSON) {
        text_add(writer->text, writer->row == 0 ? "]\n" : "\n]\n");
    }
}

/* Those that rest on the whole first. */
static void fill_all(const struct table_kind *kind, const struct results *results,
                     struct table_writer *writer)
{
    if (kind->gatherer != NULL) {
        struct arena *arena = arena_create();
        void *gathered = kind->gatherer->begin(arena);
        kind->gatherer->take(gathered, results);
        kind->gatherer->fill(gathered, writer);
        kind->gatherer->end(gathered);
        arena_destroy(arena);
    }
    if (kind->fill != NULL) {
        kind->fill(results, writer);
    }
}

void table_print_gathered(const struct table_kind *kind, bool is_simulated,
                          enum table_format format, const void *gathered, struct text *text,
                          bool *has_rows)
{
    struct table_writer writer = {
        .format = format, .kind = kind, .is_simulated = is_simulated, .text = text};
    kind->gatherer->fill(gathered, &writer);
    *has_rows = writer.row > 0;
}

void table_print(const struct table_kind *kind, const struct results *results,
                 enum table_format format, struct text *text)
{
    table_print_with(kind, results, format, NULL, text);
}

/* A table of results, with the columns at its end that those call for. */
static void print_results(struct table_writer *writer, const struct results *results)
{
    struct text by_hand = {0};
    exclusions_list(&results->options.exclusions, &by_hand);
    writer->is_simulated = results->study->is_simulated;
    writer->by_hand = by_hand.bytes;
    open_table(writer);
    fill_all(writer->kind, results, writer);
    close_table(writer);
    text_drop(&by_hand);
}

void table_print_with(const struct table_kind *kind, const struct results *results,
                      enum table_format format, const struct table_extra *extra,
                      struct text *text)
{
    struct table_writer writer = {.format = format, .kind = kind, .extra = extra, .text = text};
    print_results(&writer, results);
}

void table_print_pair(const struct table_kind *kind, const struct results *results,
                      const struct pair *pair, const struct table_extra *extra,
                      struct text *text)
{
    struct table_writer writer = {
        .format = TABLE_TSV, .kind = kind, .extra = extra, .only = pair, .text = text};
    print_results(&writer, results);
}

void table_print_rows(const char *const *columns,
                      void (*fill)(const void *rows, struct table_writer *writer),
                      const void *rows, enum table_format format, struct text *text)
{
    table_print_rows_of(false, columns, fill, rows, format, text);
}

void table_print_rows_of(bool is_simulated, const char *const *columns,
                         void (*fill)(const void *rows, struct table_writer *writer),
                         const void *rows, enum table_format format, struct text *text)
{
    const struct table_kind kind = {.columns = columns};
    struct table_writer writer = {
        .format = format, .kind = &kind, .is_simulated = is_simulated, .text = text};

    open_table(&writer);
    fill(rows, &writer);
    close_table(&writer);
}

void table_print_flowing(const struct table_kind *kind, const struct results *results,
                         enum table_format format, struct text *segments, table_sink *sink,
                         void *context)
{
    struct table_writer writer = {.format = format,
                                  .kind = kind,
                                  .is_simulated = results->study->is_simulated,
                                  .text = &segments[SEGMENT_NEITHER],
                                  .sink = sink,
                                  .context = context};
    open_table(&writer);
    fill_all(kind, results, &writer);
    close_table(&writer);
}

void table_print_segments(const struct table_kind *kind, const struct results *results,
                          enum table_format format, struct text *segments, table_sink *sink,
                          void *context)
{
    struct text row = {0};
    struct table_writer writer = {.format = format,
                                  .kind = kind,
                                  .is_simulated = results->study->is_simulated,
                                  .row = 1, /* JSON parts it from one before */
                                  .text = &row,
                                  .segments = segments,
                                  .sink = sink,
                                  .context = context};
    if (kind->fill != NULL) {
        kind->fill(results, &writer);
    }
    text_drop(&row);
}

void table_print_ends(const struct table_kind *kind, bool is_simulated,
                      enum table_format format, bool has_rows, struct text *opening,
                      struct text *closing)
{
    struct table_writer writer = {.format = format,
                                  .kind = kind,
                                  .is_simulated = is_simulated,
                                  .row = has_rows,
                                  .text = opening};
    open_table(&writer);
    writer.text = closing;
    close_table(&writer);
}
