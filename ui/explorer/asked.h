/*
 * What is asked of a computation: methods and settings, changed by names as a command line has
 * them. In: lines like "boot 5000". Out: options for results; what differs, in words.
 */
#ifndef UI_EXPLORER_ASKED_H
#define UI_EXPLORER_ASKED_H

#include "base/array.h"
#include "base/text.h"
#include "estimate/settings.h"
#include "study/results.h"

struct asked {
    struct array methods; /* const struct method * */
    struct estimate_settings settings;
};

/* Made of options, or a copy; both ended with asked_end. */
struct asked asked_of(const struct results_options *options);
struct asked asked_copy(const struct asked *asked);
void asked_end(struct asked *asked);

bool asked_equal(const struct asked *one, const struct asked *other);

/* Options for results; methods are borrowed from it. */
struct results_options asked_options(const struct asked *asked);

/* Methods: a list as of --methods, or "none"; one more or one less, in the table's order. */
MUST_USE bool asked_take_methods(struct asked *asked, const char *list, struct error *error);
bool asked_has(const struct asked *asked, const struct method *method);

/* Sets what a name stands for: "boot 5000", "loss=tukey"; "default" is the usual value, the
 * seed's being `seed`. */
MUST_USE bool asked_take(struct asked *asked, const char *line, uint64_t seed,
                         struct error *error);

/* Settings one after the other, then the parameters of single methods. */
enum { ASKED_COUNT = (int)SETTINGS + (int)PARAMETERS };
const char *asked_key(size_t index);
/* What it is, and what may be written; added to text. */
const char *asked_shows(size_t index);
void asked_say_allowed(size_t index, struct text *text);
/* NULL, or the words to choose from, ended by NULL. */
const char *const *asked_choices(size_t index);
/* Its value, "from data" where there is none of its own. */
void asked_say(const struct asked *asked, size_t index, struct text *text);

/* The list of methods: "ivw,egger", "default", "all" or "none". */
void asked_say_methods(const struct asked *asked, struct text *text);

/* "boot 5000, methods ivw,egger": what differs from another. Empty: nothing. */
void asked_say_difference(const struct asked *asked, const struct asked *from,
                          struct text *text);

#endif
