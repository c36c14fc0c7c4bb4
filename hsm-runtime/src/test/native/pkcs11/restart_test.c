/* The service goes and comes back: sessions and login are as before. */
#include <string.h>

#include "deadline.h"
#include "fixture.h"

enum { SECOND = 1000 * 1000 };

static CK_STATE state_of(CK_SESSION_HANDLE session) {
    CK_SESSION_INFO info;
    CHECK_EQUAL(p11->C_GetSessionInfo(session, &info), CKR_OK);
    return info.state;
}

static void restart(void) {
    fixture_stop_token();
    fixture_start_token();
}

static void sessionsAndLoginAreResumed(void) {
    CK_SESSION_HANDLE session = fixture_log_in(), other = fixture_open_session();
    restart();
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(fixture_sign(other), CKR_OK);
    CHECK_EQUAL(state_of(other), CKS_RW_USER_FUNCTIONS);
    CHECK_EQUAL(fixture_asked(OPERATION_LOGIN), 0);
    CHECK_EQUAL(fixture_asked(OPERATION_RESUME), 1);
    CHECK_EQUAL(token_sessions(fixture_token()), 2);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void refusedTicketLeavesSessionsWithoutLogin(void) {
    CK_SESSION_HANDLE session = fixture_log_in();
    restart();
    token_forgets_tickets(fixture_token());
    CHECK_EQUAL(fixture_sign(session), CKR_OK); /* the toy does not ask who */
    CHECK_EQUAL(state_of(session), CKS_RW_PUBLIC_SESSION);
    CHECK_EQUAL(token_sessions(fixture_token()), 1);
    CHECK_EQUAL(p11->C_Login(session, CKU_USER, (CK_BYTE *)TOKEN_PIN, strlen(TOKEN_PIN)), CKR_OK);
    CHECK_EQUAL(state_of(session), CKS_RW_USER_FUNCTIONS);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    restart();
}

static void callsWhileTheServiceIsAwayEndWithACode(void) {
    fixture_deadline(FIXTURE_IMPATIENT);
    CK_SESSION_HANDLE session = fixture_log_in();
    fixture_stop_token();
    CK_RV rv = fixture_sign(session);
    CHECK(rv == CKR_DEVICE_REMOVED || rv == CKR_DEVICE_ERROR);
    CHECK_EQUAL(fixture_sign(session), CKR_DEVICE_REMOVED);
    CHECK_EQUAL(state_of(session), CKS_RW_USER_FUNCTIONS);
    fixture_start_token();
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_deadline(FIXTURE_PATIENT);
}

/* libp11 waits for ever for a session that it could not open. */
static void sessionOpenedWhileTheServiceIsAwayWorksOnceItIsBack(void) {
    fixture_deadline(FIXTURE_IMPATIENT);
    CK_SESSION_HANDLE session = fixture_log_in(), other;
    fixture_stop_token();
    CHECK_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &other), CKR_OK);
    CHECK_EQUAL(fixture_sign(other), CKR_DEVICE_REMOVED);
    CHECK_EQUAL(state_of(other), CKS_RO_USER_FUNCTIONS);
    fixture_start_token();
    CHECK_EQUAL(fixture_sign(other), CKR_OK);
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(token_sessions(fixture_token()), 2);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_deadline(FIXTURE_PATIENT);
}

static void sessionOpensAlsoInAModuleThatHasNotMetTheServiceItself(void) {
    CK_SESSION_HANDLE session = fixture_log_in();
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_stop_token();
    CHECK_EQUAL(p11->C_Initialize(NULL), CKR_OK);
    CHECK_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &session), CKR_OK);
    fixture_start_token();
    CHECK_EQUAL(p11->C_Login(session, CKU_USER, (CK_BYTE *)TOKEN_PIN, strlen(TOKEN_PIN)), CKR_OK);
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void runningOperationIsGoneWithTheService(void) {
    CK_MECHANISM sha256 = {0x250, NULL, 0};
    CK_SESSION_HANDLE session = fixture_log_in();
    CK_BYTE digest[32];
    CK_ULONG size = sizeof digest;
    CHECK_EQUAL(p11->C_DigestInit(session, &sha256), CKR_OK);
    CHECK_EQUAL(p11->C_DigestUpdate(session, digest, 3), CKR_OK);
    restart();
    CHECK_EQUAL(p11->C_DigestUpdate(session, digest, 3), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_DigestInit(session, &sha256), CKR_OK);
    CHECK_EQUAL(p11->C_Digest(session, digest, 3, digest, &size), CKR_OK);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void operationNotYetStartedSurvives(void) {
    CK_MECHANISM rsa = {0x40, NULL, 0};
    CK_SESSION_HANDLE session = fixture_log_in();
    CK_BYTE signature[256];
    CK_ULONG size = sizeof signature;
    CHECK_EQUAL(p11->C_SignInit(session, &rsa, KEY_RSA_PRIVATE), CKR_OK);
    restart();
    CHECK_EQUAL(p11->C_Sign(session, signature, 3, signature, &size), CKR_OK);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void sessionClosedWhileTheServiceWasAwayStaysClosed(void) {
    fixture_deadline(FIXTURE_IMPATIENT);
    CK_SESSION_HANDLE session = fixture_log_in(), other = fixture_open_session();
    fixture_stop_token();
    CHECK_EQUAL(p11->C_CloseSession(other), CKR_OK);
    fixture_start_token();
    CHECK_EQUAL(fixture_sign(other), CKR_SESSION_HANDLE_INVALID);
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(token_sessions(fixture_token()), 1);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_deadline(FIXTURE_PATIENT);
}

static long signs_until_refreshed(CK_SESSION_HANDLE session, long before) {
    moment start = deadline_now();
    while (token_asked(fixture_token(), OPERATION_REFRESH) == before && deadline_now() - start < 30 * SECOND) {
        CHECK_EQUAL(fixture_sign(session), CKR_OK);
    }
    CHECK_EQUAL(token_asked(fixture_token(), OPERATION_REFRESH), before + 1);
    return (long)(deadline_now() - start);
}

/* By a clock of whole seconds, so that the first of two may pass at once. */
static void ticketIsRefreshedWhenItsTimeHasCome(void) {
    fixture_configure("ticket-refresh-s = 2\n");
    CK_SESSION_HANDLE session = fixture_log_in();
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(token_asked(fixture_token(), OPERATION_REFRESH), 0);
    signs_until_refreshed(session, 0);
    CHECK(signs_until_refreshed(session, 1) >= SECOND);
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(token_asked(fixture_token(), OPERATION_REFRESH), 2);
    restart();
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(state_of(session), CKS_RW_USER_FUNCTIONS);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_configure("");
}

static void ticketIsRefreshedByWhateverCallsTheService(void) {
    fixture_configure("ticket-refresh-s = 0\n");
    restart();
    CK_SESSION_HANDLE session = fixture_log_in();
    CK_BYTE random[8];
    CHECK_EQUAL(token_asked(fixture_token(), OPERATION_REFRESH), 0);
    CHECK_EQUAL(p11->C_GenerateRandom(session, random, sizeof random), CKR_OK);
    CHECK_EQUAL(token_asked(fixture_token(), OPERATION_REFRESH), 1);
    CHECK_EQUAL(p11->C_FindObjectsInit(session, NULL, 0), CKR_OK);
    CHECK_EQUAL(token_asked(fixture_token(), OPERATION_REFRESH), 2);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_configure("");
}

static void ticketIsKeptForHoursUnlessToldOtherwise(void) {
    restart();
    CK_SESSION_HANDLE session = fixture_log_in();
    for (int i = 0; i < 10; i++) {
        CHECK_EQUAL(fixture_sign(session), CKR_OK);
    }
    CHECK_EQUAL(token_asked(fixture_token(), OPERATION_REFRESH), 0);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_configure("ticket-refresh-s = 86401\n");
    session = fixture_log_in();
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(token_asked(fixture_token(), OPERATION_REFRESH), 0);
    CHECK_EQUAL(fixture_logged("ticket-refresh-s must be a number from 0 to 86400; 10800 is used instead"), 1);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_configure("");
}

int main(void) {
    fixture_begin();
    RUN(sessionsAndLoginAreResumed);
    RUN(refusedTicketLeavesSessionsWithoutLogin);
    RUN(callsWhileTheServiceIsAwayEndWithACode);
    RUN(sessionOpenedWhileTheServiceIsAwayWorksOnceItIsBack);
    RUN(sessionOpensAlsoInAModuleThatHasNotMetTheServiceItself);
    RUN(runningOperationIsGoneWithTheService);
    RUN(operationNotYetStartedSurvives);
    RUN(sessionClosedWhileTheServiceWasAwayStaysClosed);
    RUN(ticketIsRefreshedWhenItsTimeHasCome);
    RUN(ticketIsRefreshedByWhateverCallsTheService);
    RUN(ticketIsKeptForHoursUnlessToldOtherwise);
    fixture_end();
    return 0;
}
