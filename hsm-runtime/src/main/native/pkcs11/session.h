/* The sessions of this process (PKCS#11 v3.1 §5.6). Functions on the table want the table lock held, but for discarding. */
#ifndef COFFER_SESSION_H
#define COFFER_SESSION_H

#include "channel.h"
#include "message_operation.h"
#include "operation.h"

typedef struct p11_session {
    struct p11_session *next; /* in its bucket */
    CK_SESSION_HANDLE handle;
    CK_FLAGS flags;
    size_t references; /* calls that run or wait on it, and the table's own */
    bool closed;       /* no longer in the table */
    bool outdated;     /* what it keeps is of a login that is over, and goes before anybody is given it */
    void *lock;        /* held by the one call that runs on it; guards what follows */
    p11_operation operations[KIND_COUNT];
    message_operation message_encrypt;
    message_operation message_decrypt;
    bool searching;
    CK_OBJECT_HANDLE *found;
    size_t found_count;
    size_t found_at;
    octets wrap_request; /* what a wrapped key that waits for a large enough buffer was asked by */
    octets wrapped;
} p11_session;

#define SESSION_BUCKETS 1024u

typedef struct {
    p11_session *buckets[SESSION_BUCKETS];
    uint64_t last_handle;
    uint64_t resumptions; /* how often all of these were re-established at the service */
    size_t count;
    size_t read_only_count;
} session_table;

/* A session that is in no table yet, or NULL. */
p11_session *session_create(CK_FLAGS flags, const channel_locks *locks);

/* Wipes and frees. */
void session_discard(p11_session *gone, const channel_locks *locks);

/* Ends the search, the running operations and what is kept. */
void session_reset(p11_session *reset);

/* Ends what keeps a result, which is wiped. With the session's lock, or with the table lock while no call refers to the session. */
void session_drop_results(p11_session *dropped);

/* Ends the search. */
void session_end_search(p11_session *searched);

void sessions_add(session_table *table, p11_session *added);

p11_session *sessions_find(const session_table *table, CK_SESSION_HANDLE handle);

/* Takes a session out of the table; the caller has the table's reference then. */
p11_session *sessions_remove(session_table *table, CK_SESSION_HANDLE handle);

/* Takes any one session out, or gives NULL. */
p11_session *sessions_remove_any(session_table *table);

/* Drops the results that sessions keep; of those in use when their calls are over. */
void sessions_drop_results(session_table *table);

/* Drops them where that was put off, unless a call refers to the session still. */
void session_drop_if_idle(p11_session *left);

/* Discards all. */
void sessions_discard(session_table *table, const channel_locks *locks);

/* In a forked child: new locks, and nothing left of what the parent's other threads were in the middle of. */
void sessions_after_fork(session_table *table, const channel_locks *locks);

#endif
