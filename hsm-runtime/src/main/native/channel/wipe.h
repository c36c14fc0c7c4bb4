/* Wiping that no compiler leaves out; explicit_bzero() is not on every system. */
#ifndef COFFER_WIPE_H
#define COFFER_WIPE_H

#include <stddef.h>
#include <string.h>

static inline void wipe(void *bytes, size_t size) {
    memset(bytes, 0, size);
    __asm__ __volatile__("" : : "r"(bytes) : "memory");
}

#endif
