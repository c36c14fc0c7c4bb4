#define _GNU_SOURCE
#include "machine.h"

#include <dirent.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <time.h>

#include "check.h"

enum { MOST = 64 };

void *machine_load(const char *path) {
    return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

void machine_unload(void *library) {
    CHECK_EQUAL(dlclose(library), 0);
}

void *machine_find(void *library, const char *name) {
    return dlsym(library, name);
}

long long machine_now(void) {
    struct timespec now;
    CHECK_EQUAL(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

typedef struct {
    void (*work)(int);
    int number;
} task;

static void *run(void *context) {
    task *t = context;
    t->work(t->number);
    return NULL;
}

void machine_run(int count, void (*work)(int number)) {
    pthread_t threads[MOST];
    task tasks[MOST];
    CHECK(count > 0 && count <= MOST);
    for (int i = 0; i < count; i++) {
        tasks[i] = (task) {work, i};
        CHECK_EQUAL(pthread_create(&threads[i], NULL, run, &tasks[i]), 0);
    }
    for (int i = 0; i < count; i++) {
        CHECK_EQUAL(pthread_join(threads[i], NULL), 0);
    }
}

long machine_handles(void) {
    DIR *open = opendir("/proc/self/fd");
    CHECK(open != NULL);
    long count = 0;
    while (readdir(open) != NULL) {
        count++;
    }
    closedir(open);
    return count;
}
