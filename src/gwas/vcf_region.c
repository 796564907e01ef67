#include "gwas/vcf_region.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "gwas/place.h"
#include "gwas/vcf.h"
#include <htslib/tbx.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A wanted place. */
struct spot {
    char chromosome[64]; /* as by place_chromosome */
    hts_pos_t position;  /* from 1 */
};

/* A file, its index and where the look-up stands. */
struct region {
    htsFile *file;
    tbx_t *index;
    kstring_t line;
};

/* "7:12345", as a list of places has it. */
static bool read_place(const char *key, struct spot *spot)
{
    const char *colon = strrchr(key, ':');
    size_t length = colon == NULL ? 0 : (size_t)(colon - key);
    char *end;

    if (length == 0 || length >= sizeof spot->chromosome - 4 || colon[1] < '0' ||
        colon[1] > '9') {
        return false;
    }
    memset(spot, 0, sizeof *spot);
    memcpy(spot->chromosome, key, length);
    spot->position = strtoll(colon + 1, &end, 10);
    return *end == '\0' && spot->position > 0 && spot->position < 1000000000;
}

/* Where the wanted variants stand: by the list of places, and as ids say. False when nothing
 * says where one is. */
static bool read_places(const struct gwas_wanted *wanted, struct array *spots)
{
    const char *key;
    size_t cursor = 0;
    struct spot spot;

    while (wanted->places != NULL && map_next(wanted->places, &cursor, &key)) {
        if (read_place(key, &spot)) {
            *(struct spot *)array_add(spots) = spot;
        }
    }
    cursor = 0;
    while (wanted->variants != NULL && map_next(wanted->variants, &cursor, &key)) {
        struct place place;

        if (place_of_id(key, &place) && place.position > 0 && place.position < 1e9) {
            memset(&spot, 0, sizeof spot);
            memcpy(spot.chromosome, place.chromosome, sizeof place.chromosome);
            spot.position = (hts_pos_t)place.position;
            *(struct spot *)array_add(spots) = spot;
        } else if (wanted->places == NULL) {
            return false;
        }
    }
    return spots->count > 0;
}

/* A line's cells up to ALT. */
struct cells5 {
    char *cell[5];
};

static void see_names(struct map *seen, const struct cells5 *cells)
{
    char *at = cells->cell[2];

    while (*at != '\0') {
        char *stop = at + strcspn(at, ",;");
        char *next = *stop == '\0' ? stop : stop + 1;

        *stop = '\0';
        map_set(seen, at, 0);
        at = next;
    }
}

/* A line without a name goes by its place and alleles. */
static void see_places(struct map *seen, const struct cells5 *cells)
{
    struct text made = {0};
    char *alt = cells->cell[4];

    while (alt != NULL) {
        char *next = strchr(alt, ',');

        if (next != NULL) {
            *next++ = '\0';
        }
        vcf_made_id(&made, place_chromosome(cells->cell[0]), cells->cell[1], cells->cell[3],
                    alt);
        map_set(seen, made.bytes, 0);
        alt = next;
    }
    text_drop(&made);
}

static void see_line(struct map *seen, char *line)
{
    struct cells5 cells;

    for (int i = 0; i < 5; i++) {
        cells.cell[i] = line;
        line = strchr(line, '\t');
        if (line == NULL) {
            return;
        }
        *line++ = '\0';
    }
    if (strcmp(cells.cell[2], ".") == 0) {
        see_places(seen, &cells);
    } else {
        see_names(seen, &cells);
    }
}

/* Whether every wanted id is that of a line that was found: one that is not may stand anywhere.
 */
static bool has_all(const struct map *wanted, const struct part *part)
{
    struct map *seen = map_create();
    char *copy = memory_copy_bytes(part->text.bytes, part->text.length);
    size_t cursor = 0, ignored;
    const char *id;
    bool is_there = true;

    for (char *line = copy; line != NULL && *line != '\0';) {
        char *next = strchr(line, '\n');

        if (next != NULL) {
            *next++ = '\0';
        }
        if (*line != '#') {
            see_line(seen, line);
        }
        line = next;
    }
    while (is_there && wanted != NULL && map_next(wanted, &cursor, &id)) {
        is_there = map_get(seen, id, &ignored);
    }
    memory_free(copy);
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
    const struct spot *a = one, *b = other;
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
static bool take_place(struct region *region, const struct spot *place, struct part *part)
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
    qsort(places->items, places->count, sizeof(struct spot), compare_places);
    for (size_t i = 0; i < places->count; i++) {
        const struct spot *place = array_at(places, i);

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
    struct array places = ARRAY_OF(struct spot);
    bool is_old = false, is_found = false;
    char *index = index_of(path, &is_old);

    if (index != NULL && read_places(&options->wanted, &places)) {
        bool is_read = !is_old && find(path, index, &places, part);

        is_found = is_read && has_all(options->wanted.variants, part);
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
