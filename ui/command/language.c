#include "ui/command/language.h"
#include "base/memory.h"
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif

static void bind(void)
{
    const char *folder = getenv("TAXAMR_LOCALEDIR");
    bindtextdomain("taxamr", folder != NULL ? folder : LOCALEDIR);
    bind_textdomain_codeset("taxamr", "UTF-8");
    textdomain("taxamr");
}

void language_start(void)
{
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C");
    bind();
}

/* Under the C locale gettext does not look at LANGUAGE at all. */
void language_choose(const char *language)
{
    setenv("LANGUAGE", language, 1);
    const char *present = setlocale(LC_MESSAGES, NULL);
    if (present == NULL || strcmp(present, "C") == 0 || strcmp(present, "POSIX") == 0) {
        setlocale(LC_MESSAGES, "C.UTF-8");
    }
    bind();
}

/* As gettext chooses: LANGUAGE before the locale, neither under C. */
char *language_code(void)
{
    const char *locale = setlocale(LC_MESSAGES, NULL), *wanted = getenv("LANGUAGE");
    if (locale == NULL || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0) {
        return NULL;
    }
    const char *name = wanted != NULL && *wanted != '\0' ? wanted : locale;
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz");
    bool is_other = length >= 2 && strncmp(name, "en", length) != 0;
    return is_other ? memory_copy_bytes(name, length) : NULL;
}

bool language_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
