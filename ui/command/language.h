/*
 * The language of sentences. In: the environment, and --lang. Out: gettext set up. Numbers keep
 * their point whatever the language. Where the locale that the environment names is not on the
 * machine, its language and UTF-8 hold all the same.
 */
#ifndef UI_COMMAND_LANGUAGE_H
#define UI_COMMAND_LANGUAGE_H

#include <stdbool.h>

/* Once, at the start. */
void language_start(void);

/* "en" or "zh", in any locale; after "zh" characters outside ASCII can be written. */
void language_choose(const char *language);

/* Whether characters outside ASCII can be written. */
bool language_is_utf8(void);

#endif
