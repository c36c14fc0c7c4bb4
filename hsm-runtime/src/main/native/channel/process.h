/* What a face needs to know of the process that it was loaded into; so that only the channel calls the operating system. See system.h. */
#ifndef COFFER_PROCESS_H
#define COFFER_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wipe.h"

/* The process id: another one than before in the child of a fork(). */
uint64_t process_id(void);

/* While a fork copies the process, nobody else is between the two. False when that cannot be arranged. */
bool process_watch_forks(void (*before)(void), void (*after)(void));

/* Unpredictable bytes; false when the system has none. */
bool process_random(void *bytes, size_t size);

/* Zeros over what was secret. */
static inline void process_wipe(void *bytes, size_t size) {
    wipe(bytes, size);
}

#endif
