/* One of SQL Server's sessions: its number at the service, and the ticket by which a restarted service knows it again. */
#ifndef COFFER_EKM_SESSION_H
#define COFFER_EKM_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "deadline.h"
#include "status.h"

enum { SESSION_CLIENT = 16, SESSION_TICKET_LIMIT = 4096 };

/* Guarded by the provider's lock. */
typedef struct ekm_session {
    struct ekm_session *next; /* in its bucket */
    uint64_t number;
    size_t references;        /* calls that run on it, and the table's own */
    ekm_status ended;         /* why its login is over, or 0 */
    uint64_t round;           /* the resumption that it was last part of */
    uint8_t holder[SESSION_CLIENT]; /* the client that the ticket was given to */
    uint8_t *ticket;
    size_t ticket_size;
    moment received;          /* when the ticket was */
} ekm_session;

enum { SESSION_BUCKETS = 256 };

typedef struct {
    ekm_session *buckets[SESSION_BUCKETS];
    uint64_t base; /* numbers begin above it; drawn by lot, so that what is no handle of ours is hardly taken for one */
    uint64_t last;
} ekm_sessions;

/* A session that is in no table yet, with the caller's reference; or NULL. */
ekm_session *session_create(uint64_t number);

/* Replaces the ticket; false without memory, or when it is longer than any. */
bool session_remember(ekm_session *, const uint8_t *ticket, size_t size, const uint8_t holder[SESSION_CLIENT]);

/* Nothing more is done in it, for this reason. */
void session_end(ekm_session *, ekm_status why);

/* Wipes and frees. */
void session_discard(ekm_session *);

/* A number that no session has had. */
uint64_t sessions_draw(ekm_sessions *);

/* Whether some session has or had the number. */
bool sessions_gave(const ekm_sessions *, uint64_t number);

void sessions_add(ekm_sessions *, ekm_session *);

ekm_session *sessions_find(const ekm_sessions *, uint64_t number);

/* Takes one out, whose reference of the table the caller then has; NULL when it is not there. */
ekm_session *sessions_remove(ekm_sessions *, uint64_t number);

/* Discards all. */
void sessions_discard(ekm_sessions *);

/* In the child of a fork: the calls of its parent are not running there. */
void sessions_after_fork(ekm_sessions *);

#endif
