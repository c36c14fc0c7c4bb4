/* Sessions (PKCS#11 v3.1 §5.6). */
#include <string.h>

#include "buffers.h"
#include "slot.h"

static CK_RV check_flags(p11_module *module, CK_FLAGS flags) {
    if ((flags & CKF_SERIAL_SESSION) == 0) {
        return CKR_SESSION_PARALLEL_NOT_SUPPORTED;
    }
    module_lock();
    bool officer = module->login.logged_in && module->login.user == CKU_SO;
    module_unlock();
    return officer && (flags & CKF_RW_SESSION) == 0 ? CKR_SESSION_READ_WRITE_SO_EXISTS : CKR_OK;
}

static CK_RV open_at_service(p11_module *module, p11_session *opened, channel_outcome *outcome) {
    module_lock();
    opened->handle = ++module->sessions.last_handle;
    module_unlock();
    p11_exchange exchange;
    exchange_begin_without_session(&exchange, module);
    message_u64(&exchange.request, opened->handle);
    message_u32(&exchange.request, (uint32_t)opened->flags);
    CK_RV rv = exchange_run(&exchange, OPERATION_OPEN_SESSION, 0);
    *outcome = exchange.outcome;
    return exchange_end(&exchange, rv);
}

/*
 * A service that was there and is away for a while re-establishes this session with all others when it is back. Programs
 * that open a session per thread or process would otherwise give up for good: libp11 waits for ever after a failure here.
 */
static bool is_interrupted(p11_module *module, channel_outcome outcome) {
    return outcome == CHANNEL_ABSENT && module_has_met_service(module);
}

/* When it is not known whether the service opened it, a number that was never used says nothing twice. */
static CK_RV establish(p11_module *module, p11_session *opened) {
    channel_outcome outcome;
    CK_RV rv = open_at_service(module, opened, &outcome);
    if (outcome == CHANNEL_LOST) {
        rv = open_at_service(module, opened, &outcome);
    }
    return is_interrupted(module, outcome) ? CKR_OK : exchange_about_token(rv);
}

/* The session is closed for the program whatever the service says: one that is away has forgotten it. */
static void close_at_service(p11_module *module, CK_SESSION_HANDLE handle) {
    p11_exchange exchange;
    exchange_begin_without_session(&exchange, module);
    message_u64(&exchange.request, handle);
    CK_RV rv = exchange_run(&exchange, OPERATION_CLOSE_SESSION, CHANNEL_REPEATABLE);
    if (rv != CKR_OK && rv != CKR_SESSION_HANDLE_INVALID) {
        channel_log(module->channel, 2, "a session was closed here but not at the service (CKR 0x%lx)", rv);
    }
    exchange_end(&exchange, CKR_OK);
}

static uint64_t resumptions(p11_module *module) {
    module_lock();
    uint64_t count = module->sessions.resumptions;
    module_unlock();
    return count;
}

/* False when all sessions were re-established since, and this one was not among them. */
static bool add(p11_module *module, p11_session *opened, uint64_t since, CK_SESSION_HANDLE *handle) {
    module_lock();
    bool current = module->sessions.resumptions == since;
    if (current) {
        ulong_store((void *)handle, opened->handle);
        sessions_add(&module->sessions, opened);
    }
    module_unlock();
    return current;
}

static CK_RV open(p11_module *module, CK_FLAGS flags, CK_SESSION_HANDLE *handle) {
    p11_session *opened = session_create(flags & (CKF_SERIAL_SESSION | CKF_RW_SESSION), &module->locks);
    if (opened == NULL) {
        return CKR_HOST_MEMORY;
    }
    for (;;) {
        uint64_t since = resumptions(module);
        CK_RV rv = establish(module, opened);
        if (rv != CKR_OK) {
            session_discard(opened, &module->locks);
            return rv;
        }
        if (add(module, opened, since, handle)) {
            return CKR_OK;
        }
        close_at_service(module, opened->handle);
    }
}

CK_RV C_OpenSession(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR application, CK_NOTIFY notify, CK_SESSION_HANDLE *session) {
    p11_module *module;
    CK_RV rv = slot_enter(&module, slot);
    (void)application; /* no event of the module is told to a program */
    (void)notify;
    if (rv != CKR_OK) {
        return rv;
    }
    rv = session == NULL ? CKR_ARGUMENTS_BAD : check_flags(module, flags);
    if (rv == CKR_OK) {
        rv = open(module, flags, session);
    }
    module_leave(module);
    return rv;
}

/* The table's reference goes; with the last session the login goes too (PKCS#11 v3.1 §5.6.7). */
static p11_session *take_out(p11_module *module, CK_SESSION_HANDLE handle) {
    module_lock();
    p11_session *closed = sessions_remove(&module->sessions, handle);
    if (closed != NULL && module->sessions.count == 0) {
        login_end(module);
    }
    module_unlock();
    return closed;
}

static void release(p11_module *module, p11_session *closed) {
    module_lock();
    bool last = --closed->references == 0;
    module_unlock();
    if (last) {
        session_discard(closed, &module->locks);
    }
}

CK_RV C_CloseSession(CK_SESSION_HANDLE handle) {
    p11_module *module;
    CK_RV rv = module_enter(&module);
    if (rv != CKR_OK) {
        return rv;
    }
    p11_session *closed = take_out(module, handle);
    if (closed == NULL) {
        rv = CKR_SESSION_HANDLE_INVALID;
    } else {
        close_at_service(module, handle);
        release(module, closed);
    }
    module_leave(module);
    return rv;
}

static p11_session *take_out_any(p11_module *module) {
    module_lock();
    p11_session *closed = sessions_remove_any(&module->sessions);
    module_unlock();
    return closed;
}

static void close_all_at_service(p11_module *module) {
    p11_exchange exchange;
    exchange_begin_without_session(&exchange, module);
    CK_RV rv = exchange_run(&exchange, OPERATION_CLOSE_ALL_SESSIONS, CHANNEL_REPEATABLE);
    if (rv != CKR_OK) {
        channel_log(module->channel, 2, "sessions were closed here but not at the service (CKR 0x%lx)", rv);
    }
    exchange_end(&exchange, CKR_OK);
}

CK_RV C_CloseAllSessions(CK_SLOT_ID slot) {
    p11_module *module;
    CK_RV rv = slot_enter(&module, slot);
    if (rv != CKR_OK) {
        return rv;
    }
    bool any = false;
    for (p11_session *closed = take_out_any(module); closed != NULL; closed = take_out_any(module)) {
        release(module, closed);
        any = true;
    }
    module_lock();
    login_end(module);
    module_unlock();
    if (any) {
        close_all_at_service(module);
    }
    module_leave(module);
    return CKR_OK;
}

/* PKCS#11 v3.1 §5.6.4. */
static CK_STATE state_of(const login_state *login, CK_FLAGS flags) {
    bool writes = (flags & CKF_RW_SESSION) != 0;
    if (!login->logged_in) {
        return writes ? CKS_RW_PUBLIC_SESSION : CKS_RO_PUBLIC_SESSION;
    }
    if (login->user == CKU_SO) {
        return CKS_RW_SO_FUNCTIONS;
    }
    return writes ? CKS_RW_USER_FUNCTIONS : CKS_RO_USER_FUNCTIONS;
}

static CK_RV describe(p11_module *module, CK_SESSION_HANDLE handle, CK_SESSION_INFO *info) {
    module_lock();
    const p11_session *found = sessions_find(&module->sessions, handle);
    if (found != NULL) {
        *info = (CK_SESSION_INFO){THE_SLOT, state_of(&module->login, found->flags), found->flags, 0};
    }
    module_unlock();
    return found == NULL ? CKR_SESSION_HANDLE_INVALID : CKR_OK;
}

CK_RV C_GetSessionInfo(CK_SESSION_HANDLE session, CK_SESSION_INFO *info) {
    CK_SESSION_INFO filled;
    p11_module *module;
    CK_RV rv = module_enter(&module);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = describe(module, session, &filled);
    if (rv == CKR_OK && info == NULL) {
        rv = CKR_ARGUMENTS_BAD;
    }
    if (rv == CKR_OK) {
        memcpy((void *)info, &filled, sizeof filled);
    }
    module_leave(module);
    return rv;
}
