/*
 * Takes the places of posix/stream.c and posix/user.c: the service at the other end, which answers what the input says. It is no
 * socket and no thread, and waits for nothing: a run is as long as its input, whatever else the machine does.
 */
#include <stdlib.h>
#include <string.h>

#include "algorithms.h"
#include "input.h"
#include "status.h"
#include "stream.h"
#include "trust.h"

enum { HEAD = 64, HEADER = 16, GREETING = 1, MOST = 9000 };

/* One connection at a time is in use: calls come from one thread. */
static uint8_t request[HEAD];
static size_t requested; /* bytes of the request that have come */
static uint8_t reply[HEADER + MOST];
static size_t replied;   /* bytes of the reply that have gone */
static size_t size;      /* of the reply */
static bool gone;        /* it hangs up behind them */
static bool silent;      /* or says nothing more */
static size_t piece;

static uint32_t get32(const uint8_t *b) {
    return (uint32_t) b[0] << 24 | (uint32_t) b[1] << 16 | (uint32_t) b[2] << 8 | b[3];
}

static void put32(uint8_t *b, uint32_t value) {
    for (int i = 3; i >= 0; i--, value >>= 8) {
        b[i] = (uint8_t) value;
    }
}

static void add32(uint32_t value) {
    put32(reply + size, value);
    size += 4;
}

static void add_bytes(int byte, size_t count) {
    add32((uint32_t) count);
    memset(reply + size, byte, count);
    size += count;
}

static void welcome(void) {
    static const uint8_t begin[] = {0, 1, 0};
    memcpy(reply + size, begin, sizeof begin);
    reply[size + 2] = input_u8() & 1;
    size += sizeof begin;
    add_bytes('s', 16);
    add_bytes('t', 4);
}

static void describe(void) {
    static const uint32_t algorithms[] = {19, 1, 2, 3, 17, 18, 4, 0};
    add_bytes('n', input_u8());
    add_bytes(input_u8(), EKM_THUMBPRINT);
    add32(algorithms[input_u8() % 8]);
    add32(EKM_KEY_SUPPORTED);
}

static void resumed(void) {
    uint32_t count = get32(request + 32);
    add32(count);
    for (uint32_t i = 0; i < count && i < 64; i++) {
        add32(input_u8() < 128 ? 0 : input_u16());
    }
}

/* What a service would say that means well; lengths are the input's. */
static void results(uint32_t operation) {
    switch (operation) {
        case GREETING:
            welcome();
            break;
        case OPERATION_OPEN_SESSION:
        case OPERATION_REFRESH:
            add_bytes('t', 24);
            break;
        case OPERATION_RESUME:
            resumed();
            break;
        case OPERATION_CREATE_KEY:
            add_bytes(input_u8(), EKM_THUMBPRINT);
            break;
        case OPERATION_NEXT_KEY:
            add32(input_u8());
            break;
        case OPERATION_KEY_BY_ID:
        case OPERATION_KEY_BY_THUMBPRINT:
        case OPERATION_KEY_BY_NAME:
            describe();
            break;
        case OPERATION_EXPORT_KEY:
        case OPERATION_ENCRYPT:
        case OPERATION_DECRYPT:
            add_bytes('x', input_u16() % 1000);
            break;
        default:
            break;
    }
}

static uint32_t status(void) {
    static const uint32_t known[] = {0, 0, 1, 2, 3, 4, 5, 6, 7, 2048, 2100, 2111, 2112, 0xffff0001, 0xffff0003, 0xffff0006};
    uint8_t chosen = input_u8();
    return chosen < 240 ? known[chosen % 16] : input_u32();
}

/* Some bytes become others, and some at the end are too few or too many. */
static void spoil(void) {
    for (unsigned i = input_u8() % 8; i > 0 && size > HEADER; i--) {
        size_t at = input_u16() % (size - HEADER);
        reply[HEADER + at] = input_u8();
    }
    unsigned change = input_u8();
    if (change < 64) {
        size -= change < size - HEADER ? change : size - HEADER;
    } else if (change < 96) {
        size += change - 64;
    }
}

/* Anything at all. */
static void invent(void) {
    size_t count = input_u16() % (MOST / 2);
    put32(reply + 12, status());
    input_fill(reply + HEADER, count);
    size = HEADER + count;
}

static void break_frame(unsigned how) {
    switch (how % 4) {
        case 0:
            put32(reply, input_u32());
            break;
        case 1:
            reply[4 + input_u8() % 8] ^= 1;
            break;
        case 2:
            size = input_u16() % (size + 1);
            gone = true;
            break;
        default:
            size = input_u16() % (size + 1);
            silent = true;
    }
}

static void answer(void) {
    uint8_t how = input_u8();
    memset(reply, 0, sizeof reply);
    memcpy(reply + 4, request + 4, 8);
    size = HEADER;
    replied = 0;
    piece = (size_t) input_u8() + 1;
    gone = input_is_over();
    if (how < 200) {
        results(get32(request + 12));
    }
    if (how >= 100 && how < 200) {
        spoil();
    } else if (how >= 200) {
        invent();
    }
    put32(reply, (uint32_t) (size - 4));
    if (how % 16 == 15) {
        break_frame(how / 16);
    }
}

static int connect_to(intptr_t *fd) {
    requested = 0;
    replied = 0;
    size = 0;
    gone = false;
    silent = false;
    *fd = 1000;
    return 0;
}

int stream_open_local(intptr_t *fd, const char *path) {
    (void) path;
    return connect_to(fd);
}

int stream_open_loopback(intptr_t *fd, uint16_t port, moment deadline) {
    (void) port;
    (void) deadline;
    return connect_to(fd);
}

uint64_t stream_cookie(intptr_t fd) {
    return (uint64_t) fd;
}

void stream_close(intptr_t fd) {
    (void) fd;
}

bool stream_quiet(intptr_t fd) {
    (void) fd;
    return !gone && replied == size;
}

ptrdiff_t stream_send(intptr_t fd, const uint8_t *bytes, size_t count) {
    (void) fd;
    size_t known = requested < HEAD ? HEAD - requested : 0;
    memcpy(request + (requested < HEAD ? requested : 0), bytes, known < count ? known : count);
    requested += count;
    if (requested >= HEADER && requested == get32(request) + (size_t) 4) {
        answer();
        requested = 0;
    }
    return (ptrdiff_t) count;
}

ptrdiff_t stream_receive(intptr_t fd, uint8_t *bytes, size_t room) {
    (void) fd;
    size_t count = size - replied;
    count = count < piece ? count : piece;
    count = count < room ? count : room;
    memcpy(bytes, reply + replied, count);
    replied += count;
    return count > 0 ? (ptrdiff_t) count : silent ? 0 : -1;
}

/* When nothing more will come it is as if the deadline had passed. */
bool stream_await(intptr_t fd, stream_readiness wanted, moment deadline) {
    (void) fd;
    (void) deadline;
    return wanted == STREAM_WRITABLE || replied < size || !silent;
}

bool trust_tells(void) {
    return true;
}

bool trust_listener(intptr_t fd, const char *path, long *user) {
    (void) fd;
    (void) path;
    *user = 0;
    return true;
}
