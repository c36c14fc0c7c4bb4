#include "roster.h"

#include <string.h>

#include "check.h"

static const uint32_t MAGIC = 0x434f4652;

void roster_begin(roster *r) {
    r->count = 0;
    pthread_mutex_init(&r->lock, NULL);
}

void roster_end(roster *r) {
    pthread_mutex_destroy(&r->lock);
}

int roster_find(roster *r, const uint8_t client[ROSTER_CLIENT], bool *known) {
    int i = 0;
    pthread_mutex_lock(&r->lock);
    while (i < r->count && memcmp(r->clients[i], client, ROSTER_CLIENT) != 0) {
        i++;
    }
    *known = i < r->count;
    if (!*known) {
        CHECK(r->count < ROSTER_CLIENTS);
        memcpy(r->clients[r->count++], client, ROSTER_CLIENT);
    }
    pthread_mutex_unlock(&r->lock);
    return i;
}

int roster_greet(roster *r, const char *service, message *fields, message *results) {
    size_t size;
    bool known;
    CHECK_EQUAL(message_read_u32(fields), MAGIC);
    CHECK_EQUAL(message_read_u16(fields), 1);
    const uint8_t *name = message_read_bytes(fields, &size);
    CHECK(size == strlen(service) && memcmp(name, service, size) == 0);
    int client = roster_find(r, message_read_raw(fields, ROSTER_CLIENT), &known);
    message_u16(results, 1);
    message_u8(results, known);
    message_bytes(results, "serial of module", 16);
    message_text(results, "toy");
    return client;
}

int roster_count(roster *r) {
    pthread_mutex_lock(&r->lock);
    int count = r->count;
    pthread_mutex_unlock(&r->lock);
    return count;
}
