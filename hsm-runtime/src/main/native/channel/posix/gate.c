#define _GNU_SOURCE
#include "gate.h"

#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { FREE, TAKEN, AWAITED };

void gate_init(gate *g) {
    atomic_init(&g->state, FREE);
}

static void sleep_while_awaited(gate *g, moment left) {
    struct timespec time = {.tv_sec = left / 1000000, .tv_nsec = (long) (left % 1000000) * 1000};
    syscall(SYS_futex, &g->state, FUTEX_WAIT_PRIVATE, AWAITED, &time, NULL, 0);
}

bool gate_enter(gate *g, moment deadline) {
    int found = FREE;
    if (atomic_compare_exchange_strong(&g->state, &found, TAKEN)) {
        return true;
    }
    /* Who has waited leaves AWAITED behind, for he does not know whether he was the last to wait. */
    while (atomic_exchange(&g->state, AWAITED) != FREE) {
        moment left = deadline - deadline_now();
        if (left <= 0) {
            return false;
        }
        sleep_while_awaited(g, left);
    }
    return true;
}

void gate_leave(gate *g) {
    if (atomic_exchange(&g->state, FREE) == AWAITED) {
        syscall(SYS_futex, &g->state, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    }
}
