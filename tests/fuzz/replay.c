/*
 * A driver for the fuzz targets that needs no fuzzer: every file of the target's corpus, then
 * mutants of them, the same in every run. `fuzz_NAME FILE...` replays these files alone.
 * FUZZ_RUNS in the environment is the number of mutants; FUZZ_KEEP names a file that the input
 * is written to before it is tried, so that a crash leaves it behind.
 */
#include "fuzz.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef TAXAMR_FUZZER

#define RUNS 2000
#define LONGEST ((size_t)64 << 10)
#define MOST_FILES 256

struct input {
    uint8_t *bytes;
    size_t length;
};

static struct input corpus[MOST_FILES];
static size_t files;
static uint64_t state = UINT64_C(20250812);

static uint64_t next_random(void)
{
    uint64_t mixed = state += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

static size_t below(size_t count)
{
    return count == 0 ? 0 : (size_t)(next_random() % count);
}

static void read_input(const char *path, struct input *input)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        perror(path);
        exit(1);
    }
    input->bytes = calloc(1, LONGEST);
    input->length = fread(input->bytes, 1, LONGEST, file);
    fclose(file);
}

static int compare(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static void read_corpus(const char *folder)
{
    DIR *entries = opendir(folder);
    char *names[MOST_FILES];
    char path[8192];

    if (entries == NULL) {
        perror(folder);
        exit(1);
    }
    for (struct dirent *entry; (entry = readdir(entries)) != NULL && files < MOST_FILES;) {
        if (entry->d_name[0] != '.') {
            names[files++] = strdup(entry->d_name);
        }
    }
    closedir(entries);
    qsort(names, files, sizeof *names, compare);
    for (size_t i = 0; i < files; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        read_input(path, &corpus[i]);
        free(names[i]);
    }
}

/* The input stands in memory of its own size, so that a byte too many is seen. */
static void try(const struct input *input)
{
    const char *keep = getenv("FUZZ_KEEP");
    uint8_t *exact = malloc(input->length == 0 ? 1 : input->length);

    if (keep != NULL) {
        FILE *file = fopen(keep, "wb");

        if (file == NULL || fwrite(input->bytes, 1, input->length, file) != input->length ||
            fclose(file) != 0) {
            perror(keep);
            exit(1);
        }
    }
    memcpy(exact, input->bytes, input->length);
    alarm(60);
    (void)LLVMFuzzerTestOneInput(exact, input->length);
    alarm(0);
    free(exact);
}

static void insert(struct input *input, size_t at, const uint8_t *bytes, size_t length)
{
    if (input->length + length > LONGEST) {
        return;
    }
    memmove(input->bytes + at + length, input->bytes + at, input->length - at);
    memcpy(input->bytes + at, bytes, length);
    input->length += length;
}

static void take_away(struct input *input, size_t at, size_t length)
{
    length = length < input->length - at ? length : input->length - at;
    memmove(input->bytes + at, input->bytes + at + length, input->length - at - length);
    input->length -= length;
}

/* Pieces of text that readers care about. */
static const char *const words[] = {
    "\n",    "\r\n",    "\t",           ",",   ";",
    "\"",    " ",       "NA",           ".",   "-",
    "0",     "-1",      "1e-400",       "#",   "##",
    "nan",   "inf",     "0x10",         "1,5", "999999999999",
    "rs1",   "A",       "\\",           "'",   "{",
    "}",     "=",       "\xef\xbb\xbf", ":",   "|",
    "\x1b",  "(",       "1e308",        "I",   "chr",
    "RSID=", "1e99999", "\xc3\xa4",     "%s",  "/*",
};

static void add_word(struct input *input, size_t at)
{
    const char *word = words[below(sizeof words / sizeof *words)];

    insert(input, at, (const uint8_t *)word, strlen(word));
}

/* A piece of another file of the corpus, or of this one, put in. */
static void splice(struct input *input, size_t at)
{
    const struct input *other = &corpus[below(files)];
    size_t from = below(other->length);
    size_t length = below(other->length - from);

    insert(input, at, other->bytes + from, length < 200 || below(4) == 0 ? length : 200);
}

static void change(struct input *input)
{
    size_t at = below(input->length);
    uint8_t byte = (uint8_t)next_random();

    switch (below(8)) {
    case 0:
        insert(input, at, &byte, 1);
        break;
    case 1:
        take_away(input, at, 1 + below(below(4) == 0 ? input->length : 8));
        break;
    case 2:
        add_word(input, at);
        break;
    case 3:
        splice(input, at);
        break;
    case 4:
        input->length = at;
        break;
    case 5:
        if (input->length > 0) {
            input->bytes[at] = byte;
        }
        break;
    default:
        if (input->length > 0) {
            input->bytes[at] ^= (uint8_t)(1u << below(8));
        }
    }
}

static void try_mutant(void)
{
    const struct input *seed = &corpus[below(files)];
    struct input mutant = {malloc(LONGEST), seed->length};

    memcpy(mutant.bytes, seed->bytes, seed->length);
    for (size_t i = 1 + below(4); i > 0; i--) {
        change(&mutant);
    }
    try(&mutant);
    free(mutant.bytes);
}

static void try_corpus(const char *program)
{
    const char *top = getenv("srcdir"), *wish = getenv("FUZZ_RUNS");
    const char *name = strrchr(program, '/');
    long runs = wish == NULL ? RUNS : strtol(wish, NULL, 10);
    const struct input nothing = {(uint8_t *)"", 0};
    char folder[4096];

    name = name == NULL ? program : name + 1;
    name = strncmp(name, "fuzz_", 5) == 0 ? name + 5 : name;
    snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus/%s", top == NULL ? "." : top, name);
    read_corpus(folder);
    if (files == 0) {
        fprintf(stderr, "%s: no corpus\n", folder);
        exit(1);
    }
    try(&nothing);
    for (size_t i = 0; i < files; i++) {
        try(&corpus[i]);
    }
    for (long i = 0; i < runs; i++) {
        try_mutant();
    }
    printf("%s: %zu files, %ld mutants\n", name, files, runs);
    for (size_t i = 0; i < files; i++) {
        free(corpus[i].bytes);
    }
}

int main(int count, char **words_given)
{
    if (count == 1) {
        try_corpus(words_given[0]);
    }
    for (int i = 1; i < count; i++) {
        struct input input;

        read_input(words_given[i], &input);
        try(&input);
        free(input.bytes);
    }
    return 0;
}

#endif
