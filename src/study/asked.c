#include "study/asked.h"
#include "base/memory.h"
#include "study/choose_sides.h"
#include <string.h>

void asked_note(struct study *study, const char *item, const char *name, const char *value)
{
    *(struct study_asked *)array_add(&study->asked) =
        (struct study_asked){arena_text(study->arena, item), arena_text(study->arena, name),
                             arena_text(study->arena, value)};
}

/* Whether a key of sections says something of their instruments. */
static bool is_choice(const struct plan_key *key)
{
    size_t choice = offsetof(struct plan_section, choice);
    size_t choosing = offsetof(struct plan_section, choosing);
    return (key->offset >= choice &&
            key->offset < choice + sizeof(struct instrument_settings)) ||
           (key->offset >= choosing && key->offset < choosing + sizeof(struct choose_settings));
}

/* "p_threshold = 1e-05, clump_kb = 1000" */
static void say_section(const struct plan_section *section, struct text *text)
{
    for (const struct plan_key *key = plan_section_keys; key->name != NULL; key++) {
        struct text value = {0};
        if (is_choice(key) &&
            plan_key_say(key->kind, (const char *)section + key->offset, &value)) {
            text_addf(text, "%s%s = %s", text->length == 0 ? "" : ", ", key->name, value.bytes);
        }
        text_drop(&value);
    }
}

static void note_sections(const struct loader *loader, const char *kind,
                          const struct array *sections)
{
    for (size_t i = 0; i < sections->count; i++) {
        struct plan_section section = *(const struct plan_section *)array_at(sections, i);
        struct text name = {0}, value = {0};
        section.choosing = sides_settings(loader, &section);
        say_section(&section, &value);
        text_addf(&name, "%s %s", kind, section.key);
        if (value.length > 0) {
            asked_note(loader->study, "choice", name.bytes, value.bytes);
        }
        text_drop(&name);
        text_drop(&value);
    }
}

void asked_note_plan(const struct loader *loader)
{
    const struct plan *plan = loader->plan;
    const bool *has = plan->has_direction;
    const char *both = has[FORWARD] ? "forward reverse" : direction_key(REVERSE);
    char action[] = {(char)('0' + (int)plan->action), '\0'};
    if (loader->loading->slice > 0) {
        return;
    }
    asked_note(loader->study, "study", "directions",
               has[REVERSE] ? both : direction_key(FORWARD));
    asked_note(loader->study, "study", "action", action);
    if (has[FORWARD]) {
        note_sections(loader, "exposure", &plan->exposures);
    }
    if (has[REVERSE]) {
        note_sections(loader, "outcome", &plan->outcomes);
    }
    note_sections(loader, "mediator", &plan->mediators);
    note_sections(loader, "covariate", &plan->covariates);
}
