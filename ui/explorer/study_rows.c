#include "ui/explorer/study_rows.h"

#include "base/i18n.h"
#include "base/text.h"
#include "ui/explorer/draw.h"
#include <math.h>
#include <string.h>

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

struct building {
    const struct state *state;
    struct arena *arena;
    struct array *rows;
};

static void add(struct building *building, struct study_row row)
{
    *(struct study_row *)array_add(building->rows) = row;
}

static void heading(struct building *building, const char *text)
{
    add(building, (struct study_row){.is_heading = true, .label = text, .text = ""});
}

static void plain(struct building *building, const char *label, const char *text)
{
    add(building, (struct study_row){.label = label, .text = text});
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL || slash[1] == '\0' ? path : slash + 1;
}

static const char *checksum_words(const struct study_checksum *checksum, struct arena *arena)
{
    if (!checksum->is_asked) {
        return _("large; ↵ makes its checksum");
    }
    if (checksum->problem != NULL) {
        return checksum->problem;
    }
    return arena_format(arena, _("%s bytes · CRC-32 %08x"),
                        draw_thousands((double)checksum->checksum.bytes, arena),
                        checksum->checksum.crc32);
}

static void add_files(struct building *building, const struct study_checksum *checksums)
{
    struct arena *arena = building->arena;
    const struct array *files = &building->state->study->files;
    heading(building, _("Files"));
    for (size_t i = 0; i < files->count; i++) {
        const struct study_file *file = array_at(files, i);
        const char *dropped =
            file->dropped == 0 ? "" : arena_format(arena, _(", %zu dropped"), file->dropped);
        add(building, (struct study_row){
                          .label = arena_text(arena, name_of(file->path)),
                          .text = arena_format(
                              arena, _("%s · %s rows%s"), checksum_words(&checksums[i], arena),
                              draw_thousands((double)file->rows, arena), dropped),
                          .is_warning = file->dropped > 0,
                          .link = !checksums[i].is_asked ? LINK_CHECKSUM
                                  : file->dropped > 0    ? LINK_LEDGER
                                                         : LINK_NONE,
                          .target = stage_text(STAGE_READING),
                          .index = i});
    }
}

static void add_warnings(struct building *building)
{
    const struct array *warnings = &building->state->study->warnings;
    heading(building, _("Warnings of loading"));
    for (size_t i = 0; i < warnings->count; i++) {
        const char *text = *(char **)array_at(warnings, i);
        bool is_ld = strstr(text, "LD") != NULL;
        add(building, (struct study_row){.label = "!",
                                         .text = text,
                                         .is_warning = true,
                                         .link = LINK_LEDGER,
                                         .target = is_ld ? "LD" : stage_text(STAGE_READING)});
    }
    if (warnings->count == 0) {
        plain(building, "", _("none"));
    }
}

static const char *trait_words(const struct trait *trait, struct arena *arena)
{
    const char *cases = isnan(trait->cases) ? ""
                                            : arena_format(arena, _(", %s cases"),
                                                           draw_thousands(trait->cases, arena));
    const char *size = isnan(trait->n) ? _("N unknown")
                                       : arena_format(arena, _("N %s%s"),
                                                      draw_thousands(trait->n, arena), cases);
    return arena_format(arena, _("unit %s · %s · %zu associations%s%s%s"),
                        trait_unit_key(trait->unit), size, trait->count,
                        trait->cohort == NULL ? "" : " · ",
                        trait->cohort == NULL ? "" : trait->cohort,
                        trait->is_simulated ? _(" · SIMULATED") : "");
}

static void add_traits(struct building *building, struct trait *const *traits, size_t count,
                       const char *label, enum study_link link)
{
    heading(building, arena_format(building->arena, "%s (%zu)", label, count));
    for (size_t i = 0; i < count; i++) {
        size_t index;
        bool has_pair =
            link == LINK_OUTCOMES || state_pair(building->state, traits[i], &index) != NULL;
        add(building, (struct study_row){.label = traits[i]->name,
                                         .text = trait_words(traits[i], building->arena),
                                         .link = has_pair ? link : LINK_NONE,
                                         .target = traits[i]->key});
    }
}

static const char *threshold(const struct study *study, struct arena *arena)
{
    return study->instruments.all ? _("every variant of the exposure's file")
                                  : arena_format(arena, _("variants with p below %g"),
                                                 study->instruments.p_threshold);
}

static const char *action_words(enum harmonise_action action)
{
    switch (action) {
    case ACTION_FORWARD:
        return _("1: all alleles on the forward strand");
    case ACTION_DROP:
        return _("3: palindromic variants are dropped");
    case ACTION_INFER:
        break;
    }
    return _("2: strand of palindromic variants from the frequencies");
}

/* What was set by --set, or nothing. */
static void add_parameters(struct building *building, const struct estimate_settings *settings)
{
    struct estimate_settings usual = estimate_default_settings();
    for (int i = 0; i < PARAMETERS; i++) {
        const struct parameter *parameter = parameters_get((enum parameter_id)i);
        double value = settings->parameters[i], other = usual.parameters[i];
        bool is_same = value == other || (isnan(value) && isnan(other));
        if (!is_same) {
            plain(building, parameter->key,
                  parameter->choices != NULL ? parameter->choices[(int)value]
                                             : arena_format(building->arena, "%g", value));
        }
    }
}

static const char *methods_words(const struct results *results, struct arena *arena)
{
    struct text text = {0};
    for (size_t i = 0; i < results->options.method_count; i++) {
        text_addf(&text, "%s%s", i > 0 ? ", " : "", results->options.methods[i]->key);
    }
    const char *words = arena_text(arena, text.length > 0 ? text.bytes : "-");
    text_drop(&text);
    return words;
}

static void add_computing(struct building *building, const struct results *results)
{
    struct arena *arena = building->arena;
    const struct estimate_settings *settings = &results->options.settings;
    add(building, (struct study_row){.label = _("methods"),
                                     .text = methods_words(results, arena),
                                     .link = LINK_METHODS});
    plain(building, _("seed"), arena_format(arena, "%llu", (unsigned long long)settings->seed));
    plain(building, _("bootstrap"), arena_format(arena, _("%zu repetitions"), settings->boot));
    plain(building, _("intervals"), arena_format(arena, "%g%%", 100 * settings->level));
    plain(building, _("convention"),
          settings->convention == CONVENTION_TWOSAMPLEMR ? "TwoSampleMR"
                                                         : "MendelianRandomization");
    add_parameters(building, settings);
}

static void add_settings(struct building *building)
{
    const struct study *study = building->state->study;
    const struct results *results = state_results(building->state);
    heading(building, _("Settings"));
    plain(building, _("version"), "taxamr " PACKAGE_VERSION);
    plain(building, _("instruments"), threshold(study, building->arena));
    plain(building, _("harmonising"), action_words(study->action));
    if (results == NULL) {
        plain(building, _("methods"), _("nothing was computed yet"));
    } else {
        add_computing(building, results);
    }
}

static void add_counts(struct building *building)
{
    const struct state *state = building->state;
    struct arena *arena = building->arena;
    size_t counts[REASONS], directions[2] = {0, 0};
    for (size_t i = 0; i < state->study->pair_count; i++) {
        directions[state->study->pairs[i]->direction]++;
    }
    heading(building, _("Counts"));
    plain(building, _("pairs"),
          arena_format(arena, _("%zu forward, %zu reverse"), directions[FORWARD],
                       directions[REVERSE]));
    ledger_count(&state->study->ledger, counts);
    for (int i = 0; i < REASONS; i++) {
        if (counts[i] > 0) {
            const char *reason = reason_text((enum reason)i);
            add(building, (struct study_row){.label = draw_thousands((double)counts[i], arena),
                                             .text = gettext(reason),
                                             .link = LINK_LEDGER,
                                             .target = reason});
        }
    }
}

void study_rows(const struct state *state, const struct study_checksum *checksums,
                struct arena *arena, struct array *rows)
{
    struct building building = {state, arena, rows};
    const struct study *study = state->study;
    array_clear(rows);
    add_files(&building, checksums);
    add_warnings(&building);
    add_settings(&building);
    add_counts(&building);
    add_traits(&building, study->outcomes, study->outcome_count, _("Outcomes"), LINK_OUTCOMES);
    add_traits(&building, study->exposures, study->exposure_count, _("Exposures"), LINK_TAXON);
}
