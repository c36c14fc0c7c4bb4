#include "token_inside.h"

#include "wire.h"

static client *greet(token *t, wire_request *r, message *results) {
    int number = roster_greet(&t->roster, "pkcs11", &r->fields, results);
    CHECK(number < CLIENTS);
    return &t->clients[number];
}

/* Spoils the results as the test wants it; sessions come and go as they should, so that the test gets further. */
static uint32_t spoil(token *t, uint32_t operation, uint32_t status, message *results) {
    if (operation <= OPERATION_CLOSE_ALL_SESSIONS || operation == OPERATION_RESUME || t->manner == REPLY_RIGHT) {
        return status;
    }
    if (t->manner == REPLY_CUT && results->size > MESSAGE_HEADER) {
        results->size--;
    }
    if (t->manner == REPLY_LONGER) {
        message_u8(results, 0);
    }
    if (t->manner == REPLY_CUT || t->manner == REPLY_LONGER) {
        return status;
    }
    results->size = MESSAGE_HEADER;
    if (t->manner == REPLY_STATUS) {
        return t->number;
    }
    uint32_t noise = t->number * 1664525u + 1013904223u;
    t->number = noise;
    for (uint32_t left = (noise >> 8) % 300; left > 0; left--) {
        noise = noise * 1664525u + 1013904223u;
        message_u8(results, (noise >> 29) == 0 ? (uint8_t)(noise >> 16) : (uint8_t)(noise >> 27 & 3));
    }
    return 0;
}

/* Others are served meanwhile: waiting gives the lock back. */
static bool hold(token *t, uint32_t operation) {
    if (t->to_hold == 0 || t->to_hold != operation) {
        return false;
    }
    t->to_hold = 0;
    t->holding = true;
    pthread_cond_broadcast(&t->changed);
    while (t->holding) {
        pthread_cond_wait(&t->changed, &t->lock);
    }
    return true;
}

static uint32_t obey(token *t, client *c, wire_request *r, message *results) {
    uint32_t operation = wire_operation(r);
    CHECK(c != NULL && operation < OPERATIONS);
    pthread_mutex_lock(&t->lock);
    t->asked[operation]++;
    t->late = hold(t, operation);
    uint32_t status = reply_obey(t, c, operation, &r->fields, results);
    status = spoil(t, operation, status, results);
    pthread_mutex_unlock(&t->lock);
    return status;
}

static void serve(void *context, int fd) {
    token *t = context;
    client *c = NULL;
    wire_request r;
    bool going = true;
    while (going && wire_receive(fd, &r)) {
        message results;
        uint32_t status = CKR_OK;
        message_init(&results);
        if (wire_operation(&r) == WIRE_GREETING) {
            c = greet(t, &r, &results);
        } else {
            status = obey(t, c, &r, &results);
        }
        going = wire_answer(fd, &r, status, &results);
        message_end(&results);
        message_end(&r.fields);
    }
}

token *token_start(const char *path) {
    token *t = calloc(1, sizeof *t);
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->changed, NULL);
    roster_begin(&t->roster);
    t->server = server_start(path, serve, t);
    return t;
}

void token_stop(token *t) {
    server_close(t->server);
    server_end(t->server);
    for (int i = 0; i < CLIENTS; i++) {
        for (int kind = 0; kind < 6; kind++) {
            octets_end(&t->clients[i].gathered[kind]);
        }
    }
    roster_end(&t->roster);
    pthread_cond_destroy(&t->changed);
    pthread_mutex_destroy(&t->lock);
    free(t);
}

void token_replies(token *t, reply_manner manner, uint32_t number) {
    t->number = number;
    t->manner = (int)manner;
}

void token_holds(token *t, uint32_t operation) {
    pthread_mutex_lock(&t->lock);
    t->to_hold = operation;
    pthread_mutex_unlock(&t->lock);
}

void token_awaits_held(token *t) {
    pthread_mutex_lock(&t->lock);
    while (!t->holding) {
        pthread_cond_wait(&t->changed, &t->lock);
    }
    pthread_mutex_unlock(&t->lock);
}

void token_lets_go(token *t) {
    pthread_mutex_lock(&t->lock);
    t->holding = false;
    pthread_cond_broadcast(&t->changed);
    pthread_mutex_unlock(&t->lock);
}

long token_asked(const token *t, uint32_t operation) {
    return t->asked[operation];
}

long token_sessions(token *t) {
    long count = 0;
    pthread_mutex_lock(&t->lock);
    for (int i = 0; i < CLIENTS; i++) {
        for (int j = 0; j < SESSIONS; j++) {
            count += t->clients[i].sessions[j] != 0;
        }
    }
    pthread_mutex_unlock(&t->lock);
    return count;
}

long token_clients(token *t) {
    return roster_count(&t->roster);
}

void token_forgets_tickets(token *t) {
    t->forgets = true;
}
