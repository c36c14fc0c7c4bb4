/*
 * The client side of Coffer's channel (docs/channel.md): one request, one reply, over a Unix domain socket, or TCP within the machine.
 *
 * No threads, no locks, no static state, nothing on disk. Any number of threads may call at the same time, whatever locks
 * the program wants used, and any of them may fork. Every call ends within its deadline.
 */
#ifndef COFFER_CHANNEL_H
#define COFFER_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message.h"

/* Outcomes of a call that never reached a status of the service. A reply's own status is in the reply. */
typedef enum {
    CHANNEL_OK = 0,
    CHANNEL_ABSENT,      /* nothing listens there; nothing was sent */
    CHANNEL_FOREIGN,     /* who listens must not have our PINs, or does not prove that he may; nothing but a greeting was sent */
    CHANNEL_REFUSED,     /* the service does not want this user, this version or one more connection; nothing was sent */
    CHANNEL_LOST,        /* the connection broke after the request was sent: whether it was done is not known */
    CHANNEL_TIMEOUT,     /* no reply within the deadline: whether it was done is not known */
    CHANNEL_NO_MEMORY,
    CHANNEL_PROTOCOL     /* the reply is no reply */
} channel_outcome;

/* How a call may be treated. */
enum {
    CHANNEL_REPEATABLE = 1, /* doing it twice does no harm: it is sent again, once, when the connection was lost */
    CHANNEL_SLOW = 2        /* it may take a minute (key pairs) */
};

/*
 * The locks that the calling program wants used for what a face keeps of its own; see pkcs11's CK_C_INITIALIZE_ARGS. The channel
 * itself has none.
 */
typedef struct {
    int (*create)(void **lock);
    int (*destroy)(void *lock);
    int (*lock)(void *lock);
    int (*unlock)(void *lock);
} channel_locks;

typedef struct channel channel;

/*
 * Called with a fresh connection when the service does not know this client (any more), before the call that needed the
 * connection: re-establishes logins and sessions by channel_call_on. False gives the call up with CHANNEL_REFUSED.
 *
 * No other thread gets a new connection meanwhile, so that it must not use channel_call, nor wait for a thread that does.
 */
typedef bool (*channel_resume)(void *context, channel *, void *connection);

typedef struct {
    const char *service;        /* "pkcs11" */
    const char *configuration;  /* file name beside the library and in /etc/coffer: "coffer-pkcs11.conf" */
    const void *inside;         /* an address in the library, to find the file beside it */
    const char *const *keys;    /* what else may be in it, ending with NULL; or NULL */
    bool expected;              /* the service was there before: it is waited for from the first call on */
    channel_resume resume;
    void *context;
} channel_settings;

/* Reads the configuration; connects to nobody yet. NULL when there is no memory. */
channel *channel_open(const channel_settings *settings);

/* Closes all connections. No call may be running. */
void channel_close(channel *);

/* Sends the request and waits for the reply; the reply is emptied first. */
channel_outcome channel_call(channel *, uint32_t operation, const message *request, message *reply, unsigned treatment);

/* The same on a given connection, for resuming. */
channel_outcome channel_call_on(channel *, void *connection, uint32_t operation, const message *request, message *reply);

/* The status by which the service last refused a connection (frame.h); 0 when resuming failed. After CHANNEL_REFUSED. */
uint32_t channel_refusal(channel *);

/* Whether the service answers: connects where no connection is open. */
channel_outcome channel_reach(channel *);

/* The number that the service knows this client by, and that nobody else is to learn: 16 bytes, zeros before the first greeting. */
void channel_client(const channel *, uint8_t client[16]);

/* What the greeting told: 16 bytes, zeros before the first. */
void channel_serial(channel *, uint8_t serial[16]);

/*
 * In a child after fork(): lets go of the parent's connections and draws a new client number. To be called when the
 * process id is not that of channel_open; the caller makes sure that one thread does it.
 */
void channel_after_fork(channel *);

/* A number between the limits from the configuration; the last, when it has none, or another one, which the log then says. */
long channel_number(channel *, const char *key, long least, long most, long otherwise);

/* After how many seconds a face asks for a new ticket in place of one that it was given: `ticket-refresh-s`, 3 hours. */
long channel_ticket_refresh(channel *);

/* The value of a key in the configuration, or NULL: for settings of the faces. */
const char *channel_setting(channel *, const char *key);

/* Writes one line to the log: level 1 error, 2 warning, 3 information. */
void channel_log(channel *, int level, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
