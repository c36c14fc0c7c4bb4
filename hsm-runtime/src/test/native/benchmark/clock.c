#include "clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000ULL

static uint64_t read_clock(clockid_t clock) {
    struct timespec now;
    return clock_gettime(clock, &now) != 0 ? 0 : (uint64_t)now.tv_sec * SECOND + (uint64_t)now.tv_nsec;
}

uint64_t clock_now(void) {
    return read_clock(CLOCK_MONOTONIC);
}

uint64_t clock_own_cpu(void) {
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

/* proc(5): utime and stime are the fields 14 and 15; the name, field 2, may hold spaces and ends at the last ')'. */
static uint64_t ticks_in(const char *stat) {
    const char *after_name = strrchr(stat, ')');
    unsigned long user = 0;
    unsigned long system = 0;
    if (after_name == NULL
        || sscanf(after_name + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2) {
        return 0;
    }
    return (uint64_t)user + system;
}

uint64_t clock_cpu_of(pid_t process) {
    char path[64];
    char stat[1024];
    if (process <= 0) {
        return 0;
    }
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)process);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return 0;
    }
    size_t length = fread(stat, 1, sizeof stat - 1, file);
    fclose(file);
    stat[length] = '\0';
    return ticks_in(stat) * (SECOND / (uint64_t)sysconf(_SC_CLK_TCK));
}

static int compare_doubles(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

double median_of_doubles(double *values, size_t count) {
    if (count == 0) {
        return 0;
    }
    qsort(values, count, sizeof *values, compare_doubles);
    return values[count / 2];
}

static int compare_times(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

uint32_t median_of_times(uint32_t *times, size_t count) {
    if (count == 0) {
        return 0;
    }
    qsort(times, count, sizeof *times, compare_times);
    return times[count / 2];
}
