#include "exchange.h"
#include "utf.h"

/* More than any user's name and PIN; SQL Server's own limit is 4,000 characters. */
enum { CREDENTIAL_LIMIT = 8000, PAUSE = 250 * 1000 };

ekm_status SqlCryptInitializeProvider(void) {
    return provider_open();
}

ekm_status SqlCryptFreeProvider(void) {
    provider_close();
    return EKM_SUCCESS;
}

static ekm_status write_credential(message *request, uint64_t number, const ekm_credential *credential) {
    message_u64(request, number);
    bool written = utf_write(request, &credential->name, CREDENTIAL_LIMIT) && utf_write(request, &credential->secret, CREDENTIAL_LIMIT);
    return !written ? EKM_INVALID_ARGUMENT : request->failed ? EKM_NO_MEMORY : EKM_SUCCESS;
}

static void close_at_service(ekm_provider *p, uint64_t number) {
    message request, reply;
    message_init(&request);
    message_init(&reply);
    message_u64(&request, number);
    channel_call(p->line, OPERATION_CLOSE_SESSION, &request, &reply, CHANNEL_REPEATABLE);
    message_end(&request);
    message_end(&reply);
}

/* From the reply; a session that cannot be kept is closed again. */
static ekm_status keep(ekm_provider *p, ekm_session *opened, message *reply) {
    size_t size;
    const uint8_t *ticket = message_read_bytes(reply, &size);
    if (!message_done(reply) || size == 0 || size > SESSION_TICKET_LIMIT) {
        close_at_service(p, opened->number);
        return EKM_PROTOCOL_ERROR;
    }
    uint8_t holder[SESSION_CLIENT];
    channel_client(p->line, holder);
    provider_lock();
    bool kept = session_remember(opened, ticket, size, holder);
    if (kept) {
        sessions_add(&p->sessions, opened);
    }
    provider_unlock();
    if (!kept) {
        close_at_service(p, opened->number);
    }
    return kept ? EKM_SUCCESS : EKM_NO_MEMORY;
}

/* One OPEN_SESSION. It is never repeated under the same number: a wrong secret counts each time. */
static ekm_status open_once(ekm_provider *p, const ekm_credential *credential, ekm_handle *handle) {
    provider_lock();
    uint64_t number = sessions_draw(&p->sessions);
    provider_unlock();
    ekm_session *opened = session_create(number);
    if (opened == NULL) {
        return EKM_NO_MEMORY;
    }
    message request, reply;
    message_init(&request);
    message_init(&reply);
    ekm_status status = write_credential(&request, number, credential);
    if (status == EKM_SUCCESS) {
        status = exchange_once(p, OPERATION_OPEN_SESSION, &request, &reply, 0);
    }
    if (status == EKM_SUCCESS) {
        status = keep(p, opened, &reply);
    }
    message_end(&request);
    message_end(&reply);
    if (status == EKM_SUCCESS) {
        *handle = (ekm_handle) (uintptr_t) number;
    } else {
        session_discard(opened);
    }
    return status;
}

static bool is_closing(const ekm_provider *p) {
    provider_lock();
    bool closing = p->closing;
    provider_unlock();
    return closing;
}

/* Databases start before services do, and a database that finds no key stays shut until somebody looks. */
static ekm_status open_patiently(ekm_provider *p, const ekm_credential *credential, ekm_handle *handle) {
    moment deadline = deadline_now() + p->open_patience;
    for (;;) {
        ekm_status status = open_once(p, credential, handle);
        bool absent = status == EKM_SERVICE_UNREACHABLE || status == EKM_SERVICE_BUSY;
        if (!absent || is_closing(p) || !deadline_pause(PAUSE, deadline)) {
            return status;
        }
    }
}

ekm_status SqlCryptOpenSession(const ekm_credential *credential, ekm_handle *session) {
    if (credential == NULL || session == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    ekm_provider *p = provider_enter();
    if (p == NULL) {
        return EKM_FAILURE;
    }
    ekm_status status = open_patiently(p, credential, session);
    provider_leave(p);
    return status;
}

/* Taken out of the table first: whatever the service says, there is nothing left here. */
static ekm_status close_session(ekm_provider *p, uint64_t number) {
    provider_lock();
    ekm_session *closed = sessions_remove(&p->sessions, number);
    bool gave = sessions_gave(&p->sessions, number);
    bool alive = closed != NULL && closed->ended == 0;
    if (alive) {
        session_end(closed, EKM_SESSION_EXPIRED);
    }
    provider_unlock();
    if (closed == NULL) {
        return gave ? EKM_SESSION_EXPIRED : EKM_INVALID_ARGUMENT;
    }
    if (alive) {
        close_at_service(p, number);
    }
    provider_give_back(closed);
    return EKM_SUCCESS;
}

/* An abort comes while another thread's call is running; the service ends that one, and both are the same to us. */
ekm_status SqlCryptCloseSession(ekm_handle *session, ekm_boolean abort) {
    (void) abort;
    if (session == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    ekm_provider *p = provider_enter();
    if (p == NULL) {
        return EKM_FAILURE;
    }
    ekm_status status = close_session(p, provider_number(*session));
    provider_leave(p);
    return status;
}
