#include "resuming.h"

#include <string.h>

#include "exchange.h"

/* Calls the function for each session; with the lock held. */
typedef void (*visitor)(ekm_provider *, ekm_session *, void *context);

static void visit_all(ekm_provider *p, visitor visit, void *context) {
    for (size_t i = 0; i < SESSION_BUCKETS; i++) {
        for (ekm_session *each = p->sessions.buckets[i]; each != NULL; each = each->next) {
            visit(p, each, context);
        }
    }
}

/* The tickets of one holder; a forked child has its parent's and its own. */
typedef struct {
    const uint8_t *holder; /* of the first session that was found, or NULL */
    uint32_t count;
    message *fields;
} batch;

static void count_in(ekm_provider *p, ekm_session *s, void *context) {
    batch *b = context;
    if (s->ended != 0 || s->round == p->rounds) {
        return;
    }
    b->holder = b->holder == NULL ? s->holder : b->holder;
    b->count += memcmp(s->holder, b->holder, SESSION_CLIENT) == 0 ? 1 : 0;
}

static void write_one(message *fields, const ekm_session *s) {
    message_u64(fields, s->number);
    message_bytes(fields, s->ticket, s->ticket_size);
}

static void write_in(ekm_provider *p, ekm_session *s, void *context) {
    batch *b = context;
    if (s->ended == 0 && s->round != p->rounds && memcmp(s->holder, b->holder, SESSION_CLIENT) == 0) {
        s->round = p->rounds;
        write_one(b->fields, s);
    }
}

/* Writes the next RESUME of this round; false when there is none. */
static bool write_batch(ekm_provider *p, message *request) {
    provider_lock();
    batch b = {.fields = request};
    visit_all(p, count_in, &b);
    if (b.count > 0) {
        message_raw(request, b.holder, SESSION_CLIENT);
        message_u32(request, b.count);
        visit_all(p, write_in, &b);
    }
    provider_unlock();
    return b.count > 0;
}

/* Refusals that a ticket does not come back from; after others it is shown again. */
static bool is_final(ekm_status status) {
    return status == EKM_AUTH_FAILURE || status == EKM_USER_LOCKED || status == EKM_SESSION_EXPIRED || status == EKM_NOT_PERMITTED
            || status == EKM_NOT_FOUND;
}

/* A number that is taken is that of a session which another thread has resumed meanwhile. */
static ekm_status settle(ekm_provider *p, uint64_t number, ekm_status status) {
    if (status == EKM_INVALID_ARGUMENT) {
        return EKM_SUCCESS;
    }
    if (!is_final(status)) {
        return status;
    }
    ekm_status why = status == EKM_USER_LOCKED ? status : EKM_SESSION_EXPIRED;
    ekm_session *found = sessions_find(&p->sessions, number);
    if (found != NULL) {
        session_end(found, why);
    }
    return why;
}

/*
 * Reads what became of each session that the request names. Gives EKM_SUCCESS when each was resumed or has ended for good,
 * and the last session's status in `last`.
 */
static ekm_status read_answers(ekm_provider *p, message *request, message *reply, ekm_status *last) {
    request->at = MESSAGE_HEADER + SESSION_CLIENT;
    uint32_t count = message_read_u32(request);
    if (message_read_u32(reply) != count) {
        return EKM_PROTOCOL_ERROR;
    }
    ekm_status hindrance = EKM_SUCCESS;
    provider_lock();
    for (uint32_t i = 0; i < count && !reply->failed; i++) {
        uint64_t number = message_read_u64(request);
        size_t size;
        message_read_bytes(request, &size);
        ekm_status status = exchange_status(message_read_u32(reply));
        *last = reply->failed ? EKM_PROTOCOL_ERROR : settle(p, number, status);
        if (*last != EKM_SUCCESS && !is_final(*last)) {
            hindrance = *last;
        }
    }
    provider_unlock();
    return message_done(reply) ? hindrance : EKM_PROTOCOL_ERROR;
}

static bool hindered(ekm_provider *p, ekm_status why) {
    provider_lock();
    p->hindrance = why;
    provider_unlock();
    return why == EKM_SUCCESS;
}

/* A wrong credential is one session's trouble, and not that of all who call. */
static ekm_status of_batch(uint32_t status) {
    ekm_status given = exchange_status(status);
    return given == EKM_AUTH_FAILURE ? EKM_PROTOCOL_ERROR : given;
}

/* One RESUME of the round; `more` tells whether there was one. */
static bool resume_batch(ekm_provider *p, channel *line, void *connection, bool *more) {
    message request, reply;
    message_init(&request);
    message_init(&reply);
    *more = write_batch(p, &request);
    bool resumed = true;
    if (*more) {
        channel_outcome outcome = channel_call_on(line, connection, OPERATION_RESUME, &request, &reply);
        ekm_status last = EKM_SUCCESS;
        ekm_status status = of_batch(reply.status);
        if (outcome == CHANNEL_OK && status == EKM_SUCCESS) {
            status = read_answers(p, &request, &reply, &last);
        }
        resumed = hindered(p, outcome == CHANNEL_OK ? status : EKM_SERVICE_UNREACHABLE);
    }
    message_end(&request);
    message_end(&reply);
    return resumed;
}

bool resuming_all(void *context, channel *line, void *connection) {
    ekm_provider *p = context;
    provider_lock();
    p->rounds++;
    provider_unlock();
    bool more = true;
    while (more) {
        if (!resume_batch(p, line, connection, &more)) {
            channel_log(line, EKM_WARNING, "the service does not resume this program's sessions yet");
            return false;
        }
    }
    return true;
}

/* False when it has ended meanwhile. */
static bool write_single(ekm_session *s, message *request) {
    provider_lock();
    bool there = s->ended == 0 && s->ticket != NULL;
    if (there) {
        message_raw(request, s->holder, SESSION_CLIENT);
        message_u32(request, 1);
        write_one(request, s);
    }
    provider_unlock();
    return there;
}

ekm_status resuming_one(ekm_provider *p, ekm_session *s) {
    message request, reply;
    message_init(&request);
    message_init(&reply);
    ekm_status status = EKM_SESSION_EXPIRED;
    if (write_single(s, &request)) {
        ekm_status last = EKM_SUCCESS;
        status = exchange_once(p, OPERATION_RESUME, &request, &reply, CHANNEL_REPEATABLE);
        if (status == EKM_SUCCESS) {
            status = read_answers(p, &request, &reply, &last);
            status = status == EKM_SUCCESS ? last : status;
        }
    }
    message_end(&request);
    message_end(&reply);
    return status;
}

/* Whether this call is the one that has to refresh; puts the next try off, so that a refusal is not repeated each call. */
static bool is_due(const ekm_provider *p, ekm_session *s) {
    moment now = deadline_now();
    provider_lock();
    bool due = s->ticket != NULL && now - s->received >= p->refresh_after;
    if (due) {
        s->received = now;
    }
    provider_unlock();
    return due;
}

static void renew(ekm_provider *p, ekm_session *s, message *reply) {
    size_t size;
    const uint8_t *ticket = message_read_bytes(reply, &size);
    uint8_t holder[SESSION_CLIENT];
    channel_client(p->line, holder);
    if (message_done(reply)) {
        provider_lock();
        if (s->ended == 0) {
            session_remember(s, ticket, size, holder);
        }
        provider_unlock();
    }
}

void resuming_refresh(ekm_provider *p, ekm_session *s) {
    if (!is_due(p, s)) {
        return;
    }
    message request, reply;
    message_init(&request);
    message_init(&reply);
    message_u64(&request, s->number);
    ekm_status status = exchange_once(p, OPERATION_REFRESH, &request, &reply, CHANNEL_REPEATABLE);
    if (status == EKM_SUCCESS) {
        renew(p, s, &reply);
    } else {
        channel_log(p->line, EKM_WARNING, "a session's ticket was not renewed (%u): a restart of the service may end it",
                (unsigned) status);
    }
    message_end(&request);
    message_end(&reply);
}
