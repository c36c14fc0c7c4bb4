#define _GNU_SOURCE
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* 0 of what is no socket, and on kernels that have no such numbers. */
uint64_t stream_cookie(intptr_t fd) {
    uint64_t cookie = 0;
    socklen_t size = sizeof cookie;
    return getsockopt((int) fd, SOL_SOCKET, SO_COOKIE, &cookie, &size) == 0 ? cookie : 0;
}

/* A program that has closed its standard streams goes on writing to them: their numbers are not for us. */
static int new_socket(int family) {
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || fd > STDERR_FILENO) {
        return fd;
    }
    int higher = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int reason = errno;
    close(fd);
    errno = reason;
    return higher;
}

int stream_open_local(intptr_t *fd, const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    *fd = -1;
    if (strlen(path) >= sizeof address.sun_path) {
        return ENAMETOOLONG;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    int made = new_socket(AF_UNIX);
    if (made < 0 || connect(made, (const struct sockaddr *) &address, sizeof address) != 0) {
        int reason = errno;
        stream_close(made);
        return reason;
    }
    *fd = made;
    return 0;
}

/* Where nobody listens, a socket that happens to get the very port it connects to is connected to itself. */
static bool to_itself(int fd, const struct sockaddr_in *address) {
    struct sockaddr_in own;
    socklen_t size = sizeof own;
    return getsockname(fd, (struct sockaddr *) &own, &size) == 0 && own.sin_port == address->sin_port;
}

/* An errno, or 0. */
static int connect_loopback(int fd, const struct sockaddr_in *address, moment deadline) {
    int reason = 0;
    socklen_t size = sizeof reason;
    if (connect(fd, (const struct sockaddr *) address, sizeof *address) != 0) {
        if (errno != EINPROGRESS) {
            return errno;
        }
        if (!stream_await(fd, STREAM_WRITABLE, deadline)) {
            return ETIMEDOUT;
        }
        if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &reason, &size) != 0 || reason != 0) {
            return reason != 0 ? reason : errno;
        }
    }
    return to_itself(fd, address) ? ECONNREFUSED : 0;
}

int stream_open_loopback(intptr_t *fd, uint16_t port, moment deadline) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const int on = 1;
    int made = new_socket(AF_INET);
    int reason = made < 0 ? errno : connect_loopback(made, &address, deadline);
    *fd = reason == 0 ? made : -1;
    if (reason != 0) {
        stream_close(made);
    } else {
        /* Where it cannot be had, it is slower. */
        (void) setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    return reason;
}

void stream_close(intptr_t fd) {
    if (fd >= 0) {
        close((int) fd);
    }
}

static bool none_now(void) {
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

bool stream_quiet(intptr_t fd) {
    uint8_t unasked;
    ssize_t found;
    do {
        found = recv((int) fd, &unasked, sizeof unasked, MSG_PEEK | MSG_DONTWAIT);
    } while (found < 0 && errno == EINTR);
    return found < 0 && none_now();
}

ptrdiff_t stream_send(intptr_t fd, const uint8_t *bytes, size_t size) {
    ssize_t count;
    do {
        count = send((int) fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (count < 0 && errno == EINTR);
    return count >= 0 ? count : none_now() ? 0 : -1;
}

ptrdiff_t stream_receive(intptr_t fd, uint8_t *bytes, size_t size) {
    ssize_t count;
    do {
        count = recv((int) fd, bytes, size, MSG_DONTWAIT);
    } while (count < 0 && errno == EINTR);
    return count > 0 ? count : count < 0 && none_now() ? 0 : -1;
}

bool stream_await(intptr_t fd, stream_readiness wanted, moment deadline) {
    struct pollfd waiting = {.fd = (int) fd, .events = wanted == STREAM_READABLE ? POLLIN : POLLOUT};
    for (;;) {
        moment left = deadline - deadline_now();
        if (left <= 0) {
            return false;
        }
        /* Rounded up: a last millisecond of polls that wait for nothing would be a busy loop. */
        int ready = poll(&waiting, 1, (int) ((left + 999) / 1000));
        if (ready > 0 || (ready < 0 && errno != EINTR)) {
            return true;
        }
    }
}
