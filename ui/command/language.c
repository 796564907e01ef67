#include "ui/command/language.h"
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

bool language_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
