/* Requests and replies as a service of the tests reads and writes them (docs/channel.md, "Frames"). */
#ifndef COFFER_TEST_WIRE_H
#define COFFER_TEST_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message.h"

enum { WIRE_HEADER = 16, WIRE_GREETING = 1 };

typedef struct {
    uint8_t header[WIRE_HEADER];
    message fields;
} wire_request;

uint32_t wire_get32(const uint8_t *);
void wire_put32(uint8_t *, uint32_t value);

/* All of the bytes; false when the connection is over. */
bool wire_read(int fd, uint8_t *bytes, size_t size);
bool wire_send(int fd, const uint8_t *bytes, size_t size);

/* The next request, whose fields the caller ends; false when the connection is over, and there is nothing to end. */
bool wire_receive(int fd, wire_request *);

uint32_t wire_operation(const wire_request *);

/* Writes a reply's length and status over the header of its request, whose id is left as it is. */
void wire_reply(uint8_t header[WIRE_HEADER], uint32_t status, size_t body);

/* Answers with these fields. */
bool wire_answer(int fd, const wire_request *, uint32_t status, const message *results);

#endif
