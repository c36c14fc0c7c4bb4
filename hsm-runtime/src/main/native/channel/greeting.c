#define _GNU_SOURCE
#include "greeting.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "frame.h"

enum { OPERATION = 1, VERSION = 1 };

static const uint32_t MAGIC = 0x434f4652; /* "COFR" */

/* A program may be called anything, and a text is UTF-8: what is not ASCII is not told. */
static void write_program(message *m) {
    char name[64];
    size_t size = strnlen(program_invocation_short_name, sizeof name);
    for (size_t i = 0; i < size; i++) {
        char c = program_invocation_short_name[i];
        name[i] = c >= ' ' && c < 0x7f ? c : '?';
    }
    message_bytes(m, name, size);
}

static void write_greeting(message *m, const char *service, const uint8_t *client) {
    message_u32(m, MAGIC);
    message_u16(m, VERSION);
    message_text(m, service);
    message_raw(m, client, GREETING_CLIENT);
    message_u64(m, (uint64_t) getpid());
    write_program(m);
    message_bytes(m, NULL, 0);
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

/* False when the reply is no welcome of our version. */
static bool read_welcome(message *reply, welcome *w) {
    size_t size;
    uint16_t version = message_read_u16(reply);
    w->known = message_read_u8(reply) == 1;
    const uint8_t *serial = message_read_bytes(reply, &size);
    if (version != VERSION || serial == NULL || size != GREETING_SERIAL) {
        return false;
    }
    memcpy(w->serial, serial, GREETING_SERIAL);
    message_read_bytes(reply, &size);
    return message_done(reply);
}

static exchange read_answer(message *reply, welcome *w) {
    w->status = reply->status;
    if (w->status != 0) {
        read_reason(reply, w);
        return EXCHANGE_DONE;
    }
    return read_welcome(reply, w) ? EXCHANGE_DONE : EXCHANGE_PROTOCOL;
}

exchange greeting_exchange(connection *c, const char *service, const uint8_t client[GREETING_CLIENT], welcome *w) {
    message request;
    message reply;
    message_init(&request);
    message_init(&reply);
    memset(w, 0, sizeof *w);
    write_greeting(&request, service, client);
    exchange result = request.failed ? EXCHANGE_NO_MEMORY : connection_exchange(c, OPERATION, &request, &reply);
    if (result == EXCHANGE_DONE) {
        result = read_answer(&reply, w);
    }
    message_end(&request);
    message_end(&reply);
    return result;
}
