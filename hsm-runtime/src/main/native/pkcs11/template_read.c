#include <string.h>

#include "attribute_syntax.h"
#include "buffers.h"
#include "template.h"

/* Of one attribute in the reply to GET_ATTRIBUTES. */
enum { VALUE_THERE = 0, VALUE_SENSITIVE = 1 };

#define DEPTH_LIMIT 4u

/* The ways in which attributes can fail, gathered: one result stands for them all. */
typedef struct {
    bool sensitive;
    bool invalid;
    bool small;
} shortcomings;

/* A value of the reply, read from its beginning. */
typedef struct {
    const uint8_t *bytes;
    size_t size;
} slice;

static CK_RV verdict(const shortcomings *found) {
    if (found->sensitive) {
        return CKR_ATTRIBUTE_SENSITIVE;
    }
    if (found->invalid) {
        return CKR_ATTRIBUTE_TYPE_INVALID;
    }
    return found->small ? CKR_BUFFER_TOO_SMALL : CKR_OK;
}

static void *attribute_place(void *template, size_t at) {
    return (char *)template + at * sizeof(CK_ATTRIBUTE);
}

static void store_length(void *place, CK_ULONG length) {
    ulong_store((char *)place + offsetof(CK_ATTRIBUTE, ulValueLen), length);
}

/*
 * Where the value of that size goes, or NULL when only the length was wanted or can be told; settles the length. What a failed
 * try left as the length is no room at all.
 */
static char *destination(void *place, size_t size, shortcomings *found) {
    CK_ATTRIBUTE attribute;
    memcpy(&attribute, place, sizeof attribute);
    bool room = attribute.ulValueLen >= size && attribute.ulValueLen != CK_UNAVAILABLE_INFORMATION;
    bool large = attribute.pValue == NULL || room;
    found->small |= !large;
    store_length(place, large ? size : CK_UNAVAILABLE_INFORMATION);
    return large ? attribute.pValue : NULL;
}

static uint64_t number_at(const uint8_t *bytes, size_t size) {
    uint64_t value = 0;
    for (size_t at = 0; at < size; at++) {
        value = value << 8 | bytes[at];
    }
    return value;
}

static void read_bytes(void *place, slice value, shortcomings *found) {
    char *out = destination(place, value.size, found);
    if (out != NULL && value.size > 0) {
        memcpy(out, value.bytes, value.size);
    }
}

static void read_numbers(void *place, slice value, shortcomings *found) {
    size_t count = value.size / 8;
    char *out = destination(place, count * sizeof(CK_ULONG), found);
    for (size_t at = 0; out != NULL && at < count; at++) {
        ulong_store(out + at * sizeof(CK_ULONG), number_at(value.bytes + at * 8, 8));
    }
}

/* The next u32 of a slice; false at its end. */
static bool next_number(slice *rest, uint32_t *number) {
    if (rest->size < 4) {
        return false;
    }
    *number = (uint32_t)number_at(rest->bytes, 4);
    *rest = (slice){rest->bytes + 4, rest->size - 4};
    return true;
}

static bool next_attribute(slice *rest, uint32_t *type, slice *value) {
    uint32_t size;
    if (!next_number(rest, type) || !next_number(rest, &size) || size > rest->size) {
        return false;
    }
    *value = (slice){rest->bytes, size};
    *rest = (slice){rest->bytes + size, rest->size - size};
    return true;
}

static bool read_value(void *place, CK_ATTRIBUTE_TYPE type, slice value, shortcomings *found, unsigned depth);

/* A template within a template: the caller's inner attributes take the inner values in their order. */
static bool read_template(void *place, slice value, shortcomings *found, unsigned depth) {
    uint32_t count, type;
    slice inner;
    if (depth == DEPTH_LIMIT || !next_number(&value, &count) || count > value.size / 8) {
        return false;
    }
    char *out = destination(place, count * sizeof(CK_ATTRIBUTE), found);
    for (size_t at = 0; out != NULL && at < count; at++) {
        if (!next_attribute(&value, &type, &inner)) {
            return false;
        }
        void *each = attribute_place(out, at);
        ulong_store((char *)each + offsetof(CK_ATTRIBUTE, type), type);
        if (!read_value(each, type, inner, found, depth + 1)) {
            return false;
        }
    }
    return true;
}

/* False when the service's value is not one of that attribute. */
static bool read_value(void *place, CK_ATTRIBUTE_TYPE type, slice value, shortcomings *found, unsigned depth) {
    switch (attribute_syntax_of(type)) {
    case SYNTAX_NUMBER:
    case SYNTAX_NUMBERS:
        read_numbers(place, value, found);
        return value.size % 8 == 0;
    case SYNTAX_TEMPLATE:
        return read_template(place, value, found, depth);
    case SYNTAX_BYTES:
    case SYNTAX_BOOLEAN:
    case SYNTAX_DATE:
        break;
    }
    read_bytes(place, value, found);
    return true;
}

static bool read_attribute(void *place, message *reply, shortcomings *found) {
    uint8_t status = message_read_u8(reply);
    slice value;
    value.bytes = message_read_bytes(reply, &value.size);
    if (reply->failed) {
        return false;
    }
    if (status == VALUE_THERE) {
        CK_ATTRIBUTE_TYPE type = ulong_at((char *)place + offsetof(CK_ATTRIBUTE, type));
        return read_value(place, type, value, found, 0);
    }
    found->sensitive |= status == VALUE_SENSITIVE;
    found->invalid |= status != VALUE_SENSITIVE;
    store_length(place, CK_UNAVAILABLE_INFORMATION);
    return true;
}

CK_RV template_read(CK_ATTRIBUTE *template, CK_ULONG count, message *reply) {
    shortcomings found = {0};
    message_read_u32(reply); /* the service's verdict knows nothing of the caller's buffers */
    for (size_t at = 0; at < count; at++) {
        if (!read_attribute(attribute_place(template, at), reply, &found)) {
            return CKR_DEVICE_ERROR;
        }
    }
    return verdict(&found);
}
