#include <errno.h>
#include <string.h>

#include "frame.h"
#include "inside.h"
#include "process.h"
#include "token.h"
#include "trust.h"
#include "wipe.h"

/* Whether to try again, as long as the service is not known to have gone for good, or until the deadline. */
typedef enum { FINAL, WHILE_NEWS, ALWAYS } patience;

typedef struct {
    channel_outcome outcome;
    patience again;
} attempt;

enum { FIRST_PAUSE = 1000, LONGEST_PAUSE = 50000 };

static const attempt SUCCESS = {CHANNEL_OK, FINAL};

const char *reason_of(int error) {
    switch (error) {
        case ENOENT:
            return "it is not there";
        case ECONNREFUSED:
            return "nobody listens";
        case EACCES:
        case EPERM:
            return "this user may not";
        case ENAMETOOLONG:
            return "the path is longer than 107 bytes";
        case EMFILE:
        case ENFILE:
            return "too many files are open";
        case EFBIG:
            return "it is too large";
        case EINVAL:
            return "it is not 127.0.0.1 and a port";
        case EILSEQ:
            return "it is not 128 hexadecimal digits";
        case ECANCELED:
            return "others may read or write it: run chmod 0600 or 0640";
        case ETIMEDOUT:
            return "nobody takes the connection";
        case EISDIR:
            return "it is a directory";
        default:
            return "see errno.h";
    }
}

static attempt unreachable(channel *ch, int error, const char *path) {
    if (error == EAGAIN) {
        return (attempt) {CHANNEL_ABSENT, ALWAYS}; /* more of us than it can accept at once */
    }
    report(ch, CHANNEL_ABSENT, "cannot connect to the service at %s (error %d: %s): start it with `coffer serve`, or name its socket in"
            " COFFER_SOCKET or as `socket` (or `tcp`) in %s", path, error, reason_of(error), ch->settings.configuration);
    return (attempt) {CHANNEL_ABSENT, error == ENOENT || error == ECONNREFUSED ? WHILE_NEWS : FINAL};
}

static bool trusted(channel *ch, const connection *c, const char *path) {
    long user = -1;
    if (trust_listener(c->fd, path, &user)) {
        return true;
    }
    report(ch, CHANNEL_FOREIGN, "user %ld listens at %s, to whom that place was not given: nothing was sent; run the service as"
            " root, as this user, or in a directory of its own that nobody else can write to, nor to those above it",
            user, path);
    return false;
}

static attempt refused(channel *ch, const welcome *w, const char *path) {
    bool busy = w->status == FRAME_BUSY;
    atomic_store(&ch->refusal, w->status);
    const char *hint = busy ? "raise the service's limits or use fewer connections"
            : w->status == FRAME_VERSION ? "install the library and the service from one release of Coffer"
            : "see the service's log";
    report(ch, CHANNEL_REFUSED, "the service at %s refused this connection with 0x%08x (%s): %s", path, (unsigned) w->status,
            w->reason, hint);
    return (attempt) {CHANNEL_REFUSED, busy ? WHILE_NEWS : FINAL};
}

/* A service that hangs up while it greets is going down, or coming up. */
static attempt unanswered(channel *ch, exchange result, const char *path) {
    switch (result) {
        case EXCHANGE_TIMEOUT:
            report(ch, CHANNEL_TIMEOUT, "the service at %s does not answer: see whether it is stopped or overloaded", path);
            return (attempt) {CHANNEL_TIMEOUT, FINAL};
        case EXCHANGE_NO_MEMORY:
            return (attempt) {CHANNEL_NO_MEMORY, FINAL};
        case EXCHANGE_PROTOCOL:
            report(ch, CHANNEL_PROTOCOL, "what listens at %s does not speak Coffer's protocol: check the path", path);
            return (attempt) {CHANNEL_PROTOCOL, FINAL};
        default:
            report(ch, CHANNEL_ABSENT, "the service at %s closed the connection while it was being greeted", path);
            return (attempt) {CHANNEL_ABSENT, WHILE_NEWS};
    }
}

static bool draw_name(channel *ch) {
    if (!ch->named) {
        ch->named = process_random(ch->client, sizeof ch->client);
    }
    return ch->named;
}

static attempt greet(channel *ch, connection *c, const char *path, const token *secret) {
    if (!draw_name(ch)) {
        report(ch, CHANNEL_REFUSED, "there are no random numbers: nothing can be sent to %s", path);
        return (attempt) {CHANNEL_REFUSED, FINAL};
    }
    welcome w;
    greeting g = {.service = ch->settings.service, .client = ch->client, .secret = secret};
    exchange result = greeting_exchange(c, &g, &w);
    if (result != EXCHANGE_DONE) {
        return unanswered(ch, result, path);
    }
    if (w.status != 0) {
        return refused(ch, &w, path);
    }
    if (!w.proven) {
        report(ch, CHANNEL_FOREIGN, "what listens at %s does not know the secret in %s: no login was sent; see who it is, and give the"
                " service and this library the same file", path, ch->place.token);
        return (attempt) {CHANNEL_FOREIGN, FINAL};
    }
    ch->unresumed = ch->unresumed || !w.known;
    uint64_t serial[2];
    memcpy(serial, w.serial, sizeof serial);
    atomic_store(&ch->serial[0], serial[0]);
    atomic_store(&ch->serial[1], serial[1]);
    return SUCCESS;
}

/* The service knows us again from the moment we greeted it, so that only we can tell whether we have resumed. */
static attempt resume(channel *ch, connection *c, const char *path) {
    if (!ch->unresumed || ch->settings.resume == NULL || ch->settings.resume(ch->settings.context, ch, c)) {
        ch->unresumed = false;
        return SUCCESS;
    }
    if (c->fd < 0) {
        return unanswered(ch, deadline_now() < c->deadline ? EXCHANGE_LOST : EXCHANGE_TIMEOUT, path);
    }
    atomic_store(&ch->refusal, 0);
    report(ch, CHANNEL_REFUSED, "the service at %s was restarted and does not accept this program's login any more", path);
    return (attempt) {CHANNEL_REFUSED, FINAL};
}

static attempt introduce(channel *ch, connection *c, const char *path, const token *secret) {
    attempt a = greet(ch, c, path, secret);
    return a.outcome == CHANNEL_OK ? resume(ch, c, path) : a;
}

static attempt introduce_by_secret(channel *ch, connection *c, const char *path) {
    token secret;
    int error = token_read(ch->place.token, &secret);
    attempt a = {CHANNEL_REFUSED, FINAL};
    if (error == 0) {
        a = introduce(ch, c, path, &secret);
    } else {
        report(ch, CHANNEL_REFUSED, "cannot read the secret file %s (error %d: %s): nothing was sent to %s; name the service's own as"
                " `token-file` in %s", ch->place.token, error, reason_of(error), path, ch->settings.configuration);
    }
    wipe(&secret, sizeof secret);
    return a;
}

static attempt establish(channel *ch, connection *c) {
    const char *path = place_path(&ch->place);
    int error = connection_open(c, path, ch->place.port);
    if (error != 0) {
        return unreachable(ch, error, path);
    }
    if (place_needs_secret(&ch->place)) {
        return introduce_by_secret(ch, c, path);
    }
    return trusted(ch, c, path) ? introduce(ch, c, path, NULL) : (attempt) {CHANNEL_FOREIGN, FINAL};
}

static connection *take_place(channel *ch, reach_wish wish) {
    connection *c = pool_take_empty(&ch->pool);
    if (c == NULL && wish == REACH_NEW && (c = pool_take_idle(&ch->pool)) != NULL) {
        connection_close(c);
    }
    return c;
}

static attempt connect_anew(channel *ch, moment deadline, reach_wish wish, connection **out) {
    connection *c = take_place(ch, wish);
    if (c == NULL) {
        return (attempt) {CHANNEL_TIMEOUT, ALWAYS}; /* all in use; one will be given back */
    }
    c->deadline = deadline;
    c->spin = 0;
    attempt a = {CHANNEL_TIMEOUT, FINAL};
    if (gate_enter(&ch->gate, deadline)) {
        a = establish(ch, c);
        gate_leave(&ch->gate);
    }
    if (a.outcome == CHANNEL_OK) {
        *out = c;
    } else {
        pool_drop(&ch->pool, c);
    }
    return a;
}

static connection *idle(channel *ch, moment deadline, reach_wish wish) {
    connection *c;
    while (wish != REACH_NEW && (c = pool_take_idle(&ch->pool)) != NULL) {
        if (connection_ours(c) && (wish == REACH_ANY || connection_alive(c))) {
            c->deadline = deadline;
            c->spin = pool_is_quiet(&ch->pool) ? ch->spin : 0;
            return c;
        }
        pool_drop(&ch->pool, c);
    }
    return NULL;
}

/* An absent service is waited for once, not by each call of a program that has other things to do. */
static bool worthwhile(channel *ch, patience again) {
    if (again != WHILE_NEWS) {
        return again == ALWAYS;
    }
    moment now = deadline_now();
    moment since = 0;
    return atomic_compare_exchange_strong(&ch->trouble, &since, now) || now - since < ch->patience;
}

channel_outcome reach(channel *ch, moment deadline, reach_wish wish, connection **c) {
    for (moment pause = FIRST_PAUSE;; pause = pause * 2 < LONGEST_PAUSE ? pause * 2 : LONGEST_PAUSE) {
        *c = idle(ch, deadline, wish);
        if (*c != NULL) {
            return CHANNEL_OK;
        }
        attempt a = connect_anew(ch, deadline, wish, c);
        if (a.outcome == CHANNEL_OK || !worthwhile(ch, a.again) || !deadline_pause(pause, deadline)) {
            return a.outcome;
        }
        if (a.outcome != CHANNEL_ABSENT) {
            wish = REACH_ALIVE; /* the service is full, and another call will give its connection back */
        }
    }
}
