/*
 * What the study is made of: its traits, its files, what was said of them while reading.
 */
#include "base/i18n.h"
#include "base/text.h"
#include "report/sections.h"
#include "study/through.h"
#include <math.h>
#include <string.h>

/* Traits of one cohort and unit. */
struct trait_group {
    const struct trait *first;
    size_t count;
    double least_n, most_n; /* people; NaN: not given */
    bool has_row_n;         /* given by variant, for where they are not */
};

static struct trait_group *group_of(struct array *groups, const struct trait *trait)
{
    for (size_t i = 0; i < groups->count; i++) {
        struct trait_group *group = array_at(groups, i);
        if (text_equal(group->first->cohort, trait->cohort) &&
            group->first->unit == trait->unit) {
            return group;
        }
    }
    struct trait_group *group = array_add(groups);
    group->first = trait;
    return group;
}

static void add_number(struct text *page, double value)
{
    text_add(page, "<td>");
    html_number(page, value);
    text_add(page, "</td>");
}

/* Of several traits from the least to the most. */
static void add_people(struct text *page, double least, double most, bool has_row_n)
{
    if (isnan(least) && has_row_n) {
        html_cell(page, _("number of people given by variant"));
        return;
    }
    text_add(page, "<td>");
    html_number(page, least);
    if (least < most) {
        text_add(page, " - ");
        html_number(page, most);
    }
    text_add(page, "</td>");
}

static void add_trait(const struct study *study, struct trait_group *group,
                      const struct trait *trait)
{
    bool is_first = group->count++ == 0;
    group->least_n = is_first ? trait->n : fmin(group->least_n, trait->n);
    group->most_n = is_first ? trait->n : fmax(group->most_n, trait->n);
    if (isnan(trait->n) && !group->has_row_n) {
        group->has_row_n = section_has_row_people(study, trait);
    }
}

static void outcome_rows(const struct study *study, struct text *page)
{
    for (size_t i = 0; i < study->outcome_count; i++) {
        const struct trait *trait = study->outcomes[i];
        html_row(page);
        html_row_heading(page, trait->name);
        html_cell(page, trait->cohort);
        html_cell(page, trait_unit_key(trait->unit));
        add_people(page, trait->n, trait->n,
                   isnan(trait->n) && section_has_row_people(study, trait));
        add_number(page, trait->cases);
        html_count(page, 1);
        html_cell(page, trait->is_simulated ? _("made up") : _("as published"));
        html_row_end(page);
    }
}

static void exposure_rows(const struct study *study, struct text *page)
{
    struct array groups = ARRAY_OF(struct trait_group);
    for (size_t i = 0; i < study->exposure_count; i++) {
        add_trait(study, group_of(&groups, study->exposures[i]), study->exposures[i]);
    }
    for (size_t i = 0; i < groups.count; i++) {
        const struct trait_group *group = array_at(&groups, i);
        html_row(page);
        html_row_heading(page,
                         group->count == 1 ? group->first->name : gettext(family_taxa(study)));
        html_cell(page, group->first->cohort);
        html_cell(page, trait_unit_key(group->first->unit));
        add_people(page, group->least_n, group->most_n, group->has_row_n);
        add_number(page, group->count == 1 ? group->first->cases : NAN);
        html_count(page, group->count);
        html_cell(page, group->first->is_simulated ? _("made up") : _("as published"));
        html_row_end(page);
    }
    array_destroy(&groups);
}

static void traits_table(const struct study *study, struct text *page)
{
    const char *const headings[] = {_("trait"), _("cohort"), _("unit"),    _("people"),
                                    _("cases"), _("traits"), _("effects"), NULL};
    const char *caption = _("Traits of the study, by cohort and unit");
    bool is_folded = section_fold(page, caption, study->outcome_count);
    html_table_begin(page, "traits", caption, headings, 0x38);
    exposure_rows(study, page);
    outcome_rows(study, page);
    html_table_end(page);
    section_fold_end(page, is_folded);
}

const char *section_short_path(const struct study *study, const char *path)
{
    size_t length = study->folder == NULL ? 0 : strlen(study->folder);
    if (length > 0 && strncmp(path, study->folder, length) == 0 && path[length] == '/') {
        return path + length + 1;
    }
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static void files_table(const struct study *study, struct text *page)
{
    const char *const headings[] = {_("file"), _("rows"), _("dropped"), NULL};
    if (study->files.count == 0) {
        return;
    }
    const char *caption = _("Files, and rows dropped by the policy on bad rows");
    bool is_folded = section_fold(page, caption, study->files.count);
    html_table_begin(page, "files", caption, headings, 0x6);
    for (size_t i = 0; i < study->files.count; i++) {
        const struct study_file *file = array_at(&study->files, i);
        html_row(page);
        html_row_heading(page, section_short_path(study, file->path));
        html_count(page, file->rows);
        html_count(page, file->dropped);
        html_row_end(page);
    }
    html_table_end(page);
    section_fold_end(page, is_folded);
}

static void warnings_list(const struct study *study, struct text *page)
{
    if (study->warnings.count == 0) {
        return;
    }
    html_fold(page, NULL, _("What reading the files warned of"));
    text_add(page, "<ul>\n");
    for (size_t i = 0; i < study->warnings.count; i++) {
        const char *warning = *(char **)array_at(&study->warnings, i);
        size_t length = study->folder == NULL ? 0 : strlen(study->folder);
        bool is_inside = length > 0 && strncmp(warning, study->folder, length) == 0 &&
                         warning[length] == '/';
        html_element(page, "li", NULL, is_inside ? warning + length + 1 : warning);
    }
    text_add(page, "</ul>\n");
    html_fold_end(page);
}

static void mediators_sentence(struct report *report, struct text *page)
{
    const struct through *through = report->study->through;
    const char *list = "";
    if (through == NULL) {
        return;
    }
    for (size_t i = 0; i < through->mediator_count; i++) {
        list = arena_format(report->arena, "%s%s%s", list, i == 0 ? "" : ", ",
                            through->mediators[i]->name);
    }
    html_element(page, "p", NULL,
                 arena_format(report->arena,
                              _("Mediators: %zu (%s); `taxamr mediate` tells what goes "
                                "through them."),
                              through->mediator_count, list));
}

void section_study(struct report *report, struct text *page)
{
    const struct study *study = report->study;
    struct text words = {0};
    size_t pairs[2] = {0};
    for (size_t i = 0; i < study->pair_count; i++) {
        pairs[study->pairs[i]->direction]++;
    }
    text_addf(&words, _("Exposures: %zu. Outcomes: %zu. Pairs: %zu forward, %zu in reverse."),
              study->exposure_count, study->outcome_count, pairs[FORWARD], pairs[REVERSE]);
    html_element(page, "p", NULL, words.bytes);
    text_drop(&words);
    mediators_sentence(report, page);
    traits_table(study, page);
    files_table(study, page);
    warnings_list(study, page);
}
