/*
 * A program that uses a PKCS#11 module as a busy server would, for tests that disturb it meanwhile.
 *
 *   client LIBRARY VERB [ARGUMENT…]     the PIN is in CLIENT_PIN
 *
 * Results are lines on the standard output; the tests read them.
 */
#ifndef INTEROP_CLIENT_H
#define INTEROP_CLIENT_H

#include <p11-kit/pkcs11.h>

struct token {
    CK_FUNCTION_LIST *calls;
    CK_SLOT_ID slot;
    const char *pin;
};

/* Loads the library; ends the program when that is not possible. */
CK_FUNCTION_LIST *client_load(const char *library);

/* Initialises, takes the first slot with a token; ends the program when something fails. */
void client_open(struct token *token, const char *library);

/* A read-write session of its own. */
CK_RV client_session(const struct token *token, CK_SESSION_HANDLE *session);

/* As the normal user; that somebody of this process is logged in already is as good. */
CK_RV client_login(const struct token *token, CK_SESSION_HANDLE session);

/* The first object of this class and label, or 0. */
CK_RV client_find(const struct token *token, CK_SESSION_HANDLE session, CK_ULONG class, const char *label, CK_OBJECT_HANDLE *found);

/* A new 256-bit AES key that can encrypt and decrypt. */
CK_RV client_aes_key(const struct token *token, CK_SESSION_HANDLE session, CK_BBOOL on_token, const char *label, CK_OBJECT_HANDLE *key);

/* Ends the program unless the result is CKR_OK. */
void client_require(CK_RV result, const char *call);

/* The verbs: exit statuses. */
int probe(const char *library);
int sessions(const char *library, unsigned long most);
int logins(const char *library, unsigned seconds);
int endure(const char *library, unsigned threads);
int hammer(const char *library, unsigned threads, unsigned seconds);

/* The same with a path of a socket instead of a library. */
int listen_at(const char *path);

#endif
