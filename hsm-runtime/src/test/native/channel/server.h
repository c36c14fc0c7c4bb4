/* The socket of a service for the tests: each connection is served in a thread of its own. */
#ifndef COFFER_TEST_SERVER_H
#define COFFER_TEST_SERVER_H

#include <stdint.h>

typedef struct server server;

/* Serves one connection until it is over; the server closes it then. */
typedef void server_visit(void *context, int fd);

/* Visits may begin before this returns. */
server *server_start(const char *path, server_visit *visit, void *context);

/* The same on a port of 127.0.0.1, or any when it is 0. */
server *server_start_tcp(uint16_t port, server_visit *visit, void *context);

uint16_t server_port(const server *);

/* Removes the socket: nobody connects any longer, and who is connected stays. */
void server_close(server *);

/* Hangs up on all who are still connected, waits until their threads have ended, and frees. */
void server_end(server *);

/* Between the two no connection is admitted and none is closed: for who looks at all descriptors of the process. */
void server_hold(server *);
void server_let_go(server *);

/* Connections made; connections now open. */
long server_made(const server *);
long server_open(const server *);

#endif
