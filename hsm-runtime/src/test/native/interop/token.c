#include "client.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void client_require(CK_RV result, const char *call) {
    if (result != CKR_OK) {
        printf("%s 0x%lx\n", call, result);
        exit(1);
    }
}

CK_FUNCTION_LIST *client_load(const char *library) {
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    void *symbol = handle == NULL ? NULL : dlsym(handle, "C_GetFunctionList");
    if (symbol == NULL) {
        printf("dlopen %s\n", dlerror());
        exit(1);
    }
    CK_RV (*entry)(CK_FUNCTION_LIST **);
    memcpy(&entry, &symbol, sizeof entry); /* ISO C has no cast from an object's address to a function's */
    CK_FUNCTION_LIST *calls = NULL;
    client_require(entry(&calls), "C_GetFunctionList");
    return calls;
}

void client_open(struct token *token, const char *library) {
    CK_C_INITIALIZE_ARGS arguments = {.flags = CKF_OS_LOCKING_OK};
    token->calls = client_load(library);
    token->pin = getenv("CLIENT_PIN");
    client_require(token->calls->C_Initialize(&arguments), "C_Initialize");
    CK_SLOT_ID slots[16];
    CK_ULONG count = 16;
    client_require(token->calls->C_GetSlotList(CK_TRUE, slots, &count), "C_GetSlotList");
    if (count == 0 || token->pin == NULL) {
        printf("no token or no CLIENT_PIN\n");
        exit(1);
    }
    token->slot = slots[0];
}

CK_RV client_session(const struct token *token, CK_SESSION_HANDLE *session) {
    return token->calls->C_OpenSession(token->slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, session);
}

CK_RV client_login(const struct token *token, CK_SESSION_HANDLE session) {
    CK_RV result = token->calls->C_Login(session, CKU_USER, (CK_BYTE *) token->pin, strlen(token->pin));
    return result == CKR_USER_ALREADY_LOGGED_IN ? CKR_OK : result;
}

CK_RV client_find(const struct token *token, CK_SESSION_HANDLE session, CK_ULONG class, const char *label, CK_OBJECT_HANDLE *found) {
    CK_ATTRIBUTE template[] = {
        {CKA_CLASS, &class, sizeof class},
        {CKA_LABEL, (CK_BYTE *) label, strlen(label)},
    };
    CK_ULONG count = 0;
    *found = 0;
    CK_RV result = token->calls->C_FindObjectsInit(session, template, 2);
    if (result == CKR_OK) {
        result = token->calls->C_FindObjects(session, found, 1, &count);
        CK_RV end = token->calls->C_FindObjectsFinal(session);
        return result == CKR_OK ? end : result;
    }
    return result;
}

CK_RV client_aes_key(const struct token *token, CK_SESSION_HANDLE session, CK_BBOOL on_token, const char *label, CK_OBJECT_HANDLE *key) {
    CK_MECHANISM mechanism = {CKM_AES_KEY_GEN, NULL, 0};
    CK_ULONG size = 32;
    CK_BBOOL yes = CK_TRUE;
    CK_ATTRIBUTE template[] = {
        {CKA_VALUE_LEN, &size, sizeof size},
        {CKA_TOKEN, &on_token, sizeof on_token},
        {CKA_PRIVATE, &yes, sizeof yes},
        {CKA_SENSITIVE, &yes, sizeof yes},
        {CKA_ENCRYPT, &yes, sizeof yes},
        {CKA_DECRYPT, &yes, sizeof yes},
        {CKA_LABEL, (CK_BYTE *) label, strlen(label)},
    };
    return token->calls->C_GenerateKey(session, &mechanism, template, sizeof template / sizeof template[0], key);
}
