/* Moments of the clock that nobody sets (CLOCK_MONOTONIC), in microseconds. */
#ifndef COFFER_DEADLINE_H
#define COFFER_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

typedef int64_t moment;

moment deadline_now(void);

/* Waits until the descriptor is ready for the poll() events, or has failed. False when the deadline passed first. */
bool deadline_poll(int fd, short events, moment deadline);

/* Sleeps, but not beyond the deadline. False when it has passed. */
bool deadline_pause(moment microseconds, moment deadline);

#endif
