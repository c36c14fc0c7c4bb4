/* What the toy consists of; for its own files. */
#ifndef COFFER_TOY_INSIDE_H
#define COFFER_TOY_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "roster.h"
#include "server.h"
#include "toy.h"

struct toy {
    server *server;
    roster clients;
    bool proves; /* asks for the secret and shows its own */
    _Atomic int manners;
    _Atomic long done;
    _Atomic long busy;
    _Atomic long hung_up;
    _Atomic long greeted;
};

/* Sends the frame with this status; its body, of this size, is behind the header. */
bool toy_answer(int fd, uint8_t *frame, uint32_t status, size_t body);

/* A status and its reason, after which the connection ends. */
bool toy_refuse(int fd, uint8_t *frame, uint32_t status, const char *why);

/* Answers the greeting in the frame, well or badly; false when the connection is to end. */
bool toy_greet(toy *t, int fd, uint8_t *frame);

#endif
