#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/write.h"
#include "ui/explorer/export.h"
#include <stdio.h>
#include <string.h>

struct effect loop_copy(struct loop *loop)
{
    const struct view *top = loop_top(loop);
    const char *text =
        top->kind->line == NULL ? NULL : top->kind->line(top, &loop->state, loop->scratch);
    if (text == NULL) {
        return effect_refuse("%s", _("this row has no text to copy"));
    }
    /* What is pasted elsewhere may be a shell: of what steers it only the tabs of ours. */
    struct text clean = {0};
    for (const char *at = text, *end; at != NULL; at = *end == '\0' ? NULL : end + 1) {
        end = at + strcspn(at, "\t");
        char *part = memory_copy_bytes(at, (size_t)(end - at));
        for (char *byte = part; *byte != '\0'; byte++) {
            *byte = (unsigned char)*byte < 32 ? ' ' : *byte;
        }
        char *cell = text_clean(part);
        text_addf(&clean, "%s%s", at == text ? "" : "\t", cell);
        memory_free(cell);
        memory_free(part);
    }
    struct effect effect = effect_text(EFFECT_COPY, clean.bytes);
    text_drop(&clean);
    return effect;
}

/* Where a text goes, which must not be another's by accident. */
static struct effect write_text(const struct loop *loop, const struct order *order,
                                const char *text, const char *said)
{
    struct error error = {0};
    const char *path = order->argument;
    bool is_over = export_takes_over(&path);
    if (path == NULL) {
        return effect_refuse("%s", _("write the name of a file"));
    }
    if (strcmp(path, "-") == 0) {
        bool is_out = fputs(text, stdout) >= 0 && fflush(stdout) == 0;
        return is_out ? effect_none() : effect_refuse("%s", _("standard output takes no more"));
    }
    if (!is_over && export_is_there(path)) {
        return export_ask_over(loop, order, "", path);
    }
    return write_whole(path, text, strlen(text), &error)
               ? effect_message(_("%s: %s"), said, path)
               : effect_error(&error);
}

/* The screen as it is after what was done so far; on the terminal, as it is seen. */
struct effect loop_snapshot(struct loop *loop, const struct order *order)
{
    if (order->argument == NULL || *order->argument == '\0') {
        return effect_open(prompt_view_create(PROMPT_FILE, order->action, "screen.txt"));
    }
    if (loop->canvas == NULL) {
        return effect_none();
    }
    struct canvas *canvas = loop->canvas;
    loop_draw(loop, canvas->columns, canvas->rows, canvas->ascii);
    char *text = canvas_as_text(loop->canvas, false);
    struct effect effect = write_text(loop, order, text, _("screen written"));
    memory_free(text);
    return effect;
}

struct effect loop_save_script(struct loop *loop, const struct order *order)
{
    if (order->argument == NULL || *order->argument == '\0') {
        return effect_open(prompt_view_create(PROMPT_FILE, order->action, "taxamr.script"));
    }
    struct text text = {0};
    const char *path = loop->options->study_path;
    text_addf(&text, "# replayed by: taxamr%s%s --script FILE\n",
              path != NULL && text_is_clean(path) ? " " : "",
              path != NULL && text_is_clean(path) ? path : "");
    for (size_t i = 0; i < loop->log.count; i++) {
        text_addf(&text, "%s\n", *(char **)array_at(&loop->log, i));
    }
    struct effect effect = write_text(loop, order, text.bytes, _("script written"));
    text_drop(&text);
    return effect;
}
