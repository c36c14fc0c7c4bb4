/* The module loaded from its file as programs load it, and a token for it to talk to. */
#ifndef COFFER_PKCS11_FIXTURE_H
#define COFFER_PKCS11_FIXTURE_H

#include "check.h"
#include "constants.h"
#include "cryptoki.h"
#include "exchange.h"
#include "token.h"

/* The functions of the loaded module. */
extern CK_FUNCTION_LIST_3_0 *p11;

/* Makes a directory with a configuration, starts the token, loads the module from the file that COFFER_MODULE names. */
void fixture_begin(void);

/* Adds these lines to the configuration that the next C_Initialize reads. */
void fixture_configure(const char *more);

/* Unloads, stops, removes. */
void fixture_end(void);

void fixture_load(void);
void fixture_unload(void);

enum { FIXTURE_PATIENT = 5000, FIXTURE_IMPATIENT = 1500 };

/* How many milliseconds modules wait for the token that are initialized from now on. */
void fixture_deadline(int milliseconds);

/* The token that runs. */
token *fixture_token(void);

/* How often it was asked for the operation. */
long fixture_asked(uint32_t operation);

void fixture_stop_token(void);
void fixture_start_token(void);

/* Initializes, opens a session and logs in. */
CK_SESSION_HANDLE fixture_log_in(void);

CK_SESSION_HANDLE fixture_open_session(void);

/* C_SignInit with a mechanism that has no parameter; C_EncryptInit or C_DecryptInit. */
CK_RV fixture_init_sign(CK_SESSION_HANDLE session, CK_MECHANISM_TYPE, CK_OBJECT_HANDLE key);
CK_RV fixture_init_cipher(CK_SESSION_HANDLE session, CK_MECHANISM *, CK_OBJECT_HANDLE key, bool encrypts);

/* A signature by RSA, for when it is only of interest that one is made. */
CK_RV fixture_sign(CK_SESSION_HANDLE session);

/* So many lines of the log contain the text. */
int fixture_logged(const char *text);

#endif
