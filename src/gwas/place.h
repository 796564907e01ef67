/*
 * Places on the genome as tables write them: names of chromosomes, ids that are places.
 * In: cells. Out: one spelling of each chromosome, and what an id like 7:12345:A:G tells.
 */
#ifndef GWAS_PLACE_H
#define GWAS_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/* "chrX", "23", "x" and "X" are "X", "chr07" is "7", "26" and "M" are "MT"; a name that is none
 * of these loses no more than its "chr". Borrowed from text, or constant. */
const char *place_chromosome(const char *text);

/* An id that is a place. Alleles are borrowed from the id and not ended by a NUL; their lengths
 * are 0 when the id has none. */
struct place {
    char chromosome[4]; /* as by place_chromosome */
    double position;
    const char *first, *second; /* alleles as they stand, mostly reference and alternate */
    size_t first_length, second_length;
};

/* Whether an id is chromosome and position, with or without two alleles, between colons,
 * underscores or dashes ("chr1_55039974_G_T_b38"). */
bool place_of_id(const char *id, struct place *place);

#endif
