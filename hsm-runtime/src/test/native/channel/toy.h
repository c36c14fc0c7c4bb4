/*
 * A service for the tests: threads in this process, or a process of its own, that speak the protocol, and break it when asked to.
 * An operation is an order to misbehave.
 */
#ifndef COFFER_TOY_H
#define COFFER_TOY_H

#include <stdatomic.h>
#include <stdint.h>

enum {
    TOY_ECHO = 100,       /* answers the body */
    TOY_HANG_UP,          /* closes without an answer */
    TOY_HANG_UP_ONCE,     /* the same the first time it is asked since the start, then as TOY_ECHO */
    TOY_HALF,             /* closes in the middle of the answer */
    TOY_TOO_SHORT,        /* a length below the header's */
    TOY_TOO_LONG,         /* a length above the limit */
    TOY_MORE_BYTES,       /* more bytes than the length says */
    TOY_OTHER_ID,         /* answers something else */
    TOY_BYTE_BY_BYTE,     /* sends each byte alone */
    TOY_SILENCE,          /* never answers */
    TOY_MALFORMED,        /* the channel's status after which the connection stays */
    TOY_FAREWELL,         /* a status after which it closes */
    TOY_BIG,              /* 1 MB, of a pattern */
    TOY_PAUSE             /* answers after 20 ms */
};

/* How it greets. */
enum {
    TOY_WELCOME,
    TOY_OTHER_VERSION,
    TOY_REFUSES,
    TOY_BUSY_TWICE,
    TOY_BUSY,
    TOY_NO_ANSWER,
    TOY_NOT_COFFER,
    TOY_SHORT_SERIAL,
    TOY_CLOSES,
    TOY_SHOWS_NO_PROOF,
    TOY_SHOWS_ANOTHER_PROOF,
    TOY_SHOWS_HALF_A_PROOF,
    TOY_WELCOMES_AND_CLOSES
};

typedef struct toy toy;

toy *toy_start(const char *path, int manners);

/* The same on a port of 127.0.0.1, or any when it is 0: asks for the secret that clients show, and shows its own. */
toy *toy_start_tcp(uint16_t port, int manners);

uint16_t toy_port(const toy *);

/* What the secret file of such a toy contains. */
void toy_secret(char text[129]);

/* Closes all connections and the socket, and removes it. */
void toy_stop(toy *);

/* How it greets from now on. */
void toy_greets(toy *, int manners);

/* Between the two no connection is admitted and none is closed: for who looks at all descriptors of the process. */
void toy_hold(toy *);
void toy_let_go(toy *);

/* Operations done, the greeting not counted; connections made; connections that greeted; connections now open. */
long toy_done(toy *);
long toy_made(toy *);
long toy_greeted(toy *);
long toy_open(toy *);

#endif
