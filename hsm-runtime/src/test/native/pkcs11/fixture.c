#define _GNU_SOURCE
#include "fixture.h"

#include <dlfcn.h>
#include <string.h>
#include <unistd.h>

CK_FUNCTION_LIST_3_0 *p11;

static char directory[32];
static void *library;
static token *running;

static const char *in_directory(const char *name) {
    static __thread char path[64];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

static void configure(void) {
    FILE *file = fopen(in_directory("coffer-pkcs11.conf"), "w");
    CHECK(file != NULL);
    fprintf(file, "socket = %s\n", in_directory("coffer.sock"));
    fprintf(file, "deadline-ms = 5000\nlog = %s\nlog-level = info\n", in_directory("log"));
    CHECK_EQUAL(fclose(file), 0);
    setenv("COFFER_PKCS11_CONF", in_directory("coffer-pkcs11.conf"), 1);
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
    running = token_start(in_directory("coffer.sock"));
}

void fixture_stop_token(void) {
    token_stop(running);
    running = NULL;
}

token *fixture_token(void) {
    return running;
}

void fixture_begin(void) {
    strcpy(directory, "/tmp/coffer-test-XXXXXX");
    CHECK(mkdtemp(directory) != NULL);
    configure();
    fixture_start_token();
    fixture_load();
}

void fixture_end(void) {
    fixture_unload();
    fixture_stop_token();
    unlink(in_directory("log"));
    unlink(in_directory("coffer-pkcs11.conf"));
    CHECK_EQUAL(rmdir(directory), 0);
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

CK_RV fixture_sign(CK_SESSION_HANDLE session) {
    CK_MECHANISM mechanism = {0x40, NULL, 0}; /* SHA256_RSA_PKCS */
    CK_BYTE signature[256];
    CK_ULONG size = sizeof signature;
    CK_RV rv = p11->C_SignInit(session, &mechanism, KEY_RSA_PRIVATE);
    return rv == CKR_OK ? p11->C_Sign(session, (CK_BYTE *)"data", 4, signature, &size) : rv;
}

int fixture_logged(const char *text) {
    FILE *file = fopen(in_directory("log"), "r");
    char line[2048];
    int count = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        count += strstr(line, text) != NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    return count;
}
