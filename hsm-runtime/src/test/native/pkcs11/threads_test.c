/* Many threads, with sessions of their own and with one that they misuse together. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "fixture.h"

enum { THREADS = 8, ROUNDS = 200 };

static CK_SESSION_HANDLE shared;
static _Atomic long refused;

static void run_all(void *(*work)(void *)) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQUAL(pthread_create(&threads[i], NULL, work, NULL), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQUAL(pthread_join(threads[i], NULL), 0);
    }
}

static void *use_own_session(void *nothing) {
    CK_SESSION_HANDLE session = fixture_open_session();
    for (int i = 0; i < ROUNDS; i++) {
        CHECK_EQUAL(fixture_sign(session), CKR_OK);
    }
    CHECK_EQUAL(p11->C_CloseSession(session), CKR_OK);
    return nothing;
}

static void threadsWithTheirOwnSessionsDoNotMeet(void) {
    run_all(use_own_session);
}

/* Whoever comes between another's Init and Sign gets a code, and no more. */
static void *use_shared_session(void *nothing) {
    CK_OBJECT_HANDLE found;
    CK_ULONG count;
    for (int i = 0; i < ROUNDS; i++) {
        CK_RV rv = fixture_sign(shared);
        CHECK(rv == CKR_OK || rv == CKR_OPERATION_ACTIVE || rv == CKR_OPERATION_NOT_INITIALIZED);
        refused += rv != CKR_OK;
        p11->C_FindObjectsInit(shared, NULL, 0);
        p11->C_FindObjects(shared, &found, 1, &count);
        p11->C_FindObjectsFinal(shared);
        p11->C_SessionCancel(shared, CKF_SIGN | CKF_FIND_OBJECTS);
    }
    return nothing;
}

static void oneSessionMisusedByManyDoesNotBreak(void) {
    shared = fixture_open_session();
    run_all(use_shared_session);
    CHECK_EQUAL(p11->C_SessionCancel(shared, ~0UL), CKR_OK);
    CHECK_EQUAL(fixture_sign(shared), CKR_OK);
}

static void *use_closing_session(void *nothing) {
    for (int i = 0; i < ROUNDS; i++) {
        CK_RV rv = fixture_sign(shared);
        CHECK(rv == CKR_OK || rv == CKR_OPERATION_ACTIVE || rv == CKR_OPERATION_NOT_INITIALIZED || rv == CKR_SESSION_CLOSED
            || rv == CKR_SESSION_HANDLE_INVALID);
        if (i % 10 == 0) {
            p11->C_CloseSession(shared);
        }
    }
    return nothing;
}

static void sessionClosedByAnotherThreadIsSaid(void) {
    shared = fixture_open_session();
    run_all(use_closing_session);
    CHECK_EQUAL(fixture_sign(shared), CKR_SESSION_HANDLE_INVALID);
}

static void *come_and_go(void *nothing) {
    for (int i = 0; i < 20; i++) {
        CK_RV rv = p11->C_Initialize(NULL);
        CHECK(rv == CKR_OK || rv == CKR_CRYPTOKI_ALREADY_INITIALIZED);
        CK_SESSION_HANDLE session = 0;
        p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &session);
        fixture_sign(session);
        rv = p11->C_Finalize(NULL);
        CHECK(rv == CKR_OK || rv == CKR_CRYPTOKI_NOT_INITIALIZED);
    }
    return nothing;
}

static void initializeAndFinalizeMayRaceWithCalls(void) {
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_stop_token();
    fixture_start_token();
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        CHECK_EQUAL(pthread_create(&threads[i], NULL, come_and_go, NULL), 0);
    }
    for (int i = 0; i < 2; i++) {
        CHECK_EQUAL(pthread_join(threads[i], NULL), 0);
    }
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_CRYPTOKI_NOT_INITIALIZED);
}

int main(void) {
    fixture_begin();
    fixture_log_in();
    RUN(threadsWithTheirOwnSessionsDoNotMeet);
    RUN(oneSessionMisusedByManyDoesNotBreak);
    RUN(sessionClosedByAnotherThreadIsSaid);
    RUN(initializeAndFinalizeMayRaceWithCalls);
    fixture_end();
    return 0;
}
