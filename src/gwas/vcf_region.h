/*
 * Wanted places of a VCF, and ids that say where they stand (1:49298:T:C), by FILE.tbi or .csi.
 * In: a path and what is wanted. Out: the lines at these places. Only this, vcf_bcf.c and
 * index_source.c know htslib.
 */
#ifndef GWAS_VCF_REGION_H
#define GWAS_VCF_REGION_H

#include "gwas/part.h"

/* True when the file is a VCF with an index no older than itself, and it is known where all
 * that is wanted stands: an id that is not found at its place may be elsewhere. False
 * otherwise, and when the index cannot be used (then part->note says so). */
bool vcf_region_find(const char *path, const struct gwas_options *options, struct arena *arena,
                     struct part *part);

#endif
