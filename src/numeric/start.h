/*
 * What the room src/numeric needs once a process.
 * In: nothing. Out: GSL's default error handler, which ends the process, is off.
 */
#ifndef NUMERIC_START_H
#define NUMERIC_START_H

/* Called once by main before threads start; harmless when called again. */
void numeric_start(void);

#endif
