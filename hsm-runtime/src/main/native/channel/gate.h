/*
 * Lets one thread through at a time, and the others wait no longer than their deadline; a mutex knows no such thing on
 * CLOCK_MONOTONIC below GLIBC_2.30. A child of fork() makes it anew, whoever was inside. See system.h.
 */
#ifndef COFFER_GATE_H
#define COFFER_GATE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "deadline.h"

typedef struct {
    _Atomic int state; /* 0 free, 1 taken, 2 taken and somebody may be waiting */
    void *waiting[2];  /* what some systems wake them by; NULL at first */
} gate;

void gate_init(gate *);

bool gate_enter(gate *, moment deadline);

void gate_leave(gate *);

#endif
