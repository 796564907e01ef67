#include "report/manifest.h"
#include "base/i18n.h"
#include "base/text.h"
#include "config.h"
#include "estimate/settings.h"
#include "report/repeat.h"
#include "study/asked.h"
#include <math.h>
#include <string.h>

static const char *const columns[] = {"item", "name", "value", "bytes", "crc32", NULL};

static void add_item(struct table_writer *writer, const char *item, const char *name,
                     const char *value)
{
    table_text(writer, item);
    table_text(writer, name);
    table_text(writer, value);
    table_number(writer, NAN);
    table_text(writer, NULL);
    table_end_row(writer);
}

static void add_file(struct table_writer *writer, const char *item, const char *name,
                     const struct checksum *checksum)
{
    static const char *const extents[CHECKSUM_EXTENTS] = {
        [CHECKSUM_ENDS] = "crc32 of the first and last 64 KB",
        [CHECKSUM_NONE] = "not a plain file"};
    bool is_known = checksum->extent != CHECKSUM_NONE;
    struct text sum = {0};
    text_addf(&sum, "%08x", (unsigned)checksum->crc32);
    table_text(writer, item);
    table_text(writer, name);
    table_text(writer, extents[checksum->extent]);
    table_number(writer, is_known ? (double)checksum->bytes : NAN);
    table_text(writer, is_known ? sum.bytes : NULL);
    table_end_row(writer);
    text_drop(&sum);
}

static void setting_rows(const struct estimate_settings *settings, struct table_writer *writer)
{
    for (int i = 0; i < SETTINGS; i++) {
        const struct setting *setting = settings_get((enum setting_id)i);
        struct text value = {0};
        setting->say(settings, &value);
        add_item(writer, "setting", setting->key, value.bytes);
        text_drop(&value);
    }
}

/* What a shell takes for one word. */
static void add_word(struct text *line, const char *word)
{
    text_add(line, "'");
    for (const char *at = word; *at != '\0'; at++) {
        text_add_bytes(line, at, 1);
        if (*at == '\'') {
            text_add(line, "\\''");
        }
    }
    text_add(line, "'");
}

static void add_option(struct text *line, const char *name, const char *value)
{
    text_addf(line, " --%s", name);
    if (value != NULL) {
        text_add(line, " ");
        add_word(line, value);
    }
}

/* The manifest is text for people, in which such a word would stand for another one. */
static bool has_unclean_word(const struct manifest *manifest)
{
    bool is_clean = true;
    for (size_t i = 0; i < manifest->asked->count && is_clean; i++) {
        const struct study_asked *asked = array_at(manifest->asked, i);
        bool is_word = strcmp(asked->item, "option") == 0 || strcmp(asked->name, "file") == 0;
        is_clean = !is_word || asked->value == NULL || text_is_clean(asked->value);
    }
    return !is_clean;
}

/* The line that does the same again, but for the folder that the tables go to. */
static void command_row(const struct manifest *manifest, struct table_writer *writer)
{
    struct text line = {0};
    if (has_unclean_word(manifest)) {
        return;
    }
    text_add(&line, "taxamr run");
    for (size_t i = 0; i < manifest->asked->count; i++) {
        const struct study_asked *asked = array_at(manifest->asked, i);
        if (strcmp(asked->item, "option") == 0) {
            add_option(&line, asked->name, asked->value);
        } else if (strcmp(asked->name, "file") == 0) {
            text_add(&line, " ");
            add_word(&line, asked->value);
        }
    }
    add_option(&line, "format", table_format_key(manifest->format));
    if (manifest->shard != NULL) {
        add_option(&line, "shard", manifest->shard);
    }
    add_item(writer, "command", "run", line.bytes);
    text_drop(&line);
}

static void asked_rows(const struct manifest *manifest, struct table_writer *writer)
{
    for (size_t i = 0; i < manifest->asked->count; i++) {
        const struct study_asked *asked = array_at(manifest->asked, i);
        add_item(writer, asked->item, asked->name, asked->value);
    }
    add_item(writer, "option", "format", table_format_key(manifest->format));
    command_row(manifest, writer);
}

/* A number that is not set comes from the data. */
static void parameter_rows(const struct estimate_settings *settings,
                           struct table_writer *writer)
{
    for (int i = 0; i < PARAMETERS; i++) {
        const struct parameter *parameter = parameters_get((enum parameter_id)i);
        double value = settings->parameters[i];
        struct text text = {0};
        if (parameter->choices != NULL && !isnan(value)) {
            text_add(&text, parameter->choices[(size_t)value]);
        } else if (!isnan(value)) {
            text_add_number(&text, value);
        }
        add_item(writer, "parameter", parameter->key, text.bytes);
        text_drop(&text);
    }
}

static void fill(const void *of, struct table_writer *writer)
{
    const struct manifest *manifest = of;
    const struct results_options *options = manifest->options;
    add_item(writer, "program", "taxamr", PACKAGE_VERSION);
    add_item(writer, "study", "title", manifest->title);
    if (manifest->shard != NULL) {
        add_item(writer, "study", "shard", manifest->shard);
    }
    asked_rows(manifest, writer);
    setting_rows(&options->settings, writer);
    parameter_rows(&options->settings, writer);
    for (size_t i = 0; i < options->method_count; i++) {
        add_item(writer, "method", options->methods[i]->key, options->methods[i]->name);
    }
    for (size_t i = 0; i < manifest->inputs->count; i++) {
        const struct study_file *file = array_at(manifest->inputs, i);
        add_file(writer, "input", file->path, &file->sum);
    }
    for (size_t i = 0; i < manifest->outputs->count; i++) {
        const struct manifest_output *output = array_at(manifest->outputs, i);
        add_file(writer, strcmp(output->name, REPEAT_NAME) == 0 ? "script" : "table",
                 output->name, &output->sum);
    }
}

const struct study_file *manifest_find(const struct array *files, const char *path)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct study_file *file = array_at(files, i);
        if (strcmp(file->path, path) == 0) {
            return file;
        }
    }
    return NULL;
}

bool manifest_sum_inputs(struct study *study, const struct array *known, struct error *error)
{
    for (size_t i = 0; i < study->files.count; i++) {
        struct study_file *file = array_at(&study->files, i);
        const struct study_file *first = manifest_find(&study->files, file->path);
        const struct study_file *before = manifest_find(known, file->path);
        if (first != file) {
            file->sum = first->sum;
        } else if (before != NULL) {
            file->sum = before->sum;
        } else if (!checksum_in_passing(file->path, &file->sum, error)) {
            return false;
        }
    }
    return true;
}

void manifest_print(const struct manifest *manifest, struct text *text)
{
    table_print_rows(columns, fill, manifest, TABLE_JSON, text);
}
