#include "base/paths.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool paths_exist(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

bool paths_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool paths_make(const char *path, enum paths_for whom, struct error *error)
{
    char *part = memory_copy_text(path);
    mode_t mode = whom == PATHS_FOR_OWNER ? 0700 : 0777;
    bool is_made = true;
    for (char *slash = strchr(part + 1, '/'); slash != NULL && is_made;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        is_made = mkdir(part, mode) == 0 || errno == EEXIST ||
                  error_set_errno(error, part, _("cannot make the folder"));
        *slash = '/';
    }
    memory_free(part);
    return is_made;
}

char *paths_absolute(const char *path)
{
    bool is_known = path[0] == '/' || strcmp(path, "-") == 0;
    char *folder = is_known ? NULL : getcwd(NULL, 0);
    struct text whole = {0};
    if (folder != NULL) {
        text_addf(&whole, "%s/", folder);
        path += strncmp(path, "./", 2) == 0 ? 2 : 0;
    }
    text_add(&whole, path);
    free(folder);
    return text_take(&whole);
}
