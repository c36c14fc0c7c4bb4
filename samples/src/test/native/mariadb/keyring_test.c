/*
 * The keyring of MariaDB's plugin on a SoftHSM token, which stands in for the module: keyring_test <module> <directory>. Master keys and
 * wrapped tablespace keys are made here, as `coffer tde tablespace-key` makes them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CRYPTOKI_COMPAT
#include <p11-kit/pkcs11.h>

#include "keyring.h"
#include "token.h"

enum { HEADER = 23, IV = 12, TAG = 16, LENGTH = 32, WHOLE = HEADER + IV + LENGTH + TAG, THREADS = 4 };

#define CHECK(condition) check(condition, #condition, __LINE__)

static const char *directory;
static CK_FUNCTION_LIST *token;
static CK_SESSION_HANDLE session;
static atomic_int complaints;
static atomic_bool going;

static void check(bool holds, const char *what, int line) {
    if (!holds) {
        fprintf(stderr, "line %d: %s does not hold\n", line, what);
        exit(1);
    }
}

static void complain(const char *line) {
    if (strstr(line, "lock memory") == NULL) {
        complaints++;
    }
}

static const char *in(const char *name) {
    static __thread char paths[4][256];
    static __thread unsigned at;
    char *path = paths[at++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", directory, name);
    return path;
}

static void fill(const char *name, const void *bytes, size_t size, mode_t mode) {
    int fd = open(in(name), O_WRONLY | O_CREAT | O_TRUNC, mode);
    CHECK(fd >= 0 && write(fd, bytes, size) == (ssize_t) size && fchmod(fd, mode) == 0 && close(fd) == 0);
}

/* Two keys bear the same label; only the second wraps. */
static CK_OBJECT_HANDLE master(void) {
    char label[] = "ORACLE.TDE.HSM.MK.0600000000000000000000000000000000";
    CK_OBJECT_CLASS class = CKO_SECRET_KEY;
    CK_KEY_TYPE type = CKK_AES;
    CK_ULONG length = 32;
    CK_BBOOL yes = CK_TRUE;
    CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof class}, {CKA_KEY_TYPE, &type, sizeof type},
        {CKA_VALUE_LEN, &length, sizeof length}, {CKA_TOKEN, &yes, sizeof yes}, {CKA_ENCRYPT, &yes, sizeof yes},
        {CKA_DECRYPT, &yes, sizeof yes}, {CKA_LABEL, label, sizeof label - 1}};
    CK_MECHANISM mechanism = {CKM_AES_KEY_GEN, NULL, 0};
    CK_OBJECT_HANDLE made = 0;
    for (int i = 0; i < 2; i++) {
        CHECK(token->C_GenerateKey(session, &mechanism, wanted, sizeof wanted / sizeof wanted[0], &made) == CKR_OK);
    }
    return made;
}

static void wrap(CK_OBJECT_HANDLE key, uint8_t first, uint8_t wrapped[WHOLE]) {
    typedef struct {
        CK_BYTE *iv;
        CK_ULONG iv_length;
        CK_ULONG iv_bits;
        CK_BYTE *associated;
        CK_ULONG associated_length;
        CK_ULONG tag_bits;
    } parameters;
    uint8_t plain[LENGTH] = {first};
    memset(wrapped, 0, WHOLE);
    memcpy(wrapped, "CTSK\1\6", 6);
    wrapped[HEADER - 1] = LENGTH;
    wrapped[HEADER] = first;
    parameters gcm = {wrapped + HEADER, IV, IV * 8, wrapped, HEADER, TAG * 8};
    CK_MECHANISM mechanism = {CKM_AES_GCM, &gcm, sizeof gcm};
    CK_ULONG size = LENGTH + TAG;
    CHECK(token->C_EncryptInit(session, &mechanism, key) == CKR_OK);
    CHECK(token->C_Encrypt(session, plain, LENGTH, wrapped + HEADER + IV, &size) == CKR_OK && size == LENGTH + TAG);
}

static void make_keys(const char *module, uint8_t wrapped[3][WHOLE]) {
    CK_RV (*list)(CK_FUNCTION_LIST **);
    void *library = dlopen(module, RTLD_NOW);
    CHECK(library != NULL);
    *(void **) &list = dlsym(library, "C_GetFunctionList");
    CHECK(list(&token) == CKR_OK && token->C_Initialize(NULL) == CKR_OK);
    CK_SLOT_ID slots[4];
    CK_ULONG count = 4;
    CHECK(token->C_GetSlotList(CK_TRUE, slots, &count) == CKR_OK);
    CHECK(token->C_OpenSession(slots[0], CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session) == CKR_OK);
    CHECK(token->C_Login(session, CKU_USER, (CK_UTF8CHAR *) "1234", 4) == CKR_OK);
    CK_OBJECT_HANDLE key = master();
    for (uint8_t i = 0; i < 3; i++) {
        wrap(key, i + 1, wrapped[i]);
    }
    CHECK(token->C_Finalize(NULL) == CKR_OK);
    dlclose(library);
}

static bool opens(const char *module, const char *says) {
    char reason[TOKEN_REASON] = "";
    bool opened = token_open(module, in("pin"), reason);
    CHECK(opened == (says == NULL) && (opened || strstr(reason, says) != NULL));
    CHECK(strstr(reason, "4321") == NULL);
    if (!opened) {
        token_close();
    }
    return opened;
}

static void takes_no_pin_that_it_should_not(const char *module) {
    char longest[600];
    memset(longest, '4', sizeof longest);
    opens(module, "cannot be read");
    fill("pin", "1234\n", 5, 0644);
    opens(module, "is open to others");
    fill("pin", longest, sizeof longest, 0600);
    opens(module, "too long");
    fill("pin", "\n1234", 5, 0600);
    opens(module, "is empty");
    fill("pin", "4321", 4, 0600);
    opens(module, "wrong PIN");
    fill("pin", "1234\r\nanything", 14, 0640);
    opens("libsofthsm2.so", "whole path");
    opens("/dev/null", "");
}

static void *ask(void *unused) {
    while (going) {
        uint8_t key[LENGTH];
        unsigned length = sizeof key;
        unsigned latest = keyring_latest(1);
        CHECK(latest >= 1 && keyring_get(1, latest, key, &length) == 0 && length == LENGTH && key[0] == latest);
    }
    return unused;
}

static void await_version(unsigned version) {
    for (int i = 0; keyring_latest(1) != version; i++) {
        CHECK(i < 6000);
        usleep(10000);
    }
}

/* Threads ask all the while. */
static void takes_what_is_filled_later(uint8_t wrapped[3][WHOLE]) {
    pthread_t threads[THREADS];
    going = true;
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, ask, NULL) == 0);
    }
    int before = complaints;
    fill("keys/1.2.key", wrapped[1], WHOLE / 2, 0600);
    for (int i = 0; complaints == before; i++) {
        CHECK(i < 6000);
        usleep(10000);
    }
    fill("keys/1.2.key", wrapped[1], WHOLE, 0600);
    await_version(2);
    fill("keys/1.3.key", wrapped[2], WHOLE, 0600);
    await_version(3);
    going = false;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    CHECK(complaints <= before + 2); /* 1.3.key may have been seen half-written, too */
}

static void knows_its_files(uint8_t wrapped[3][WHOLE]) {
    static const char *const others[] = {"keys/01.4.key", "keys/1.-4.key", "keys/1.4.key~", "keys/0.4.key", "keys/1.0.key"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        fill(others[i], "nothing", 7, 0600);
    }
    CHECK(!keyring_open(in("keys"), complain) && complaints == 1);
    keyring_close();
    fill("keys/1.1.key", wrapped[0], WHOLE, 0600);
    wrapped[1][WHOLE - 1] ^= 1;
    fill("keys/1.2.key", wrapped[1], WHOLE, 0600);
    wrapped[1][WHOLE - 1] ^= 1;
    CHECK(!keyring_open(in("keys"), complain) && complaints == 2);
    keyring_close();
    CHECK(unlink(in("keys/1.2.key")) == 0 && mkfifo(in("keys/1.9.key"), 0600) == 0);
    CHECK(!keyring_open(in("keys"), complain) && complaints == 3);
    keyring_close();
    CHECK(unlink(in("keys/1.9.key")) == 0);
    CHECK(keyring_open(in("keys"), complain) && complaints == 3);
    unsigned length = LENGTH - 1;
    uint8_t key[LENGTH];
    CHECK(keyring_get(1, 1, key, &length) == 2 && length == LENGTH);
    CHECK(keyring_get(1, 4, key, &length) == 1 && keyring_latest(2) == 0);
}

int main(int count, char **arguments) {
    static uint8_t wrapped[3][WHOLE];
    static char keys[256];
    CHECK(count == 3);
    directory = arguments[2];
    make_keys(arguments[1], wrapped);
    takes_no_pin_that_it_should_not(arguments[1]);
    CHECK(opens(arguments[1], NULL));
    knows_its_files(wrapped);
    keyring_close();
    snprintf(keys, sizeof keys, "%s/keys", directory);
    CHECK(keyring_open(keys, complain));
    takes_what_is_filled_later(wrapped);
    keyring_close();
    token_close();
    puts("passed");
    return 0;
}
