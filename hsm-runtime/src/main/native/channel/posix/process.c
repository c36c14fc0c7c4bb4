#define _GNU_SOURCE
#include "process.h"

#include <pthread.h>
#include <sys/random.h>
#include <unistd.h>

uint64_t process_id(void) {
    return (uint64_t) getpid();
}

bool process_watch_forks(void (*before)(void), void (*after)(void)) {
    return pthread_atfork(before, after, after) == 0;
}

bool process_random(void *bytes, size_t size) {
    return getrandom(bytes, size, 0) == (ssize_t) size;
}
