#include "utf.h"

#include <string.h>

static uint16_t unit_at(const ekm_text *text, size_t index) {
    uint16_t unit;
    memcpy(&unit, (const uint8_t *) text->ws + index * sizeof unit, sizeof unit);
    return unit;
}

static bool leads(uint32_t unit) {
    return unit >= 0xd800 && unit < 0xdc00;
}

static bool trails(uint32_t unit) {
    return unit >= 0xdc00 && unit < 0xe000;
}

/* The character at the index, which moves on; 0 when there is none. */
static uint32_t character(const ekm_text *text, size_t *index) {
    size_t units = text->cb / sizeof(uint16_t);
    uint32_t first = unit_at(text, (*index)++);
    if (trails(first)) {
        return 0;
    }
    if (!leads(first)) {
        return first;
    }
    uint32_t second = *index < units ? unit_at(text, (*index)++) : 0;
    return trails(second) ? 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00) : 0;
}

static void put(message *request, uint32_t c) {
    if (c < 0x80) {
        message_u8(request, (uint8_t) c);
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const uint8_t marks[] = {0, 0xc0, 0xe0, 0xf0};
    message_u8(request, (uint8_t) (marks[more] | c >> 6 * more));
    while (more-- > 0) {
        message_u8(request, (uint8_t) (0x80 | (c >> 6 * more & 0x3f)));
    }
}

bool utf_write(message *request, const ekm_text *text, size_t limit) {
    if (text == NULL || (text->ws == NULL && text->cb > 0) || text->cb > limit || text->cb % sizeof(uint16_t) != 0) {
        return false;
    }
    size_t place = message_begin_bytes(request);
    for (size_t i = 0; i < text->cb / sizeof(uint16_t);) {
        uint32_t c = character(text, &i);
        if (c == 0) {
            return false;
        }
        put(request, c);
    }
    message_end_bytes(request, place);
    return true;
}

/* How many bytes follow the first of a character; -1 when it is no first one. */
static int followers(uint8_t first) {
    if (first < 0x80) {
        return 0;
    }
    return first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
}

/* The next character, which is taken off; false when there is none, a surrogate, or one written longer than needed. */
static bool take(const uint8_t **at, const uint8_t *end, uint32_t *c) {
    static const uint32_t least[] = {1, 0x80, 0x800, 0x10000};
    int more = followers(**at);
    if (more < 0 || end - *at <= more) {
        return false;
    }
    *c = more == 0 ? **at : **at & (0x3fu >> more);
    for (int i = 1; i <= more; i++) {
        uint8_t next = (*at)[i];
        if ((next & 0xc0) != 0x80) {
            return false;
        }
        *c = *c << 6 | (next & 0x3f);
    }
    *at += more + 1;
    return *c >= least[more] && *c <= 0x10ffff && (*c < 0xd800 || *c > 0xdfff);
}

bool utf_measure(const uint8_t *utf8, size_t size, size_t *bytes) {
    *bytes = 0;
    uint32_t c;
    for (const uint8_t *at = utf8; at < utf8 + size;) {
        if (!take(&at, utf8 + size, &c)) {
            return false;
        }
        *bytes += c < 0x10000 ? 2 : 4;
    }
    return true;
}

static uint8_t *append(uint8_t *to, uint32_t value) {
    uint16_t unit = (uint16_t) value;
    memcpy(to, &unit, sizeof unit);
    return to + sizeof unit;
}

void utf_copy(const uint8_t *utf8, size_t size, ekm_text *out) {
    uint8_t *to = (uint8_t *) out->ws;
    uint32_t c;
    for (const uint8_t *at = utf8; at < utf8 + size && take(&at, utf8 + size, &c);) {
        if (c < 0x10000) {
            to = append(to, c);
        } else {
            to = append(to, 0xd800 + ((c - 0x10000) >> 10));
            to = append(to, 0xdc00 + ((c - 0x10000) & 0x3ff));
        }
    }
    out->cb = size == 0 ? 0 : (uint32_t) (to - (uint8_t *) out->ws);
}
