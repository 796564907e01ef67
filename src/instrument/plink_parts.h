/*
 * What the readers of a PLINK reference share. Private to this room.
 * In: a prefix. Out: the people of its .fam and the bytes of its .bed.
 */
#ifndef INSTRUMENT_PLINK_PARTS_H
#define INSTRUMENT_PLINK_PARTS_H

#include "base/arena.h"
#include "instrument/plink.h"

/* Who counts depends on how many copies of a chromosome people have. */
enum plink_copies { COPIES_TWO, COPIES_X, COPIES_Y, COPIES };

struct plink {
    struct arena *arena;
    const char *bed_path, *bim_path, *fam_path;
    const unsigned char *bed; /* mapped */
    size_t bed_size;
    size_t people, founders;
    struct plink_people on[COPIES];
    const char *example;
};

/* Maps the .bed and checks its first three bytes. */
MUST_USE bool plink_map(struct plink *plink, const char *prefix, struct error *error);

/* Reads the .fam: counts people and founders, and makes the masks. */
MUST_USE bool plink_read_people(struct plink *plink, struct error *error);

/* Cuts a line into at most `most` words, in place; how many there were. */
size_t plink_words(char *line, char **words, size_t most);

#endif
