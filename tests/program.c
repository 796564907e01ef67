#include "program.h"
#include "base/memory.h"
#include "base/text.h"
#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];

/* An absolute path, so that lines may run elsewhere. */
static char *absolute(const char *path)
{
    char *found = realpath(path, NULL);
    char *copy = memory_copy_text(found == NULL ? path : found);
    free(found);
    return copy;
}

static char *from_environment(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return absolute(value == NULL || value[0] == '\0' ? otherwise : value);
}

static void prepare(void)
{
    if (folder[0] != '\0') {
        return;
    }
    snprintf(folder, sizeof folder, "/tmp/taxamr-test-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        abort();
    }
    char *root = from_environment("srcdir", ".");
    char *program = from_environment("TAXAMR", "./taxamr");
    struct text line = {0};
    if (access(program, X_OK) != 0) {
        fprintf(stderr, "%s: found no program; set TAXAMR to its path\n", program);
        exit(1);
    }
    text_addf(&line, "mkdir %s/bin && ln -s '%s' %s/bin/taxamr", folder, program, folder);
    if (system(line.bytes) != 0) {
        abort();
    }
    text_drop(&line);
    text_addf(&line, "%s/bin:%s", folder, getenv("PATH"));
    setenv("PATH", line.bytes, 1);
    setenv("ROOT", root, 1);
    text_drop(&line);
    text_addf(&line, "%s/data", root);
    setenv("TAXAMR_DATADIR", line.bytes, 0);
    text_drop(&line);
    text_addf(&line, "%s/cache", folder);
    setenv("XDG_CACHE_HOME", line.bytes, 1); /* nobody's own */
    text_drop(&line);
    memory_free(program);
    memory_free(root);
}

const char *program_folder(void)
{
    prepare();
    return folder;
}

char *program_file(const char *path)
{
    struct text text = {0};
    char block[4096];
    size_t length;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    while ((length = fread(block, 1, sizeof block, file)) > 0) {
        text_add_bytes(&text, block, length);
    }
    fclose(file);
    return text_take(&text);
}

static char *take_file(const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", folder, name);
    char *content = program_file(path.bytes);
    unlink(path.bytes);
    text_drop(&path);
    return content == NULL ? memory_copy_text("") : content;
}

struct said program_say(const char *line)
{
    prepare();
    struct text command = {0};
    text_addf(&command, "cd %s && exec 3>&1 >.out 2>.err </dev/null\n%s\n", folder, line);
    int status = system(command.bytes);
    text_drop(&command);
    return (struct said){.out = take_file(".out"),
                         .err = take_file(".err"),
                         .status = WIFEXITED(status) ? WEXITSTATUS(status) : 256 + status};
}

void said_drop(struct said *said)
{
    memory_free(said->out);
    memory_free(said->err);
}

char *program_prints(const char *line)
{
    struct said said = program_say(line);
    ck_assert_msg(said.status == 0, "%s: status %d: %s", line, said.status, said.err);
    memory_free(said.err);
    return said.out;
}

void program_is_silent(const char *line)
{
    char *out = program_prints(line);
    ck_assert_msg(out[0] == '\0', "%s printed %s", line, out);
    memory_free(out);
}

void program_clean(void)
{
    struct text line = {0};
    text_addf(&line, "rm -rf '%s'", program_folder());
    int status = system(line.bytes);
    (void)status;
    text_drop(&line);
}
