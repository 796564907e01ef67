#include "base/memory.h"
#include "base/text.h"
#include "fuzz.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAMES 8

static char folder[64];
static char paths[NAMES][128];
static char names[NAMES][32];

static void clean(void)
{
    for (int i = 0; i < NAMES && names[i][0] != '\0'; i++) {
        (void)unlink(paths[i]);
    }
    (void)rmdir(folder);
}

static void make_folder(void)
{
    const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";

    snprintf(folder, sizeof folder, "%s/taxamr-fuzz-XXXXXX", memory);
    if (mkdtemp(folder) == NULL || atexit(clean) != 0) {
        perror(folder);
        abort();
    }
}

const char *fuzz_file(const char *name, const uint8_t *bytes, size_t length)
{
    FILE *file;
    int i = 0;

    if (folder[0] == '\0') {
        make_folder();
    }
    while (i < NAMES - 1 && names[i][0] != '\0' && strcmp(names[i], name) != 0) {
        i++;
    }
    snprintf(names[i], sizeof names[i], "%s", name);
    snprintf(paths[i], sizeof paths[i], "%s/%s", folder, name);
    file = fopen(paths[i], "wb");
    if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0) {
        perror(paths[i]);
        abort();
    }
    return paths[i];
}

void fuzz_refused(struct error *error)
{
    char *message = error_message(error);

    if (error->code == ERROR_NONE || message[0] == '\0' || strlen(message) > 1000 ||
        strchr(message, '\n') != NULL || !text_is_clean(message)) {
        fprintf(stderr, "a refusal that is no line for people: %s\n", message);
        abort();
    }
    memory_free(message);
    error_clear(error);
}
