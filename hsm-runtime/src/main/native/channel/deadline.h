/* Moments of the clock that nobody sets (CLOCK_MONOTONIC and its like), in microseconds. See system.h. */
#ifndef COFFER_DEADLINE_H
#define COFFER_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

typedef int64_t moment;

moment deadline_now(void);

/* Sleeps, but not beyond the deadline. False when it has passed. */
bool deadline_pause(moment microseconds, moment deadline);

#endif
