#define _GNU_SOURCE
#include "deadline.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

moment deadline_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (moment) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

bool deadline_poll(int fd, short events, moment deadline) {
    struct pollfd waiting = {.fd = fd, .events = events};
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

bool deadline_pause(moment microseconds, moment deadline) {
    moment left = deadline - deadline_now();
    if (left <= 0) {
        return false;
    }
    moment pause = microseconds < left ? microseconds : left;
    struct timespec time = {.tv_sec = pause / 1000000, .tv_nsec = (long) (pause % 1000000) * 1000};
    nanosleep(&time, NULL);
    return true;
}
