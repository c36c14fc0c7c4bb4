#define _GNU_SOURCE
#include "connection.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "frame.h"

/*
 * Waking a sleeping processor costs more than many a reply takes; spinning, on the other hand, takes time from those who have work to
 * do, the service above all. Which is better depends on the machine, on what else runs there and on the service's own work,
 * so both are measured: we spin as long as that is clearly faster, and try the other way for a few calls out of many.
 */
enum { MANY = 512, FEW = 8, LONG = 250, SCALE = 64 };

/* 0 of what is no socket, and on kernels that have no such numbers. */
static uint64_t cookie_of(int fd) {
    uint64_t cookie = 0;
    socklen_t size = sizeof cookie;
    return getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &size) == 0 ? cookie : 0;
}

bool connection_ours(const connection *c) {
    return cookie_of(c->fd) == c->cookie;
}

void connection_close(connection *c) {
    if (c->fd >= 0 && connection_ours(c)) {
        close(c->fd);
    }
    c->fd = -1;
}

/* A program that has closed its standard streams goes on writing to them: their numbers are not for us. */
static int stream_socket(void) {
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || fd > STDERR_FILENO) {
        return fd;
    }
    int higher = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int reason = errno;
    close(fd);
    errno = reason;
    return higher;
}

int connection_open(connection *c, const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        return ENAMETOOLONG;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    c->fd = stream_socket();
    c->cookie = c->fd < 0 ? 0 : cookie_of(c->fd);
    if (c->fd < 0 || connect(c->fd, (const struct sockaddr *) &address, sizeof address) != 0) {
        int reason = errno;
        connection_close(c);
        return reason;
    }
    c->calls = 0;
    c->usual[SLEEPING] = 0;
    c->usual[SPINNING] = 0;
    return 0;
}

bool connection_alive(const connection *c) {
    uint8_t unasked;
    ssize_t found;
    do {
        found = recv(c->fd, &unasked, sizeof unasked, MSG_PEEK | MSG_DONTWAIT);
    } while (found < 0 && errno == EINTR);
    return found < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

/* The service acts on whole frames only: when this fails, nothing was done. */
static exchange send_all(connection *c, const uint8_t *bytes, size_t size) {
    for (size_t sent = 0; sent < size;) {
        ssize_t count = send(c->fd, bytes + sent, size - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0) {
            sent += (size_t) count;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!deadline_poll(c->fd, POLLOUT, c->deadline)) {
                return EXCHANGE_TIMEOUT;
            }
        } else if (errno != EINTR) {
            return EXCHANGE_UNSENT;
        }
    }
    return EXCHANGE_DONE;
}

/* So many bytes; 0: none yet; -1: there will be none. */
static ssize_t receive_some(connection *c, message *reply) {
    for (;;) {
        ssize_t count = recv(c->fd, reply->bytes + reply->size, reply->capacity - reply->size, MSG_DONTWAIT);
        if (count > 0) {
            return count;
        }
        if (count == 0) {
            return -1;
        }
        if (errno != EINTR) {
            return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -1;
        }
    }
}

/* So many bytes that come soon; 0 when none do. */
static ssize_t spin(connection *c, message *reply) {
    moment end = deadline_now() + c->spin;
    ssize_t count;
    do {
        count = receive_some(c, reply);
    } while (count == 0 && deadline_now() < end);
    return count;
}

static exchange receive_next(connection *c, message *reply, ssize_t found, size_t *count) {
    while (found == 0) {
        if (!deadline_poll(c->fd, POLLIN, c->deadline)) {
            return EXCHANGE_TIMEOUT;
        }
        found = receive_some(c, reply);
    }
    *count = found < 0 ? 0 : (size_t) found;
    return found < 0 ? EXCHANGE_LOST : EXCHANGE_DONE;
}

/* Goes on with so many bytes that are there already. */
static exchange receive_all(connection *c, message *reply, ssize_t found) {
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
