#include "study/draft.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "study/plan_path.h"
#include <math.h>
#include <string.h>

/* A study file in the making. */
struct draft {
    struct arena *arena;
    struct text *text;
    struct map *keys; /* of sections, so that none comes twice */
};

/* A text as a value. Double quotes are for plain ones: libconfuse looks into them for
 * variables.
 */
static void add_value(struct text *text, const char *value)
{
    bool is_plain = strpbrk(value, "\"\\$") == NULL;
    text_add(text, is_plain ? "\"" : "'");
    for (const char *at = value; *at != '\0'; at++) {
        if (!is_plain && (*at == '\'' || *at == '\\')) {
            text_add(text, "\\");
        }
        text_add_bytes(text, at, 1);
    }
    text_add(text, is_plain ? "\"" : "'");
}

static void add_comment(struct text *text, const char *before, const char *words)
{
    char *clean = text_clean(words);
    text_addf(text, "%s# %s\n", before, clean);
    memory_free(clean);
}

/* The longest name that the others are lined up with. */
static size_t name_width(const struct detected *found)
{
    size_t width = 0;
    for (size_t i = 0; i < found->line_count; i++) {
        size_t columns =
            found->lines[i].column == NULL ? 0 : text_width(found->lines[i].column);
        width = columns > width && columns <= 24 ? columns : width;
    }
    return width;
}

static void add_line(struct text *text, const struct explain_line *line, size_t width)
{
    struct text words = {0};
    if (line->column != NULL) {
        size_t columns = text_width(line->column);
        text_addf(&words, "  %s%*s  %s", line->column,
                  (int)(columns < width ? width - columns : 0), "",
                  line->role == NULL ? "-" : line->role);
    } else if (line->role != NULL && strcmp(line->role, "unit") != 0) {
        text_addf(&words, "%s: %s", line->role, line->why);
    }
    if (words.length > 0) {
        add_comment(text, "    ", words.bytes);
    }
    text_drop(&words);
}

/* What a section says of columns, the same for files alike. */
static void add_columns(struct text *text, const struct detected *found)
{
    size_t width = name_width(found);
    add_comment(text, "    ", _("Columns, and what they are taken for:"));
    for (size_t i = 0; i < found->line_count; i++) {
        add_line(text, &found->lines[i], width);
    }
}

static void add_overrides(struct text *text, const struct draft_file *file)
{
    if (file->override_count == 0) {
        text_add(text, "    # col = {\"beta=EFFECT\"}\n");
        return;
    }
    text_add(text, "    col = {");
    for (size_t i = 0; i < file->override_count; i++) {
        text_add(text, i == 0 ? "" : ", ");
        add_value(text, file->overrides[i]);
    }
    text_add(text, "}\n");
}

static void add_size(struct text *text, const struct detected *found, bool is_alone)
{
    if (isnan(found->n)) {
        text_addf(text, "    # n = 10000  # %s\n", _("people of the whole GWAS"));
    } else if (is_alone && !found->has_traits) {
        text_addf(text, "    n = %.0f  # ", found->n);
        text_addf(text, _("largest of the first %d rows"), DETECT_ROWS);
        text_add(text, "\n");
    } else {
        text_addf(text, "    # ");
        text_addf(text, _("N is that of each row; %.0f at most in the first %d rows"), found->n,
                  DETECT_ROWS);
        text_add(text, "\n");
    }
    if (!isnan(found->cases) && found->cases < found->n && is_alone) {
        text_addf(text, "    cases = %.0f  # ", found->cases);
        text_addf(text, _("largest of the first %d rows"), DETECT_ROWS);
        text_add(text, "\n");
    } else if (found->unit == UNIT_LOG_ODDS) {
        text_addf(text, "    # cases = 1000  # %s\n", _("of them, ill"));
    }
}

/* All of a section but its name and files. Exposures of which it is equal are alike. */
static void add_body(struct text *text, const struct draft_file *file, bool is_alone)
{
    const struct detected *found = &file->found;
    add_columns(text, found);
    add_overrides(text, file);
    text_addf(text, "    unit = \"%s\"  # %s\n", trait_unit_key(found->unit),
              found->unit_reason);
    add_size(text, found, is_alone);
    text_add(text, "    p_threshold = ");
    text_add_number(text, found->p_threshold);
    text_addf(text, "  # %s\n", found->p_reason);
}

/* What two files have in common where they are alike; the caller frees it. */
static char *likeness(const struct draft_file *file)
{
    struct text text = {0};
    struct draft_file copy = *file;
    copy.found.n = isnan(file->found.n) ? NAN : 1;
    copy.found.unit_reason = ""; /* figures of its own */
    add_body(&text, &copy, false);
    text_add(&text, file->found.trait == NULL ? "1" : file->found.has_traits ? "2" : "3");
    return text_take(&text);
}

/* A key that no section has yet. */
static const char *new_key(struct draft *draft, const char *wanted)
{
    char *clean = text_clean(wanted);
    const char *key = arena_text(draft->arena, clean[0] == '\0' ? "trait" : clean);
    const char *first = key;
    memory_free(clean);
    for (int i = 2; !map_set(draft->keys, key, 0); i++) {
        key = arena_format(draft->arena, "%s-%d", first, i);
    }
    return key;
}

/* What to call files alike: their folder, or what they are. */
static const char *key_of_files(struct draft *draft, const struct draft_file *const *files,
                                size_t count)
{
    if (count == 1) {
        return new_key(draft, plan_path_stem(files[0]->path, draft->arena));
    }
    const char *folder = plan_path_folder(files[0]->path, draft->arena);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(plan_path_folder(files[i]->path, draft->arena), folder) != 0) {
            folder = ".";
        }
    }
    const char *slash = strrchr(folder, '/');
    const char *name = slash == NULL ? folder : slash + 1;
    return new_key(draft, strspn(name, "./") == strlen(name) ? "exposures" : name);
}

static void add_files(struct text *text, const struct draft_file *const *files, size_t count)
{
    text_add(text, count == 1 ? "    file = " : "    file = {\n");
    for (size_t i = 0; i < count; i++) {
        text_add(text, count == 1 ? "" : "        ");
        add_value(text, files[i]->path);
        text_add(text, i + 1 < count ? ",\n" : "\n");
    }
    text_add(text, count == 1 ? "" : "    }\n");
}

static void add_traits(struct text *text, const struct detected *found, size_t count)
{
    struct text line = {0};
    if (found->trait != NULL) {
        text_addf(&line, _("Traits are called as the files call them, the first: %s."),
                  found->trait);
    } else if (count > 1) {
        text_add(&line, _("Traits are called after their files."));
    }
    if (line.length > 0) {
        add_comment(text, "    ", line.bytes);
    }
    text_drop(&line);
}

static const char *add_section(struct draft *draft, const char *kind,
                               const struct draft_file *const *files, size_t count)
{
    const char *key = key_of_files(draft, files, count);
    text_addf(draft->text, "\n%s ", kind);
    add_value(draft->text, key);
    text_add(draft->text, " {\n    name = ");
    add_value(draft->text, key);
    text_add(draft->text, "\n");
    add_files(draft->text, files, count);
    add_traits(draft->text, &files[0]->found, count);
    add_body(draft->text, files[0], count == 1);
    text_add(draft->text, "}\n");
    return key;
}

/* Groups of files alike, in the order of their first; returns the key of the first. */
static const char *add_exposures(struct draft *draft, const struct array *files)
{
    const struct draft_file **group = memory_get(files->count, sizeof *group);
    bool *is_taken = memory_get(files->count, sizeof *is_taken);
    char **likenesses = memory_get(files->count, sizeof *likenesses);
    const char *first = NULL;
    for (size_t i = 0; i < files->count; i++) {
        likenesses[i] = likeness(array_at(files, i));
    }
    for (size_t i = 0; i < files->count; i++) {
        size_t count = 0;
        for (size_t j = i; j < files->count && !is_taken[i]; j++) {
            if (!is_taken[j] && strcmp(likenesses[i], likenesses[j]) == 0) {
                group[count++] = array_at(files, j);
            }
        }
        for (size_t j = i + 1; j < files->count && count > 0; j++) {
            is_taken[j] = is_taken[j] || strcmp(likenesses[i], likenesses[j]) == 0;
        }
        if (count > 0) {
            const char *key = add_section(draft, "exposure", group, count);
            first = first == NULL ? key : first;
        }
    }
    for (size_t i = 0; i < files->count; i++) {
        memory_free(likenesses[i]);
    }
    memory_free(likenesses);
    memory_free(is_taken);
    memory_free(group);
    return first;
}

/* Choosing among instruments is left to the person: it needs a reference. */
static void add_choosing(struct text *text)
{
    text_add(text,
             _("\n# Variants near each other are in LD and must not count as independent. "
               "With a PLINK 1\n# reference they are clumped by r2, without one "
               "clump_kb alone prunes them by distance.\n"));
    text_add(text, "# reference = \"1000G_EUR\"\n# clump_r2 = 0.001\n# clump_kb = 10000\n");
    text_addf(text, "# proxies = 0.8  # %s\n",
              _("r2 of what may stand for a variant that the other side lacks"));
    text_addf(text, "# min_f = 10\n# min_maf = 0.01\n# min_info = 0.8\n");
    text_addf(text, "# exclude_regions = \"all\"  # %s\n",
              _("of pleiotropy, such as HLA; needs build"));
    text_add(text, "# build = 37\n");
}

void draft_study(const struct array *exposures, const struct array *outcomes,
                 struct arena *arena, struct text *text)
{
    struct text sections = {0}, title = {0};
    struct draft draft = {.arena = arena, .text = &sections, .keys = map_create()};
    text_addf(&title, _("%s and %s"), add_exposures(&draft, exposures),
              plan_path_stem(((const struct draft_file *)array_at(outcomes, 0))->path, arena));
    for (size_t i = 0; i < outcomes->count; i++) {
        const struct draft_file *file = array_at(outcomes, i);
        add_section(&draft, "outcome", &file, 1);
    }
    text_add(text,
             _("# Made by `taxamr new` from what the files seem to be. Guesses have their "
               "reasons beside them:\n# correct what is wrong. The keys are explained in "
               "README.md under data.\n"));
    text_add(text, "title = ");
    add_value(text, title.bytes);
    text_add(text, "\ndirections = {\"forward\", \"reverse\"}\n");
    text_addf(text, "action = 2  # %s\n",
              _("palindromic variants: 1 keep, 2 by frequency, 3 drop"));
    add_choosing(text);
    text_add_bytes(text, sections.bytes, sections.length);
    map_destroy(draft.keys);
    text_drop(&sections);
    text_drop(&title);
}
