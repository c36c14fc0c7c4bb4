#ifndef COFFER_BENCHMARK_CLOCK_H
#define COFFER_BENCHMARK_CLOCK_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Nanoseconds of a clock that never goes back. */
uint64_t clock_now(void);

/* CPU time of this process with all its threads, in nanoseconds. */
uint64_t clock_own_cpu(void);

/* CPU time of another process as /proc tells it, in nanoseconds; 0 when there is none. */
uint64_t clock_cpu_of(pid_t process);

/* The middle of the values, which are put in order; 0 when there are none. */
double median_of_doubles(double *values, size_t count);

/* The same of times. */
uint32_t median_of_times(uint32_t *times, size_t count);

#endif
