/*
 * Words for people go through gettext: _("...") translates, N_("...") marks text in tables.
 * Keys, column names and method names are never translated.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text
/* For a word that other languages say in several ways: `context`, which nobody reads but the
 * translator, tells which is meant. */
#define C_(context, text) i18n_in_context(context "\004" text, text)

/* `entry` is how catalogues hold a text with its context. */
static inline const char *i18n_in_context(const char *entry, const char *text)
{
    const char *translated = gettext(entry);
    return translated == entry ? text : translated;
}

/* TRANSLATORS: the code of your language, by which the columns of data tables are named: zh. */
#define I18N_LANGUAGE _("en")

#endif
