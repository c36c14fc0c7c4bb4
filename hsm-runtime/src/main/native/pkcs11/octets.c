#define _DEFAULT_SOURCE
#include "octets.h"

#include <stdlib.h>
#include <string.h>

bool octets_set(octets *target, const void *bytes, size_t size) {
    octets_end(target);
    return octets_append(target, bytes, size);
}

/* Never realloc: it would leave an unwiped copy behind. */
bool octets_append(octets *target, const void *bytes, size_t size) {
    if (size == 0) {
        return true;
    }
    if (size > SIZE_MAX - target->size) {
        return false;
    }
    uint8_t *larger = malloc(target->size + size);
    if (larger == NULL) {
        return false;
    }
    if (target->size > 0) {
        memcpy(larger, target->bytes, target->size);
    }
    memcpy(larger + target->size, bytes, size);
    octets joined = {larger, target->size + size};
    octets_end(target);
    *target = joined;
    return true;
}

bool octets_equal(const octets *left, const octets *right) {
    return left->size == right->size && (left->size == 0 || memcmp(left->bytes, right->bytes, left->size) == 0);
}

void octets_end(octets *target) {
    if (target->bytes != NULL) {
        explicit_bzero(target->bytes, target->size);
        free(target->bytes);
    }
    *target = (octets){0};
}
