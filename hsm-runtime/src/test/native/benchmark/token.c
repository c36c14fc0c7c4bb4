#include "token.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_SLOTS 64

void require(CK_RV result, const struct target *target, const char *call) {
    if (result != CKR_OK) {
        fprintf(stderr, "benchmark: %s: %s gave 0x%lx\n", target->name, call, (unsigned long)result);
        exit(1);
    }
}

typedef CK_RV (*get_function_list)(CK_FUNCTION_LIST **list);

static get_function_list entry_of(const struct target *target) {
    void *library = dlopen(target->path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "benchmark: %s\n", dlerror());
        exit(1);
    }
    void *symbol = dlsym(library, "C_GetFunctionList");
    get_function_list entry = NULL;
    memcpy(&entry, &symbol, sizeof entry); /* ISO C has no cast from an object's address to a function's */
    if (entry == NULL) {
        fprintf(stderr, "benchmark: %s has no C_GetFunctionList\n", target->path);
        exit(1);
    }
    return entry;
}

/* Labels are padded with spaces to 32 characters. */
static int is_labelled(const CK_TOKEN_INFO *info, const char *label) {
    size_t length = strlen(label);
    return length <= sizeof info->label && memcmp(info->label, label, length) == 0
        && (length == sizeof info->label || info->label[length] == ' ');
}

static CK_SLOT_ID slot_of(const struct token *token) {
    CK_SLOT_ID slots[MOST_SLOTS];
    CK_ULONG count = MOST_SLOTS;
    require(token->calls->C_GetSlotList(CK_TRUE, slots, &count), token->target, "C_GetSlotList");
    for (CK_ULONG i = 0; i < count; i++) {
        CK_TOKEN_INFO info;
        require(token->calls->C_GetTokenInfo(slots[i], &info), token->target, "C_GetTokenInfo");
        if (is_labelled(&info, token->target->label)) {
            return slots[i];
        }
    }
    fprintf(stderr, "benchmark: %s has no token \"%s\"\n", token->target->name, token->target->label);
    exit(1);
}

void token_print_label(const char *path) {
    struct target target = {.name = path, .path = path};
    struct token token = {.target = &target};
    CK_SLOT_ID slot;
    CK_ULONG count = 1;
    CK_TOKEN_INFO info;
    require(entry_of(&target)(&token.calls), &target, "C_GetFunctionList");
    require(token.calls->C_Initialize(NULL), &target, "C_Initialize");
    require(token.calls->C_GetSlotList(CK_TRUE, &slot, &count), &target, "C_GetSlotList");
    require(token.calls->C_GetTokenInfo(slot, &info), &target, "C_GetTokenInfo");
    int length = (int)sizeof info.label;
    while (length > 0 && info.label[length - 1] == ' ') {
        length--;
    }
    printf("%.*s\n", length, (const char *)info.label);
    token.calls->C_Finalize(NULL);
}

void token_open(struct token *token, const struct target *target) {
    CK_C_INITIALIZE_ARGS arguments;
    memset(&arguments, 0, sizeof arguments);
    arguments.flags = CKF_OS_LOCKING_OK;
    token->target = target;
    require(entry_of(target)(&token->calls), target, "C_GetFunctionList");
    require(token->calls->C_Initialize(&arguments), target, "C_Initialize");
    token->slot = slot_of(token);
}

CK_SESSION_HANDLE token_session(const struct token *token) {
    CK_SESSION_HANDLE session = 0;
    CK_FLAGS flags = CKF_SERIAL_SESSION | CKF_RW_SESSION;
    require(token->calls->C_OpenSession(token->slot, flags, NULL, NULL, &session), token->target, "C_OpenSession");
    return session;
}

void token_login(const struct token *token, CK_SESSION_HANDLE session) {
    const char *pin = token->target->pin;
    CK_RV result = token->calls->C_Login(session, CKU_USER, (CK_UTF8CHAR *)(uintptr_t)pin, strlen(pin));
    if (result != CKR_USER_ALREADY_LOGGED_IN) {
        require(result, token->target, "C_Login");
    }
}

void token_close(struct token *token) {
    token->calls->C_Finalize(NULL);
}
