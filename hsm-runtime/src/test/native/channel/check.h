/* What a test needs: a condition that must hold, and tests that run one after the other. */
#ifndef COFFER_CHECK_H
#define COFFER_CHECK_H

#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            fprintf(stderr, "%s:%d: %s: does not hold: %s\n", __FILE__, __LINE__, __func__, #condition); \
            abort(); \
        } \
    } while (0)

#define CHECK_EQUAL(found, expected) \
    do { \
        long long found_ = (long long) (found); \
        long long expected_ = (long long) (expected); \
        if (found_ != expected_) { \
            fprintf(stderr, "%s:%d: %s: %s is %lld, not %lld\n", __FILE__, __LINE__, __func__, #found, found_, expected_); \
            abort(); \
        } \
    } while (0)

#define RUN(test) \
    do { \
        test(); \
        printf("passed: %s\n", #test); \
        fflush(stdout); \
    } while (0)

#endif
