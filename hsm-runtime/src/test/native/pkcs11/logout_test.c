/* A login ends: what was made under it is not handed out under the next, nor is its ticket kept for that. */
#define _GNU_SOURCE
#include <pthread.h>
#include <string.h>

#include "fixture.h"

static CK_BYTE encrypted[256];

static CK_RV decrypt(CK_SESSION_HANDLE session, CK_ULONG room) {
    CK_BYTE out[64];
    return p11->C_Decrypt(session, encrypted, sizeof encrypted, out, &room);
}

/* 30 bytes of plaintext wait for a large enough buffer. */
static void leave_plaintext(CK_SESSION_HANDLE session) {
    CK_MECHANISM rsa = {0x1, NULL, 0};
    CHECK_EQUAL(fixture_init_cipher(session, &rsa, KEY_RSA_PRIVATE, false), CKR_OK);
    CHECK_EQUAL(decrypt(session, 29), CKR_BUFFER_TOO_SMALL);
}

static CK_RV wrap(CK_SESSION_HANDLE session, CK_ULONG room) {
    CK_MECHANISM kwp = {0x210b, NULL, 0};
    CK_BYTE out[64];
    return p11->C_WrapKey(session, &kwp, KEY_AES, KEY_HMAC, out, &room);
}

static void log_in(CK_SESSION_HANDLE session) {
    CHECK_EQUAL(p11->C_Login(session, CKU_USER, (CK_BYTE *)TOKEN_PIN, strlen(TOKEN_PIN)), CKR_OK);
}

static void log_out_and_in(CK_SESSION_HANDLE session) {
    CHECK_EQUAL(p11->C_Logout(session), CKR_OK);
    log_in(session);
}

static CK_STATE state_of(CK_SESSION_HANDLE session) {
    CK_SESSION_INFO info;
    CHECK_EQUAL(p11->C_GetSessionInfo(session, &info), CKR_OK);
    return info.state;
}

static void plaintextIsNotFetchedAfterLogout(void) {
    CK_SESSION_HANDLE session = fixture_log_in(), other = fixture_open_session();
    leave_plaintext(session);
    leave_plaintext(other);
    CHECK_EQUAL(p11->C_Logout(session), CKR_OK);
    CHECK_EQUAL(decrypt(session, 64), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(decrypt(other, 64), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void plaintextIsNotFetchedUnderTheNextLogin(void) {
    CK_SESSION_HANDLE session = fixture_log_in(), other = fixture_open_session();
    leave_plaintext(session);
    leave_plaintext(other);
    log_out_and_in(other);
    CHECK_EQUAL(decrypt(session, 64), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(decrypt(other, 64), CKR_OPERATION_NOT_INITIALIZED);
    leave_plaintext(session);
    CHECK_EQUAL(decrypt(session, 64), CKR_OK);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void partsOfPlaintextAreNotFetchedUnderTheNextLogin(void) {
    CK_BYTE iv[16] = {0}, out[64];
    CK_ULONG size = 1;
    CK_MECHANISM cbc = {0x1082, iv, sizeof iv};
    CK_SESSION_HANDLE session = fixture_log_in();
    CHECK_EQUAL(fixture_init_cipher(session, &cbc, KEY_AES, false), CKR_OK);
    CHECK_EQUAL(p11->C_DecryptUpdate(session, encrypted, 32, out, &size), CKR_BUFFER_TOO_SMALL);
    log_out_and_in(session);
    size = sizeof out;
    CHECK_EQUAL(p11->C_DecryptUpdate(session, encrypted, 32, out, &size), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void wrappedKeyIsNotFetchedUnderTheNextLogin(void) {
    CK_SESSION_HANDLE session = fixture_log_in(), other = fixture_open_session();
    CHECK_EQUAL(wrap(session, 39), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(wrap(other, 39), CKR_BUFFER_TOO_SMALL);
    long before = fixture_asked(OPERATION_WRAP_KEY);
    log_out_and_in(other);
    CHECK_EQUAL(wrap(session, 64), CKR_OK);
    CHECK_EQUAL(wrap(other, 64), CKR_OK);
    CHECK_EQUAL(fixture_asked(OPERATION_WRAP_KEY), before + 2);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

/* What keeps no result goes on, as it may (PKCS#11 v3.1 §5.6.10). */
static void operationWithoutAResultOutlivesALogout(void) {
    CK_BYTE digest[32];
    CK_ULONG size = sizeof digest;
    CK_SESSION_HANDLE session = fixture_log_in();
    CHECK_EQUAL(p11->C_DigestInit(session, &(CK_MECHANISM){0x250, NULL, 0}), CKR_OK);
    log_out_and_in(session);
    CHECK_EQUAL(p11->C_Digest(session, digest, 3, digest, &size), CKR_OK);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void plaintextIsNotFetchedAfterATicketWasRefused(void) {
    CK_SESSION_HANDLE session = fixture_log_in(), other = fixture_open_session();
    leave_plaintext(session);
    fixture_stop_token();
    fixture_start_token();
    token_forgets_tickets(fixture_token());
    CHECK_EQUAL(fixture_sign(other), CKR_OK); /* the toy does not ask who */
    CHECK_EQUAL(state_of(session), CKS_RW_PUBLIC_SESSION);
    CHECK_EQUAL(decrypt(session, 64), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_stop_token();
    fixture_start_token();
}

/* Only a restart that the login does not survive ends what it left. */
static void plaintextIsFetchedAfterAResumption(void) {
    CK_SESSION_HANDLE session = fixture_log_in(), other = fixture_open_session();
    leave_plaintext(session);
    fixture_stop_token();
    fixture_start_token();
    CHECK_EQUAL(fixture_sign(other), CKR_OK);
    CHECK_EQUAL(decrypt(session, 64), CKR_OK);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static CK_SESSION_HANDLE busy;

static pthread_t begin(void *(*work)(void *)) {
    pthread_t thread;
    CHECK_EQUAL(pthread_create(&thread, NULL, work, NULL), 0);
    token_awaits_held(fixture_token());
    return thread;
}

static void end(pthread_t thread) {
    token_lets_go(fixture_token());
    CHECK_EQUAL(pthread_join(thread, NULL), 0);
}

static void *leave_plaintext_slowly(void *nothing) {
    leave_plaintext(busy);
    return nothing;
}

static void plaintextThatCameDuringALogoutIsNotFetchedAfterIt(void) {
    CK_SESSION_HANDLE session = fixture_log_in();
    busy = fixture_open_session();
    token_holds(fixture_token(), OPERATION_DECRYPT);
    pthread_t thread = begin(leave_plaintext_slowly);
    log_out_and_in(session);
    end(thread);
    CHECK_EQUAL(decrypt(busy, 64), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

/* After a restart it is seen whose ticket was kept. */
static void is_resumed(CK_SESSION_HANDLE session) {
    fixture_stop_token();
    fixture_start_token();
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(state_of(session), CKS_RW_USER_FUNCTIONS);
}

static void *refresh(void *nothing) {
    CK_BYTE random[8];
    CHECK_EQUAL(p11->C_GenerateRandom(busy, random, sizeof random), CKR_OK);
    return nothing;
}

static void refreshedTicketIsNotKeptForTheNextLogin(void) {
    fixture_configure("ticket-refresh-s = 0\n");
    CK_SESSION_HANDLE session = fixture_log_in();
    busy = fixture_open_session();
    token_holds(fixture_token(), OPERATION_REFRESH);
    pthread_t thread = begin(refresh);
    log_out_and_in(session);
    end(thread);
    is_resumed(session);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_configure("");
}

static void *change_pin(void *nothing) {
    CK_BYTE pin[] = TOKEN_PIN;
    CHECK_EQUAL(p11->C_SetPIN(busy, pin, sizeof pin - 1, pin, sizeof pin - 1), CKR_OK);
    return nothing;
}

static void ticketOfAChangedPinIsNotKeptForTheNextLogin(void) {
    CK_SESSION_HANDLE session = fixture_log_in();
    busy = fixture_open_session();
    token_holds(fixture_token(), OPERATION_SET_PIN);
    pthread_t thread = begin(change_pin);
    log_out_and_in(session);
    end(thread);
    is_resumed(session);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

int main(void) {
    fixture_begin();
    RUN(plaintextIsNotFetchedAfterLogout);
    RUN(plaintextIsNotFetchedUnderTheNextLogin);
    RUN(partsOfPlaintextAreNotFetchedUnderTheNextLogin);
    RUN(wrappedKeyIsNotFetchedUnderTheNextLogin);
    RUN(operationWithoutAResultOutlivesALogout);
    RUN(plaintextIsNotFetchedAfterATicketWasRefused);
    RUN(plaintextIsFetchedAfterAResumption);
    RUN(plaintextThatCameDuringALogoutIsNotFetchedAfterIt);
    RUN(refreshedTicketIsNotKeptForTheNextLogin);
    RUN(ticketOfAChangedPinIsNotKeptForTheNextLogin);
    fixture_end();
    return 0;
}
