#define _GNU_SOURCE
#include "fixture.h"

#include <dlfcn.h>
#include <string.h>

#include "scratch.h"

CK_FUNCTION_LIST_3_0 *p11;

static void *library;
static token *running;

static void configure(int deadline, const char *more) {
    scratch_write("coffer-pkcs11.conf", "socket = %s\ndeadline-ms = %d\nlog = %s\nlog-level = info\n%s",
            scratch_path("coffer.sock"), deadline, scratch_path("log"), more);
    setenv("COFFER_PKCS11_CONF", scratch_path("coffer-pkcs11.conf"), 1);
}

void fixture_deadline(int milliseconds) {
    configure(milliseconds, "");
}

void fixture_configure(const char *more) {
    configure(FIXTURE_PATIENT, more);
}

void fixture_load(void) {
    library = dlopen(getenv("COFFER_MODULE"), RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
    }
    CHECK(library != NULL);
    CK_RV (*get)(CK_UTF8CHAR *, CK_VERSION *, CK_INTERFACE **, CK_FLAGS);
    *(void **)&get = dlsym(library, "C_GetInterface");
    CK_INTERFACE *interface;
    CHECK_EQUAL(get((CK_UTF8CHAR *)"PKCS 11", NULL, &interface, 0), CKR_OK);
    p11 = interface->pFunctionList;
    CHECK_EQUAL(p11->version.major, 3);
}

void fixture_unload(void) {
    CHECK_EQUAL(dlclose(library), 0);
    p11 = NULL;
}

void fixture_start_token(void) {
    running = token_start(scratch_path("coffer.sock"));
}

void fixture_stop_token(void) {
    token_stop(running);
    running = NULL;
}

token *fixture_token(void) {
    return running;
}

long fixture_asked(uint32_t operation) {
    return token_asked(running, operation);
}

void fixture_begin(void) {
    scratch_begin();
    fixture_configure("");
    fixture_start_token();
    fixture_load();
}

void fixture_end(void) {
    fixture_unload();
    fixture_stop_token();
    scratch_remove("log");
    scratch_remove("coffer-pkcs11.conf");
    scratch_end();
}

CK_SESSION_HANDLE fixture_open_session(void) {
    CK_SESSION_HANDLE session = 0;
    CHECK_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session), CKR_OK);
    return session;
}

CK_SESSION_HANDLE fixture_log_in(void) {
    CHECK_EQUAL(p11->C_Initialize(NULL), CKR_OK);
    CK_SESSION_HANDLE session = fixture_open_session();
    CHECK_EQUAL(p11->C_Login(session, CKU_USER, (CK_BYTE *)TOKEN_PIN, strlen(TOKEN_PIN)), CKR_OK);
    return session;
}

CK_RV fixture_init_sign(CK_SESSION_HANDLE session, CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE key) {
    CK_MECHANISM mechanism = {type, NULL, 0};
    return p11->C_SignInit(session, &mechanism, key);
}

CK_RV fixture_init_cipher(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, bool encrypts) {
    return encrypts ? p11->C_EncryptInit(session, mechanism, key) : p11->C_DecryptInit(session, mechanism, key);
}

CK_RV fixture_sign(CK_SESSION_HANDLE session) {
    CK_BYTE signature[256];
    CK_ULONG size = sizeof signature;
    CK_RV rv = fixture_init_sign(session, 0x40, KEY_RSA_PRIVATE); /* SHA256_RSA_PKCS */
    return rv == CKR_OK ? p11->C_Sign(session, (CK_BYTE *)"data", 4, signature, &size) : rv;
}

int fixture_logged(const char *text) {
    return scratch_count("log", text);
}
