/* The clients that have greeted a service of the tests, by the numbers that they drew. */
#ifndef COFFER_TEST_ROSTER_H
#define COFFER_TEST_ROSTER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "message.h"

enum { ROSTER_CLIENT = 16, ROSTER_CLIENTS = 1024 };

typedef struct {
    pthread_mutex_t lock;
    uint8_t clients[ROSTER_CLIENTS][ROSTER_CLIENT];
    int count;
} roster;

void roster_begin(roster *);
void roster_end(roster *);

/* Which client it is, from 0 on; a new one is added. known tells that it was there before. */
int roster_find(roster *, const uint8_t client[ROSTER_CLIENT], bool *known);

/* Reads the fields of a greeting that is for this service, writes the welcome, and tells which client it is. */
int roster_greet(roster *, const char *service, message *fields, message *results);

int roster_count(roster *);

#endif
