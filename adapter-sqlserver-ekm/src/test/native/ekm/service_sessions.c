/* The sessions of the service's clients, and their tickets. */
#include <string.h>

#include "service_inside.h"

static long find_session(service *s, const uint8_t *client, uint64_t number) {
    for (long i = 0; i < s->open; i++) {
        if (s->sessions[i].number == number && memcmp(s->sessions[i].client, client, 16) == 0) {
            return i;
        }
    }
    return -1;
}

static void add_session(service *s, const uint8_t *client, uint64_t number) {
    CHECK(s->open < SESSIONS);
    memcpy(s->sessions[s->open].client, client, 16);
    s->sessions[s->open++].number = number;
}

/* The holder, and the session: a ticket is good for these. */
static void write_ticket(message *results, const uint8_t *client, uint64_t number) {
    size_t place = message_begin_bytes(results);
    message_raw(results, client, 16);
    message_u64(results, number);
    message_end_bytes(results, place);
}

static uint32_t open_for(service *s, const uint8_t *client, message *fields, message *results) {
    size_t name_size, secret_size;
    uint64_t number = message_read_u64(fields);
    const uint8_t *name = message_read_bytes(fields, &name_size);
    const uint8_t *secret = message_read_bytes(fields, &secret_size);
    CHECK(message_done(fields) && number != 0);
    if (name_size != 5 || memcmp(name, "alice", 5) != 0 || secret_size != 3 || memcmp(secret, "pin", 3) != 0) {
        message_text(results, "the credential is\nwrong");
        return EKM_AUTH_FAILURE;
    }
    CHECK_EQUAL(find_session(s, client, number), -1);
    add_session(s, client, number);
    write_ticket(results, client, number);
    return 0;
}

static uint32_t resume(service *s, const uint8_t *client, message *fields, message *results) {
    const uint8_t *holder = message_read_raw(fields, 16);
    uint32_t count = message_read_u32(fields);
    message_u32(results, count);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t number = message_read_u64(fields);
        size_t size;
        const uint8_t *ticket = message_read_bytes(fields, &size);
        CHECK(size == 24 && memcmp(ticket, holder, 16) == 0);
        if (s->resume_status == 0 && find_session(s, client, number) < 0) {
            add_session(s, client, number);
        }
        message_u32(results, s->resume_status);
    }
    CHECK(message_done(fields));
    return 0;
}

static uint32_t close_session(service *s, long at) {
    s->sessions[at] = s->sessions[--s->open];
    return 0;
}

static uint32_t within(service *s, const uint8_t *client, uint32_t operation, message *fields, message *results) {
    uint64_t number = message_read_u64(fields);
    long at = find_session(s, client, number);
    if (at < 0) {
        return EKM_SESSION_EXPIRED;
    }
    switch (operation) {
        case OPERATION_CLOSE_SESSION:
            return close_session(s, at);
        case OPERATION_REFRESH:
            write_ticket(results, client, number);
            return 0;
        default:
            return service_obey_on_keys(operation, &s->faults[operation], fields, results);
    }
}

uint32_t service_obey(service *s, const uint8_t *client, uint32_t operation, message *fields, message *results) {
    switch (operation) {
        case OPERATION_OPEN_SESSION:
            return open_for(s, client, fields, results);
        case OPERATION_RESUME:
            return resume(s, client, fields, results);
        default:
            return within(s, client, operation, fields, results);
    }
}
