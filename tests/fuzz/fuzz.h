/*
 * What the fuzz targets share. Each file beside this one is a target: it gives bytes to one
 * reader and asks nothing of the answer but that there is one. Linked with replay.c a target
 * goes through its corpus and some thousand mutants of it (`make check`); `make fuzz` links it
 * with libFuzzer or AFL++ instead.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "base/error.h"
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Writes the bytes to a file of this name, in a folder of this process, and gives its path:
 * static, one for each name, up to eight names. */
const char *fuzz_file(const char *name, const uint8_t *bytes, size_t length);

/* A refusal must be one line for people; ends the error. */
void fuzz_refused(struct error *error);

#endif
