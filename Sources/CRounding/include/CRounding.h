#ifndef C_ROUNDING_H
#define C_ROUNDING_H

#include <stdint.h>

/// Rounding trials: the means by which a check measures how far rounding alone moves its sides.
///
/// A program that links this target calls the elementary functions of libm (exp, log, sin, ...)
/// through wrappers that change nothing, unless the calling thread is in a trial: then each result
/// is moved by one unit in its last place, up or down as a hash of trial, function and argument
/// decides. Within a trial a function therefore stays a function.

enum {
  rounding_nearest = 0,
  rounding_upward = 1,
  rounding_downward = 2,
  rounding_towardzero = 3,
};

/// Begins trial `number` (not 0) on the calling thread, with arithmetic rounded as `mode` says.
void rounding_begin(uint64_t number, int mode);

/// Ends the trial: rounding to nearest, results of libm as they are.
void rounding_end(void);

/// The trial that the calling thread is in, or 0. In a trial only the values of a computation are looked at,
/// so that it may leave out what it does for its estimate of error.
uint64_t rounding_trial(void);

#endif
