/* Where the service listens. */
#ifndef COFFER_PLACE_H
#define COFFER_PLACE_H

#include "configuration.h"
#include "system.h"

typedef struct {
    char given[SYSTEM_PATH];   /* by the environment or the configuration; else empty */
    char machine[SYSTEM_PATH]; /* everybody's */
    char own[SYSTEM_PATH];     /* this user's, or empty */
    char token[SYSTEM_PATH];   /* the secret file */
    long port;                 /* of 127.0.0.1; 0: it is a path; -1: what was given is neither */
} place;

/*
 * COFFER_TCP, COFFER_SOCKET, the configuration's `tcp` or `socket`, or coffer.sock in COFFER_HOME. A setuid program's environment does
 * not count. The secret file is COFFER_TOKEN_FILE, the configuration's `token-file`, or coffer.token in the system's directory.
 */
void place_find(place *, const configuration *);

/* The path or address to connect to now: what was given, the machine's when it is there, or the user's. */
const char *place_path(const place *);

/* Whether the secret file has to say who is who there, for the system does not. */
bool place_needs_secret(const place *);

#endif
