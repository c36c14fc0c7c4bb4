/* One running C_* function on a session: it alone has the session until it ends. */
#ifndef COFFER_CALL_H
#define COFFER_CALL_H

#include "module.h"

typedef struct p11_call {
    p11_module *module;
    p11_session *session;
    const char *function; /* for the log */
    const char *cause;    /* of a refusal that the library decided by itself, or NULL */
} p11_call;

/* Enters the module, finds the session and waits until no other call runs on it. */
CK_RV call_begin(p11_call *begun, CK_SESSION_HANDLE handle, const char *function);

/* Gives the session back and the result on; logs a refusal that has a cause. */
CK_RV call_end(p11_call *ended, CK_RV rv);

/* The result, with the cause that the log will name. */
CK_RV call_refuse(p11_call *refused, CK_RV rv, const char *cause);

/* Shorthand for a missing pointer and its like. */
CK_RV call_bad(p11_call *refused, const char *cause);

#endif
