#define _GNU_SOURCE
#include "deadline.h"

#include <time.h>

moment deadline_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (moment) now.tv_sec * 1000000 + now.tv_nsec / 1000;
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
