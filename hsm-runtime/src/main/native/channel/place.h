/* Where the service's socket is. */
#ifndef COFFER_PLACE_H
#define COFFER_PLACE_H

#include <limits.h>

#include "configuration.h"

typedef struct {
    char given[PATH_MAX]; /* by the environment or the configuration; else empty */
    char home[PATH_MAX];  /* the user's own */
} place;

/* COFFER_SOCKET, the configuration's `socket`, or coffer.sock in COFFER_HOME. A setuid program's environment does not count. */
void place_find(place *, const configuration *);

/* The path to connect to now: what was given, /run/coffer/coffer.sock when it is there, or $HOME/.coffer/coffer.sock. */
const char *place_path(const place *);

#endif
