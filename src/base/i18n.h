/*
 * Words for people go through gettext: _("...") translates, N_("...") marks text in tables.
 * Keys, column names and method names are never translated.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text

#endif
