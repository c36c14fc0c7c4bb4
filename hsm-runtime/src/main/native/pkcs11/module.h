/*
 * The module between C_Initialize and C_Finalize.
 *
 * One lock, the table lock, guards everything here; it is held for short local work only, never over a call to the
 * service and never while a session's own lock is waited for. Calls hold a reference, so that C_Finalize in one thread
 * takes nothing from under another.
 */
#ifndef COFFER_MODULE_H
#define COFFER_MODULE_H

#include <sys/types.h>
#include <time.h>

#include "channel.h"
#include "cryptoki.h"
#include "facts.h"
#include "login.h"
#include "session.h"

typedef struct p11_module {
    size_t references;
    pid_t initializer; /* who called C_Initialize */
    pid_t process;     /* whose connections the channel has */
    channel *channel;
    channel_locks locks;
    session_table sessions;
    login_state login;
    time_t refresh_after; /* seconds from when a ticket was given */
    facts_cache facts;
} p11_module;

/* Opens the module; CKR_CRYPTOKI_ALREADY_INITIALIZED when this process did so before. */
CK_RV module_open(const CK_C_INITIALIZE_ARGS *arguments);

/* Takes the module away; the last call that still uses it closes it. */
CK_RV module_close(void);

/* A reference to the module, made fit for a forked child first; CKR_CRYPTOKI_NOT_INITIALIZED without one. */
CK_RV module_enter(p11_module **entered);

/* Gives the reference back. */
void module_leave(p11_module *left);

/* Whether this process, or a parent that it was forked from, has ever reached the service. */
bool module_has_met_service(p11_module *module);

void module_lock(void);
void module_unlock(void);

#endif
