#include "pool.h"

#include <stddef.h>

#include "system.h"

void pool_init(pool *p) {
    for (size_t i = 0; i < POOL_SIZE; i++) {
        p->slots[i].fd = -1;
    }
    atomic_init(&p->taken, 0);
    for (size_t i = 0; i < POOL_WORDS; i++) {
        atomic_init(&p->idle[i], 0);
        atomic_init(&p->empty[i], UINT64_MAX);
    }
}

/* Threads' identities are addresses at regular distances: multiplied by the golden ratio their upper bits are spread. */
static unsigned home(void) {
    return (unsigned) (system_thread() * UINT64_C(0x9e3779b97f4a7c15) >> 56) % POOL_SIZE;
}

/* The bit at the place, or the next one above it, or the lowest. */
static unsigned choose(uint64_t bits, unsigned place) {
    uint64_t above = bits >> place << place;
    return (unsigned) __builtin_ctzll(above != 0 ? above : bits);
}

static connection *take(pool *p, _Atomic uint64_t *words) {
    unsigned start = home();
    for (unsigned i = 0; i < POOL_WORDS; i++) {
        unsigned word = (start / 64 + i) % POOL_WORDS;
        uint64_t bits = atomic_load_explicit(&words[word], memory_order_relaxed);
        while (bits != 0) {
            unsigned bit = choose(bits, start % 64);
            if (atomic_compare_exchange_weak(&words[word], &bits, bits & ~(UINT64_C(1) << bit))) {
                atomic_fetch_add_explicit(&p->taken, 1, memory_order_relaxed);
                return &p->slots[word * 64 + bit];
            }
        }
    }
    return NULL;
}

static void put(pool *p, _Atomic uint64_t *words, const connection *c) {
    size_t slot = (size_t) (c - p->slots);
    atomic_fetch_sub_explicit(&p->taken, 1, memory_order_relaxed);
    atomic_fetch_or(&words[slot / 64], UINT64_C(1) << slot % 64);
}

connection *pool_take_idle(pool *p) {
    return take(p, p->idle);
}

connection *pool_take_empty(pool *p) {
    return take(p, p->empty);
}

bool pool_is_quiet(const pool *p) {
    return atomic_load_explicit(&p->taken, memory_order_relaxed) <= 1;
}

void pool_give_back(pool *p, connection *c) {
    put(p, p->idle, c);
}

void pool_drop(pool *p, connection *c) {
    connection_close(c);
    put(p, p->empty, c);
}

void pool_close(pool *p) {
    for (size_t i = 0; i < POOL_SIZE; i++) {
        connection_close(&p->slots[i]);
    }
    pool_init(p);
}
