#include "ui/command/language.h"
#include "base/memory.h"
#include "base/text.h"
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif
/* Where the catalogue is before the program is installed. */
#ifndef BUILD_LOCALEDIR
#define BUILD_LOCALEDIR "locale"
#endif

#define CATALOGUE "/zh_CN/LC_MESSAGES/taxamr.mo"

static const char *catalogues(void)
{
    const char *folder = getenv("TAXAMR_LOCALEDIR");
    if (folder != NULL) {
        return folder;
    }
    bool is_installed = access(LOCALEDIR CATALOGUE, R_OK) == 0;
    return is_installed || access(BUILD_LOCALEDIR CATALOGUE, R_OK) != 0 ? LOCALEDIR
                                                                        : BUILD_LOCALEDIR;
}

static bool is_language(const char *name, size_t length, const char *code)
{
    size_t own = strlen(code);
    return length >= own && strncmp(name, code, own) == 0 &&
           (length == own || name[own] == '_' || name[own] == '.' || name[own] == '@');
}

/* Languages with colons between them, the best first. gettext finds zh_CN for zh in the name of
 * a locale, but not in LANGUAGE; and it would pass over English, of which there is no
 * catalogue, for what is less wished. */
static void name_language(const char *languages)
{
    struct text list = {0};
    bool is_english = false;
    for (const char *at = languages; !is_english && *at != '\0';) {
        size_t length = strcspn(at, ":");
        bool is_plain = length == 2 && is_language(at, length, "zh");
        is_english = is_language(at, length, "en");
        text_add(&list, list.length > 0 ? ":" : "");
        text_add_bytes(&list, is_plain ? "zh_CN" : at, is_plain ? strlen("zh_CN") : length);
        at += length + (at[length] == ':');
    }
    char *whole = text_take(&list);
    setenv("LANGUAGE", whole, 1);
    memory_free(whole);
}

static void bind(void)
{
    bindtextdomain("taxamr", catalogues());
    bind_textdomain_codeset("taxamr", "UTF-8");
    textdomain("taxamr");
}

/* The locale that the environment names for sentences, as setlocale reads it. */
static const char *wished(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') {
            return value;
        }
    }
    return "C";
}

static bool is_c(const char *locale)
{
    return locale == NULL || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
}

static bool names_utf8(const char *locale)
{
    static const char *const names[] = {"UTF-8", "utf-8", "UTF8", "utf8"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strstr(locale, names[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* LANGUAGE, which is as good as not set when it is empty; or NULL. */
static const char *asked_language(void)
{
    const char *language = getenv("LANGUAGE");
    return language != NULL && language[0] != '\0' ? language : NULL;
}

/* A machine without the locale that a person named still writes its language and characters. */
static void do_without_locale(void)
{
    const char *locale = wished();
    bool is_chinese = strncmp(locale, "zh", 2) == 0;
    if (is_chinese || names_utf8(locale)) {
        setlocale(LC_CTYPE, "C.UTF-8");
        setlocale(LC_MESSAGES, "C.UTF-8");
        if (is_chinese && asked_language() == NULL) {
            name_language("zh");
        }
    }
}

void language_start(void)
{
    bool is_known = setlocale(LC_ALL, "") != NULL;
    const char *language = asked_language();
    setlocale(LC_NUMERIC, "C");
    if (language != NULL) {
        name_language(language);
    }
    bind();
    if (!is_known) {
        do_without_locale();
    }
}

/* Under the C locale gettext does not look at LANGUAGE at all. Chinese needs its letters. */
void language_choose(const char *language)
{
    name_language(language);
    if (is_c(setlocale(LC_MESSAGES, NULL))) {
        setlocale(LC_MESSAGES, "C.UTF-8");
    }
    if (strcmp(language, "zh") == 0 && !language_is_utf8()) {
        setlocale(LC_CTYPE, "C.UTF-8");
    }
    bind();
}

bool language_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
