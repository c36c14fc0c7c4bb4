#include "facts.h"

#include <string.h>

static size_t place(const uint8_t *thumbprint) {
    return thumbprint[0] % FACTS_PLACES;
}

const ekm_algorithm *facts_find(const facts_cache *cache, const uint8_t thumbprint[EKM_THUMBPRINT]) {
    const fact *found = &cache->places[place(thumbprint)];
    return memcmp(found->thumbprint, thumbprint, EKM_THUMBPRINT) == 0 ? found->algorithm : NULL;
}

void facts_keep(facts_cache *cache, const uint8_t thumbprint[EKM_THUMBPRINT], uint32_t id) {
    fact *kept = &cache->places[place(thumbprint)];
    memcpy(kept->thumbprint, thumbprint, EKM_THUMBPRINT);
    kept->algorithm = algorithm_of(id);
}
