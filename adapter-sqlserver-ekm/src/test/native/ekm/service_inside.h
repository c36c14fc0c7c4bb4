/* What the test's service consists of; for its own files. */
#ifndef COFFER_EKM_TEST_SERVICE_INSIDE_H
#define COFFER_EKM_TEST_SERVICE_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "check.h"
#include "message.h"
#include "roster.h"
#include "server.h"
#include "service.h"
#include "status.h"

enum { SESSIONS = 20000, OPERATIONS = 64 };

typedef struct {
    uint8_t client[ROSTER_CLIENT];
    uint64_t number;
} open_session;

typedef struct {
    manner how;
    uint32_t number;
} fault;

struct service {
    server *server;
    roster roster;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t released;
    bool going;
    fault faults[OPERATIONS];
    uint32_t resume_status;
    _Atomic long asked[OPERATIONS];
    open_session sessions[SESSIONS];
    long open;
};

/* Does what was asked for in one request, and gives its status; the client is the number that the connection greeted with. */
uint32_t service_obey(service *, const uint8_t *client, uint32_t operation, message *fields, message *results);

/* The same for what is about keys, behind the session. */
uint32_t service_obey_on_keys(uint32_t operation, const fault *, message *fields, message *results);

/* Does instead what the test wants; false when the connection is to be closed without an answer. */
bool service_spoil(service *, fault *, uint32_t *status, message *results);

#endif
