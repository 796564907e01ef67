/*
 * Small PLINK 1 references made from text, for tests.
 * In: genotypes as rows of characters: 2, 1 and 0 copies of A1, - for missing; lines of a .bim
 * and of a .fam. Out: PREFIX.bed, .bim and .fam in the folder of program.h.
 */
#ifndef TESTS_PLINK_FIXTURE_H
#define TESTS_PLINK_FIXTURE_H

#include "base/memory.h"
#include "base/text.h"
#include "golden.h"
#include "program.h"
#include <stdio.h>
#include <string.h>

static inline void write_bytes(const char *name, const char *bytes, size_t length)
{
    struct text path = {0};
    FILE *file;

    text_addf(&path, "%s/%s", program_folder(), name);
    file = fopen(path.bytes, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    text_drop(&path);
}

static inline void write_text(const char *name, const char *text)
{
    write_bytes(name, text, strlen(text));
}

static inline unsigned bits_of(char genotype)
{
    return genotype == '2' ? 0 : genotype == '1' ? 2 : genotype == '0' ? 3 : 1;
}

/* Rows end with the list's NULL. */
static inline void write_bed(const char *name, const char *const *rows)
{
    struct text bytes = {0};

    text_add_bytes(&bytes, "\x6c\x1b\x01", 3);
    for (; *rows != NULL; rows++) {
        size_t people = strlen(*rows);

        for (size_t i = 0; i < people; i += 4) {
            unsigned byte = 0;
            char as_char;

            for (size_t k = i; k < people && k < i + 4; k++) {
                byte |= bits_of((*rows)[k]) << (2 * (k - i));
            }
            as_char = (char)byte;
            text_add_bytes(&bytes, &as_char, 1);
        }
    }
    write_bytes(name, bytes.bytes, bytes.length);
    text_drop(&bytes);
}

/* The prefix in full, to be freed. */
static inline char *prefix_of(const char *name)
{
    struct text path = {0};

    text_addf(&path, "%s/%s", program_folder(), name);
    return text_take(&path);
}

/* One clear line on standard error, nothing printed. */
static inline void refuses(const char *line, int status, const char *part)
{
    struct said said = program_say(line);

    ck_assert_msg(said.status == status, "%s: status %d: %s", line, said.status, said.err);
    ck_assert_msg(said.out[0] == '\0', "%s printed %s", line, said.out);
    ck_assert_msg(strncmp(said.err, "taxamr: ", 8) == 0, "%s: %s", line, said.err);
    ck_assert_msg(strchr(said.err, '\n') == said.err + strlen(said.err) - 1, "%s: %s", line,
                  said.err);
    ck_assert_msg(strstr(said.err, part) != NULL, "%s: \"%s\" is not in %s", line, part,
                  said.err);
    said_drop(&said);
}

#endif
