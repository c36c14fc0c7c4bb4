#include "provider.h"

#include <stdlib.h>
#include <string.h>

#include "gate.h"
#include "process.h"
#include "resuming.h"

enum { MILLISECOND = 1000, LONGEST_CALL = 65 * 1000 * MILLISECOND, PAUSE = MILLISECOND };

static gate lock;
static ekm_provider *current;
static bool forks_watched;

static const char *const KEYS[] = {"open-retry-ms", NULL};

void provider_lock(void) {
    while (!gate_enter(&lock, INT64_MAX)) {
    }
}

void provider_unlock(void) {
    gate_leave(&lock);
}

static void discard(ekm_provider *gone) {
    sessions_discard(&gone->sessions);
    if (gone->line != NULL) {
        channel_close(gone->line);
    }
    free(gone);
}

/* Sixty bits: however many sessions there will be, none gets the number 0. */
static bool draw_base(ekm_sessions *sessions) {
    if (!process_random(&sessions->base, sizeof sessions->base)) {
        return false;
    }
    sessions->base = sessions->base >> 4 | UINT64_C(1) << 59;
    sessions->last = sessions->base;
    return true;
}

static ekm_status create(ekm_provider **out) {
    ekm_provider *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return EKM_NO_MEMORY;
    }
    made->references = 1;
    made->process = process_id();
    channel_settings settings = {
        .service = "ekm",
        .configuration = "coffer-ekm.conf",
        .inside = &lock,
        .keys = KEYS,
        .resume = resuming_all,
        .context = made,
    };
    bool drawn = draw_base(&made->sessions);
    made->line = drawn ? channel_open(&settings) : NULL;
    if (made->line == NULL) {
        discard(made);
        return drawn ? EKM_NO_MEMORY : EKM_FAILURE;
    }
    made->open_patience = (moment) channel_number(made->line, "open-retry-ms", 0, 600000, 60000) * MILLISECOND;
    made->refresh_after = (moment) channel_ticket_refresh(made->line) * 1000 * MILLISECOND;
    *out = made;
    return EKM_SUCCESS;
}

/* In a child that goes on with its parent's provider: connections of its own. The parent's calls are not running here. */
static void adopt(ekm_provider *inherited) {
    inherited->process = process_id();
    inherited->references = 1;
    channel_after_fork(inherited->line);
    sessions_after_fork(&inherited->sessions);
}

/* With the lock held. */
static ekm_provider *present(void) {
    if (current != NULL && current->process != process_id()) {
        adopt(current);
    }
    return current;
}

ekm_status provider_open(void) {
    ekm_status status = EKM_SUCCESS;
    provider_lock();
    if (!forks_watched) {
        forks_watched = process_watch_forks(provider_lock, provider_unlock);
    }
    if (present() == NULL) {
        status = create(&current);
    }
    if (status == EKM_SUCCESS) {
        current->openings++;
    }
    provider_unlock();
    return status;
}

ekm_provider *provider_enter(void) {
    provider_lock();
    ekm_provider *entered = present();
    if (entered != NULL) {
        entered->references++;
    }
    provider_unlock();
    return entered;
}

void provider_leave(ekm_provider *left) {
    provider_lock();
    bool last = --left->references == 0;
    provider_unlock();
    if (last) {
        discard(left);
    }
}

static bool is_busy(const ekm_provider *closed) {
    provider_lock();
    bool busy = closed->references > 1;
    provider_unlock();
    return busy;
}

/* The provider, when this was the last who had it open. */
static ekm_provider *take_away(void) {
    provider_lock();
    ekm_provider *closed = present();
    bool last = closed != NULL && --closed->openings == 0;
    if (last) {
        closed->closing = true;
        current = NULL;
    }
    provider_unlock();
    return last ? closed : NULL;
}

void provider_close(void) {
    ekm_provider *closed = take_away();
    if (closed == NULL) {
        return;
    }
    moment deadline = deadline_now() + LONGEST_CALL;
    while (is_busy(closed) && deadline_pause(PAUSE, deadline)) {
    }
    provider_leave(closed);
}

uint64_t provider_number(const void *handle) {
    return (uint64_t) (uintptr_t) handle;
}

ekm_status provider_take(ekm_provider *p, const void *handle, ekm_session **taken) {
    uint64_t number = provider_number(handle);
    provider_lock();
    ekm_session *found = sessions_find(&p->sessions, number);
    ekm_status status = found != NULL ? found->ended : sessions_gave(&p->sessions, number) ? EKM_SESSION_EXPIRED
            : EKM_INVALID_ARGUMENT;
    if (status == EKM_SUCCESS) {
        found->references++;
        *taken = found;
    }
    provider_unlock();
    return status;
}

void provider_give_back(ekm_session *s) {
    provider_lock();
    bool last = --s->references == 0;
    provider_unlock();
    if (last) {
        session_discard(s);
    }
}

#ifndef _WIN32
/* A library that is unloaded without having been freed leaves nothing behind, unless somebody is still in it: a process that ends. */
__attribute__((destructor)) static void unload(void) {
    ekm_provider *left = current;
    if (left != NULL && left->references == 1 && left->process == process_id()) {
        current = NULL;
        discard(left);
    }
}
#endif
