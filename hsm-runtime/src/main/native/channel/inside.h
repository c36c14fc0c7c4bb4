/* What a channel consists of; for the files of the channel alone. */
#ifndef COFFER_INSIDE_H
#define COFFER_INSIDE_H

#include <stdatomic.h>

#include "channel.h"
#include "configuration.h"
#include "deadline.h"
#include "gate.h"
#include "greeting.h"
#include "logbook.h"
#include "place.h"
#include "pool.h"

struct channel {
    channel_settings settings;
    configuration configuration;
    logbook logbook;
    place place;
    moment patience; /* the deadline of a common call, and how long an absent service is waited for */
    moment spin;
    pool pool;
    gate gate;       /* guards the three below: connections are made one after the other, so that one of them resumes */
    bool named;
    bool unresumed;  /* the service has said that we are new, and resuming has not succeeded since */
    uint8_t client[GREETING_CLIENT];
    _Atomic moment trouble;     /* since when nobody answers; 0 when somebody does */
    _Atomic uint64_t serial[2];
    _Atomic uint32_t refusal;   /* of the last connection that the service did not want */
};

/*
 * Which connection will do: any; one that is alive as far as one can see; or one made now, for a service that dies loses its
 * connections one after the other.
 */
typedef enum { REACH_ANY, REACH_ALIVE, REACH_NEW } reach_wish;

/* A connection that has been greeted and resumed. */
channel_outcome reach(channel *, moment deadline, reach_wish, connection **);

/* In words. Not strerror(), whose translations are behind a lock that a fork would leave locked. */
const char *reason_of(int error);

/* Writes a line about a cause, but not for every call. Causes are outcomes. */
void report(channel *, channel_outcome cause, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
