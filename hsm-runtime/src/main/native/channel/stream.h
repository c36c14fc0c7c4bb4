/*
 * A socket to a service of this machine, which never blocks. Its number is an intptr_t on every system, and -1 is none. See system.h.
 */
#ifndef COFFER_STREAM_H
#define COFFER_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "deadline.h"

typedef enum { STREAM_READABLE, STREAM_WRITABLE } stream_readiness;

/* Connects to the socket of that path. An errno, or 0; EAGAIN when the service has too many to accept just now. */
int stream_open_local(intptr_t *fd, const char *path);

/* The same with TCP, to that port of 127.0.0.1. */
int stream_open_loopback(intptr_t *fd, uint16_t port, moment deadline);

/* Never 0 of a socket on a system that numbers them for good, so that it tells whether a descriptor is still the same. */
uint64_t stream_cookie(intptr_t fd);

void stream_close(intptr_t fd);

/* Whether the other side has neither closed it nor said something unasked. */
bool stream_quiet(intptr_t fd);

/* So many bytes; 0: none now; -1: it is broken. */
ptrdiff_t stream_send(intptr_t fd, const uint8_t *bytes, size_t size);

/* So many bytes; 0: none yet; -1: there will be none. */
ptrdiff_t stream_receive(intptr_t fd, uint8_t *bytes, size_t size);

/* Waits until it is ready, or has failed. False when the deadline passed first. */
bool stream_await(intptr_t fd, stream_readiness, moment deadline);

#endif
