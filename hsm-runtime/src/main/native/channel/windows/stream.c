#include "stream.h"

#include <errno.h>
#include <string.h>
#include <winsock2.h>
#include <windows.h>
#include <afunix.h>

#include "wide.h"

static int reason_of_socket(int error) {
    switch (error) {
        case WSAECONNREFUSED:
        case WSAECONNRESET:
            return ECONNREFUSED;
        case WSAEACCES:
            return EACCES;
        case WSAEMFILE:
            return EMFILE;
        case WSAETIMEDOUT:
            return ETIMEDOUT;
        default:
            return wide_error((unsigned long) error);
    }
}

/* Handles are not numbered for good: a socket is taken for ours as long as we have not closed it. */
uint64_t stream_cookie(intptr_t fd) {
    return (uint64_t) fd;
}

static SOCKET new_socket(int family) {
    SOCKET made = WSASocketW(family, SOCK_STREAM, 0, NULL, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
    u_long on = 1;
    if (made != INVALID_SOCKET && ioctlsocket(made, (long) FIONBIO, &on) != 0) {
        int error = WSAGetLastError();
        closesocket(made);
        WSASetLastError(error);
        return INVALID_SOCKET;
    }
    return made;
}

/* What became of a connection that was being made. */
static int result_of(SOCKET made, moment deadline) {
    int error = 0;
    int size = sizeof error;
    if (!stream_await((intptr_t) made, STREAM_WRITABLE, deadline)) {
        return ETIMEDOUT;
    }
    if (getsockopt(made, SOL_SOCKET, SO_ERROR, (char *) &error, &size) != 0) {
        error = WSAGetLastError();
    }
    return error == 0 ? 0 : reason_of_socket(error);
}

static int connect_to(SOCKET made, const struct sockaddr *address, int size, moment deadline) {
    if (made == INVALID_SOCKET) {
        return reason_of_socket(WSAGetLastError());
    }
    if (connect(made, address, size) == 0) {
        return 0;
    }
    int error = WSAGetLastError();
    return error == WSAEWOULDBLOCK ? result_of(made, deadline) : reason_of_socket(error);
}

static int keep(intptr_t *fd, SOCKET made, int reason) {
    *fd = reason == 0 ? (intptr_t) made : -1;
    if (reason != 0 && made != INVALID_SOCKET) {
        closesocket(made);
    }
    return reason;
}

int stream_open_local(intptr_t *fd, const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    *fd = -1;
    if (strlen(path) >= sizeof address.sun_path) {
        return ENAMETOOLONG;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    SOCKET made = new_socket(AF_UNIX);
    /* It is there or it is not: nothing of it takes time. */
    return keep(fd, made, connect_to(made, (const struct sockaddr *) &address, sizeof address, deadline_now() + 1000000));
}

int stream_open_loopback(intptr_t *fd, uint16_t port, moment deadline) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const BOOL on = TRUE;
    SOCKET made = new_socket(AF_INET);
    int reason = connect_to(made, (const struct sockaddr *) &address, sizeof address, deadline);
    if (reason == 0) {
        /* Where it cannot be had, it is slower. */
        (void) setsockopt(made, IPPROTO_TCP, TCP_NODELAY, (const char *) &on, sizeof on);
    }
    return keep(fd, made, reason);
}

void stream_close(intptr_t fd) {
    if (fd >= 0) {
        closesocket((SOCKET) fd);
    }
}

static bool none_now(void) {
    return WSAGetLastError() == WSAEWOULDBLOCK;
}

bool stream_quiet(intptr_t fd) {
    char unasked;
    return recv((SOCKET) fd, &unasked, sizeof unasked, MSG_PEEK) < 0 && none_now();
}

static int piece(size_t size) {
    return size > 1 << 30 ? 1 << 30 : (int) size;
}

ptrdiff_t stream_send(intptr_t fd, const uint8_t *bytes, size_t size) {
    int count = send((SOCKET) fd, (const char *) bytes, piece(size), 0);
    return count >= 0 ? count : none_now() ? 0 : -1;
}

ptrdiff_t stream_receive(intptr_t fd, uint8_t *bytes, size_t size) {
    int count = recv((SOCKET) fd, (char *) bytes, piece(size), 0);
    return count > 0 ? count : count < 0 && none_now() ? 0 : -1;
}

/* select() and not WSAPoll(), which older systems let wait for ever for a connection that is refused. */
bool stream_await(intptr_t fd, stream_readiness wanted, moment deadline) {
    for (;;) {
        moment left = deadline - deadline_now();
        if (left <= 0) {
            return false;
        }
        struct fd_set ready = {.fd_count = 1, .fd_array = {(SOCKET) fd}};
        struct fd_set failed = ready;
        struct timeval time = {.tv_sec = (long) (left / 1000000), .tv_usec = (long) (left % 1000000)};
        bool readable = wanted == STREAM_READABLE;
        if (select(0, readable ? &ready : NULL, readable ? NULL : &ready, &failed, &time) != 0) {
            return true;
        }
    }
}
