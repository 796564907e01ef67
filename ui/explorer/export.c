#include "ui/explorer/export.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/write.h"
#include "report/figure.h"
#include "report/report.h"
#include "report/table.h"
#include "ui/explorer/export_figure.h"
#include "ui/explorer/export_tables.h"
#include "ui/explorer/shown.h"
#include <string.h>
#include <sys/stat.h>

enum export_kind {
    EXPORT_TABLE,
    EXPORT_CHART,
    EXPORT_FIGURE,
    EXPORT_NARROW,
    EXPORT_PAIR,
    EXPORT_STUDY,
    EXPORT_FOLDER,
    EXPORT_REPORT,
    EXPORT_KINDS
};

static const struct {
    const char *key, *name, *file; /* file: what the name ends in */
} kinds[EXPORT_KINDS] = {
    [EXPORT_TABLE] = {"table", N_("this table as it is shown (TSV)"), ".tsv"},
    [EXPORT_CHART] = {"chart", N_("this chart as text"), ".txt"},
    [EXPORT_FIGURE] = {"figure", N_("this chart as a figure, 190 mm wide (.svg, .pdf, .png)"),
                       ".svg"},
    [EXPORT_NARROW] = {"narrow-figure", N_("the same for one column, 90 mm wide"), ".svg"},
    [EXPORT_PAIR] = {"pair", N_("every table of this pair, into a folder"), ""},
    [EXPORT_STUDY] = {"study", N_("the whole study's table of this kind (.tsv, .csv, .json)"),
                      ".tsv"},
    [EXPORT_FOLDER] = {"all", N_("every table of the whole study, into a folder"), ""},
    [EXPORT_REPORT] = {"report", N_("the whole study as a page for a browser (.html)"),
                       ".html"},
};

const char *export_kind_key(size_t kind)
{
    return kind < EXPORT_KINDS ? kinds[kind].key : NULL;
}

/* What an argument asks for: "[over] [KIND] [FILE]". */
struct wanted {
    bool is_over;
    enum export_kind kind;
    double width;     /* of a figure, in millimetres */
    const char *file; /* NULL: to be asked for */
};

/* As wide as two columns of most journals, and as one. */
static const double FIGURE_WIDTH = 190, NARROW_WIDTH = 90;

/* Whether text begins with a word; *rest is what follows it, NULL nothing. */
static bool has_word(const char *text, const char *word, const char **rest)
{
    size_t length = strlen(word);
    if (strncmp(text, word, length) != 0 || (text[length] != ' ' && text[length] != '\0')) {
        return false;
    }
    const char *after = text + length + strspn(text + length, " ");
    *rest = *after == '\0' ? NULL : after;
    return true;
}

static bool is_figure(enum export_kind kind)
{
    return kind == EXPORT_FIGURE || kind == EXPORT_NARROW;
}

/* A name without a kind is a file for the whole study's table, or a figure by its end. */
static struct wanted read_wanted(const char *argument)
{
    struct wanted wanted = {false, EXPORT_STUDY, FIGURE_WIDTH, argument};
    wanted.is_over = has_word(argument, "over", &wanted.file);
    for (int i = 0; wanted.file != NULL && i < EXPORT_KINDS; i++) {
        const char *rest;
        if (has_word(wanted.file, kinds[i].key, &rest)) {
            wanted.kind = (enum export_kind)i;
            wanted.file = rest;
            break;
        }
    }
    enum figure_format format;
    bool is_drawn = wanted.kind == EXPORT_STUDY || wanted.kind == EXPORT_CHART;
    if (is_drawn && wanted.file != NULL && figure_format_of(wanted.file, &format)) {
        wanted.kind = EXPORT_FIGURE;
    }
    if (is_figure(wanted.kind)) {
        wanted.width = wanted.kind == EXPORT_NARROW ? NARROW_WIDTH : FIGURE_WIDTH;
        wanted.file = export_figure_width(wanted.file, &wanted.width);
    }
    return wanted;
}

bool export_asks(const char *argument)
{
    return argument == NULL || read_wanted(argument).file == NULL;
}

/* The kind of table that a screen is about. */
static const char *table_of(unsigned view)
{
    switch (view) {
    case IN_PAIR:
        return "estimates";
    case IN_VARIANT:
        return "singlesnp";
    case IN_LEDGER:
        return "ledger";
    default:
        return "summary";
    }
}

/* The pair under the cursor, or EXPORT_ALL. */
static size_t pair_of(const struct loop *loop)
{
    const struct view *view = loop_top(loop);
    struct place place = view->kind->save(view);
    size_t index;
    bool has_taxon =
        (view->kind->bit & (IN_TAXA | IN_PAIR | IN_VARIANT | IN_BOTH | IN_BOTH_PAIR)) != 0;
    const struct trait *taxon =
        !has_taxon || place.taxon == NULL ? NULL : state_taxon(&loop->state, place.taxon);
    return taxon != NULL && state_pair(&loop->state, taxon, &index) != NULL ? index
                                                                            : EXPORT_ALL;
}

static bool has_kind(const struct loop *loop, enum export_kind kind)
{
    const struct view *view = loop_top(loop);
    switch (kind) {
    case EXPORT_TABLE:
        return view->kind->table != NULL;
    case EXPORT_CHART:
        return view->kind->chart != NULL;
    case EXPORT_FIGURE:
    case EXPORT_NARROW:
        return view->kind->figure != NULL;
    case EXPORT_PAIR:
        return pair_of(loop) != EXPORT_ALL;
    default:
        return true;
    }
}

static struct effect ask_kind(const struct loop *loop, const struct order *order)
{
    const char *values[EXPORT_KINDS], *labels[EXPORT_KINDS];
    size_t count = 0;
    for (int i = 0; i < EXPORT_KINDS; i++) {
        if (has_kind(loop, (enum export_kind)i)) {
            values[count] = kinds[i].key;
            labels[count++] = gettext(kinds[i].name);
        }
    }
    return effect_open(
        menu_view_create(_("write to a file"), order->action, values, labels, count, 0));
}

/* A name out of what is written: the taxon's key or the screen's own. */
static struct effect ask_name(const struct loop *loop, const struct order *order,
                              enum export_kind kind)
{
    const struct view *view = loop_top(loop);
    struct place place = view->kind->save(view);
    bool is_list = view->kind->bit == IN_TAXA || strcmp(view->kind->key, "both") == 0,
         by_taxon = pair_of(loop) != EXPORT_ALL && !is_list;
    struct text name = {0}, prefix = {0};
    text_add(&name, kind == EXPORT_STUDY              ? table_of(view->kind->bit)
                    : kind == EXPORT_FOLDER           ? "tables"
                    : kind == EXPORT_REPORT           ? "report"
                    : kind == EXPORT_PAIR || by_taxon ? place.taxon
                                                      : view->kind->key);
    for (char *at = name.bytes; *at != '\0'; at++) {
        *at = *at == '/' || (unsigned char)*at < 33 ? '_' : *at;
    }
    if (kind == EXPORT_TABLE || kind == EXPORT_CHART || is_figure(kind)) {
        text_addf(&name, "%s%s", by_taxon ? "-" : "", by_taxon ? view->kind->key : "");
    }
    text_add(&name, kinds[kind].file);
    text_addf(&prefix, "%s ", kinds[kind].key);
    struct effect effect = effect_open(
        prompt_view_create_with(PROMPT_FILE, order->action, prefix.bytes, name.bytes));
    text_drop(&name);
    text_drop(&prefix);
    return effect;
}

bool export_takes_over(const char **file)
{
    return has_word(*file, "over", file);
}

bool export_is_there(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

struct effect export_ask_over(const struct loop *loop, const struct order *order,
                              const char *what, const char *file)
{
    if (loop->options->script != NULL) {
        return effect_refuse(_("%s is there already; %s over %s%s writes over it"), file,
                             order->action->name, what, file);
    }
    struct text over = {0}, title = {0};
    text_addf(&over, "over %s%s", what, file);
    const char *slash = strrchr(file, '/');
    text_addf(&title, _("%s is there already"), slash == NULL ? file : slash + 1);
    char *again = memory_copy_bytes(what, strcspn(what, " "));
    const char *values[] = {again, over.bytes};
    const char *labels[] = {_("give another name"), _("write over it")};
    char *clean = text_clean(title.bytes);
    struct effect effect =
        effect_open(menu_view_create(clean, order->action, values, labels, 2, 0));
    memory_free(clean);
    memory_free(again);
    text_drop(&over);
    text_drop(&title);
    return effect;
}

static struct effect write_text(const struct text *text, const char *path, const char *what)
{
    struct error error = {0};
    size_t lines = 0;
    for (size_t i = 0; i < text->length; i++) {
        lines += text->bytes[i] == '\n';
    }
    if (!write_whole(path, text->bytes == NULL ? "" : text->bytes, text->length, &error)) {
        return effect_error(&error);
    }
    return effect_message(_("%s written to %s, %zu lines"), what, path, lines);
}

/* By the end of a name; one without an end, or of plain text, is a TSV. */
static bool format_of(const char *path, enum table_format *format)
{
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    *format = TABLE_TSV;
    return dot == NULL || strcmp(dot, ".txt") == 0 || table_format_of(dot + 1, format);
}

static struct effect write_shown(struct loop *loop, const struct wanted *wanted)
{
    const struct view *view = loop_top(loop);
    struct text text = {0};
    size_t columns = loop->canvas == NULL ? 100 : loop->canvas->columns;
    bool is_table = wanted->kind == EXPORT_TABLE;
    bool is_there = is_table ? view->kind->table(view, &loop->state, &text)
                             : view->kind->chart(view, &loop->state, columns, &text);
    struct effect effect =
        is_there ? write_text(&text, wanted->file, is_table ? _("the table") : _("the chart"))
                 : effect_refuse("%s", _("there is nothing to write yet"));
    text_drop(&text);
    return effect;
}

static struct effect write_study(struct loop *loop, const struct wanted *wanted)
{
    const struct table_kind *table = tables_find(table_of(loop_top(loop)->kind->bit));
    struct text text = {0};
    enum table_format format;
    if (!format_of(wanted->file, &format)) {
        return effect_refuse(_("found %s; write a name that ends in .tsv, .csv or .json"),
                             wanted->file);
    }
    export_print(table, state_results(&loop->state), format, &loop->state.notes, &text);
    struct effect effect = write_text(&text, wanted->file, table->key);
    text_drop(&text);
    return effect;
}

static struct effect write_folder(struct loop *loop, const struct wanted *wanted)
{
    size_t count, pair = wanted->kind == EXPORT_PAIR ? pair_of(loop) : EXPORT_ALL;
    struct error error = {0};
    if (!export_tables(state_results(&loop->state), &loop->state.notes, pair, wanted->file,
                       &count, &error)) {
        return effect_error(&error);
    }
    return effect_message(_("%zu tables written into %s"), count, wanted->file);
}

/* What is left out by hand is left out of it, too, and said. */
static struct effect write_report(struct loop *loop, const struct wanted *wanted)
{
    struct error error = {0};
    struct text page = {0};
    if (!state_is_complete(&loop->state)) {
        return effect_refuse("%s", _("not everything is computed yet; a report holds it all"));
    }
    report_print(state_results(&loop->state), &page);
    double size = (double)page.length / 1e6;
    bool is_written = write_whole(wanted->file, page.bytes, page.length, &error);
    text_drop(&page);
    return is_written
               ? effect_message(_("the report written to %s, %.1f MB"), wanted->file, size)
               : effect_error(&error);
}

/* What was left out by hand is said of every file of results. */
static struct effect say_left_out(const struct loop *loop, struct effect effect)
{
    size_t count = shown_left_out(&loop->state);
    if (count == 0 || effect.kind != EFFECT_MESSAGE) {
        return effect;
    }
    struct text text = {0};
    text_addf(&text, _("%zu left out by hand"), count);
    struct effect said = effect_message("%s (%s)", effect.text, text.bytes);
    text_drop(&text);
    memory_free(effect.text);
    return said;
}

static struct effect write_wanted(struct loop *loop, const struct wanted *wanted)
{
    switch (wanted->kind) {
    case EXPORT_TABLE:
    case EXPORT_CHART:
        return write_shown(loop, wanted);
    case EXPORT_FIGURE:
    case EXPORT_NARROW:
        return export_figure(loop_top(loop), &loop->state, wanted->width, wanted->file);
    case EXPORT_STUDY:
        return write_study(loop, wanted);
    case EXPORT_REPORT:
        return write_report(loop, wanted);
    default:
        return write_folder(loop, wanted);
    }
}

struct effect export_act(struct loop *loop, const struct order *order)
{
    if (order->argument == NULL) {
        return ask_kind(loop, order);
    }
    struct wanted wanted = read_wanted(order->argument);
    if (!has_kind(loop, wanted.kind)) {
        return effect_refuse(_("this screen has no “%s” to write"), kinds[wanted.kind].key);
    }
    if (wanted.file == NULL) {
        return ask_name(loop, order, wanted.kind);
    }
    if (!wanted.is_over && export_is_there(wanted.file)) {
        struct text what = {0};
        text_addf(&what, "%s ", kinds[wanted.kind].key);
        struct effect asked = export_ask_over(loop, order, what.bytes, wanted.file);
        text_drop(&what);
        return asked;
    }
    return say_left_out(loop, write_wanted(loop, &wanted));
}
