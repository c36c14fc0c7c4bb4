/*
 * The connections of one process. Who takes one has it for himself until he gives it back or drops it.
 *
 * A thread begins to look at a place that its identity decides, so that it finds the connection it used last as long as
 * nobody else took it; threads that have ended leave theirs to others. There are no locks that another thread could
 * hold while this one forks, only bits that say who may touch a slot.
 */
#ifndef COFFER_POOL_H
#define COFFER_POOL_H

#include <stdatomic.h>
#include <stdint.h>

#include "connection.h"

enum { POOL_WORDS = 4, POOL_SIZE = 64 * POOL_WORDS };

typedef struct {
    _Atomic uint64_t idle[POOL_WORDS];  /* bits: connected, and in nobody's hands */
    _Atomic uint64_t empty[POOL_WORDS]; /* bits: not connected, and in nobody's hands */
    _Atomic int taken;                  /* in somebody's hands */
    connection slots[POOL_SIZE];
} pool;

void pool_init(pool *);

/* A connection that is open, or NULL. */
connection *pool_take_idle(pool *);

/* One to be opened; NULL when all are in use. */
connection *pool_take_empty(pool *);

/* Whether nobody has taken another one: as far as this process knows, a processor is free. */
bool pool_is_quiet(const pool *);

void pool_give_back(pool *, connection *);

void pool_drop(pool *, connection *);

/* Closes all, also those in the hands of threads that a fork has left behind. Nobody else may be using the pool. */
void pool_close(pool *);

#endif
