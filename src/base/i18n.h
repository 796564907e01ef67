/*
 * Words for people go through gettext: _("...") translates, N_("...") marks text in tables.
 * Keys, column names and method names are never translated.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text

/* TRANSLATORS: the code of your language, by which the columns of data tables are named: zh. */
#define I18N_LANGUAGE _("en")

#endif
