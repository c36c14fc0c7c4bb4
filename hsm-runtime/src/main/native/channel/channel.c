#include "channel.h"

#include <stdlib.h>
#include <string.h>

#include "frame.h"
#include "inside.h"
#include "system.h"
#include "wipe.h"

enum { SLOW = 60 * 1000000 };

typedef struct {
    const char *key;
    long least;
    long most;
    long otherwise;
} setting;

static const setting DEADLINE_MS = {"deadline-ms", 1, 600000, 5000};
static const setting SPIN_US = {"spin-us", 0, 1000, 50};
static const setting TICKET_REFRESH_S = {"ticket-refresh-s", 0, 86400, 10800};

long channel_number(channel *ch, const char *key, long least, long most, long otherwise) {
    long value = otherwise;
    if (!configuration_number(&ch->configuration, key, least, most, &value)) {
        channel_log(ch, LOGBOOK_ERROR, "%s: %s must be a number from %ld to %ld; %ld is used instead", ch->configuration.source, key,
                least, most, otherwise);
    }
    return value;
}

static long number(channel *ch, const setting *s) {
    return channel_number(ch, s->key, s->least, s->most, s->otherwise);
}

long channel_ticket_refresh(channel *ch) {
    return number(ch, &TICKET_REFRESH_S);
}

static bool listed(const char *const *keys, const char *key) {
    for (; keys != NULL && *keys != NULL; keys++) {
        if (strcmp(*keys, key) == 0) {
            return true;
        }
    }
    return false;
}

static void complain(channel *ch) {
    static const char *const own[] = {"socket", "tcp", "token-file", "deadline-ms", "spin-us", "ticket-refresh-s", "log",
        "log-level", NULL};
    const configuration *c = &ch->configuration;
    if (c->error != 0) {
        channel_log(ch, LOGBOOK_ERROR, "cannot read %s (error %d: %s); nothing is configured", c->source, c->error,
                reason_of(c->error));
    }
    if (c->wrong != 0) {
        channel_log(ch, LOGBOOK_ERROR, "%s: line %d is not `key = value`, or one too many; it is ignored", c->source, c->wrong);
    }
    if (configuration_value(c, "tcp") != NULL && configuration_value(c, "socket") != NULL) {
        channel_log(ch, LOGBOOK_WARNING, "%s: of tcp and socket, tcp is used", c->source);
    }
    for (int i = 0; i < c->count; i++) {
        const char *key = c->entries[i].key;
        if (!listed(own, key) && !listed(ch->settings.keys, key)) {
            channel_log(ch, LOGBOOK_WARNING, "%s: nobody knows the key %s; it is ignored", c->source, key);
        }
    }
}

channel *channel_open(const channel_settings *settings) {
    channel *ch = calloc(1, sizeof *ch);
    if (ch == NULL || !system_begin()) {
        free(ch);
        return NULL;
    }
    ch->settings = *settings;
    configuration_read(&ch->configuration, settings->configuration, settings->inside);
    if (!logbook_open(&ch->logbook, &ch->configuration, settings->configuration)) {
        channel_log(ch, LOGBOOK_ERROR, "%s: log-level must be none, error, warning or information; warning is used instead",
                ch->configuration.source);
    }
    complain(ch);
    place_find(&ch->place, &ch->configuration);
    ch->patience = (moment) number(ch, &DEADLINE_MS) * 1000;
    ch->spin = system_processors() > 1 ? number(ch, &SPIN_US) : 0;
    pool_init(&ch->pool);
    gate_init(&ch->gate);
    /* Never seen: as if it had been absent for long. */
    atomic_init(&ch->trouble, settings->expected ? 0 : INT64_MIN / 2);
    return ch;
}

void channel_close(channel *ch) {
    pool_close(&ch->pool);
    wipe(ch->client, sizeof ch->client);
    free(ch);
    system_end();
}

void channel_after_fork(channel *ch) {
    pool_close(&ch->pool);
    gate_init(&ch->gate);
    ch->named = false;
    ch->unresumed = false;
}

void report(channel *ch, channel_outcome cause, const char *format, ...) {
    if (logbook_news(&ch->logbook, (int) cause)) {
        va_list arguments;
        va_start(arguments, format);
        logbook_write(&ch->logbook, LOGBOOK_ERROR, format, arguments);
        va_end(arguments);
    }
}

void channel_log(channel *ch, int level, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    logbook_write(&ch->logbook, level, format, arguments);
    va_end(arguments);
}

static void all_is_well(channel *ch) {
    if (atomic_load_explicit(&ch->trouble, memory_order_relaxed) != 0) {
        atomic_store(&ch->trouble, 0);
    }
    if (logbook_news(&ch->logbook, CHANNEL_OK)) {
        channel_log(ch, LOGBOOK_WARNING, "the service at %s answers again", place_path(&ch->place));
    }
}

/* Statuses after which the service hangs up. */
static bool farewell(uint32_t status) {
    return status >= FRAME_VERSION && status <= FRAME_UNKNOWN_SERVICE;
}

static channel_outcome answered(channel *ch, connection *c, const message *reply) {
    if (farewell(reply->status)) {
        pool_drop(&ch->pool, c);
        atomic_store(&ch->refusal, reply->status);
        report(ch, CHANNEL_REFUSED, "the service at %s ended the connection with 0x%08x: see its log", place_path(&ch->place),
                (unsigned) reply->status);
        return CHANNEL_REFUSED;
    }
    all_is_well(ch);
    pool_give_back(&ch->pool, c);
    return CHANNEL_OK;
}

static channel_outcome outcome_of(exchange result) {
    switch (result) {
        case EXCHANGE_DONE:
            return CHANNEL_OK;
        case EXCHANGE_TIMEOUT:
            return CHANNEL_TIMEOUT;
        case EXCHANGE_NO_MEMORY:
            return CHANNEL_NO_MEMORY;
        case EXCHANGE_PROTOCOL:
            return CHANNEL_PROTOCOL;
        case EXCHANGE_UNSENT:
        case EXCHANGE_LOST:
            break;
    }
    return CHANNEL_LOST;
}

static channel_outcome failed(channel *ch, exchange result, uint32_t operation) {
    static const char *const what[] = {
        [CHANNEL_LOST] = "broke the connection",
        [CHANNEL_TIMEOUT] = "did not answer in time",
        [CHANNEL_NO_MEMORY] = "sent more than there is memory for",
        [CHANNEL_PROTOCOL] = "sent something that is no reply"
    };
    channel_outcome outcome = outcome_of(result);
    report(ch, outcome, "the service at %s %s (operation %u): see its log; whether the operation was done is not known",
            place_path(&ch->place), what[outcome], (unsigned) operation);
    return outcome;
}

channel_outcome channel_call(channel *ch, uint32_t operation, const message *request, message *reply, unsigned treatment) {
    if (request->failed) {
        return CHANNEL_NO_MEMORY;
    }
    bool slow = (treatment & CHANNEL_SLOW) != 0 && ch->patience < SLOW;
    moment deadline = deadline_now() + (slow ? SLOW : ch->patience);
    bool repeatable = (treatment & CHANNEL_REPEATABLE) != 0;
    for (bool once = false;; once = true) {
        connection *c;
        channel_outcome reached = reach(ch, deadline, once ? REACH_NEW : repeatable ? REACH_ANY : REACH_ALIVE, &c);
        if (reached != CHANNEL_OK) {
            return reached;
        }
        exchange result = connection_exchange(c, operation, request, reply);
        if (result == EXCHANGE_DONE) {
            return answered(ch, c, reply);
        }
        pool_drop(&ch->pool, c);
        bool harmless = result == EXCHANGE_UNSENT || (result == EXCHANGE_LOST && repeatable);
        if (once || !harmless) {
            return failed(ch, result, operation);
        }
    }
}

channel_outcome channel_call_on(channel *ch, void *on, uint32_t operation, const message *request, message *reply) {
    (void) ch;
    connection *c = on;
    if (request->failed) {
        return CHANNEL_NO_MEMORY;
    }
    exchange result = connection_exchange(c, operation, request, reply);
    if (result != EXCHANGE_DONE || farewell(reply->status)) {
        connection_close(c);
    }
    return result == EXCHANGE_DONE && c->fd < 0 ? CHANNEL_REFUSED : outcome_of(result);
}

uint32_t channel_refusal(channel *ch) {
    return atomic_load(&ch->refusal);
}

channel_outcome channel_reach(channel *ch) {
    connection *c;
    channel_outcome reached = reach(ch, deadline_now() + ch->patience, REACH_ALIVE, &c);
    if (reached == CHANNEL_OK) {
        all_is_well(ch);
        pool_give_back(&ch->pool, c);
    }
    return reached;
}

void channel_client(const channel *ch, uint8_t client[16]) {
    memcpy(client, ch->client, sizeof ch->client);
}

void channel_serial(channel *ch, uint8_t serial[16]) {
    uint64_t halves[2] = {atomic_load(&ch->serial[0]), atomic_load(&ch->serial[1])};
    memcpy(serial, halves, sizeof halves);
}

const char *channel_setting(channel *ch, const char *key) {
    return configuration_value(&ch->configuration, key);
}
