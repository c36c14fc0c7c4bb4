#include "module.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "locks.h"

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;
static p11_module *current;
static bool fork_watched;
static pid_t met_in; /* the process whose module, gone by now, reached the service: this one or its parent; 0 if none did */
static pid_t waited_in; /* the process that has waited for the service in vain: its next C_Initialize does not */

void module_lock(void) {
    pthread_mutex_lock(&table);
}

void module_unlock(void) {
    pthread_mutex_unlock(&table);
}

static bool has_serial(p11_module *module) {
    static const uint8_t none[16];
    uint8_t serial[16];
    channel_serial(module->channel, serial);
    return memcmp(serial, none, sizeof none) != 0;
}

bool module_has_met_service(p11_module *module) {
    module_lock();
    bool met = met_in != 0 || has_serial(module);
    module_unlock();
    return met;
}

/* Frees what nobody refers to any more; without the table lock, since the program's mutex functions are called. */
static void discard(p11_module *gone) {
    module_lock();
    met_in = has_serial(gone) ? gone->initializer : met_in;
    module_unlock();
    sessions_discard(&gone->sessions, &gone->locks);
    login_forget(&gone->login);
    channel_close(gone->channel);
    free(gone);
}

static p11_module *create(const channel_locks *locks, bool expected) {
    p11_module *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return NULL;
    }
    made->references = 1;
    made->initializer = made->process = getpid();
    made->locks = *locks;
    channel_settings settings = {
        .service = "pkcs11",
        .configuration = "coffer-pkcs11.conf",
        .inside = &table,
        .expected = expected,
        .resume = login_resume,
        .context = made,
    };
    made->channel = channel_open(&settings);
    if (made->channel == NULL) {
        free(made);
        return NULL;
    }
    made->refresh_after = channel_ticket_refresh(made->channel);
    return made;
}

/* While a fork copies the process, nobody is in the middle of a change to the tables. */
static void watch_forks(void) {
    if (!fork_watched) {
        fork_watched = pthread_atfork(module_lock, module_unlock, module_unlock) == 0;
    }
}

/* In a child that goes on with its parent's module: connections of its own, locks that no vanished thread holds. The
 * references of the parent's threads ended with them. */
static void adopt(p11_module *inherited) {
    inherited->process = getpid();
    inherited->references = 1;
    channel_after_fork(inherited->channel);
    sessions_after_fork(&inherited->sessions, &inherited->locks);
    facts_clear(&inherited->facts);
}

/* Takes away the module of a parent process, so that C_Initialize starts afresh. */
static p11_module *inherited_module(void) {
    p11_module *inherited = current;
    if (inherited == NULL || inherited->initializer == getpid()) {
        return NULL;
    }
    if (inherited->process != getpid()) {
        adopt(inherited);
    }
    current = NULL;
    return inherited;
}

/*
 * A forked child whose parent had the service is told when the service is away: libp11 asks again at its next use, while a
 * module without a service would take its login away for good.
 */
static CK_RV require_service(p11_module *made) {
    bool absent = channel_reach(made->channel) == CHANNEL_ABSENT;
    module_lock();
    waited_in = absent ? getpid() : 0;
    module_unlock();
    if (!absent) {
        return CKR_OK;
    }
    channel_log(made->channel, 1, "C_Initialize in a forked process failed: the service that its parent used is away");
    return CKR_FUNCTION_FAILED;
}

static void look_back(bool *childs, bool *waited) {
    module_lock();
    *childs = met_in != 0 && met_in != getpid();
    *waited = waited_in == getpid();
    module_unlock();
}

static CK_RV make(const CK_C_INITIALIZE_ARGS *arguments, p11_module **made) {
    channel_locks locks;
    CK_RV rv = locks_choose(arguments, &locks);
    if (rv != CKR_OK) {
        return rv;
    }
    bool childs, waited;
    look_back(&childs, &waited);
    *made = create(&locks, childs && !waited);
    if (*made == NULL) {
        return CKR_HOST_MEMORY;
    }
    rv = childs ? require_service(*made) : CKR_OK;
    if (rv != CKR_OK) {
        discard(*made);
    }
    return rv;
}

CK_RV module_open(const CK_C_INITIALIZE_ARGS *arguments) {
    module_lock();
    watch_forks();
    p11_module *inherited = inherited_module();
    bool taken = current != NULL;
    module_unlock();
    if (inherited != NULL) {
        module_leave(inherited); /* other threads of the child may still be in its calls */
    }
    if (taken) {
        return CKR_CRYPTOKI_ALREADY_INITIALIZED;
    }
    p11_module *made;
    CK_RV rv = make(arguments, &made);
    if (rv != CKR_OK) {
        return rv;
    }
    module_lock();
    taken = current != NULL;
    if (!taken) {
        current = made;
    }
    module_unlock();
    if (taken) {
        discard(made);
    }
    return taken ? CKR_CRYPTOKI_ALREADY_INITIALIZED : CKR_OK;
}

CK_RV module_close(void) {
    module_lock();
    p11_module *closed = current;
    if (closed != NULL && closed->process != getpid()) {
        adopt(closed);
    }
    current = NULL;
    module_unlock();
    if (closed == NULL) {
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    }
    module_leave(closed);
    return CKR_OK;
}

CK_RV module_enter(p11_module **entered) {
    module_lock();
    if (current != NULL && current->process != getpid()) {
        adopt(current);
    }
    *entered = current;
    if (current != NULL) {
        current->references++;
    }
    module_unlock();
    return *entered == NULL ? CKR_CRYPTOKI_NOT_INITIALIZED : CKR_OK;
}

void module_leave(p11_module *left) {
    module_lock();
    bool last = --left->references == 0;
    module_unlock();
    if (last) {
        discard(left);
    }
}
