/*
 * Replies of any bytes, in pieces of any size: to the frame reader and the field decoder alone, and through a socket to the greeting.
 *
 * The first eight bytes say how: the lowest bit of the first which of both, the others the sizes of the pieces and the fields to
 * be read.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frame.h"
#include "greeting.h"

enum { ORDERS = 8, MOST = 65536 };

static void require(int condition) {
    if (!condition) {
        abort();
    }
}

/* What a decoder hands out must be there: the sanitizer looks when it is read. */
static void touch(const uint8_t *bytes, size_t size) {
    volatile uint8_t last = 0;
    if (size > 0) {
        last = bytes[0];
        last = bytes[size - 1];
    }
    (void) last;
}

static void read_field(message *m, uint8_t order) {
    size_t size = 0;
    const uint8_t *bytes;
    switch (order % 6) {
        case 0:
            message_read_u8(m);
            break;
        case 1:
            message_read_u16(m);
            break;
        case 2:
            message_read_u32(m);
            break;
        case 3:
            message_read_u64(m);
            break;
        case 4:
            bytes = message_read_bytes(m, &size);
            touch(bytes, size);
            break;
        default:
            size = order / 6u;
            bytes = message_read_raw(m, size);
            touch(bytes, bytes == NULL ? 0 : size);
    }
}

static void decode(message *m, const uint8_t *orders) {
    uint64_t id = 0;
    for (size_t i = 4; i < 12; i++) {
        id = id << 8 | m->bytes[i];
    }
    require(frame_open(m, id));
    for (unsigned i = 0; i < 256 && !m->failed && !message_done(m); i++) {
        size_t before = m->at;
        read_field(m, orders[1 + i % (ORDERS - 1)]);
        require(m->at >= before && m->at <= m->size);
    }
}

static void assemble(const uint8_t *orders, const uint8_t *data, size_t size) {
    message m;
    message_init(&m);
    frame_expect(&m);
    frame_state state = FRAME_MORE;
    for (unsigned i = 0; size > 0 && state == FRAME_MORE; i++) {
        size_t room = m.capacity - m.size;
        size_t piece = (size_t) orders[1 + i % (ORDERS - 1)] * 16 + 1;
        piece = piece < size ? piece : size;
        piece = piece < room ? piece : room;
        require(piece > 0);
        memcpy(m.bytes + m.size, data, piece);
        data += piece;
        size -= piece;
        state = frame_arrived(&m, piece);
    }
    require(state != FRAME_NO_MEMORY);
    if (state == FRAME_WHOLE) {
        decode(&m, orders);
    }
    message_end(&m);
}

static void greet(const uint8_t *data, size_t size) {
    static const uint8_t client[GREETING_CLIENT];
    int ends[2];
    require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    require(send(ends[1], data, size, MSG_NOSIGNAL) == (ssize_t) size);
    require(shutdown(ends[1], SHUT_WR) == 0);
    connection c = {.fd = ends[0], .deadline = deadline_now() + 60000000};
    welcome w;
    exchange result = greeting_exchange(&c, &(greeting) {.service = "pkcs11", .client = client}, &w);
    require(result != EXCHANGE_TIMEOUT && result != EXCHANGE_NO_MEMORY);
    require(memchr(w.reason, '\0', sizeof w.reason) != NULL);
    /* Not connection_close: it closes what connection_open has opened, and nothing else. */
    close(ends[0]);
    close(ends[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < ORDERS || size > MOST) {
        return 0;
    }
    if (data[0] % 2 == 0) {
        assemble(data, data + ORDERS, size - ORDERS);
    } else {
        greet(data + ORDERS, size - ORDERS);
    }
    return 0;
}
