#include "report/answers.h"
#include "base/i18n.h"
#include "report/answer_facts.h"
#include <string.h>

static struct answer author(struct report *report)
{
    (void)report;
    return (struct answer){NULL, NULL};
}

/* The keys of data/strobe-mr.tsv and data/microbiome-mr.tsv. */
static const struct {
    const char *key;
    struct answer (*function)(struct report *report);
} answers[] = {
    {"author", author},
    {"objectives", answer_objectives},
    {"data", answer_data},
    {"variants", answer_variants},
    {"units", answer_units},
    {"assumptions", answer_assumptions},
    {"weights", answer_weights},
    {"estimator", answer_estimator},
    {"missing", answer_missing},
    {"multiple", answer_multiple},
    {"checks", answer_checks},
    {"sensitivity", answer_sensitivity},
    {"software", answer_software},
    {"flow", answer_flow},
    {"overlap", answer_overlap},
    {"associations", answer_associations},
    {"estimates", answer_estimates},
    {"plots", answer_plots},
    {"validity", answer_validity},
    {"heterogeneity", answer_heterogeneity},
    {"agreement", answer_agreement},
    {"thresholds", answer_thresholds},
    {"direction", answer_direction},
    {"found", answer_found},
    {"limits", answer_limits},
    {"sharing", answer_sharing},
    {"threshold", answer_threshold},
    {"selection", answer_selection},
    {"strength", answer_strength},
    {"regions", answer_regions},
    {"robust", answer_robust},
    {"both_ways", answer_both_ways},
    {"harmonising", answer_harmonising},
    {"main", answer_main},
    {"all_methods", answer_all_methods},
    {"replication", answer_replication},
    {"exposure_unit", answer_exposure_unit},
    {"variants_known", answer_variants_known},
    {"outcome_unit", answer_outcome_unit},
    {"reporting", answer_reporting},
    {"repeat", answer_repeat},
};

struct answer answers_of(struct report *report, const char *key, size_t length, bool *is_known)
{
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        if (strlen(answers[i].key) == length && strncmp(answers[i].key, key, length) == 0) {
            *is_known = true;
            return answers[i].function(report);
        }
    }
    *is_known = false;
    return author(report);
}
