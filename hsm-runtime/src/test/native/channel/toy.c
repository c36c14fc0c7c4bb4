#define _GNU_SOURCE
#include "toy_inside.h"

#include <poll.h>
#include <string.h>

#include "check.h"
#include "wire.h"

enum { FRAME = 2 * 1024 * 1024 };

bool toy_answer(int fd, uint8_t *frame, uint32_t status, size_t body) {
    wire_reply(frame, status, body);
    return wire_send(fd, frame, WIRE_HEADER + body);
}

bool toy_refuse(int fd, uint8_t *frame, uint32_t status, const char *why) {
    wire_put32(frame + 16, (uint32_t) strlen(why));
    memcpy(frame + 20, why, strlen(why));
    toy_answer(fd, frame, status, 4 + strlen(why));
    return false;
}

static bool byte_by_byte(int fd, uint8_t *frame, size_t body) {
    wire_reply(frame, 0, body);
    for (size_t i = 0; i < 16 + body; i++) {
        if (!wire_send(fd, frame + i, 1)) {
            return false;
        }
        poll(NULL, 0, 1);
    }
    return true;
}

static bool big(int fd, uint8_t *frame) {
    const uint32_t size = 1 << 20;
    wire_put32(frame + 16, size);
    for (uint32_t i = 0; i < size; i++) {
        frame[20 + i] = (uint8_t) (i % 251);
    }
    return toy_answer(fd, frame, 0, 4 + size);
}

static bool lie(int fd, uint8_t *frame, uint32_t length, size_t sent) {
    wire_put32(frame, length);
    wire_send(fd, frame, sent);
    return false;
}

static bool obey(toy *t, int fd, uint8_t *frame, size_t body) {
    switch (wire_get32(frame + 12)) {
        case TOY_HANG_UP:
            return false;
        case TOY_HANG_UP_ONCE:
            return t->hung_up++ == 0 ? false : toy_answer(fd, frame, 0, body);
        case TOY_HALF:
            return lie(fd, frame, 12 + 100, 50);
        case TOY_TOO_SHORT:
            return lie(fd, frame, 11, 15);
        case TOY_TOO_LONG:
            return lie(fd, frame, 16 * 1024 * 1024 + 1, 16);
        case TOY_MORE_BYTES:
            return lie(fd, frame, 12, 17);
        case TOY_OTHER_ID:
            frame[11] ^= 1;
            return toy_answer(fd, frame, 0, 0);
        case TOY_BYTE_BY_BYTE:
            return byte_by_byte(fd, frame, body);
        case TOY_SILENCE:
            return true;
        case TOY_MALFORMED:
            return toy_answer(fd, frame, 0xffff0005, 0);
        case TOY_FAREWELL:
            return toy_refuse(fd, frame, 0xffff0003, "calls");
        case TOY_BIG:
            return big(fd, frame);
        case TOY_PAUSE:
            poll(NULL, 0, 20);
            return toy_answer(fd, frame, 0, body);
        default:
            return toy_answer(fd, frame, 0, body);
    }
}

static bool next_frame(int fd, uint8_t *frame, size_t *body) {
    if (!wire_read(fd, frame, 16)) {
        return false;
    }
    uint32_t length = wire_get32(frame);
    CHECK(length >= 12 && length <= FRAME - 4);
    *body = length - 12;
    return wire_read(fd, frame + 16, *body);
}

static void serve(void *context, int fd) {
    toy *t = context;
    uint8_t *frame = malloc(FRAME);
    size_t body;
    bool going = next_frame(fd, frame, &body) && wire_get32(frame + 12) == WIRE_GREETING && toy_greet(t, fd, frame);
    while (going && next_frame(fd, frame, &body)) {
        t->done++;
        going = obey(t, fd, frame, body);
    }
    free(frame);
}

static toy *create(int manners, bool proves) {
    toy *t = calloc(1, sizeof *t);
    roster_begin(&t->clients);
    t->manners = manners;
    t->proves = proves;
    return t;
}

toy *toy_start(const char *path, int manners) {
    toy *t = create(manners, false);
    t->server = server_start(path, serve, t);
    return t;
}

toy *toy_start_tcp(uint16_t port, int manners) {
    toy *t = create(manners, true);
    t->server = server_start_tcp(port, serve, t);
    return t;
}

uint16_t toy_port(const toy *t) {
    return server_port(t->server);
}

void toy_stop(toy *t) {
    server_close(t->server);
    server_end(t->server);
    roster_end(&t->clients);
    free(t);
}

void toy_greets(toy *t, int manners) {
    t->manners = manners;
}

void toy_hold(toy *t) {
    server_hold(t->server);
}

void toy_let_go(toy *t) {
    server_let_go(t->server);
}

long toy_done(toy *t) {
    return t->done;
}

long toy_made(toy *t) {
    return server_made(t->server);
}

long toy_greeted(toy *t) {
    return t->greeted;
}

long toy_open(toy *t) {
    return server_open(t->server);
}
