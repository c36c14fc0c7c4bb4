#define _GNU_SOURCE
#include "logbook.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "date.h"

enum { LINE = 1024, MINUTE = 60 * 1000000 };

static const char *const LEVELS[] = {"none", "error", "warning", "information"};

/* RFC 5424, table 2: err, warning, info; of the facility "user". */
static const int SEVERITIES[] = {0, 8 + 3, 8 + 4, 8 + 6};

/* -1 when there is none of that name. */
static int level_of(const char *name) {
    for (int i = 0; i <= LOGBOOK_INFORMATION; i++) {
        if (strcmp(name, LEVELS[i]) == 0) {
            return i;
        }
    }
    return -1;
}

bool logbook_open(logbook *l, const configuration *c, const char *file) {
    const char *destination = configuration_value(c, "log");
    l->destination = destination == NULL ? "syslog" : destination;
    const char *level = configuration_value(c, "log-level");
    int found = level == NULL ? LOGBOOK_WARNING : level_of(level);
    l->level = found < 0 ? LOGBOOK_WARNING : found;
    size_t size = strcspn(file, ".");
    if (size >= sizeof l->name) {
        size = sizeof l->name - 1;
    }
    memcpy(l->name, file, size);
    l->name[size] = '\0';
    atomic_init(&l->wrong, false);
    for (int i = 0; i < LOGBOOK_CAUSES; i++) {
        atomic_init(&l->told[i], 0);
    }
    return found >= 0;
}

/* Cuts what does not fit. A line is one line: what a service or a program's name contains cannot begin another. */
static size_t finish(char *line, int length) {
    size_t size = length < 0 ? 0 : (size_t) length >= LINE ? LINE - 1 : (size_t) length;
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char) line[i] < ' ' || line[i] == 0x7f) {
            line[i] = '?';
        }
    }
    return size;
}

static void to_syslog(const logbook *l, int level, const char *text) {
    char line[LINE + 64];
    int size = snprintf(line, sizeof line, "<%d>%s[%ld]: %s", SEVERITIES[level], l->name, (long) getpid(), text);
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

static void to_descriptor(const logbook *l, int fd, int level, const char *text) {
    char line[LINE + 128];
    date d = date_of(time(NULL));
    long second = d.second;
    int size = snprintf(line, sizeof line, "%04ld-%02ld-%02ldT%02ld:%02ld:%02ldZ %s[%ld] %s: %s\n", d.year, d.month, d.day,
            second / 3600, second / 60 % 60, second % 60, l->name, (long) getpid(), LEVELS[level], text);
    if (size > 0 && takes_a_line(fd) && write(fd, line, (size_t) size) < 0) {
        return; /* a full disk: as above */
    }
}

static void to_file(const logbook *l, int level, const char *text) {
    int fd = open(l->destination, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK, 0640);
    if (fd < 0) {
        to_syslog(l, level, text);
        return;
    }
    to_descriptor(l, fd, level, text);
    close(fd);
}

void logbook_write(logbook *l, int level, const char *format, va_list arguments) {
    if (level < LOGBOOK_ERROR || level > l->level || strcmp(l->destination, "none") == 0) {
        return;
    }
    int reason = errno;
    char text[LINE];
    text[finish(text, vsnprintf(text, sizeof text, format, arguments))] = '\0';
    if (strcmp(l->destination, "syslog") == 0) {
        to_syslog(l, level, text);
    } else if (strcmp(l->destination, "stderr") == 0) {
        to_descriptor(l, STDERR_FILENO, level, text);
    } else {
        to_file(l, level, text);
    }
    errno = reason;
}

bool logbook_news(logbook *l, int cause) {
    if (cause == 0) {
        return atomic_load_explicit(&l->wrong, memory_order_relaxed) && atomic_exchange(&l->wrong, false);
    }
    moment now = deadline_now();
    moment before = atomic_load(&l->told[cause % LOGBOOK_CAUSES]);
    if (before != 0 && now - before < MINUTE) {
        return false;
    }
    atomic_store(&l->wrong, true);
    return atomic_compare_exchange_strong(&l->told[cause % LOGBOOK_CAUSES], &before, now);
}
