#ifndef COFFER_BENCHMARK_OPERATIONS_H
#define COFFER_BENCHMARK_OPERATIONS_H

#include "token.h"

#define PLAINTEXT 4096

/* One thread's place: its session, its key and its buffers. */
struct place {
    const struct token *token;
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE key;
    CK_ULONG turn;
    CK_BYTE in[PLAINTEXT];
    CK_BYTE out[PLAINTEXT + 64];
};

/* Something to be measured. */
struct operation {
    const char *name;
    CK_OBJECT_CLASS key_class; /* of the key that it uses */
    const char *key_label;     /* NULL when it uses none */
    int logged_out;            /* 1 when it logs in by itself */
    CK_RV (*once)(struct place *place);
};

extern const struct operation SIGN_RSA_SHA256;
extern const struct operation SIGN_RSA;
extern const struct operation SIGN_P256;
extern const struct operation ENCRYPT_GCM;
extern const struct operation GENERATE_AES;
extern const struct operation FIND_BY_LABEL;
extern const struct operation LOG_IN;
extern const struct operation SESSION_INFO;

/* Makes the keys that the operations use. */
void operations_make_keys(const struct token *token);

/* Adds AES token keys, labelled by number, of the numbers from one to below the other. */
void operations_fill(const struct token *token, CK_SESSION_HANDLE session, unsigned from, unsigned to);

/* Destroys the token keys that GENERATE_AES has left. */
void operations_sweep(const struct token *token, CK_SESSION_HANDLE session);

/* The only object of a class and label; ends the process when there is none. */
CK_OBJECT_HANDLE operations_key(const struct place *place, CK_OBJECT_CLASS object_class, const char *label);

#endif
