#include "base/paths.h"
#include "base/i18n.h"
#include "base/memory.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

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

bool paths_make(const char *path, struct error *error)
{
    char *part = memory_copy_text(path);
    bool is_made = true;
    for (char *slash = strchr(part + 1, '/'); slash != NULL && is_made;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        is_made = mkdir(part, 0700) == 0 || errno == EEXIST ||
                  error_set_errno(error, part, _("cannot make the folder"));
        *slash = '/';
    }
    memory_free(part);
    return is_made;
}
