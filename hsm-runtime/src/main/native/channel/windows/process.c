#include "process.h"

#include <windows.h>
#include <bcrypt.h>

uint64_t process_id(void) {
    return GetCurrentProcessId();
}

/* Nothing forks here. */
bool process_watch_forks(void (*before)(void), void (*after)(void)) {
    (void) before;
    (void) after;
    return true;
}

bool process_random(void *bytes, size_t size) {
    return BCryptGenRandom(NULL, bytes, (ULONG) size, BCRYPT_USE_SYSTEM_PREFERRED_RNG) == 0;
}
