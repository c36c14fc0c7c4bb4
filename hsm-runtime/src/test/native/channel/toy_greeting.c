/* How the toy greets, and what it shows of the secret file (docs/channel.md). */
#include <string.h>

#include "check.h"
#include "toy_inside.h"
#include "wire.h"

enum { PROOF = 32 };

static uint8_t ours(int i) {
    return (uint8_t) (i * 7);
}

static uint8_t theirs(int i) {
    return (uint8_t) (255 - i);
}

void toy_secret(char text[129]) {
    for (int i = 0; i < PROOF; i++) {
        snprintf(text + 2 * i, 3, "%02x", ours(i));
    }
    for (int i = 0; i < PROOF; i++) {
        snprintf(text + 2 * (PROOF + i), 3, "%02x", theirs(i));
    }
}

/* The program's name is before it, and nothing behind. */
static void check_secret(const toy *t, const uint8_t *frame) {
    const uint8_t *secret = frame + 60 + wire_get32(frame + 56);
    CHECK_EQUAL(wire_get32(secret), t->proves ? PROOF : 0);
    for (int i = 0; t->proves && i < PROOF; i++) {
        CHECK_EQUAL(secret[4 + i], ours(i));
    }
}

/* How many bytes it takes. */
static size_t prove(const toy *t, uint8_t *at) {
    if (!t->proves || t->manners == TOY_SHOWS_NO_PROOF) {
        return 0;
    }
    uint32_t size = t->manners == TOY_SHOWS_HALF_A_PROOF ? PROOF / 2 : PROOF;
    wire_put32(at, size);
    for (int i = 0; i < PROOF; i++) {
        at[4 + i] = theirs(i);
    }
    at[4 + PROOF - 1] ^= t->manners == TOY_SHOWS_ANOTHER_PROOF;
    return 4 + size;
}

static bool welcome_client(toy *t, int fd, uint8_t *frame) {
    const uint8_t *body = frame + 16;
    CHECK_EQUAL(wire_get32(body), 0x434f4652);
    CHECK_EQUAL(body[4] << 8 | body[5], 1);
    check_secret(t, frame);
    bool known;
    roster_find(&t->clients, body + 10 + wire_get32(body + 6), &known);
    static const uint8_t rest[] = {0, 1, 0, 0, 0, 0, 16, 's', 'e', 'r', 'i', 'a', 'l', ' ', 'o', 'f', ' ', 'm', 'o', 'd', 'u', 'l', 'e',
        0, 0, 0, 3, 't', 'o', 'y'};
    memcpy(frame + 16, rest, sizeof rest);
    frame[18] = known;
    return toy_answer(fd, frame, 0, sizeof rest + prove(t, frame + 16 + sizeof rest));
}

/* As the real service, which refuses a text that is not UTF-8. */
static void check_program(const uint8_t *frame) {
    const uint8_t *program = frame + 56;
    for (uint32_t i = 0; i < wire_get32(program); i++) {
        CHECK(program[4 + i] < 0x80);
    }
}

bool toy_greet(toy *t, int fd, uint8_t *frame) {
    int manners = t->manners;
    check_program(frame);
    t->greeted++;
    switch (manners) {
        case TOY_OTHER_VERSION:
            wire_put32(frame + 16, 2 << 16 | 3);
            toy_answer(fd, frame, 0xffff0001, 4);
            return false;
        case TOY_REFUSES:
            return toy_refuse(fd, frame, 0xffff0002, "user 1 may not connect\nsecond line");
        case TOY_BUSY_TWICE:
            return t->busy++ < 2 ? toy_refuse(fd, frame, 0xffff0003, "connections") : welcome_client(t, fd, frame);
        case TOY_BUSY:
            return toy_refuse(fd, frame, 0xffff0003, "connections");
        case TOY_NO_ANSWER:
            return wire_read(fd, frame, 1);
        case TOY_NOT_COFFER:
            wire_send(fd, (const uint8_t *) "HTTP/1.1 400 Bad Request\r\n\r\n", 28);
            return false;
        case TOY_SHORT_SERIAL:
            memcpy(frame + 16, "\0\1\0\0\0\0\1s\0\0\0\0", 12);
            toy_answer(fd, frame, 0, 12);
            return false;
        case TOY_CLOSES:
            return false;
        case TOY_WELCOMES_AND_CLOSES:
            welcome_client(t, fd, frame);
            return false;
        default:
            return welcome_client(t, fd, frame);
    }
}
