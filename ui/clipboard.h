/*
 * The clipboard of the person's own machine, also through SSH: the escape sequence OSC 52.
 * In: text. Out: the sequence that a terminal takes it from.
 */
#ifndef UI_CLIPBOARD_H
#define UI_CLIPBOARD_H

/* The sequence; the caller frees it with memory_free. */
char *clipboard_sequence(const char *text);

#endif
