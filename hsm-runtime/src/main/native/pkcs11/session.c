#include "session.h"

#include <stdlib.h>
#include <string.h>

p11_session *session_create(CK_FLAGS flags, const channel_locks *locks) {
    p11_session *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return NULL;
    }
    made->flags = flags;
    made->references = 1;
    if (locks->create(&made->lock) != 0) {
        free(made);
        return NULL;
    }
    return made;
}

void session_end_search(p11_session *searched) {
    free(searched->found);
    searched->found = NULL;
    searched->found_count = searched->found_at = 0;
    searched->searching = false;
}

void session_reset(p11_session *reset) {
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        operation_end(&reset->operations[kind]);
    }
    message_operation_end(&reset->message_encrypt);
    message_operation_end(&reset->message_decrypt);
    session_end_search(reset);
    octets_end(&reset->wrap_request);
    octets_end(&reset->wrapped);
}

void session_drop_results(p11_session *dropped) {
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (dropped->operations[kind].keeps) {
            operation_end(&dropped->operations[kind]);
        }
    }
    octets_end(&dropped->wrap_request);
    octets_end(&dropped->wrapped);
}

/* The one reference of an open session that no call refers to is the table's. */
void session_drop_if_idle(p11_session *left) {
    if (left->outdated && !left->closed && left->references == 1) {
        session_drop_results(left);
        left->outdated = false;
    }
}

void session_discard(p11_session *gone, const channel_locks *locks) {
    session_reset(gone);
    locks->destroy(gone->lock);
    free(gone);
}

static p11_session **bucket(session_table *table, CK_SESSION_HANDLE handle) {
    return &table->buckets[handle % SESSION_BUCKETS];
}

static void count(session_table *table, const p11_session *counted, size_t difference) {
    table->count += difference;
    if ((counted->flags & CKF_RW_SESSION) == 0) {
        table->read_only_count += difference;
    }
}

void sessions_add(session_table *table, p11_session *added) {
    p11_session **first = bucket(table, added->handle);
    added->next = *first;
    *first = added;
    count(table, added, 1);
}

p11_session *sessions_find(const session_table *table, CK_SESSION_HANDLE handle) {
    p11_session *found = table->buckets[handle % SESSION_BUCKETS];
    while (found != NULL && found->handle != handle) {
        found = found->next;
    }
    return found;
}

p11_session *sessions_remove(session_table *table, CK_SESSION_HANDLE handle) {
    p11_session **link = bucket(table, handle);
    while (*link != NULL && (*link)->handle != handle) {
        link = &(*link)->next;
    }
    p11_session *removed = *link;
    if (removed == NULL) {
        return NULL;
    }
    *link = removed->next;
    removed->closed = true;
    count(table, removed, (size_t)-1);
    return removed;
}

p11_session *sessions_remove_any(session_table *table) {
    for (size_t at = 0; at < SESSION_BUCKETS; at++) {
        if (table->buckets[at] != NULL) {
            return sessions_remove(table, table->buckets[at]->handle);
        }
    }
    return NULL;
}

void sessions_drop_results(session_table *table) {
    for (size_t at = 0; at < SESSION_BUCKETS; at++) {
        for (p11_session *each = table->buckets[at]; each != NULL; each = each->next) {
            each->outdated = true;
            session_drop_if_idle(each);
        }
    }
}

void sessions_discard(session_table *table, const channel_locks *locks) {
    for (p11_session *gone = sessions_remove_any(table); gone != NULL; gone = sessions_remove_any(table)) {
        session_discard(gone, locks);
    }
}

/* A thread that ran on the session may have left half a change: its memory is given up, not freed. */
static void abandon(p11_session *torn) {
    size_t kept = offsetof(p11_session, operations);
    memset((char *)torn + kept, 0, sizeof *torn - kept);
}

/* Nobody holds the lock of a session that no call refers to; one that is in use is left behind with its thread. */
static void renew(p11_session *inherited, const channel_locks *locks) {
    void *fresh = NULL;
    if (inherited->references == 1 || locks->create(&fresh) != 0) {
        return;
    }
    inherited->lock = fresh;
    inherited->references = 1;
    abandon(inherited);
}

void sessions_after_fork(session_table *table, const channel_locks *locks) {
    for (size_t at = 0; at < SESSION_BUCKETS; at++) {
        for (p11_session *each = table->buckets[at]; each != NULL; each = each->next) {
            renew(each, locks);
        }
    }
}
