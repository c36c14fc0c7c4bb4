/* What the toy token consists of; for its own files. */
#ifndef COFFER_TOKEN_INSIDE_H
#define COFFER_TOKEN_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "check.h"
#include "constants.h"
#include "exchange.h"
#include "message.h"
#include "roster.h"
#include "server.h"
#include "token.h"

enum { CLIENTS = 64, SESSIONS = 512, OPERATIONS = 128 };

typedef struct {
    uint64_t sessions[SESSIONS];
    bool logged_in;
    bool started[6];
    octets gathered[6];
} client;

struct token {
    server *server;
    roster roster;
    pthread_mutex_t lock; /* of the clients, and of what is held */
    pthread_cond_t changed;
    uint32_t to_hold;     /* an operation, or 0 */
    bool holding;
    bool late;            /* the request now answered was held */
    _Atomic int manner;
    _Atomic uint32_t number;
    _Atomic bool forgets;
    _Atomic long asked[OPERATIONS];
    client clients[CLIENTS];
};

/* Each reads an operation's fields behind the session, writes its results and gives its status. */
uint32_t reply_tell_facts(message *fields, message *results);
uint32_t reply_get_attributes(message *fields, message *results);
uint32_t reply_find(message *results);
uint32_t reply_encrypt(message *fields, message *results);
uint32_t reply_decrypt(message *fields, message *results);
uint32_t reply_sign(token *t, message *fields, message *results);
uint32_t reply_verify(message *fields);
uint32_t reply_digest(message *fields, message *results);
uint32_t reply_verify_recover(message *fields, message *results);
uint32_t reply_start(client *c, message *fields, message *results);
uint32_t reply_update(client *c, message *fields, message *results);
uint32_t reply_finish(token *t, client *c, message *fields, message *results);
uint32_t reply_random_bytes(message *fields, message *results);
uint32_t reply_encrypt_message(message *fields, message *results);
uint32_t reply_decrypt_message(message *fields, message *results);

/* A result of that size: the number, over and over. */
void reply_put_signature(long number, size_t size, message *results);

/* Any operation but the greeting. */
uint32_t reply_obey(token *t, client *c, uint32_t operation, message *fields, message *results);

#endif
