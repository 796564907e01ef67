#include "gwas/record_parts.h"
#include "base/text.h"
#include "gwas/place.h"
#include "gwas/rows.h"
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

const char *record_allele(struct arena *arena, const char *text, size_t length)
{
    static const char bases[][2] = {"A", "C", "G", "T"};
    char *copy;

    for (size_t i = 0; i < sizeof bases / sizeof *bases && length == 1; i++) {
        if (toupper((unsigned char)*text) == *bases[i]) {
            return bases[i];
        }
    }
    copy = arena_bytes(arena, text, length);
    for (char *at = copy; *at != '\0'; at++) {
        *at = (char)toupper((unsigned char)*at);
    }
    return copy;
}

size_t record_next_id(const char **at, const char **id)
{
    *at += strspn(*at, ",;");
    *id = *at;
    *at += strcspn(*at, ",;");
    return (size_t)(*at - *id);
}

bool record_finds_id(const char *ids, const struct map *wanted, const char **found,
                     size_t *length)
{
    char id[64];
    const char *at = ids;
    size_t place;

    *found = ids;
    *length = strlen(ids);
    if (map_get(wanted, ids, &place)) {
        return true;
    }
    while (strpbrk(ids, ",;") != NULL && (*length = record_next_id(&at, found)) > 0) {
        if (*length < sizeof id) {
            memcpy(id, *found, *length);
            id[*length] = '\0';
            if (map_get(wanted, id, &place)) {
                return true;
            }
        }
    }
    return false;
}

const char *record_one_id(struct arena *arena, const char *ids, const struct map *wanted,
                          const char **more)
{
    const char *at = ids, *id;
    size_t length;

    *more = NULL;
    if (strpbrk(ids, ",;") == NULL) {
        return ids;
    }
    if (wanted == NULL || !record_finds_id(ids, wanted, &id, &length)) {
        length = record_next_id(&at, &id);
    }
    *more = ids;
    return length == strlen(ids) ? ids : arena_bytes(arena, id, length);
}

void record_snp_allele(struct arena *arena, const char *cell, struct association *association)
{
    const char *dash = strrchr(cell, '-');
    size_t id_length = dash == NULL ? strlen(cell) : (size_t)(dash - cell);

    if (association->variant == NULL && id_length > 0) {
        association->variant = arena_bytes(arena, cell, id_length);
    }
    if (association->effect_allele == NULL && dash != NULL && dash[1] != '?' &&
        dash[1] != '\0') {
        association->effect_allele = record_allele(arena, dash + 1, strlen(dash + 1));
    }
}

static bool is_allele(const char *allele, const char *text, size_t length)
{
    return strlen(allele) == length && strncasecmp(allele, text, length) == 0;
}

/* The other of the two alleles of an id; NULL when the effect's is neither. */
static const char *other_of(struct arena *arena, const struct place *place, const char *effect)
{
    if (is_allele(effect, place->first, place->first_length)) {
        return record_allele(arena, place->second, place->second_length);
    }
    return is_allele(effect, place->second, place->second_length)
               ? record_allele(arena, place->first, place->first_length)
               : NULL;
}

void record_use_id(struct arena *arena, bool has_alleles, struct association *association)
{
    struct place place;
    bool is_whole = association->chromosome != NULL && !isnan(association->position) &&
                    association->effect_allele != NULL && association->other_allele != NULL;

    if (is_whole || !place_of_id(association->variant, &place)) {
        return;
    }
    if (association->chromosome == NULL) {
        association->chromosome = arena_text(arena, place.chromosome);
    }
    if (isnan(association->position)) {
        association->position = place.position;
    }
    if (place.first_length == 0) {
        return;
    }
    if (has_alleles && association->effect_allele == NULL) {
        association->effect_allele = record_allele(arena, place.second, place.second_length);
    }
    if (association->effect_allele != NULL && association->other_allele == NULL) {
        association->other_allele = other_of(arena, &place, association->effect_allele);
    }
}

/* A number at *at, which moves behind it. */
static bool take_number(const char **at, double *value)
{
    char number[32];
    size_t length = strspn(*at, "0123456789.");

    if (length == 0 || length >= sizeof number) {
        return false;
    }
    memcpy(number, *at, length);
    number[length] = '\0';
    *at += length;
    return rows_number(number, value);
}

static void take_beta(const char *words, struct derive_figures *figures)
{
    double lower = figures->lower;
    bool is_less = text_contains_fold(words, "decrease");

    figures->beta = is_less ? -figures->odds_ratio : figures->odds_ratio;
    figures->odds_ratio = NAN;
    figures->lower = is_less ? -figures->upper : lower;
    figures->upper = is_less ? -lower : figures->upper;
}

void record_interval(const char *text, struct derive_figures *figures)
{
    const char *at = text + strspn(text, " [");

    if (take_number(&at, &figures->lower) && *at == '-') {
        at++;
        if (!take_number(&at, &figures->upper)) {
            figures->lower = NAN;
        }
    }
    at = strchr(text, ']');
    at = at == NULL ? "" : at + 1;
    for (const char *c = at; *c != '\0'; c++) {
        if (isalpha((unsigned char)*c)) {
            take_beta(at, figures);
            return;
        }
    }
}
