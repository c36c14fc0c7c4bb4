#include "greeting.h"

#include <stdio.h>
#include <string.h>

#include "frame.h"
#include "process.h"
#include "system.h"

enum { OPERATION = 1, VERSION = 1 };

static const uint32_t MAGIC = 0x434f4652; /* "COFR" */

/* A program may be called anything, and a text is UTF-8: what is not ASCII is not told. */
static void write_program(message *m) {
    char name[65];
    system_program(name, sizeof name);
    size_t size = strlen(name);
    for (size_t i = 0; i < size; i++) {
        name[i] = name[i] >= ' ' && name[i] < 0x7f ? name[i] : '?';
    }
    message_bytes(m, name, size);
}

static void write_greeting(message *m, const greeting *g) {
    message_u32(m, MAGIC);
    message_u16(m, VERSION);
    message_text(m, g->service);
    message_raw(m, g->client, GREETING_CLIENT);
    message_u64(m, process_id());
    write_program(m);
    message_bytes(m, g->secret == NULL ? NULL : g->secret->ours, g->secret == NULL ? 0 : TOKEN_HALF);
}

static void read_reason(message *reply, welcome *w) {
    if (w->status == FRAME_VERSION) {
        unsigned lowest = message_read_u16(reply);
        unsigned highest = message_read_u16(reply);
        snprintf(w->reason, sizeof w->reason, "it speaks the versions %u to %u of the protocol, and this library %d",
                lowest, highest, VERSION);
        return;
    }
    size_t size;
    const uint8_t *text = message_read_bytes(reply, &size);
    snprintf(w->reason, sizeof w->reason, "%.*s", (int) (size > 190 ? 190 : size), text == NULL ? "" : (const char *) text);
}

static bool read_proof(message *reply, const token *secret) {
    size_t size;
    const uint8_t *proof = message_read_bytes(reply, &size);
    return proof != NULL && token_proves(secret, proof, size);
}

/* False when the reply is no welcome of our version. */
static bool read_welcome(message *reply, const token *secret, welcome *w) {
    size_t size;
    uint16_t version = message_read_u16(reply);
    w->known = message_read_u8(reply) == 1;
    const uint8_t *serial = message_read_bytes(reply, &size);
    if (version != VERSION || serial == NULL || size != GREETING_SERIAL) {
        return false;
    }
    memcpy(w->serial, serial, GREETING_SERIAL);
    message_read_bytes(reply, &size);
    w->proven = secret == NULL || read_proof(reply, secret);
    return !w->proven || message_done(reply);
}

static exchange read_answer(message *reply, const token *secret, welcome *w) {
    w->status = reply->status;
    if (w->status != 0) {
        read_reason(reply, w);
        return EXCHANGE_DONE;
    }
    return read_welcome(reply, secret, w) ? EXCHANGE_DONE : EXCHANGE_PROTOCOL;
}

exchange greeting_exchange(connection *c, const greeting *g, welcome *w) {
    message request;
    message reply;
    message_init(&request);
    message_init(&reply);
    memset(w, 0, sizeof *w);
    write_greeting(&request, g);
    exchange result = request.failed ? EXCHANGE_NO_MEMORY : connection_exchange(c, OPERATION, &request, &reply);
    if (result == EXCHANGE_DONE) {
        result = read_answer(&reply, g->secret, w);
    }
    message_end(&request);
    message_end(&reply);
    return result;
}
