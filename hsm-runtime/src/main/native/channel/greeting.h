/* The first request of every connection (docs/channel.md, "Greeting"). */
#ifndef COFFER_GREETING_H
#define COFFER_GREETING_H

#include <stdbool.h>
#include <stdint.h>

#include "connection.h"
#include "token.h"

enum { GREETING_CLIENT = 16, GREETING_SERIAL = 16 };

typedef struct {
    uint32_t status;                 /* 0, or why the service refuses */
    char reason[200];                /* the same in words */
    bool proven;                     /* it has shown what the secret file asks for, if any */
    bool known;                      /* the service has other connections of this client */
    uint8_t serial[GREETING_SERIAL]; /* of the module */
} welcome;

/* Who we are: the service wanted, our number, and the secret, or NULL where the system tells. */
typedef struct {
    const char *service;
    const uint8_t *client;
    const token *secret;
} greeting;

exchange greeting_exchange(connection *, const greeting *, welcome *);

#endif
