/* One connection to the service: sends a request, waits for the reply. */
#ifndef COFFER_CONNECTION_H
#define COFFER_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "deadline.h"
#include "message.h"

enum { SLEEPING, SPINNING };

typedef struct {
    intptr_t fd;      /* -1: closed */
    uint64_t cookie;  /* the kernel's number of the socket, never used again */
    uint64_t calls;   /* the last request's id */
    moment deadline;  /* of the call that is using it */
    moment spin;      /* how long to look for the reply before sleeping; 0: never */
    moment usual[2];  /* how long replies take when we sleep at once, and when we spin; see connection.c */
} connection;

typedef enum {
    EXCHANGE_DONE,
    EXCHANGE_UNSENT,    /* the service cannot have got the whole request */
    EXCHANGE_LOST,
    EXCHANGE_TIMEOUT,
    EXCHANGE_PROTOCOL,
    EXCHANGE_NO_MEMORY
} exchange;

/*
 * Connects to the socket, or to a port of 127.0.0.1 when it is not 0, within the connection's deadline. An errno, or 0; EAGAIN when the
 * service has too many to accept just now.
 */
int connection_open(connection *, const char *path, long port);

void connection_close(connection *);

/*
 * Whether the descriptor is still our socket: a program that becomes a daemon closes all it has, and its next files get the
 * same numbers.
 */
bool connection_ours(const connection *);

/* Whether the service has neither closed it nor said something unasked. */
bool connection_alive(const connection *);

/* One request, one reply, within the connection's deadline. After anything but EXCHANGE_DONE it must be closed. */
exchange connection_exchange(connection *, uint32_t operation, const message *request, message *reply);

#endif
