#include "trust.h"

bool trust_tells(void) {
    return false;
}

bool trust_listener(intptr_t fd, const char *path, long *user) {
    (void) fd;
    (void) path;
    *user = -1;
    return false;
}
