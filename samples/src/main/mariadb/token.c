/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#define _GNU_SOURCE
#include "token.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CRYPTOKI_COMPAT
#include <p11-kit/pkcs11.h>

enum { MAGIC = 5, IDENTIFIER = 17, IV = 12, TAG = 16, HEADER = MAGIC + IDENTIFIER + 1, LONGEST_PIN = 512,
    NAMESAKES = 4 };

/* CK_GCM_PARAMS of PKCS#11 2.40 (§2.12.3), by a name of ours: older headers do not have it. */
typedef struct {
    CK_BYTE *iv;
    CK_ULONG iv_length;
    CK_ULONG iv_bits;
    CK_BYTE *associated;
    CK_ULONG associated_length;
    CK_ULONG tag_bits;
} gcm_parameters;

static void *library;
static CK_FUNCTION_LIST *functions;
static CK_SESSION_HANDLE session;

void token_wipe(void *bytes, size_t size) {
    explicit_bzero(bytes, size);
}

static bool failed(char reason[TOKEN_REASON], const char *call, CK_RV result) {
    snprintf(reason, TOKEN_REASON, "%s of the PKCS#11 module answers 0x%lx%s", call, (unsigned long) result,
        result == CKR_PIN_INCORRECT  ? ", wrong PIN"
        : result == CKR_PIN_LOCKED   ? ", the user is locked"
        : result == CKR_DEVICE_ERROR || result == CKR_TOKEN_NOT_PRESENT ? ", does coffer serve run?"
                                     : "");
    return false;
}

static bool load(const char *module, char reason[TOKEN_REASON]) {
    if (module[0] != '/') {
        snprintf(reason, TOKEN_REASON, "the PKCS#11 module needs its whole path, from / on");
        return false;
    }
    library = dlopen(module, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        snprintf(reason, TOKEN_REASON, "%s", dlerror());
        return false;
    }
    CK_RV (*list)(CK_FUNCTION_LIST **);
    *(void **) &list = dlsym(library, "C_GetFunctionList");
    if (list == NULL || list(&functions) != CKR_OK) {
        functions = NULL;
        snprintf(reason, TOKEN_REASON, "%s is no PKCS#11 module", module);
        return false;
    }
    CK_C_INITIALIZE_ARGS arguments = {.flags = CKF_OS_LOCKING_OK};
    CK_RV result = functions->C_Initialize(&arguments);
    if (result != CKR_OK) {
        functions = NULL;
        return failed(reason, "C_Initialize", result);
    }
    return true;
}

/* Opens it for nobody else's eyes; -1, and why. */
static int open_pin(const char *file, char reason[TOKEN_REASON]) {
    struct stat found;
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &found) != 0 || !S_ISREG(found.st_mode)) {
        snprintf(reason, TOKEN_REASON, "the PIN file %.150s cannot be read", file);
    } else if ((found.st_mode & (S_IRWXO | S_IWGRP)) != 0) {
        snprintf(reason, TOKEN_REASON, "the PIN file %.150s is open to others: chmod 600, or 640", file);
    } else {
        return fd;
    }
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

/* The first line of the file; the caller wipes it. */
static bool read_pin(const char *file, char pin[LONGEST_PIN], char reason[TOKEN_REASON]) {
    int fd = open_pin(file, reason);
    if (fd < 0) {
        return false;
    }
    ssize_t size = read(fd, pin, LONGEST_PIN - 1);
    close(fd);
    pin[size < 0 ? 0 : size] = '\0';
    size_t line = strcspn(pin, "\r\n");
    if (line == 0 || line == LONGEST_PIN - 1) {
        snprintf(reason, TOKEN_REASON, "the first line of the PIN file %.150s is %s", file, line == 0 ? "empty" : "too long");
        return false;
    }
    pin[line] = '\0';
    return true;
}

static bool log_in(const char *pin_file, char reason[TOKEN_REASON]) {
    char pin[LONGEST_PIN];
    if (!read_pin(pin_file, pin, reason)) {
        token_wipe(pin, sizeof pin);
        return false;
    }
    CK_RV result = functions->C_Login(session, CKU_USER, (CK_UTF8CHAR *) pin, strlen(pin));
    token_wipe(pin, sizeof pin);
    return result == CKR_OK || result == CKR_USER_ALREADY_LOGGED_IN || failed(reason, "C_Login", result);
}

bool token_open(const char *module, const char *pin_file, char reason[TOKEN_REASON]) {
    if (!load(module, reason)) {
        return false;
    }
    CK_SLOT_ID slots[16];
    CK_ULONG count = sizeof slots / sizeof slots[0];
    CK_RV result = functions->C_GetSlotList(CK_TRUE, slots, &count);
    if (result != CKR_OK || count == 0) {
        return failed(reason, "C_GetSlotList", result == CKR_OK ? CKR_TOKEN_NOT_PRESENT : result);
    }
    result = functions->C_OpenSession(slots[0], CKF_SERIAL_SESSION, NULL, NULL, &session);
    if (result != CKR_OK) {
        return failed(reason, "C_OpenSession", result);
    }
    return log_in(pin_file, reason);
}

/*
 * The keys with the label under which Oracle would look for the master key, too. Other users' keys may bear the same; which is the right
 * one shows when it unwraps.
 */
static bool find(const uint8_t *identifier, CK_OBJECT_HANDLE found[NAMESAKES], CK_ULONG *count, char reason[TOKEN_REASON]) {
    char label[64] = "ORACLE.TDE.HSM.MK.";
    for (int i = 0; i < IDENTIFIER; i++) {
        snprintf(label + strlen(label), 3, "%02X", identifier[i]);
    }
    CK_OBJECT_CLASS class = CKO_SECRET_KEY;
    CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof class}, {CKA_LABEL, label, strlen(label)}};
    CK_RV result = functions->C_FindObjectsInit(session, wanted, 2);
    if (result != CKR_OK) {
        return failed(reason, "C_FindObjectsInit", result);
    }
    *count = 0;
    result = functions->C_FindObjects(session, found, NAMESAKES, count);
    functions->C_FindObjectsFinal(session);
    if (result != CKR_OK) {
        return failed(reason, "C_FindObjects", result);
    }
    if (*count == 0) {
        snprintf(reason, TOKEN_REASON, "this user of the module has no master key %s", label);
        return false;
    }
    return true;
}

static bool is_wrapped_key(const uint8_t *wrapped, size_t size) {
    static const uint8_t magic[MAGIC] = {'C', 'T', 'S', 'K', 1};
    if (size < HEADER || memcmp(wrapped, magic, MAGIC) != 0) {
        return false;
    }
    size_t length = wrapped[HEADER - 1];
    return (length == 16 || length == 24 || length == 32) && size == HEADER + IV + length + TAG;
}

static bool unwrap_under(CK_OBJECT_HANDLE master, const uint8_t *wrapped, size_t size, uint8_t key[TOKEN_LONGEST_KEY],
    char reason[TOKEN_REASON]) {
    gcm_parameters gcm = {(CK_BYTE *) wrapped + HEADER, IV, IV * 8, (CK_BYTE *) wrapped, HEADER, TAG * 8};
    CK_MECHANISM mechanism = {CKM_AES_GCM, &gcm, sizeof gcm};
    CK_RV result = functions->C_DecryptInit(session, &mechanism, master);
    if (result != CKR_OK) {
        return failed(reason, "C_DecryptInit", result);
    }
    CK_BYTE plain[TOKEN_LONGEST_KEY + TAG]; /* some modules want room for the tag, too */
    CK_ULONG count = sizeof plain;
    result = functions->C_Decrypt(session, (CK_BYTE *) wrapped + HEADER + IV, size - HEADER - IV, plain, &count);
    bool whole = result == CKR_OK && count == wrapped[HEADER - 1];
    if (whole) {
        memcpy(key, plain, count);
    }
    token_wipe(plain, sizeof plain);
    if (whole) {
        return true;
    }
    return failed(reason, "C_Decrypt", result);
}

bool token_unwrap(const uint8_t *wrapped, size_t size, uint8_t key[TOKEN_LONGEST_KEY], size_t *length,
    char reason[TOKEN_REASON]) {
    if (!is_wrapped_key(wrapped, size)) {
        snprintf(reason, TOKEN_REASON, "it is no wrapped tablespace key");
        return false;
    }
    CK_OBJECT_HANDLE masters[NAMESAKES];
    CK_ULONG count;
    if (!find(wrapped + MAGIC, masters, &count, reason)) {
        return false;
    }
    for (CK_ULONG i = 0; i < count; i++) {
        if (unwrap_under(masters[i], wrapped, size, key, reason)) {
            *length = wrapped[HEADER - 1];
            return true;
        }
    }
    return false;
}

void token_close(void) {
    if (functions != NULL) {
        functions->C_Finalize(NULL);
        functions = NULL;
    }
    if (library != NULL) {
        dlclose(library);
        library = NULL;
    }
}
