#define _GNU_SOURCE
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool system_begin(void) {
    return true;
}

void system_end(void) {
}

unsigned system_processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : (unsigned) count;
}

uint64_t system_thread(void) {
    return (uint64_t) (uintptr_t) pthread_self();
}

void system_program(char *name, size_t size) {
    snprintf(name, size, "%s", program_invocation_short_name);
}

bool system_environment(const char *name, char *value, size_t size) {
    const char *found = secure_getenv(name);
    return found != NULL && snprintf(value, size, "%s", found) > 0;
}

void system_directory(char *path, size_t size) {
    snprintf(path, size, "/etc/coffer");
}

void system_sockets(char machine[SYSTEM_PATH], char own[SYSTEM_PATH]) {
    const char *home = secure_getenv("HOME");
    bool known = home != NULL && home[0] != '\0';
    snprintf(machine, SYSTEM_PATH, "/run/coffer/coffer.sock");
    snprintf(own, SYSTEM_PATH, "%s%s", known ? home : "", known ? "/.coffer/coffer.sock" : "");
}

bool system_exists(const char *path) {
    return access(path, F_OK) == 0;
}

static ptrdiff_t fill(int fd, char *bytes, size_t most) {
    size_t size = 0;
    while (size < most) {
        ssize_t count = read(fd, bytes + size, most - size);
        if (count == 0) {
            return (ptrdiff_t) size;
        }
        if (count < 0 && errno != EINTR) {
            return -1;
        }
        size += count > 0 ? (size_t) count : 0;
    }
    char more;
    errno = EFBIG;
    return read(fd, &more, 1) == 0 ? (ptrdiff_t) size : -1;
}

static int open_file(const char *path) {
    return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

/* statx() instead of fstat(), which is a symbol of GLIBC_2.33. A file that was opened keeps its modes whatever its path leads to now. */
static bool closed_to_others(int fd) {
    struct statx found;
    if (statx(fd, "", AT_EMPTY_PATH, STATX_MODE, &found) != 0) {
        return false;
    }
    errno = ECANCELED;
    return (found.stx_mask & STATX_MODE) != 0 && (found.stx_mode & (S_IWGRP | S_IRWXO)) == 0;
}

static ptrdiff_t done(int fd, ptrdiff_t size, int *reason) {
    *reason = size < 0 ? errno : 0;
    if (fd >= 0) {
        close(fd);
    }
    return size;
}

ptrdiff_t system_read(const char *path, void *bytes, size_t most, int *reason) {
    int fd = open_file(path);
    ptrdiff_t size = fd < 0 ? -1 : fill(fd, bytes, most);
    return done(fd, size, reason);
}

ptrdiff_t system_read_secret(const char *path, void *bytes, size_t most, int *reason) {
    int fd = open_file(path);
    ptrdiff_t size = fd < 0 || !closed_to_others(fd) ? -1 : fill(fd, bytes, most);
    return done(fd, size, reason);
}
