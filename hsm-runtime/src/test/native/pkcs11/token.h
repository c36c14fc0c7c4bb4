/*
 * A token for the tests: the service's side of docs/channel.md in threads of this process, with keys that are numbers and
 * cryptography that is none, so that a test can tell what was asked and how often.
 */
#ifndef COFFER_TOKEN_H
#define COFFER_TOKEN_H

#include <stdint.h>

/* Keys by number; all others are unknown. */
enum {
    KEY_AES = 1,        /* 256 bits, encrypts and decrypts */
    KEY_RSA_PRIVATE,    /* 2048 bits, decrypts and signs */
    KEY_RSA_PUBLIC,
    KEY_EC_PRIVATE,     /* P-256 */
    KEY_EC_PUBLIC,
    KEY_HMAC,
    KEY_RSA_SIGN_ONLY,
    KEY_RSA_SMALL,      /* 1024 bits */
    DATA_OBJECT,        /* no key */
    KEYS_END
};

#define TOKEN_PIN "user:pin"

/* What comes in place of the right reply. */
typedef enum {
    REPLY_RIGHT,
    REPLY_NOISE,    /* random bytes as the body */
    REPLY_CUT,      /* the right body without its end */
    REPLY_LONGER,   /* the right body and a byte more */
    REPLY_STATUS    /* the status given, and no body */
} reply_manner;

typedef struct token token;

token *token_start(const char *path);

void token_stop(token *);

/* How it replies from now on; the greeting stays right. The number is a seed, or the status. */
void token_replies(token *, reply_manner, uint32_t number);

/*
 * Keeps the next request of that operation waiting, and others behind it on its connection only. A REFRESH or SET_PIN that had to wait gives
 * a ticket that no token takes: that of a login which has ended meanwhile.
 */
void token_holds(token *, uint32_t operation);

/* Waits until the request has come. */
void token_awaits_held(token *);

/* Answers it. */
void token_lets_go(token *);

/* How often an operation was asked for. */
long token_asked(const token *, uint32_t operation);

/* Sessions now open, of all clients. */
long token_sessions(token *);

/* Clients that have greeted. */
long token_clients(token *);

/* Refuses tickets from now on. */
void token_forgets_tickets(token *);

#endif
