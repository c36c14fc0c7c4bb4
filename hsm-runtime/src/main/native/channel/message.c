#include "message.h"

#include <stdlib.h>
#include <string.h>

#include "wipe.h"

/* The frame's header has its place before the fields; see frame.h. */
static const size_t HEADER = MESSAGE_HEADER;

void message_init(message *m) {
    m->bytes = m->small;
    m->size = HEADER;
    m->capacity = sizeof m->small;
    m->at = HEADER;
    m->status = 0;
    m->failed = false;
}

/* Lets go of the bytes, which may be a PIN or a key. */
static void forget(message *m) {
    wipe(m->bytes, m->size);
    if (m->bytes != m->small) {
        free(m->bytes);
    }
}

void message_end(message *m) {
    forget(m);
    message_init(m);
}

bool message_reserve(message *m, size_t capacity) {
    if (capacity <= m->capacity) {
        return true;
    }
    uint8_t *larger = capacity <= MESSAGE_LIMIT + sizeof(uint32_t) ? malloc(capacity) : NULL;
    if (larger == NULL) {
        m->failed = true;
        return false;
    }
    memcpy(larger, m->bytes, m->size);
    forget(m);
    m->bytes = larger;
    m->capacity = capacity;
    return true;
}

/* Room for so many bytes more; doubles, so that many small fields do not copy again and again. */
static bool room(message *m, size_t more) {
    const size_t most = MESSAGE_LIMIT + sizeof(uint32_t);
    if (m->failed || more > most - m->size) {
        m->failed = true;
        return false;
    }
    size_t needed = m->size + more;
    if (needed <= m->capacity) {
        return true;
    }
    size_t doubled = m->capacity > most / 2 ? most : m->capacity * 2;
    return message_reserve(m, needed > doubled ? needed : doubled);
}

static void put(uint8_t *at, uint64_t value, size_t size) {
    for (size_t i = size; i > 0; i--) {
        at[i - 1] = (uint8_t) value;
        value >>= 8;
    }
}

static void number(message *m, uint64_t value, size_t size) {
    if (room(m, size)) {
        put(m->bytes + m->size, value, size);
        m->size += size;
    }
}

void message_u8(message *m, uint8_t value) {
    number(m, value, sizeof value);
}

void message_u16(message *m, uint16_t value) {
    number(m, value, sizeof value);
}

void message_u32(message *m, uint32_t value) {
    number(m, value, sizeof value);
}

void message_u64(message *m, uint64_t value) {
    number(m, value, sizeof value);
}

void message_raw(message *m, const void *bytes, size_t size) {
    if (size > 0 && room(m, size)) {
        memcpy(m->bytes + m->size, bytes, size);
        m->size += size;
    }
}

void message_bytes(message *m, const void *bytes, size_t size) {
    if (size > MESSAGE_LIMIT) {
        m->failed = true;
        return;
    }
    message_u32(m, (uint32_t) size);
    message_raw(m, bytes, size);
}

void message_text(message *m, const char *text) {
    message_bytes(m, text, strlen(text));
}

size_t message_begin_bytes(message *m) {
    size_t place = m->size;
    message_u32(m, 0);
    return place;
}

void message_end_bytes(message *m, size_t place) {
    if (!m->failed) {
        put(m->bytes + place, m->size - place - sizeof(uint32_t), sizeof(uint32_t));
    }
}

const uint8_t *message_read_raw(message *m, size_t size) {
    if (m->failed || m->at > m->size || size > m->size - m->at) {
        m->failed = true;
        return NULL;
    }
    const uint8_t *found = m->bytes + m->at;
    m->at += size;
    return found;
}

static uint64_t read_number(message *m, size_t size) {
    const uint8_t *found = message_read_raw(m, size);
    uint64_t value = 0;
    for (size_t i = 0; found != NULL && i < size; i++) {
        value = value << 8 | found[i];
    }
    return value;
}

uint8_t message_read_u8(message *m) {
    return (uint8_t) read_number(m, sizeof(uint8_t));
}

uint16_t message_read_u16(message *m) {
    return (uint16_t) read_number(m, sizeof(uint16_t));
}

uint32_t message_read_u32(message *m) {
    return (uint32_t) read_number(m, sizeof(uint32_t));
}

uint64_t message_read_u64(message *m) {
    return read_number(m, sizeof(uint64_t));
}

const uint8_t *message_read_bytes(message *m, size_t *size) {
    size_t announced = message_read_u32(m);
    const uint8_t *found = message_read_raw(m, announced);
    *size = found == NULL ? 0 : announced;
    return found;
}

bool message_done(const message *m) {
    return !m->failed && m->at == m->size;
}
