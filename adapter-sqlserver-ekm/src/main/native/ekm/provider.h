/*
 * The provider between SqlCryptInitializeProvider and SqlCryptFreeProvider.
 *
 * One lock guards everything here. It is held for short local work only, never over a call to the service. Calls hold a
 * reference, so that SqlCryptFreeProvider in one thread takes nothing from under another.
 */
#ifndef COFFER_EKM_PROVIDER_H
#define COFFER_EKM_PROVIDER_H

#include "channel.h"
#include "facts.h"
#include "session.h"

typedef struct ekm_provider {
    size_t openings;     /* SqlCryptInitializeProvider without SqlCryptFreeProvider */
    size_t references;   /* calls that run, and the library's own until it is freed */
    bool closing;        /* nobody is to wait any longer */
    uint64_t process;    /* whose connections the channel has */
    channel *line;
    moment open_patience; /* how long SqlCryptOpenSession waits for a service that is not there yet */
    moment refresh_after; /* from when a ticket was given */
    ekm_sessions sessions;
    uint64_t rounds;     /* how often sessions were resumed */
    ekm_status hindrance; /* why they could not be, though their tickets may be good */
    facts_cache facts;
    ekm_status told;     /* the refusal last written to the log, and when */
    moment told_at;
} ekm_provider;

/*
 * Opens it, or counts one more who did: CREATE CRYPTOGRAPHIC PROVIDER initializes a library that another one has in use, finds its
 * GUID taken, and frees it again.
 */
ekm_status provider_open(void);

/* Counts one less; after the last takes it away, and waits for the calls that are still running, as long as these may. */
void provider_close(void);

/* A reference, made fit for a forked child first; NULL when it is not open. */
ekm_provider *provider_enter(void);

void provider_leave(ekm_provider *);

/* The number that SQL Server keeps for a session. */
uint64_t provider_number(const void *handle);

/* A session for a call to run on; else the status: the handle may be none, or of a session that is over. */
ekm_status provider_take(ekm_provider *, const void *handle, ekm_session **);

/* Ends the call's use of it. */
void provider_give_back(ekm_session *);

void provider_lock(void);
void provider_unlock(void);

#endif
