#include "base/i18n.h"
#include "study/verdict.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "verdict_rules.inc" /* verdict_rules_text: data/verdict.tsv as one text */

static const struct verdict_rule_text texts[VERDICT_RULES] = {
    [RULE_NOMINAL] = {"nominal", N_("P of the main estimate"), "<"},
    [RULE_FDR] = {"fdr", N_("q over all tests"), "<"},
    [RULE_VARIANTS] = {"variants", N_("enough variants"), "≥"},
    [RULE_METHODS] = {"methods", N_("other methods agree"), "≥"},
    [RULE_LEAVE_ONE_OUT] = {"leave_one_out", N_("no single variant carries it"), "≤"},
    [RULE_OUTLIERS] = {"outliers", N_("stands without outliers"), "<"},
    [RULE_GENOME_WIDE] = {"genome_wide", N_("instruments of genome-wide significance"), "≥"},
    [RULE_HETEROGENEITY] = {"heterogeneity", N_("P of heterogeneity"), "≥"},
    [RULE_INTERCEPT] = {"intercept", N_("P of directional pleiotropy"), "≥"},
    [RULE_DIRECTION] = {"direction", N_("the direction is right"), "<"},
    [RULE_REVERSE] = {"reverse", N_("P of the other direction"), "≥"},
    [RULE_REPLICATED] = {"replicated", N_("other cohorts that show it"), "≥"},
    [RULE_POWER] = {"power", N_("small effect excluded, with power"), "≥"},
};

const struct verdict_rule_text *verdict_rule_text(enum verdict_rule rule)
{
    return &texts[rule];
}

static enum verdict_rule rule_of(const char *key, size_t length)
{
    enum verdict_rule rule = RULE_NOMINAL;
    while (rule < VERDICT_RULES &&
           (strlen(texts[rule].key) != length || strncmp(texts[rule].key, key, length) != 0)) {
        rule++;
    }
    return rule;
}

/* Grades are needed from the best down: a rule of C is one of A and B. */
static const char *grades_of(const char *text, size_t length)
{
    static const char *const sets[] = {"A", "AB", "ABC", "ABCD"};
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        if (strlen(sets[i]) == length && strncmp(sets[i], text, length) == 0) {
            return sets[i];
        }
    }
    return length == 2 && strncmp(text, "NA", 2) == 0 ? "" : NULL;
}

/* The end of a cell, and the cell behind it. */
static const char *cell_end(const char *cell)
{
    return cell + strcspn(cell, "\t\n");
}

static const char *next_cell(const char *end)
{
    return *end == '\t' ? end + 1 : end;
}

/* One line; a rule that was there already is a mistake. */
static bool parse_line(const char *line, struct verdict_rules *rules)
{
    const char *end = cell_end(line), *number = next_cell(end);
    enum verdict_rule rule = rule_of(line, (size_t)(end - line));
    if (rule == VERDICT_RULES || rules->grades[rule] != NULL) {
        return false;
    }
    char *number_end;
    rules->threshold[rule] = strtod(number, &number_end);
    const char *grades = next_cell(number_end);
    rules->grades[rule] = grades_of(grades, (size_t)(cell_end(grades) - grades));
    return number_end != number && *number_end == '\t' && rules->grades[rule] != NULL;
}

bool verdict_rules_parse(const char *table, struct verdict_rules *rules)
{
    *rules = (struct verdict_rules){0};
    const char *line = strchr(table, '\n'); /* behind the header */
    size_t found = 0;
    while (line != NULL && line[1] != '\0') {
        if (!parse_line(line + 1, rules)) {
            return false;
        }
        found++;
        line = strchr(line + 1, '\n');
    }
    return found == VERDICT_RULES;
}

struct verdict_rules verdict_rules(void)
{
    struct verdict_rules rules;
    (void)verdict_rules_parse(verdict_rules_text, &rules);
    return rules;
}
