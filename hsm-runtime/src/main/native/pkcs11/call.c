#include "call.h"

/* Waits for the session's lock outside the table lock; a session closed while waiting is gone. */
static CK_RV acquire(p11_call *begun) {
    if (begun->module->locks.lock(begun->session->lock) != 0) {
        return CKR_CANT_LOCK;
    }
    module_lock();
    bool closed = begun->session->closed, outdated = begun->session->outdated;
    begun->session->outdated = false;
    module_unlock();
    if (!closed && outdated) {
        session_drop_results(begun->session);
    }
    if (!closed) {
        return CKR_OK;
    }
    begun->module->locks.unlock(begun->session->lock);
    return CKR_SESSION_CLOSED;
}

static void release_reference(p11_call *ended) {
    module_lock();
    bool last = --ended->session->references == 0;
    session_drop_if_idle(ended->session);
    module_unlock();
    if (last) {
        session_discard(ended->session, &ended->module->locks);
    }
}

static CK_RV find(p11_call *begun, CK_SESSION_HANDLE handle) {
    module_lock();
    begun->session = sessions_find(&begun->module->sessions, handle);
    if (begun->session != NULL) {
        begun->session->references++;
    }
    module_unlock();
    return begun->session == NULL ? CKR_SESSION_HANDLE_INVALID : CKR_OK;
}

CK_RV call_begin(p11_call *begun, CK_SESSION_HANDLE handle, const char *function) {
    *begun = (p11_call){.function = function};
    CK_RV rv = module_enter(&begun->module);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = find(begun, handle);
    if (rv == CKR_OK) {
        rv = acquire(begun);
        if (rv == CKR_OK) {
            return CKR_OK;
        }
        release_reference(begun);
    }
    module_leave(begun->module);
    return rv;
}

CK_RV call_end(p11_call *ended, CK_RV rv) {
    if (rv != CKR_OK && ended->cause != NULL) {
        channel_log(ended->module->channel, 2, "%s: %s (CKR 0x%lx)", ended->function, ended->cause, rv);
    }
    ended->module->locks.unlock(ended->session->lock);
    release_reference(ended);
    module_leave(ended->module);
    return rv;
}

CK_RV call_refuse(p11_call *refused, CK_RV rv, const char *cause) {
    refused->cause = cause;
    return rv;
}

CK_RV call_bad(p11_call *refused, const char *cause) {
    return call_refuse(refused, CKR_ARGUMENTS_BAD, cause);
}
