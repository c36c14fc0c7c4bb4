#define _GNU_SOURCE
#include "wire.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

/* What the header's length does not count, and what it counts besides the body. */
enum { LENGTH = 4, COUNTED = WIRE_HEADER - LENGTH };

uint32_t wire_get32(const uint8_t *b) {
    return (uint32_t) b[0] << 24 | (uint32_t) b[1] << 16 | (uint32_t) b[2] << 8 | b[3];
}

void wire_put32(uint8_t *b, uint32_t value) {
    for (int i = 3; i >= 0; i--, value >>= 8) {
        b[i] = (uint8_t) value;
    }
}

bool wire_read(int fd, uint8_t *bytes, size_t size) {
    while (size > 0) {
        ssize_t count = read(fd, bytes, size);
        if (count <= 0) {
            return false;
        }
        bytes += count;
        size -= (size_t) count;
    }
    return true;
}

bool wire_send(int fd, const uint8_t *bytes, size_t size) {
    while (size > 0) {
        ssize_t count = send(fd, bytes, size, MSG_NOSIGNAL);
        if (count <= 0) {
            return false;
        }
        bytes += count;
        size -= (size_t) count;
    }
    return true;
}

bool wire_receive(int fd, wire_request *r) {
    if (!wire_read(fd, r->header, sizeof r->header)) {
        return false;
    }
    CHECK(wire_get32(r->header) >= COUNTED);
    size_t size = wire_get32(r->header) - COUNTED;
    uint8_t *body = malloc(size + 1);
    bool read = wire_read(fd, body, size);
    if (read) {
        message_init(&r->fields);
        message_raw(&r->fields, body, size);
    }
    free(body);
    return read;
}

uint32_t wire_operation(const wire_request *r) {
    return wire_get32(r->header + 12);
}

void wire_reply(uint8_t header[WIRE_HEADER], uint32_t status, size_t body) {
    wire_put32(header, (uint32_t) (COUNTED + body));
    wire_put32(header + 12, status);
}

bool wire_answer(int fd, const wire_request *r, uint32_t status, const message *results) {
    uint8_t header[WIRE_HEADER];
    size_t body = results->size - MESSAGE_HEADER;
    memcpy(header, r->header, sizeof header);
    wire_reply(header, status, body);
    return wire_send(fd, header, sizeof header) && wire_send(fd, results->bytes + MESSAGE_HEADER, body);
}
