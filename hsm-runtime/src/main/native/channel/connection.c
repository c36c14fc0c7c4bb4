#include "connection.h"

#include <errno.h>

#include "frame.h"
#include "stream.h"

/*
 * Waking a sleeping processor costs more than many a reply takes; spinning, on the other hand, takes time from those who have work to
 * do, the service above all. Which is better depends on the machine, on what else runs there and on the service's own work,
 * so both are measured: we spin as long as that is clearly faster, and try the other way for a few calls out of many.
 */
enum { MANY = 512, FEW = 8, LONG = 250, SCALE = 64 };

bool connection_ours(const connection *c) {
    return stream_cookie(c->fd) == c->cookie;
}

void connection_close(connection *c) {
    if (c->fd >= 0 && connection_ours(c)) {
        stream_close(c->fd);
    }
    c->fd = -1;
}

static int open_stream(connection *c, const char *path, long port) {
    if (port < 0 || port > UINT16_MAX) {
        c->fd = -1;
        return EINVAL;
    }
    return port == 0 ? stream_open_local(&c->fd, path) : stream_open_loopback(&c->fd, (uint16_t) port, c->deadline);
}

int connection_open(connection *c, const char *path, long port) {
    int reason = open_stream(c, path, port);
    c->cookie = c->fd < 0 ? 0 : stream_cookie(c->fd);
    c->calls = 0;
    c->usual[SLEEPING] = 0;
    c->usual[SPINNING] = 0;
    return reason;
}

bool connection_alive(const connection *c) {
    return stream_quiet(c->fd);
}

/* The service acts on whole frames only: when this fails, nothing was done. */
static exchange send_all(connection *c, const uint8_t *bytes, size_t size) {
    for (size_t sent = 0; sent < size;) {
        ptrdiff_t count = stream_send(c->fd, bytes + sent, size - sent);
        if (count < 0) {
            return EXCHANGE_UNSENT;
        }
        sent += (size_t) count;
        if (count == 0 && !stream_await(c->fd, STREAM_WRITABLE, c->deadline)) {
            return EXCHANGE_TIMEOUT;
        }
    }
    return EXCHANGE_DONE;
}

static ptrdiff_t receive_some(const connection *c, message *reply) {
    return stream_receive(c->fd, reply->bytes + reply->size, reply->capacity - reply->size);
}

/* So many bytes that come soon; 0 when none do. */
static ptrdiff_t spin(connection *c, message *reply) {
    moment end = deadline_now() + c->spin;
    ptrdiff_t count;
    do {
        count = receive_some(c, reply);
    } while (count == 0 && deadline_now() < end);
    return count;
}

static exchange receive_next(connection *c, message *reply, ptrdiff_t found, size_t *count) {
    while (found == 0) {
        if (!stream_await(c->fd, STREAM_READABLE, c->deadline)) {
            return EXCHANGE_TIMEOUT;
        }
        found = receive_some(c, reply);
    }
    *count = found < 0 ? 0 : (size_t) found;
    return found < 0 ? EXCHANGE_LOST : EXCHANGE_DONE;
}

/* Goes on with so many bytes that are there already. */
static exchange receive_all(connection *c, message *reply, ptrdiff_t found) {
    frame_state state = FRAME_MORE;
    while (state == FRAME_MORE) {
        size_t count = 0;
        exchange result = receive_next(c, reply, found, &count);
        if (result != EXCHANGE_DONE) {
            return result;
        }
        state = frame_arrived(reply, count);
        found = 0;
    }
    if (state == FRAME_NO_MEMORY) {
        return EXCHANGE_NO_MEMORY;
    }
    return state == FRAME_WHOLE && frame_open(reply, c->calls) ? EXCHANGE_DONE : EXCHANGE_PROTOCOL;
}

static int choose(const connection *c) {
    if (c->spin <= 0) {
        return SLEEPING;
    }
    bool found = c->usual[SPINNING] < c->spin * SCALE; /* else it ends in sleeping, as when callers outnumber processors */
    bool faster = found && c->usual[SPINNING] + c->usual[SPINNING] / 8 < c->usual[SLEEPING];
    return faster != (c->calls % MANY < FEW) ? SPINNING : SLEEPING;
}

static exchange receive(connection *c, message *reply) {
    moment start = deadline_now();
    int way = choose(c);
    exchange result = receive_all(c, reply, way == SPINNING ? spin(c, reply) : 0);
    moment took = deadline_now() - start;
    c->usual[way] += ((took < LONG ? took : LONG) * SCALE - c->usual[way]) / 8;
    return result;
}

exchange connection_exchange(connection *c, uint32_t operation, const message *request, message *reply) {
    frame_seal(request, ++c->calls, operation);
    frame_expect(reply);
    exchange result = send_all(c, request->bytes, request->size);
    return result == EXCHANGE_DONE ? receive(c, reply) : result;
}
