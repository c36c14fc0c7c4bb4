#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static CK_RV tell(const char *call, CK_RV result) {
    printf("%s 0x%lx\n", call, result);
    return result;
}

static void log_in(struct token *token) {
    CK_SESSION_HANDLE session;
    if (tell("C_OpenSession", client_session(token, &session)) != CKR_OK) {
        return;
    }
    CK_OBJECT_HANDLE none;
    if (token->pin != NULL && tell("C_Login", client_login(token, session)) == CKR_OK) {
        tell("C_FindObjects", client_find(token, session, CKO_PRIVATE_KEY, "nobody", &none));
    }
}

/* The way in, step by step, as far as it leads: each call and what it answered. */
int probe(const char *library) {
    struct token token = {.calls = client_load(library), .pin = getenv("CLIENT_PIN")};
    if (tell("C_Initialize", token.calls->C_Initialize(NULL)) != CKR_OK) {
        return 0;
    }
    CK_SLOT_ID slots[16];
    CK_ULONG count = 16;
    if (tell("C_GetSlotList", token.calls->C_GetSlotList(CK_FALSE, slots, &count)) == CKR_OK && count > 0) {
        CK_ULONG present = 16;
        CK_SLOT_ID with_token[16];
        token.slot = slots[0];
        tell("C_GetSlotList", token.calls->C_GetSlotList(CK_TRUE, with_token, &present));
        printf("tokens %lu\n", present);
        CK_TOKEN_INFO info;
        tell("C_GetTokenInfo", token.calls->C_GetTokenInfo(token.slot, &info));
        log_in(&token);
    }
    tell("C_Finalize", token.calls->C_Finalize(NULL));
    return 0;
}

/* Opens sessions until the module has enough, and closes them all again. */
int sessions(const char *library, unsigned long most) {
    struct token token;
    client_open(&token, library);
    CK_SESSION_HANDLE session;
    CK_RV result = CKR_OK;
    unsigned long opened = 0;
    while (opened < most && (result = client_session(&token, &session)) == CKR_OK) {
        opened++;
    }
    printf("opened %lu\n", opened);
    tell("C_OpenSession", result);
    tell("C_CloseAllSessions", token.calls->C_CloseAllSessions(token.slot));
    tell("C_OpenSession", client_session(&token, &session));
    tell("C_Finalize", token.calls->C_Finalize(NULL));
    return 0;
}
