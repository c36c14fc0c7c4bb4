/* Conditions that must hold; the driver ends where one does not. */
#ifndef DRIVER_CHECK_H
#define DRIVER_CHECK_H

#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            fprintf(stderr, "%s:%d: %s: does not hold: %s\n", __FILE__, __LINE__, __func__, #condition); \
            exit(1); \
        } \
    } while (0)

#define CHECK_EQUAL(found, expected) \
    do { \
        long found_ = (long) (found); \
        long expected_ = (long) (expected); \
        if (found_ != expected_) { \
            fprintf(stderr, "%s:%d: %s: %s is %ld, not %ld\n", __FILE__, __LINE__, __func__, #found, found_, expected_); \
            exit(1); \
        } \
    } while (0)

#endif
