#include "study/published.h"

#include "base/text.h"
#include "study/facts.h"
#include "study/study.h"
#include <math.h>
#include <string.h>

/* Columns of published.tsv behind rank and name. */
enum {
    OUTCOME = 2,
    DIRECTION,
    SENSE,
    ODDS,
    LOWER,
    UPPER,
    P,
    VARIANTS,
    SOURCE,
    NOTE,
    OUTCOME_ZH,
    NOTE_ZH,
    IS_ODDS
};

static const double TWICE_QUANTILE = 2 * 1.959963984540054;

static bool is_cell(size_t row, size_t column, const char *text, struct arena *arena)
{
    const char *cell = facts_cell(FACTS_PUBLISHED, row, column, arena);
    return cell != NULL && strcmp(cell, text) == 0;
}

static struct published read_row(size_t row, struct arena *arena)
{
    const char *key = facts_cell(FACTS_PUBLISHED, row, SOURCE, arena);
    bool is_chinese = facts_is_chinese();
    bool is_reverse = is_cell(row, DIRECTION, "reverse", arena);
    struct published finding = {
        .outcome = facts_cell(FACTS_PUBLISHED, row, OUTCOME, arena),
        .outcome_words =
            facts_cell(FACTS_PUBLISHED, row, is_chinese ? OUTCOME_ZH : OUTCOME, arena),
        .has_direction = is_reverse || is_cell(row, DIRECTION, "forward", arena),
        .direction = is_reverse ? REVERSE : FORWARD,
        .sense = is_cell(row, SENSE, "more", arena)   ? SENSE_MORE
                 : is_cell(row, SENSE, "less", arena) ? SENSE_LESS
                                                      : SENSE_UNKNOWN,
        .odds = facts_number(FACTS_PUBLISHED, row, ODDS, arena),
        .lower = facts_number(FACTS_PUBLISHED, row, LOWER, arena),
        .upper = facts_number(FACTS_PUBLISHED, row, UPPER, arena),
        .p = facts_number(FACTS_PUBLISHED, row, P, arena),
        .variants = facts_number(FACTS_PUBLISHED, row, VARIANTS, arena),
        .source = facts_source(key, arena),
        .source_full = facts_sources(key, arena),
        .note = facts_cell(FACTS_PUBLISHED, row, is_chinese ? NOTE_ZH : NOTE, arena)};
    bool is_odds = !is_cell(row, IS_ODDS, "no", arena);
    finding.b = is_odds ? log(finding.odds) : NAN;
    finding.se = is_odds ? log(finding.upper / finding.lower) / TWICE_QUANTILE : NAN;
    return finding;
}

bool published_contains_null(const struct published *finding)
{
    return isnan(finding->p) ? finding->lower <= 1 && finding->upper >= 1 : finding->p >= 0.05;
}

static size_t next_row(const struct trait *taxon, size_t start)
{
    const char *name = taxon->lineage[taxon->rank];
    size_t row = facts_find(FACTS_PUBLISHED, taxon->rank, trait_shared_name(taxon), start);
    return row != (size_t)-1 || name == NULL
               ? row
               : facts_find(FACTS_PUBLISHED, taxon->rank, name, start);
}

const struct published *published_of(const struct trait *taxon, size_t *count,
                                     struct arena *arena)
{
    struct published *findings = NULL;
    *count = 0;
    if (!trait_is_taxon(taxon)) {
        return NULL;
    }
    for (size_t row = next_row(taxon, 0); row != (size_t)-1; row = next_row(taxon, row + 1)) {
        if (findings == NULL) {
            findings = arena_get(arena, facts_count(FACTS_PUBLISHED), sizeof *findings);
        }
        findings[(*count)++] = read_row(row, arena);
    }
    return findings;
}

bool published_is_of(const struct published *finding, const struct pair *pair)
{
    const struct trait *disease = study_disease(pair);
    bool is_outcome = text_contains_fold(trait_shared_name(disease), finding->outcome) ||
                      text_contains_fold(disease->key, finding->outcome);
    return is_outcome && (!finding->has_direction || finding->direction == pair->direction);
}

enum published_agree published_agrees(const struct published *finding,
                                      const struct estimate *estimate)
{
    bool is_known = estimate != NULL && estimate->status == ESTIMATE_DONE &&
                    isfinite(estimate->b) && estimate->b != 0 && finding->has_direction &&
                    finding->sense != SENSE_UNKNOWN;
    return !is_known                                             ? AGREE_UNKNOWN
           : (estimate->b > 0) == (finding->sense == SENSE_MORE) ? AGREE_YES
                                                                 : AGREE_NO;
}

const char *published_sense_key(enum published_sense sense)
{
    return sense == SENSE_MORE ? "more" : sense == SENSE_LESS ? "less" : NULL;
}

const char *published_agree_key(enum published_agree agree)
{
    return agree == AGREE_YES ? "yes" : agree == AGREE_NO ? "no" : NULL;
}
