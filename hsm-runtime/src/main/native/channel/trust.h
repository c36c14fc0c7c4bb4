/* Whether the process that listens on a socket may have our PINs. See system.h. */
#ifndef COFFER_TRUST_H
#define COFFER_TRUST_H

#include <stdbool.h>
#include <stdint.h>

/* Whether the system tells who listens; the secret file has to prove it otherwise. */
bool trust_tells(void);

/* Whether he may, as far as the system tells who he is: in user, or -1. */
bool trust_listener(intptr_t fd, const char *path, long *user);

#endif
