/* A run of bytes on the heap that is wiped before it is freed. */
#ifndef COFFER_OCTETS_H
#define COFFER_OCTETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint8_t *bytes;
    size_t size;
} octets;

/* Replaces what was there; false, and empty, when there is no memory. */
bool octets_set(octets *target, const void *bytes, size_t size);

/* Appends; false, and unchanged, when there is no memory. */
bool octets_append(octets *target, const void *bytes, size_t size);

bool octets_equal(const octets *left, const octets *right);

/* Wipes, frees, and leaves empty. */
void octets_end(octets *target);

#endif
