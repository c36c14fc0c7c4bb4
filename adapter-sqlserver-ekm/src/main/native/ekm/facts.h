/* Which algorithm a key is of, so that questions for sizes are answered without the service. A thumbprint never changes its key. */
#ifndef COFFER_EKM_FACTS_H
#define COFFER_EKM_FACTS_H

#include <stdint.h>

#include "algorithms.h"
#include "status.h"

enum { FACTS_PLACES = 64 };

typedef struct {
    uint8_t thumbprint[EKM_THUMBPRINT];
    const ekm_algorithm *algorithm;
} fact;

/* Guarded by the provider's lock. A key whose place another one takes is asked for again. */
typedef struct {
    fact places[FACTS_PLACES];
} facts_cache;

/* NULL when it is not known. */
const ekm_algorithm *facts_find(const facts_cache *, const uint8_t thumbprint[EKM_THUMBPRINT]);

void facts_keep(facts_cache *, const uint8_t thumbprint[EKM_THUMBPRINT], uint32_t algorithm);

#endif
