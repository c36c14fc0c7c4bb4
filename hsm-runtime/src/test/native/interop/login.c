#include "client.h"

#include <stdio.h>
#include <time.h>

/* Opens, logs in and closes again and again: two processes of these break a module that writes at each login. */
int logins(const char *library, unsigned seconds) {
    struct token token;
    client_open(&token, library);
    time_t end = time(NULL) + (time_t) seconds;
    unsigned long count = 0;
    while (time(NULL) < end) {
        CK_SESSION_HANDLE session;
        client_require(client_session(&token, &session), "C_OpenSession");
        client_require(token.calls->C_Login(session, CKU_USER, (CK_BYTE *) token.pin, __builtin_strlen(token.pin)), "C_Login");
        client_require(token.calls->C_CloseSession(session), "C_CloseSession");
        count++;
    }
    client_require(token.calls->C_Finalize(NULL), "C_Finalize");
    printf("logins %lu\n", count);
    return 0;
}
