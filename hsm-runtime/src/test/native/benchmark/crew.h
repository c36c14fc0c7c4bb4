#ifndef COFFER_BENCHMARK_CREW_H
#define COFFER_BENCHMARK_CREW_H

#include <stdint.h>

#include "operations.h"

/* How an operation is run: so many processes with so many threads each, for so long. */
struct crew {
    unsigned processes;
    unsigned threads;
    double seconds;
};

/* What one run came to. */
struct outcome {
    double per_second;
    double median_us;  /* of one operation, as its caller sees it */
    double client_us;  /* CPU of the calling processes, for one operation */
    double service_us; /* CPU of the service, for one operation */
    uint64_t operations;
    unsigned long error; /* the first CKR_* other than CKR_OK */
};

/* Runs the operation in new processes, which begin at one moment. */
struct outcome crew_run(const struct target *target, const struct operation *operation, const struct crew *crew);

/* Does something with the token in a process of its own, and waits; ends this process when that one failed. */
void crew_errand(const struct target *target, void (*work)(const struct token *token, const void *detail),
    const void *detail);

#endif
