#include "session.h"

#include <stdlib.h>
#include <string.h>

#include "process.h"

ekm_session *session_create(uint64_t number) {
    ekm_session *made = calloc(1, sizeof *made);
    if (made != NULL) {
        made->number = number;
        made->references = 1;
    }
    return made;
}

static void forget_ticket(ekm_session *s) {
    if (s->ticket != NULL) {
        process_wipe(s->ticket, s->ticket_size);
        free(s->ticket);
    }
    process_wipe(s->holder, sizeof s->holder);
    s->ticket = NULL;
    s->ticket_size = 0;
}

bool session_remember(ekm_session *s, const uint8_t *ticket, size_t size, const uint8_t holder[SESSION_CLIENT]) {
    uint8_t *copy = size == 0 || size > SESSION_TICKET_LIMIT ? NULL : malloc(size);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, ticket, size);
    forget_ticket(s);
    s->ticket = copy;
    s->ticket_size = size;
    memcpy(s->holder, holder, SESSION_CLIENT);
    s->received = deadline_now();
    return true;
}

void session_end(ekm_session *s, ekm_status why) {
    forget_ticket(s);
    s->ended = why;
}

void session_discard(ekm_session *s) {
    forget_ticket(s);
    free(s);
}

uint64_t sessions_draw(ekm_sessions *all) {
    return ++all->last;
}

bool sessions_gave(const ekm_sessions *all, uint64_t number) {
    return number > all->base && number <= all->last;
}

static size_t bucket(uint64_t number) {
    return number % SESSION_BUCKETS;
}

void sessions_add(ekm_sessions *all, ekm_session *added) {
    ekm_session **first = &all->buckets[bucket(added->number)];
    added->next = *first;
    *first = added;
}

ekm_session *sessions_find(const ekm_sessions *all, uint64_t number) {
    ekm_session *found = all->buckets[bucket(number)];
    while (found != NULL && found->number != number) {
        found = found->next;
    }
    return found;
}

ekm_session *sessions_remove(ekm_sessions *all, uint64_t number) {
    ekm_session **place = &all->buckets[bucket(number)];
    while (*place != NULL && (*place)->number != number) {
        place = &(*place)->next;
    }
    ekm_session *found = *place;
    if (found != NULL) {
        *place = found->next;
    }
    return found;
}

void sessions_discard(ekm_sessions *all) {
    for (size_t i = 0; i < SESSION_BUCKETS; i++) {
        while (all->buckets[i] != NULL) {
            ekm_session *gone = all->buckets[i];
            all->buckets[i] = gone->next;
            session_discard(gone);
        }
    }
}

void sessions_after_fork(ekm_sessions *all) {
    for (size_t i = 0; i < SESSION_BUCKETS; i++) {
        for (ekm_session *each = all->buckets[i]; each != NULL; each = each->next) {
            each->references = 1;
        }
    }
}
