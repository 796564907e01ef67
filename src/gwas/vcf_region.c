#include "gwas/vcf_region.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include <htslib/tbx.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A wanted place. */
struct place {
    char chromosome[64];
    hts_pos_t position; /* from 1 */
};

/* A file, its index and where the look-up stands. */
struct region {
    htsFile *file;
    tbx_t *index;
    kstring_t line;
};

/* "1:49298:T:C" and "chr1:49298": a chromosome, a position, perhaps alleles. */
static bool read_place(const char *id, struct place *place)
{
    const char *colon = strchr(id, ':');
    size_t length = colon == NULL ? 0 : (size_t)(colon - id);
    char *end;
    long long position;

    if (length == 0 || length >= sizeof place->chromosome - 4 || colon[1] < '0' ||
        colon[1] > '9') {
        return false;
    }
    position = strtoll(colon + 1, &end, 10);
    if ((*end != ':' && *end != '\0') || position < 1 || position > 1000000000) {
        return false;
    }
    memcpy(place->chromosome, id, length);
    place->chromosome[length] = '\0';
    place->position = position;
    return true;
}

/* Where the wanted variants stand: as hinted, and as their ids say. False when an id says
 * nothing and there is no hint. */
static bool read_places(const struct gwas_wanted *wanted, struct array *places)
{
    const char *id;
    size_t cursor = 0;

    for (size_t i = 0; i < wanted->place_count; i++) {
        const struct gwas_place *hint = &wanted->places[i];
        struct place place = {.position = 0};

        if (hint->chromosome != NULL && hint->position >= 1 && hint->position <= 1e9 &&
            strlen(hint->chromosome) < sizeof place.chromosome - 4) {
            strcpy(place.chromosome, hint->chromosome);
            place.position = (hts_pos_t)hint->position;
            *(struct place *)array_add(places) = place;
        }
    }
    while (map_next(wanted->variants, &cursor, &id)) {
        struct place place;

        if (read_place(id, &place)) {
            *(struct place *)array_add(places) = place;
        } else if (wanted->place_count == 0) {
            return false;
        }
    }
    return places->count > 0;
}

/* Whether every wanted id that is no place stands in the column ID of the lines found. */
static bool has_all(const struct gwas_wanted *wanted, const struct part *part)
{
    struct map *seen = map_create();
    size_t cursor = 0, ignored;
    const char *id;
    bool is_there = true;

    for (const char *line = part->text.bytes; line != NULL && *line != '\0';) {
        const char *end = strchr(line, '\n');
        const char *tab = *line == '#' ? NULL : strchr(line, '\t');

        tab = tab == NULL ? NULL : strchr(tab + 1, '\t');
        while (tab != NULL && tab < end && (*tab == '\t' || *tab == ';')) {
            size_t length = strcspn(tab + 1, ";\t\n");
            char *name = memory_copy_bytes(tab + 1, length);

            map_set(seen, name, 0);
            memory_free(name);
            tab += 1 + length;
            tab = *tab == ';' ? tab : NULL;
        }
        line = end == NULL ? NULL : end + 1;
    }
    while (is_there && map_next(wanted->variants, &cursor, &id)) {
        struct place place;

        is_there = read_place(id, &place) || map_get(seen, id, &ignored);
    }
    map_destroy(seen);
    return is_there;
}

/* The index of a file, and whether it is older than what it is of. */
static char *index_of(const char *path, bool *is_old)
{
    static const char *const ends[] = {".csi", ".tbi"};
    struct stat file, index;

    if (stat(path, &file) != 0 || !S_ISREG(file.st_mode)) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct text name = {0};

        text_addf(&name, "%s%s", path, ends[i]);
        if (stat(name.bytes, &index) == 0 && S_ISREG(index.st_mode)) {
            *is_old = index.st_mtim.tv_sec < file.st_mtim.tv_sec;
            return text_take(&name);
        }
        text_drop(&name);
    }
    return NULL;
}

/* The number that the index has for a chromosome, however it is called. */
static int chromosome_of(const struct region *region, const char *name)
{
    static const char *const twins[][2] = {{"X", "23"}, {"Y", "24"}, {"MT", "26"}, {"MT", "M"}};
    const char *bare = strncmp(name, "chr", 3) == 0 ? name + 3 : name;
    char prefixed[80];
    int number = tbx_name2id(region->index, name);

    snprintf(prefixed, sizeof prefixed, "chr%s", bare);
    number = number >= 0 ? number : tbx_name2id(region->index, bare);
    number = number >= 0 ? number : tbx_name2id(region->index, prefixed);
    for (size_t i = 0; i < sizeof twins / sizeof *twins && number < 0; i++) {
        for (int j = 0; j < 2 && number < 0; j++) {
            if (strcmp(bare, twins[i][j]) == 0) {
                number = tbx_name2id(region->index, twins[i][1 - j]);
            }
        }
    }
    return number;
}

/* The lines of the header. */
static bool take_header(struct region *region, struct part *part)
{
    while (hts_getline(region->file, '\n', &region->line) >= 0 && region->line.l > 0 &&
           region->line.s[0] == '#') {
        text_add_bytes(&part->text, region->line.s, region->line.l);
        text_add(&part->text, "\n");
        *(long *)array_add(&part->numbers) = (long)part->numbers.count;
    }
    return strncmp(part->text.bytes == NULL ? "" : part->text.bytes, "##fileformat=VCF", 16) ==
           0;
}

static int compare_places(const void *one, const void *other)
{
    const struct place *a = one, *b = other;
    int chromosomes = strcmp(a->chromosome, b->chromosome);

    return chromosomes != 0 ? chromosomes
                            : (a->position > b->position) - (a->position < b->position);
}

/* The position in the second cell of a line. */
static hts_pos_t position_of(const char *line)
{
    const char *tab = strchr(line, '\t');

    return tab == NULL ? 0 : strtoll(tab + 1, NULL, 10);
}

/* The lines that begin at a place. A line that only spans it is another's. */
static bool take_place(struct region *region, const struct place *place, struct part *part)
{
    int chromosome = chromosome_of(region, place->chromosome);
    hts_itr_t *found;
    int got;

    if (chromosome < 0) {
        return true;
    }
    found = tbx_itr_queryi(region->index, chromosome, place->position - 1, place->position);
    if (found == NULL) {
        return false;
    }
    while ((got = tbx_itr_next(region->file, region->index, found, &region->line)) >= 0) {
        if (position_of(region->line.s) == place->position) {
            text_add_bytes(&part->text, region->line.s, region->line.l);
            text_add(&part->text, "\n");
            *(long *)array_add(&part->numbers) = 0;
            part->picked++;
        }
    }
    tbx_itr_destroy(found);
    return got == -1;
}

static bool take_places(struct region *region, struct array *places, struct part *part)
{
    if (!take_header(region, part)) {
        return false;
    }
    qsort(places->items, places->count, sizeof(struct place), compare_places);
    for (size_t i = 0; i < places->count; i++) {
        const struct place *place = array_at(places, i);

        if (i > 0 && compare_places(place - 1, place) == 0) {
            continue;
        }
        if (!take_place(region, place, part)) {
            return false;
        }
    }
    return true;
}

/* htslib takes names with a scheme for addresses; an absolute path is none. */
static bool find(const char *path, const char *index, struct array *places, struct part *part)
{
    struct region region = {0};
    char *whole = realpath(path, NULL);
    char *whole_index = realpath(index, NULL);
    bool is_found = false;

    hts_set_log_level(HTS_LOG_OFF);
    if (whole != NULL && whole_index != NULL && strstr(whole, "##idx##") == NULL) {
        region.file = hts_open(whole, "r");
        region.index = region.file == NULL ? NULL : tbx_index_load2(whole, whole_index);
        is_found = region.index != NULL && region.file->format.compression == bgzf &&
                   take_places(&region, places, part);
    }
    if (region.index != NULL) {
        tbx_destroy(region.index);
    }
    if (region.file != NULL) {
        hts_close(region.file);
    }
    free(region.line.s);
    free(whole);
    free(whole_index);
    return is_found;
}

bool vcf_region_find(const char *path, const struct gwas_options *options, struct arena *arena,
                     struct part *part)
{
    struct array places = ARRAY_OF(struct place);
    bool is_old = false, is_found = false;
    char *index = index_of(path, &is_old);

    if (index != NULL && read_places(&options->wanted, &places)) {
        bool is_read = !is_old && find(path, index, &places, part);

        is_found = is_read && has_all(&options->wanted, part);
        if (!is_found) {
            part->note = is_read ? NULL
                                 : arena_format(arena,
                                                is_old ? _("%s is older than the file and was "
                                                           "not used; make it again")
                                                       : _("%s cannot be used; make it again"),
                                                index);
            text_drop(&part->text);
            array_clear(&part->numbers);
            part->picked = 0;
        }
    }
    memory_free(index);
    array_destroy(&places);
    return is_found;
}
