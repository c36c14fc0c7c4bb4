#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "system.h"

/* RFC 5424, table 2: err, warning, info; of the facility "user". */
static const int SEVERITIES[] = {0, 8 + 3, 8 + 4, 8 + 6};

const char *system_log_name(void) {
    return "syslog";
}

void system_log(const char *name, int level, const char *text) {
    char line[1024 + 64];
    int size = snprintf(line, sizeof line, "<%d>%s[%ld]: %s", SEVERITIES[level], name, (long) getpid(), text);
    struct sockaddr_un daemon = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && size > 0) {
        /* When nobody takes it there is nobody left to tell. */
        (void) sendto(fd, line, (size_t) size, MSG_NOSIGNAL, (struct sockaddr *) &daemon, sizeof daemon);
    }
    if (fd >= 0) {
        close(fd);
    }
}

/* Whether a line can be written at once: to a pipe that is full, or that nobody reads, it would wait, or end the program. */
static bool takes_a_line(int fd) {
    struct pollfd asked = {.fd = fd, .events = POLLOUT};
    return poll(&asked, 1, 0) == 1 && asked.revents == POLLOUT;
}

static void to_descriptor(int fd, const char *line, size_t size) {
    if (takes_a_line(fd) && write(fd, line, size) < 0) {
        return; /* a full disk: there is nobody left to tell */
    }
}

bool system_append(const char *path, const char *line, size_t size) {
    if (path == NULL) {
        to_descriptor(STDERR_FILENO, line, size);
        return true;
    }
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK, 0640);
    if (fd >= 0) {
        to_descriptor(fd, line, size);
        close(fd);
    }
    return fd >= 0;
}
