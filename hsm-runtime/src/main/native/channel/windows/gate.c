#include "gate.h"

#include <windows.h>

enum { FREE, TAKEN, AWAITED, LONGEST = 3600 * 1000 };

/* Both are one pointer, which is NULL at first. WaitOnAddress() would do with the state alone, and is in a library of its own. */
_Static_assert(sizeof(SRWLOCK) == sizeof(void *) && sizeof(CONDITION_VARIABLE) == sizeof(void *), "what a gate has room for");

static SRWLOCK *lock_of(gate *g) {
    return (SRWLOCK *) &g->waiting[0];
}

static CONDITION_VARIABLE *bell_of(gate *g) {
    return (CONDITION_VARIABLE *) &g->waiting[1];
}

void gate_init(gate *g) {
    atomic_init(&g->state, FREE);
    g->waiting[0] = NULL;
    g->waiting[1] = NULL;
}

static bool sleep_while_awaited(gate *g, moment deadline) {
    moment left = deadline - deadline_now();
    if (left <= 0) {
        return false;
    }
    moment rounded = left / 1000 + 1;
    SleepConditionVariableSRW(bell_of(g), lock_of(g), (DWORD) (rounded < LONGEST ? rounded : LONGEST), 0);
    return true;
}

bool gate_enter(gate *g, moment deadline) {
    int found = FREE;
    if (atomic_compare_exchange_strong(&g->state, &found, TAKEN)) {
        return true;
    }
    bool entered = true;
    AcquireSRWLockExclusive(lock_of(g));
    /* Who has waited leaves AWAITED behind, for he does not know whether he was the last to wait. */
    while (entered && atomic_exchange(&g->state, AWAITED) != FREE) {
        entered = sleep_while_awaited(g, deadline);
    }
    ReleaseSRWLockExclusive(lock_of(g));
    return entered;
}

void gate_leave(gate *g) {
    if (atomic_exchange(&g->state, FREE) == AWAITED) {
        /* Who waits has the lock until he sleeps, so that he cannot miss the bell. */
        AcquireSRWLockExclusive(lock_of(g));
        ReleaseSRWLockExclusive(lock_of(g));
        WakeConditionVariable(bell_of(g));
    }
}
