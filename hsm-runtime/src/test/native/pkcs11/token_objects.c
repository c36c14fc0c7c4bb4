#define _GNU_SOURCE
#include "token_inside.h"

#include <string.h>

static const struct {
    uint32_t class, type, bits, uses;
} facts[KEYS_END] = {
    [KEY_AES] = {CKO_SECRET_KEY, CKK_AES, 256, 1 | 2 | 4 | 8 | 16 | 32},
    [KEY_RSA_PRIVATE] = {CKO_PRIVATE_KEY, CKK_RSA, 2048, 2 | 4 | 32},
    [KEY_RSA_PUBLIC] = {CKO_PUBLIC_KEY, CKK_RSA, 2048, 1 | 8 | 16},
    [KEY_EC_PRIVATE] = {CKO_PRIVATE_KEY, CKK_EC, 256, 4 | 64},
    [KEY_EC_PUBLIC] = {CKO_PUBLIC_KEY, CKK_EC, 256, 8},
    [KEY_HMAC] = {CKO_SECRET_KEY, CKK_GENERIC_SECRET, 256, 4 | 8},
    [KEY_RSA_SIGN_ONLY] = {CKO_PRIVATE_KEY, CKK_RSA, 2048, 4},
    [KEY_RSA_SMALL] = {CKO_PRIVATE_KEY, CKK_RSA, 1024, 2 | 4},
    [DATA_OBJECT] = {0, 0, 0, 0},
};

uint32_t reply_tell_facts(message *fields, message *results) {
    uint64_t key = message_read_u64(fields);
    if (key == 0 || key >= KEYS_END) {
        return CKR_OBJECT_HANDLE_INVALID;
    }
    message_u32(results, facts[key].class);
    message_u32(results, facts[key].type);
    message_u32(results, facts[key].bits);
    message_u32(results, facts[key].uses);
    return CKR_OK;
}

/* The label is there, the value is sensitive, a number and a list are told, a template too; all else is unknown. */
static void put_attribute(uint32_t type, message *results) {
    size_t place;
    message_u8(results, type == 0x11 ? 1 : type == 3 || type == 0x161 || type == 0x40000600 || type == 0x40000212 ? 0 : 2);
    switch (type) {
    case 3:
        message_text(results, "label");
        break;
    case 0x161:
        place = message_begin_bytes(results);
        message_u64(results, 32);
        message_end_bytes(results, place);
        break;
    case 0x40000600:
        place = message_begin_bytes(results);
        message_u64(results, 0x1087);
        message_u64(results, 0x1085);
        message_end_bytes(results, place);
        break;
    case 0x40000212:
        place = message_begin_bytes(results);
        message_u32(results, 2);
        message_u32(results, 3);
        message_text(results, "inner");
        message_u32(results, 0x103);
        message_bytes(results, "\1", 1);
        message_end_bytes(results, place);
        break;
    default:
        message_bytes(results, NULL, 0);
    }
}

uint32_t reply_get_attributes(message *fields, message *results) {
    message_read_u64(fields);
    message_u32(results, 0);
    for (uint32_t count = message_read_u32(fields); count > 0; count--) {
        put_attribute(message_read_u32(fields), results);
    }
    CHECK(message_done(fields));
    return CKR_OK;
}

uint32_t reply_find(message *results) {
    message_u32(results, 5);
    for (uint64_t key = 1; key <= 5; key++) {
        message_u64(results, key);
    }
    return CKR_OK;
}
