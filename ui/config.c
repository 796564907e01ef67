#include "ui/config.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "study/plan_comments.h"
#include "ui/explorer/action.h"
#include "ui/folders.h"
#include <confuse.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Written by hand: a larger file is something else. */
static const size_t CONFIG_MOST = 1 << 16;

/* A name that no file can hold by accident: an option that carries the parse's own state. */
#define STATE_KEY " state"
#define SECTION "keys"

static const char *const names[] = {"ascii", "color", "mouse", "odds_ratio", "language"};
enum { NAMES = sizeof names / sizeof names[0], LANGUAGE = NAMES - 1 };

/* One statement, as it stands. */
struct entry {
    bool is_key; /* of the section keys */
    char *name, *value;
    long line;
};

struct parse {
    struct array entries;
    long line;       /* of the mistake */
    bool is_cut;     /* the file ends inside something */
    bool is_section; /* the mistake is in the section keys */
    char *said;      /* by libconfuse; NULL: no mistake */
};

void config_complain(struct config *config, long line, const char *format, ...)
{
    char said[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(said, sizeof said, format, arguments);
    va_end(arguments);
    struct error error = {0};
    (void)error_set(&error, ERROR_DATA, config->path, line, NULL, "%s", said);
    *(char **)array_add(&config->complaints) = error_message(&error);
    error_clear(&error);
}

static struct parse *parse_of(const cfg_t *cfg)
{
    for (const cfg_opt_t *option = cfg->opts; option->name != NULL; option++) {
        if (strcmp(option->name, STATE_KEY) == 0) {
            return (struct parse *)option->simple_value.ptr;
        }
    }
    return NULL;
}

static void on_error(cfg_t *cfg, const char *format, va_list arguments)
{
    struct parse *parse = parse_of(cfg);
    if (parse == NULL || parse->said != NULL) {
        return;
    }
    char said[256];
    (void)vsnprintf(said, sizeof said, format, arguments);
    parse->said = memory_copy_text(said);
    parse->line = cfg->line;
    parse->is_cut = strncmp(said, "premature end", 13) == 0;
    parse->is_section = strcmp(cfg->name, SECTION) == 0;
}

static int on_value(cfg_t *cfg, cfg_opt_t *option, const char *value, void *result)
{
    struct entry *entry = array_add(&parse_of(cfg)->entries);
    *entry = (struct entry){strcmp(cfg->name, SECTION) == 0, memory_copy_text(option->name),
                            memory_copy_text(value), cfg->line};
    *(const char **)result = value;
    return 0;
}

static int on_state(cfg_t *cfg, cfg_opt_t *option, const char *value, void *result)
{
    (void)cfg;
    (void)option;
    (void)value;
    (void)result;
    return -1;
}

static cfg_opt_t text_option(const char *name)
{
    return (cfg_opt_t){
        .name = name, .type = CFGT_STR, .flags = CFGF_NODEFAULT, .parsecb = on_value};
}

static void end_options(cfg_opt_t *at, struct parse *parse)
{
    at[0] = (cfg_opt_t){.name = STATE_KEY,
                        .type = CFGT_PTR,
                        .simple_value.ptr = (void **)parse,
                        .parsecb = on_state};
    at[1] = (cfg_opt_t)CFG_END();
}

/* Every action is a key of the section, so that libconfuse knows which there are. */
static cfg_t *create(struct parse *parse)
{
    const struct action *actions = actions_all();
    cfg_opt_t inside[ACTION_COUNT + 2], outside[NAMES + 3];
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        inside[i] = text_option(actions[i].name);
    }
    end_options(inside + ACTION_COUNT, parse);
    for (size_t i = 0; i < NAMES; i++) {
        outside[i] = text_option(names[i]);
    }
    outside[NAMES] = (cfg_opt_t){.name = SECTION, .type = CFGT_SEC, .subopts = inside};
    end_options(outside + NAMES + 1, parse);
    cfg_t *cfg = cfg_init(outside, CFGF_NONE);
    if (cfg != NULL) {
        cfg_set_error_function(cfg, on_error);
    }
    return cfg;
}

static void forget(struct parse *parse)
{
    for (size_t i = 0; i < parse->entries.count; i++) {
        struct entry *entry = array_at(&parse->entries, i);
        memory_free(entry->name);
        memory_free(entry->value);
    }
    array_clear(&parse->entries);
    memory_free(parse->said);
    parse->said = NULL;
}

/* Entries are there when it says true; otherwise what is wrong, and where. */
static bool parse_text(struct parse *parse, const char *text)
{
    forget(parse);
    cfg_t *cfg = create(parse);
    bool is_read = cfg != NULL && cfg_parse_buf(cfg, text) == CFG_SUCCESS;
    if (cfg != NULL) {
        (void)cfg_free(cfg);
    }
    return is_read && parse->said == NULL;
}

static void explain(struct config *config, const struct parse *parse)
{
    static const char unknown[] = "no such option";
    const char *name = parse->said + sizeof unknown - 1;
    if (parse->is_cut) {
        config_complain(config, 0, "%s",
                        _("found the end of the file inside a section or text; close it with } "
                          "or a quotation mark"));
    } else if (strncmp(parse->said, unknown, sizeof unknown - 1) != 0) {
        config_complain(config, parse->line,
                        _("found a mistake: %s; write key = \"value\", one to a line"),
                        parse->said);
    } else if (parse->is_section) {
        config_complain(config, parse->line,
                        _("found an unknown action%s; the key ? in taxamr lists all"), name);
    } else {
        config_complain(config, parse->line,
                        _("found an unknown key%s; write ascii, color, mouse, odds_ratio, "
                          "language, or a section keys"),
                        name);
    }
}

/* The line of that number, or the last that says something; false when nothing is there. */
static bool blank_line(char *text, long line)
{
    char *last = text;
    for (long number = 1; *text != '\0' && number != line; number++) {
        size_t length = strcspn(text, "\n");
        last = strspn(text, " \t\r") < length ? text : last;
        text += length + (text[length] == '\n');
    }
    text = line > 0 ? text : last;
    size_t length = strcspn(text, "\n");
    bool is_blank = strspn(text, " \t\r") >= length;
    memset(text, ' ', length);
    return !is_blank;
}

/* libconfuse stops at the first mistake: its line is taken out, and the rest read again. Where
 * the file ends too early that is the last one, until it ends well. */
static bool read_around_mistakes(struct config *config, struct parse *parse, char *text)
{
    bool was_cut = false, can_go_on = true;
    plan_blank_comments(text);
    while (can_go_on) {
        if (parse_text(parse, text)) {
            return true;
        }
        if (parse->said == NULL) {
            return false;
        }
        if (!parse->is_cut || !was_cut) {
            explain(config, parse);
        }
        was_cut = was_cut || parse->is_cut;
        can_go_on = blank_line(text, parse->is_cut ? 0 : parse->line);
    }
    return false;
}

static bool is_repeated(const struct parse *parse, size_t index)
{
    const struct entry *entry = array_at(&parse->entries, index);
    for (size_t i = 0; i < index; i++) {
        const struct entry *other = array_at(&parse->entries, i);
        if (other->is_key == entry->is_key && strcmp(other->name, entry->name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_one_of(const char *value, const char *const words[4])
{
    for (size_t i = 0; i < 4; i++) {
        if (text_equal_fold(value, words[i])) {
            return true;
        }
    }
    return false;
}

static enum config_choice choice_of(const char *value)
{
    static const char *const yes[] = {"yes", "true", "on", "1"};
    static const char *const no[] = {"no", "false", "off", "0"};
    return is_one_of(value, yes)  ? CONFIG_YES
           : is_one_of(value, no) ? CONFIG_NO
                                  : CONFIG_UNSAID;
}

static void take_choice(struct config *config, const struct entry *entry)
{
    enum config_choice *const into[] = {&config->ascii, &config->color, &config->mouse,
                                        &config->odds_ratio};
    enum config_choice choice = choice_of(entry->value);
    for (size_t i = 0; i < LANGUAGE && choice != CONFIG_UNSAID; i++) {
        if (strcmp(names[i], entry->name) == 0) {
            *into[i] = choice;
        }
    }
    if (choice == CONFIG_UNSAID) {
        config_complain(config, entry->line, _("found %s = \"%s\"; write yes or no"),
                        entry->name, entry->value);
    }
}

static void take_language(struct config *config, const struct entry *entry)
{
    if (strcmp(entry->value, "en") == 0 || strcmp(entry->value, "zh") == 0) {
        config->language = memory_copy_text(entry->value);
    } else {
        config_complain(config, entry->line, _("found language = \"%s\"; write en or zh"),
                        entry->value);
    }
}

static void take(struct config *config, const struct parse *parse, size_t index)
{
    const struct entry *entry = array_at(&parse->entries, index);
    if (is_repeated(parse, index)) {
        config_complain(config, entry->line, _("found %s twice; give it once"), entry->name);
    } else if (entry->is_key) {
        struct config_binding *binding = array_add(&config->bindings);
        *binding = (struct config_binding){memory_copy_text(entry->name),
                                           memory_copy_text(entry->value), entry->line};
    } else if (strcmp(entry->name, names[LANGUAGE]) == 0) {
        take_language(config, entry);
    } else {
        take_choice(config, entry);
    }
}

void config_read(struct config *config, const char *path)
{
    *config = (struct config){.path = memory_copy_text(path),
                              .bindings = ARRAY_OF(struct config_binding),
                              .complaints = ARRAY_OF(char *)};
    struct parse parse = {.entries = ARRAY_OF(struct entry)};
    char *text = folders_read(path, CONFIG_MOST);
    if (text != NULL && read_around_mistakes(config, &parse, text)) {
        for (size_t i = 0; i < parse.entries.count; i++) {
            take(config, &parse, i);
        }
    }
    forget(&parse);
    array_destroy(&parse.entries);
    memory_free(text);
}

void config_end(struct config *config)
{
    for (size_t i = 0; i < config->bindings.count; i++) {
        struct config_binding *binding = array_at(&config->bindings, i);
        memory_free(binding->action);
        memory_free(binding->keys);
    }
    for (size_t i = 0; i < config->complaints.count; i++) {
        memory_free(*(char **)array_at(&config->complaints, i));
    }
    array_destroy(&config->bindings);
    array_destroy(&config->complaints);
    memory_free(config->language);
    memory_free(config->path);
}
