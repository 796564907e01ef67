#include "study/plan.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "pair/pair.h"
#include "study/plan_comments.h"
#include "study/plan_key.h"
#include "study/plan_path.h"
#include <confuse.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

/* Names that no study file can hold by accident: an option that carries the parse's own state,
 * and a last statement that only a file with all its brackets closed reaches. */
#define STATE_KEY " state"
#define LAST_KEY "end-of-study-file"
#define LAST_STATEMENT "\n" LAST_KEY " = 1\n"

/* A key that was given, and the section it stood in. */
struct seen_key {
    const cfg_t *section;
    const char *name;
    unsigned length; /* of a list, as far as it was read */
    bool is_over;    /* a list */
};

/* What libconfuse's callbacks need to know; they are given nothing but its own structures. */
struct parse {
    const char *path;
    struct error *error;
    struct array seen; /* struct seen_key */
    bool is_last_seen;
};

static struct parse *parse_of(const cfg_t *cfg)
{
    for (const cfg_opt_t *option = cfg->opts; option->name != NULL; option++) {
        if (strcmp(option->name, STATE_KEY) == 0) {
            return (struct parse *)option->simple_value.ptr;
        }
    }
    return NULL;
}

static void explain(struct parse *parse, long line, const char *said)
{
    static const char unknown[] = "no such option", twice[] = "found duplicate title";
    if (strstr(said, LAST_KEY) != NULL || strncmp(said, "premature end", 13) == 0) {
        error_set(parse->error, ERROR_DATA, parse->path, 0, NULL,
                  _("found the end of the file inside a section or text; close it with } or a "
                    "quotation mark"));
    } else if (strncmp(said, unknown, sizeof unknown - 1) == 0) {
        error_set(parse->error, ERROR_DATA, parse->path, line, NULL,
                  _("found an unknown key%s; write one of the keys of a study file"),
                  said + sizeof unknown - 1);
    } else if (strncmp(said, twice, sizeof twice - 1) == 0) {
        error_set(parse->error, ERROR_DATA, parse->path, line, NULL,
                  _("found two sections called%s; rename one"), said + sizeof twice - 1);
    } else {
        error_set(parse->error, ERROR_DATA, parse->path, line, NULL,
                  _("found a mistake: %s; write key = \"value\", one to a line"), said);
    }
}

static void on_error(cfg_t *cfg, const char *format, va_list arguments)
{
    char said[256]; /* cut, not overrun, when a file holds a monstrous word */
    vsnprintf(said, sizeof said, format, arguments);
    struct parse *parse = parse_of(cfg);
    if (parse != NULL) {
        explain(parse, cfg->line, said);
    }
}

static int refuse(struct parse *parse, const cfg_t *cfg, const char *key, const char *value,
                  const char *remedy)
{
    error_set(parse->error, ERROR_DATA, parse->path, cfg->line, NULL,
              _("found %s = \"%s\"; %s"), key, value, remedy);
    return -1;
}

static struct seen_key *find_seen(struct parse *parse, const cfg_t *cfg,
                                  const cfg_opt_t *option)
{
    for (size_t i = parse->seen.count; i-- > 0;) {
        struct seen_key *seen = array_at(&parse->seen, i);
        if (seen->section == cfg && strcmp(seen->name, option->name) == 0) {
            return seen;
        }
    }
    return NULL;
}

/* libconfuse keeps the last of repeated values and says nothing. A list that is given again
 * starts from its first item, or goes on after its end with +=. */
static bool is_repeated(struct parse *parse, const cfg_t *cfg, const cfg_opt_t *option)
{
    const struct seen_key *seen = find_seen(parse, cfg, option);
    if (seen != NULL) {
        return (option->flags & CFGF_LIST) == 0 || seen->is_over ||
               option->nvalues <= seen->length;
    }
    *(struct seen_key *)array_add(&parse->seen) =
        (struct seen_key){.section = cfg, .name = option->name};
    return false;
}

/* Called for each value, before it is stored. */
static int on_value(cfg_t *cfg, cfg_opt_t *option, const char *value, void *result)
{
    struct parse *parse = parse_of(cfg);
    if (is_repeated(parse, cfg, option)) {
        return refuse(parse, cfg, option->name, value, _("give this key only once"));
    }
    const struct plan_key *keys =
        strcmp(cfg->name, "root") == 0 ? plan_keys : plan_section_keys;
    const char *remedy =
        plan_key_convert(plan_key_find(keys, option->name)->kind, value, NULL, NULL, NULL);
    if (remedy != NULL) {
        return refuse(parse, cfg, option->name, value, remedy);
    }
    *(const char **)result = value;
    return 0;
}

/* Called after each item of a list, and once more at its end. */
static int on_list(cfg_t *cfg, cfg_opt_t *option)
{
    struct seen_key *seen = find_seen(parse_of(cfg), cfg, option);
    if (seen != NULL) {
        seen->is_over = option->nvalues == seen->length;
        seen->length = option->nvalues;
    }
    return 0;
}

static int on_last(cfg_t *cfg, cfg_opt_t *option, const char *value, void *result)
{
    struct parse *parse = parse_of(cfg);
    if (parse->is_last_seen) {
        return refuse(parse, cfg, option->name, value, _("leave this key out"));
    }
    parse->is_last_seen = true;
    *(const char **)result = value;
    return 0;
}

static int on_state(cfg_t *cfg, cfg_opt_t *option, const char *value, void *result)
{
    (void)result;
    return refuse(parse_of(cfg), cfg, option->name, value, _("leave this key out"));
}

/* libconfuse's options of a table of keys; the caller frees them. */
static cfg_opt_t *options_of(const struct plan_key *keys, struct parse *parse, size_t more)
{
    size_t count = 0;
    while (keys[count].name != NULL) {
        count++;
    }
    cfg_opt_t *options = memory_get(count + more + 2, sizeof *options);
    for (size_t i = 0; i < count; i++) {
        bool is_list = plan_key_is_list(keys[i].kind);
        options[i] = (cfg_opt_t){.name = keys[i].name,
                                 .type = CFGT_STR,
                                 .flags = CFGF_NODEFAULT | (is_list ? CFGF_LIST : 0),
                                 .parsecb = on_value,
                                 .validcb = is_list ? on_list : NULL};
    }
    options[count] = (cfg_opt_t){.name = STATE_KEY,
                                 .type = CFGT_PTR,
                                 .simple_value.ptr = (void **)parse,
                                 .parsecb = on_state};
    options[count + more + 1] = (cfg_opt_t)CFG_END();
    return options;
}

static cfg_opt_t section_of(const char *name, cfg_opt_t *options)
{
    return (cfg_opt_t){.name = name,
                       .type = CFGT_SEC,
                       .flags = CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES,
                       .subopts = options};
}

static cfg_t *config_create(struct parse *parse)
{
    cfg_opt_t *inside = options_of(plan_section_keys, parse, 0);
    cfg_opt_t *outside = options_of(plan_keys, parse, 5);
    cfg_opt_t *more = outside;
    while (strcmp(more->name, STATE_KEY) != 0) {
        more++;
    }
    more[1] = section_of("exposure", inside);
    more[2] = section_of("outcome", inside);
    more[3] = section_of("mediator", inside);
    more[4] = section_of("covariate", inside);
    more[5] = (cfg_opt_t){
        .name = LAST_KEY, .type = CFGT_STR, .flags = CFGF_NODEFAULT, .parsecb = on_last};
    cfg_t *config = cfg_init(outside, CFGF_NONE);
    memory_free(outside);
    memory_free(inside);
    if (config != NULL) {
        cfg_set_error_function(config, on_error);
    }
    return config;
}

static void take_values(cfg_t *config, const struct plan_key *keys, const char *folder,
                        struct arena *arena, void *into)
{
    for (; keys->name != NULL; keys++) {
        for (unsigned i = 0; i < cfg_size(config, keys->name); i++) {
            const char *text = cfg_getnstr(config, keys->name, i);
            if (text != NULL) {
                plan_key_convert(keys->kind, text, folder, arena, (char *)into + keys->offset);
            }
        }
    }
}

static bool check_section(const struct plan *plan, const struct plan_section *section,
                          struct error *error)
{
    if (section->key[0] == '\0') {
        return error_set(error, ERROR_DATA, plan->path, 0, NULL,
                         _("found a section without a title; write exposure \"name\" { ... }"));
    }
    if (section->instruments != NULL && !section->has_choice) {
        return error_set(error, ERROR_DATA, plan->path, 0, NULL,
                         _("found no rule for the instruments of \"%s\"; write p_threshold = "
                           "1e-5 or all_instruments = true"),
                         section->key);
    }
    if (section->choice.all && section->choice.p_threshold > 0) {
        return error_set(error, ERROR_DATA, plan->path, 0, NULL,
                         _("found both p_threshold and all_instruments in \"%s\"; keep one"),
                         section->key);
    }
    if (section->cases >= section->n) {
        return error_set(error, ERROR_DATA, plan->path, 0, NULL,
                         _("found as many cases as people in \"%s\"; n counts cases and "
                           "controls"),
                         section->key);
    }
    return true;
}

static bool take_sections(cfg_t *config, const char *name, struct plan *plan,
                          struct arena *arena, struct array *into, struct error *error)
{
    for (unsigned i = 0; i < cfg_size(config, name); i++) {
        cfg_t *from = cfg_getnsec(config, name, i);
        struct plan_section *section = array_add(into);
        section->key = arena_text(arena, cfg_title(from));
        section->n = section->cases = NAN;
        section->choosing = choose_nothing();
        take_values(from, plan_section_keys, plan->folder, arena, section);
        section->choosing = choose_over(&plan->choosing, &section->choosing);
        section->has_choice = section->choice.all || section->choice.p_threshold > 0;
        section->name = section->name == NULL ? section->key : section->name;
        if (!check_section(plan, section, error)) {
            return false;
        }
    }
    return true;
}

static bool parse_text(cfg_t *config, struct parse *parse, char *text)
{
    struct text whole = {0};
    plan_blank_comments(text);
    text_add(&whole, text);
    text_add(&whole, LAST_STATEMENT);
    int result = cfg_parse_buf(config, whole.bytes);
    text_drop(&whole);
    if (result != CFG_SUCCESS || !parse->is_last_seen) {
        return error_set(parse->error, ERROR_DATA, parse->path, 0, NULL,
                         _("found the end of the file inside a comment or text; close it"));
    }
    return true;
}

static bool read_config(cfg_t *config, struct parse *parse, struct arena *arena,
                        struct plan *plan)
{
    char *text;
    if (!plan_path_text(parse->path, &text, parse->error)) {
        return false;
    }
    bool is_parsed = parse_text(config, parse, text);
    memory_free(text);
    if (!is_parsed) {
        return false;
    }
    take_values(config, plan_keys, plan->folder, arena, plan);
    return take_sections(config, "exposure", plan, arena, &plan->exposures, parse->error) &&
           take_sections(config, "outcome", plan, arena, &plan->outcomes, parse->error) &&
           take_sections(config, "mediator", plan, arena, &plan->mediators, parse->error) &&
           take_sections(config, "covariate", plan, arena, &plan->covariates, parse->error);
}

static void fill_defaults(struct plan *plan, struct arena *arena)
{
    if (!plan->has_direction[FORWARD] && !plan->has_direction[REVERSE]) {
        plan->has_direction[FORWARD] = true;
    }
    if (plan->title == NULL) {
        plan->title = plan_path_stem(plan->folder, arena);
    }
}

bool plan_read(const char *path, struct arena *arena, struct plan *plan, struct error *error)
{
    *plan = (struct plan){.exposures = ARRAY_OF(struct plan_section),
                          .outcomes = ARRAY_OF(struct plan_section),
                          .mediators = ARRAY_OF(struct plan_section),
                          .covariates = ARRAY_OF(struct plan_section),
                          .seed = PLAN_SEED,
                          .choosing = choose_nothing(),
                          .action = ACTION_INFER};
    plan->path = plan_path_file(path, arena);
    plan->folder = plan_path_folder(plan->path, arena);
    struct parse parse = {
        .path = plan->path, .error = error, .seen = ARRAY_OF(struct seen_key)};
    cfg_t *config = config_create(&parse);
    bool is_read = config != NULL && read_config(config, &parse, arena, plan);
    cfg_free(config);
    array_destroy(&parse.seen);
    if (!is_read) {
        plan_destroy(plan);
        return error_set(error, ERROR_SYSTEM, plan->path, 0, NULL,
                         _("found no memory to read it; free some"));
    }
    fill_defaults(plan, arena);
    return true;
}

void plan_destroy(struct plan *plan)
{
    array_destroy(&plan->exposures);
    array_destroy(&plan->outcomes);
    array_destroy(&plan->mediators);
    array_destroy(&plan->covariates);
}
