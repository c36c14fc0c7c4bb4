#define _DEFAULT_SOURCE
#include "login.h"

#include <string.h>

#include "exchange.h"
#include "module.h"

static time_t now(void) {
    struct timespec time = {0};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return time.tv_sec;
}

void login_forget(login_state *state) {
    octets_end(&state->ticket);
    explicit_bzero(state->holder, sizeof state->holder);
    *state = (login_state){.number = state->number + 1};
}

void login_end(p11_module *module) {
    login_forget(&module->login);
    facts_clear(&module->facts);
    sessions_drop_results(&module->sessions);
}

bool login_goes_on(const login_state *state, uint64_t number) {
    return state->logged_in && state->number == number;
}

bool login_remember(p11_module *module, CK_USER_TYPE user, const uint8_t *ticket, size_t size) {
    module_lock();
    login_state *state = &module->login;
    bool kept = octets_set(&state->ticket, ticket, size);
    channel_client(module->channel, state->holder);
    state->logged_in = true;
    state->user = user;
    state->received = now();
    facts_clear(&module->facts);
    module_unlock();
    return kept;
}

/* Replaces the ticket of that login, unless it has ended in the meantime. */
static void renew(p11_module *module, uint64_t login, message *reply) {
    size_t size;
    const uint8_t *ticket = message_read_bytes(reply, &size);
    if (!message_done(reply) || size == 0) {
        return;
    }
    module_lock();
    if (login_goes_on(&module->login, login) && octets_set(&module->login.ticket, ticket, size)) {
        channel_client(module->channel, module->login.holder);
        module->login.received = now();
    }
    module_unlock();
}

/* Whether this call is the one that has to refresh; puts the next try off, so that a refusal is not repeated each call. */
static bool due(p11_module *module, uint64_t *login) {
    module_lock();
    login_state *state = &module->login;
    bool old = state->logged_in && state->ticket.size > 0 && now() - state->received >= module->refresh_after;
    if (old) {
        state->received = now();
    }
    *login = state->number;
    module_unlock();
    return old;
}

void login_refresh(p11_module *module) {
    uint64_t login;
    if (!due(module, &login)) {
        return;
    }
    p11_exchange exchange;
    exchange_begin_without_session(&exchange, module);
    CK_RV rv = exchange_run(&exchange, OPERATION_REFRESH, CHANNEL_REPEATABLE);
    if (rv == CKR_OK) {
        renew(module, login, &exchange.reply);
    } else {
        channel_log(module->channel, 2, "the login's ticket was not renewed (0x%lx): a restart of the service may end the login", rv);
    }
    exchange_end(&exchange, CKR_OK);
}

static void write_sessions(message *request, const session_table *sessions) {
    message_u32(request, (uint32_t)sessions->count);
    for (size_t at = 0; at < SESSION_BUCKETS; at++) {
        for (const p11_session *each = sessions->buckets[at]; each != NULL; each = each->next) {
            message_u64(request, each->handle);
            message_u32(request, (uint32_t)each->flags);
        }
    }
}

/* Writes what has to be re-established, and of which login; false when there is nothing. */
static bool write_resumption(p11_module *module, message *request, uint64_t *login) {
    module_lock();
    *login = module->login.number;
    bool needed = module->login.logged_in || module->sessions.count > 0;
    message_bytes(request, module->login.ticket.bytes, module->login.ticket.size);
    message_raw(request, module->login.holder, sizeof module->login.holder);
    write_sessions(request, &module->sessions);
    module->sessions.resumptions++;
    facts_clear(&module->facts);
    module_unlock();
    return needed;
}

/* One RESUME; refused tells that the service answered no. */
static bool resume_once(p11_module *module, channel *line, void *connection, bool *refused) {
    message request, reply;
    message_init(&request);
    message_init(&reply);
    *refused = false;
    bool resumed = true;
    uint64_t login;
    if (write_resumption(module, &request, &login)) {
        channel_outcome outcome = channel_call_on(line, connection, OPERATION_RESUME, &request, &reply);
        *refused = outcome == CHANNEL_OK && reply.status != CKR_OK;
        resumed = outcome == CHANNEL_OK && reply.status == CKR_OK;
        if (resumed) {
            renew(module, login, &reply);
        } else {
            channel_log(line, 2, "the service did not resume sessions and login: outcome %d, status 0x%x", (int)outcome, reply.status);
        }
    }
    message_end(&request);
    message_end(&reply);
    return resumed;
}

/* A RESUME that broke off, or was refused for its ticket, may have left sessions at the service: it is done on a clean table. */
static bool resume_again(p11_module *module, channel *line, void *connection, bool *refused) {
    message request, reply;
    message_init(&request);
    message_init(&reply);
    channel_outcome outcome = channel_call_on(line, connection, OPERATION_CLOSE_ALL_SESSIONS, &request, &reply);
    message_end(&request);
    message_end(&reply);
    *refused = false;
    return outcome == CHANNEL_OK && resume_once(module, line, connection, refused);
}

/* Sessions outlive a login whose ticket the service refuses; the program is then told to log in again. */
bool login_resume(void *context, channel *line, void *connection) {
    p11_module *module = context;
    bool refused;
    if (resume_once(module, line, connection, &refused)) {
        return true;
    }
    if (!refused) {
        return false;
    }
    if (resume_again(module, line, connection, &refused)) {
        return true;
    }
    if (!refused) {
        return false;
    }
    module_lock();
    login_end(module);
    module_unlock();
    return resume_again(module, line, connection, &refused);
}
