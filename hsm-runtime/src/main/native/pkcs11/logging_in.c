/* C_Login, C_LoginUser, C_Logout and PINs (PKCS#11 v3.1 §5.5, §5.6). */
#include <string.h>

#include "buffers.h"
#include "exchange.h"

#define PIN_LIMIT 65536u

/* What can be said without the service (PKCS#11 v3.1 §5.6.8). */
static CK_RV check_login(p11_call *call, CK_USER_TYPE user) {
    CK_RV rv = CKR_OK;
    module_lock();
    const login_state *login = &call->module->login;
    if (login->logged_in) {
        rv = login->user == user ? CKR_USER_ALREADY_LOGGED_IN : CKR_USER_ANOTHER_ALREADY_LOGGED_IN;
    } else if (user == CKU_SO && call->module->sessions.read_only_count > 0) {
        rv = CKR_SESSION_READ_ONLY_EXISTS;
    }
    module_unlock();
    return rv;
}

/* CKU_CONTEXT_SPECIFIC belongs to an operation that has been initialized. */
static CK_RV check_context(const p11_call *call) {
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (call->session->operations[kind].entry != NULL) {
            return CKR_OK;
        }
    }
    return CKR_OPERATION_NOT_INITIALIZED;
}

static CK_RV check(p11_call *call, CK_USER_TYPE user, const octets *pin) {
    if (user > CKU_CONTEXT_SPECIFIC) {
        return CKR_USER_TYPE_INVALID;
    }
    if (pin->bytes == NULL) {
        return call_bad(call, "no PIN: the token has no other way to authenticate");
    }
    return user == CKU_CONTEXT_SPECIFIC ? check_context(call) : check_login(call, user);
}

static CK_RV take_ticket(p11_call *call, CK_USER_TYPE user, message *reply) {
    size_t size;
    const uint8_t *ticket = message_read_bytes(reply, &size);
    if (!message_done(reply)) {
        return CKR_DEVICE_ERROR;
    }
    if (user == CKU_CONTEXT_SPECIFIC) {
        return CKR_OK;
    }
    return login_remember(call->module, user, ticket, size) ? CKR_OK : CKR_HOST_MEMORY;
}

static CK_RV log_in(p11_call *call, CK_USER_TYPE user, const octets *pin) {
    CK_RV rv = check(call, user, pin);
    if (rv != CKR_OK) {
        return rv;
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    message_u32(&exchange.request, (uint32_t)user);
    message_bytes(&exchange.request, pin->bytes, pin->size);
    rv = exchange_run(&exchange, OPERATION_LOGIN, 0); /* a wrong PIN must not count twice */
    if (rv == CKR_OK) {
        rv = take_ticket(call, user, &exchange.reply);
    }
    return exchange_end(&exchange, rv);
}

CK_RV C_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_BYTE *pin, CK_ULONG pin_size) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    if (rv != CKR_OK) {
        return rv;
    }
    if (pin_size > PIN_LIMIT) {
        return call_end(&call, call_bad(&call, "the PIN's length cannot be true"));
    }
    octets lent = {pin, pin_size};
    return call_end(&call, log_in(&call, user, &lent));
}

/* "user:pin" is how the token takes both in one; an empty name leaves the PIN alone. */
static bool join(octets *joined, const CK_BYTE *name, CK_ULONG name_size, const CK_BYTE *pin, CK_ULONG pin_size) {
    bool named = name_size == 0 || (octets_append(joined, name, name_size) && octets_append(joined, ":", 1));
    return named && octets_append(joined, pin, pin_size);
}

static CK_RV log_in_user(p11_call *call, CK_USER_TYPE user, octets *joined) {
    CK_RV rv = log_in(call, user, joined);
    octets_end(joined);
    return rv;
}

CK_RV C_LoginUser(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_BYTE *pin, CK_ULONG pin_size, CK_BYTE *name,
        CK_ULONG name_size) {
    p11_call call;
    octets joined = {0};
    CK_RV rv = call_begin(&call, session, __func__);
    if (rv != CKR_OK) {
        return rv;
    }
    if (pin == NULL || !buffer_sound(name, name_size) || pin_size > PIN_LIMIT || name_size > PIN_LIMIT) {
        return call_end(&call, call_bad(&call, "the PIN or the name is NULL, or a length cannot be true"));
    }
    if (!join(&joined, name, name_size, pin, pin_size)) {
        octets_end(&joined);
        return call_end(&call, CKR_HOST_MEMORY);
    }
    return call_end(&call, log_in_user(&call, user, &joined));
}

static bool logged_in(p11_call *call) {
    module_lock();
    bool result = call->module->login.logged_in;
    module_unlock();
    return result;
}

/* Here the login ends in any case: a service that cannot be asked must not keep the program logged in. */
static CK_RV log_out(p11_call *call) {
    if (!logged_in(call)) {
        return CKR_USER_NOT_LOGGED_IN;
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    module_lock();
    login_end(call->module);
    module_unlock();
    CK_RV rv = exchange_run(&exchange, OPERATION_LOGOUT, CHANNEL_REPEATABLE);
    return exchange_end(&exchange, rv == CKR_USER_NOT_LOGGED_IN ? CKR_OK : rv);
}

CK_RV C_Logout(CK_SESSION_HANDLE session) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, log_out(&call)) : rv;
}

static bool writable(const p11_call *call) {
    return (call->session->flags & CKF_RW_SESSION) != 0;
}

static CK_RV init_pin(p11_call *call, const octets *pin) {
    if (pin->bytes == NULL || pin->size > PIN_LIMIT) {
        return call_bad(call, "no PIN, or a length that cannot be true");
    }
    if (!writable(call)) {
        return CKR_SESSION_READ_ONLY;
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    message_bytes(&exchange.request, pin->bytes, pin->size);
    return exchange_end(&exchange, exchange_run(&exchange, OPERATION_INIT_PIN, 0));
}

CK_RV C_InitPIN(CK_SESSION_HANDLE session, CK_BYTE *pin, CK_ULONG pin_size) {
    p11_call call;
    octets lent = {pin, pin_size};
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, init_pin(&call, &lent)) : rv;
}

static uint64_t login_number(p11_call *call) {
    module_lock();
    uint64_t number = call->module->login.number;
    module_unlock();
    return number;
}

/* The ticket of the old PIN is worth nothing any more; the reply brings the next, unless that login has ended meanwhile. */
static void replace_ticket(p11_call *call, uint64_t login, message *reply) {
    size_t size;
    const uint8_t *ticket = message_read_bytes(reply, &size);
    module_lock();
    login_state *state = &call->module->login;
    bool lost = size > 0 && login_goes_on(state, login) && !octets_set(&state->ticket, ticket, size);
    module_unlock();
    if (lost) {
        channel_log(call->module->channel, 2, "no memory for the new ticket: a restart of the service will end the login");
    }
}

static CK_RV set_pin(p11_call *call, const octets *old, const octets *fresh) {
    if (old->bytes == NULL || fresh->bytes == NULL || old->size > PIN_LIMIT || fresh->size > PIN_LIMIT) {
        return call_bad(call, "no PIN, or a length that cannot be true");
    }
    if (!writable(call)) {
        return CKR_SESSION_READ_ONLY;
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    message_bytes(&exchange.request, old->bytes, old->size);
    message_bytes(&exchange.request, fresh->bytes, fresh->size);
    uint64_t login = login_number(call);
    CK_RV rv = exchange_run(&exchange, OPERATION_SET_PIN, 0);
    if (rv == CKR_OK) {
        replace_ticket(call, login, &exchange.reply);
    }
    return exchange_end(&exchange, rv);
}

CK_RV C_SetPIN(CK_SESSION_HANDLE session, CK_BYTE *old_pin, CK_ULONG old_size, CK_BYTE *new_pin, CK_ULONG new_size) {
    p11_call call;
    octets old = {old_pin, old_size}, fresh = {new_pin, new_size};
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, set_pin(&call, &old, &fresh)) : rv;
}
