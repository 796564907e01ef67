/*
 * The language of sentences. In: the environment, and --lang. Out: gettext set up. Numbers keep
 * their point whatever the language.
 */
#ifndef UI_COMMAND_LANGUAGE_H
#define UI_COMMAND_LANGUAGE_H

#include <stdbool.h>

/* Once, at the start. */
void language_start(void);

/* "en" or "zh", in any UTF-8 locale. */
void language_choose(const char *language);

/* The code of the language in use, "zh", for files that come in several; NULL: English, or none
 * was chosen. The caller frees it. */
char *language_code(void);

/* Whether characters outside ASCII can be written. */
bool language_is_utf8(void);

#endif
