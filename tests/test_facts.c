/*
 * Cards of taxa and published effects: that every row can be cited, that every taxon has a
 * card, that counts are those of the instruments, and what agreement means.
 */
#include "golden.h"
#include "report/table.h"
#include "study/card.h"
#include "study/facts.h"
#include "study/published.h"
#include "study_fixture.h"
#include <check.h>
#include <math.h>
#include <string.h>

/* Columns of the tables, as their headers name them. */
enum { SOURCES_OF_CARDS = 4, SOURCE_OF_FOUND = 4, SOURCE_OF_PUBLISHED = 10 };
enum { WHAT = 2, WHAT_ZH = 3 };

static const size_t NOWHERE = (size_t)-1;

static bool has_source(const char *key, size_t length, struct arena *arena)
{
    for (size_t row = 0; row < facts_count(FACTS_SOURCES); row++) {
        const char *other = facts_cell(FACTS_SOURCES, row, 0, arena);
        if (strlen(other) == length && strncmp(other, key, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Every key of a list is a row of sources.tsv. */
static void check_sources(const char *keys, struct arena *arena)
{
    ck_assert_ptr_nonnull(keys);
    while (*keys != '\0') {
        size_t length = strcspn(keys, " ");
        ck_assert_msg(has_source(keys, length, arena), "no source %s", keys);
        keys += length + strspn(keys + length, " ");
    }
}

START_TEST(every_row_is_cited)
{
    static const struct {
        enum facts_table table;
        size_t column;
    } tables[] = {{FACTS_CARDS, SOURCES_OF_CARDS},
                  {FACTS_FOUND, SOURCE_OF_FOUND},
                  {FACTS_PUBLISHED, SOURCE_OF_PUBLISHED}};
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        ck_assert_uint_gt(facts_count(tables[i].table), 20);
        for (size_t row = 0; row < facts_count(tables[i].table); row++) {
            const char *rank = facts_cell(tables[i].table, row, 0, arena);
            ck_assert_int_ne(trait_rank_of(rank), RANK_NONE);
            check_sources(facts_cell(tables[i].table, row, tables[i].column, arena), arena);
        }
    }
    for (size_t row = 0; row < facts_count(FACTS_SOURCES); row++) {
        for (size_t column = 0; column < 4; column++) {
            ck_assert_ptr_nonnull(facts_cell(FACTS_SOURCES, row, column, arena));
        }
    }
    arena_destroy(arena);
}
END_TEST

/* No taxon stands twice, and both languages say something. */
START_TEST(every_card_has_both_languages)
{
    struct arena *arena = arena_create();
    for (size_t row = 0; row < facts_count(FACTS_CARDS); row++) {
        enum trait_rank rank = trait_rank_of(facts_cell(FACTS_CARDS, row, 0, arena));
        const char *name = facts_cell(FACTS_CARDS, row, 1, arena);
        const char *what = facts_cell(FACTS_CARDS, row, WHAT, arena);
        const char *chinese = facts_cell(FACTS_CARDS, row, WHAT_ZH, arena);
        ck_assert_msg(facts_find(FACTS_CARDS, rank, name, row + 1) == NOWHERE, "%s", name);
        ck_assert_uint_gt(strlen(what), 5);
        ck_assert_ptr_null(strstr(what, "\xe3\x80\x82")); /* a full stop, Chinese */
        ck_assert_ptr_nonnull(strstr(chinese, "\xe3\x80\x82"));
    }
    arena_destroy(arena);
}
END_TEST

static struct trait taxon_of(enum trait_rank rank, const char *name, const char *family,
                             const char *phylum)
{
    struct trait trait = {.key = name, .name = name, .rank = rank};
    trait.lineage[RANK_PHYLUM] = phylum;
    trait.lineage[RANK_FAMILY] = family;
    trait.lineage[rank] = name;
    return trait;
}

START_TEST(card_is_own_or_says_whose)
{
    struct arena *arena = arena_create();
    struct trait own =
        taxon_of(RANK_GENUS, "Faecalibacterium", "Ruminococcaceae", "Firmicutes");
    struct card card = card_of(&own, arena);
    ck_assert(card.is_own && card.of == RANK_GENUS);
    ck_assert_ptr_nonnull(strstr(card.what, "butyrate"));
    ck_assert_ptr_nonnull(
        strstr(card.sources, "Duncan et al. 2002, Int J Syst Evol Microbiol"));
    ck_assert_str_eq(card.lineage, "Firmicutes > Ruminococcaceae > Faecalibacterium");
    ck_assert_double_eq(card.found_of, 18340);

    struct trait other =
        taxon_of(RANK_GENUS, "Lachnospiraceae UCG001", "Lachnospiraceae", "Firmicutes");
    card = card_of(&other, arena);
    ck_assert(!card.is_own && card.of == RANK_FAMILY);
    ck_assert_str_eq(card.of_name, "Lachnospiraceae");

    struct trait unknown = taxon_of(RANK_GENUS, "Nobody", NULL, "Nothing");
    card = card_of(&unknown, arena);
    ck_assert(card.what == NULL && !card.is_own && isnan(card.found_in));

    struct trait disease = {.key = "ldl", .name = "LDL cholesterol"};
    card = card_of(&disease, arena);
    ck_assert(card.what == NULL && card.lineage == NULL && isnan(card.found_in));
    arena_destroy(arena);
}
END_TEST

/* A class and a phylum of one name are two; spelling does not matter. */
START_TEST(names_are_found_by_rank)
{
    ck_assert(facts_find(FACTS_CARDS, RANK_PHYLUM, "Actinobacteria", 0) != NOWHERE);
    ck_assert(facts_find(FACTS_CARDS, RANK_CLASS, "Actinobacteria", 0) == NOWHERE);
    size_t row = facts_find(FACTS_CARDS, RANK_GENUS, "Prevotella9", 0);
    ck_assert_uint_ne(row, NOWHERE);
    ck_assert_uint_eq(facts_find(FACTS_CARDS, RANK_GENUS, "prevotella_9", 0), row);
    ck_assert(facts_find(FACTS_CARDS, RANK_GENUS, "Prevotella", 0) == NOWHERE);
    ck_assert(facts_find(FACTS_CARDS, RANK_GENUS, "", 0) == NOWHERE);
}
END_TEST

/* Every taxon of the bundled studies, pathways aside; and a count is the largest N. */
START_TEST(every_taxon_has_a_card)
{
    static const char *const names[] = {"gut-insomnia", "gut-two-cohorts", "gut-gastric"};
    struct study *study = study_fixture_load(names[_i]);
    struct arena *arena = arena_create();
    size_t counted = 0;
    for (size_t i = 0; i < study->exposure_count; i++) {
        const struct trait *trait = study->exposures[i];
        struct card card = card_of(trait, arena);
        ck_assert_msg(trait->rank == RANK_NONE || card.what != NULL, "%s", trait->key);
        double most = NAN;
        for (size_t j = 0; j < trait->count; j++) {
            most = fmax(most, trait->associations[j].n);
        }
        if (_i == 0 && trait->count > 0) {
            ck_assert_msg(card.found_in == floor(most), "%s: %g, not %g", trait->key,
                          card.found_in, most);
            counted++;
        }
    }
    ck_assert(_i > 0 || counted == 186);
    ck_assert(_i > 0 || study->exposure_count == 211);
    arena_destroy(arena);
    study_destroy(study);
}
END_TEST

static const struct published *finding_of(const struct published *findings, size_t count,
                                          const char *source)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(findings[i].source, source) == 0) {
            return &findings[i];
        }
    }
    ck_abort_msg("no finding of %s", source);
    return NULL;
}

START_TEST(figures_are_as_printed)
{
    struct arena *arena = arena_create();
    struct trait taxon = taxon_of(RANK_GENUS, "Olsenella", "Coriobacteriaceae", NULL);
    size_t count;
    const struct published *findings = published_of(&taxon, &count, arena);
    const struct published *yang = finding_of(findings, count, "Yang et al. 2023");
    ck_assert_double_eq_tol(yang->b, log(0.808), 1e-15);
    ck_assert_double_eq_tol(yang->se, (log(0.980) - log(0.666)) / 3.919927969080108, 1e-12);
    ck_assert_double_eq(yang->p, 0.031);
    ck_assert_ptr_nonnull(strstr(yang->source_full, ", doi:10."));
    ck_assert(yang->sense == SENSE_LESS && yang->direction == FORWARD && isnan(yang->variants));
    struct trait none = taxon_of(RANK_FAMILY, "Olsenella", NULL, NULL);
    ck_assert_ptr_null(published_of(&none, &count, arena));
    ck_assert_uint_eq(count, 0);
    arena_destroy(arena);
}
END_TEST

/* Signs that the figures contradict would be worse than none. */
START_TEST(sense_is_that_of_the_odds)
{
    struct arena *arena = arena_create();
    size_t checked = 0;
    for (size_t row = 0; row < facts_count(FACTS_PUBLISHED); row++) {
        struct trait taxon = taxon_of(trait_rank_of(facts_cell(FACTS_PUBLISHED, row, 0, arena)),
                                      facts_cell(FACTS_PUBLISHED, row, 1, arena), NULL, NULL);
        size_t count;
        const struct published *findings = published_of(&taxon, &count, arena);
        ck_assert_uint_ge(count, 1);
        for (size_t i = 0; i < count; i++) {
            if (!isnan(findings[i].odds)) {
                ck_assert_int_eq(findings[i].odds > 1, findings[i].sense == SENSE_MORE);
                ck_assert(findings[i].lower <= findings[i].odds);
                ck_assert(findings[i].odds <= findings[i].upper);
                checked++;
            }
        }
    }
    ck_assert_uint_ge(checked, 8);
    arena_destroy(arena);
}
END_TEST

START_TEST(agreement_is_of_signs)
{
    struct published less = {.has_direction = true, .sense = SENSE_LESS};
    struct published silent = {.has_direction = true};
    struct estimate estimate = {.status = ESTIMATE_DONE, .b = -0.1};
    ck_assert_int_eq(published_agrees(&less, &estimate), AGREE_YES);
    estimate.b = 0.1;
    ck_assert_int_eq(published_agrees(&less, &estimate), AGREE_NO);
    ck_assert_int_eq(published_agrees(&silent, &estimate), AGREE_UNKNOWN);
    estimate.b = 0;
    ck_assert_int_eq(published_agrees(&less, &estimate), AGREE_UNKNOWN);
    estimate.b = NAN;
    ck_assert_int_eq(published_agrees(&less, &estimate), AGREE_UNKNOWN);
    ck_assert_int_eq(published_agrees(&less, NULL), AGREE_UNKNOWN);
    less.has_direction = false;
    estimate.b = -0.1;
    ck_assert_int_eq(published_agrees(&less, &estimate), AGREE_UNKNOWN);
}
END_TEST

/* A finding of one direction is none of the other, and none of another disease. */
START_TEST(findings_belong_to_their_outcome)
{
    struct trait taxon = taxon_of(RANK_GENUS, "Dorea", NULL, NULL);
    struct trait insomnia = {.key = "insomnia", .name = "Insomnia (simulated outcome)"};
    struct trait cancer = {.key = "cancer", .name = "Gastric cancer"};
    struct published finding = {
        .outcome = "insomnia", .has_direction = true, .direction = FORWARD};
    struct pair pair = {.exposure = &taxon, .outcome = &insomnia, .direction = FORWARD};
    struct pair back = {.exposure = &insomnia, .outcome = &taxon, .direction = REVERSE};
    struct pair other = {.exposure = &taxon, .outcome = &cancer, .direction = FORWARD};
    ck_assert(published_is_of(&finding, &pair));
    ck_assert(!published_is_of(&finding, &back));
    ck_assert(!published_is_of(&finding, &other));
    finding.has_direction = false;
    ck_assert(published_is_of(&finding, &back));
}
END_TEST

/* Both tables of the bundled study: all pairs have a card, and simulated effects are said. */
START_TEST(tables_hold_them)
{
    const struct method *ivw = methods_find("ivw");
    struct study *study = study_fixture_load("gut-insomnia");
    struct results *results = study_fixture_run(study, &ivw, 1, 10, NULL);
    struct text card = {0}, published = {0};
    table_print(tables_find("card"), results, TABLE_TSV, &card);
    table_print(tables_find("published"), results, TABLE_TSV, &published);
    size_t lines = 0;
    for (const char *at = card.bytes; *at != '\0'; at++) {
        lines += *at == '\n';
    }
    ck_assert_uint_eq(lines, 1 + study->pair_count);
    ck_assert_ptr_nonnull(strstr(
        card.bytes, "genus.Olsenella.id.822\tinsomnia\tforward\tgenus\tActinobacteria > "));
    const char *olsenella = strstr(published.bytes, "\ngenus.Olsenella.id.822\t");
    ck_assert_ptr_nonnull(olsenella);
    ck_assert_ptr_nonnull(strstr(
        olsenella,
        "Yang et al. 2023, Front Neurol 14:1277996, doi:10.3389/fneur.2023.1277996\tless\t"
        "0.808\t0.666\t0.98\t0.031\tNA\t"));
    ck_assert_ptr_nonnull(strstr(olsenella, "\tno\t"));
    ck_assert_ptr_nonnull(strstr(published.bytes, "\tsimulated_outcome\n"));
    ck_assert_ptr_null(strstr(published.bytes, "sleep disorders"));
    text_drop(&card);
    text_drop(&published);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {{every_row_is_cited, 1},
                                        {every_card_has_both_languages, 1},
                                        {card_is_own_or_says_whose, 1},
                                        {names_are_found_by_rank, 1},
                                        {every_taxon_has_a_card, 3},
                                        {figures_are_as_printed, 1},
                                        {sense_is_that_of_the_odds, 1},
                                        {agreement_is_of_signs, 1},
                                        {findings_belong_to_their_outcome, 1},
                                        {tables_hold_them, 1}};

    return golden_run_each("facts", tests, sizeof tests / sizeof *tests);
}
