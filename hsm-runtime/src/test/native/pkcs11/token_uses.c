#define _GNU_SOURCE
#include "token_inside.h"

#include <string.h>

/* Reads a mechanism; the tag's size when it is AES-GCM, and whether its IV is of zeros. */
static uint64_t read_mechanism(message *fields, size_t *tag, bool *zeros) {
    size_t size = 0;
    const uint8_t *iv;
    uint64_t type = message_read_u64(fields);
    *tag = 0;
    *zeros = false;
    switch (message_read_u8(fields)) {
    case 0:
        break;
    case 2:
        iv = message_read_bytes(fields, &size);
        *zeros = size == 12 && memcmp(iv, "\0\0\0\0\0\0\0\0\0\0\0", 12) == 0;
        message_read_bytes(fields, &size);
        *tag = message_read_u32(fields) / 8;
        break;
    case 3:
        message_read_u64(fields);
        message_read_u64(fields);
        message_read_bytes(fields, &size);
        break;
    case 4:
        message_read_u64(fields);
        message_read_u64(fields);
        message_read_u32(fields);
        break;
    case 10:
        message_read_u32(fields); /* fall through */
    case 1:
        message_read_bytes(fields, &size);
        break;
    default:
        CHECK(false);
    }
    return type;
}

/* "Encrypts": the bytes with all bits turned, padded and tagged to the length that the real thing would have. */
static void turn(const uint8_t *bytes, size_t size, size_t padding, message *results) {
    size_t place = message_begin_bytes(results);
    for (size_t i = 0; i < size; i++) {
        message_u8(results, (uint8_t)~bytes[i]);
    }
    for (size_t i = 0; i < padding; i++) {
        message_u8(results, (uint8_t)padding);
    }
    message_end_bytes(results, place);
}

/* What is asked of encryption and decryption. */
typedef struct {
    uint64_t type;
    size_t tag;
    bool zeros;
    uint64_t key;
    const uint8_t *data;
    size_t size;
} ciphering;

static ciphering read_ciphering(message *fields) {
    ciphering c;
    c.type = read_mechanism(fields, &c.tag, &c.zeros);
    c.key = message_read_u64(fields);
    c.data = message_read_bytes(fields, &c.size);
    CHECK(message_done(fields));
    return c;
}

uint32_t reply_encrypt(message *fields, message *results) {
    ciphering c = read_ciphering(fields);
    message_bytes(results, "module's iv!", c.zeros ? 12 : 0);
    size_t padding = c.key == KEY_RSA_PUBLIC ? 256 - c.size : c.type == 0x1085 ? 16 - c.size % 16 : c.tag;
    turn(c.data, c.size, padding, results);
    return CKR_OK;
}

uint32_t reply_decrypt(message *fields, message *results) {
    ciphering c = read_ciphering(fields);
    if (c.key == KEY_RSA_PRIVATE && c.size != 256) {
        return CKR_ENCRYPTED_DATA_LEN_RANGE;
    }
    size_t padding = c.key == KEY_RSA_PRIVATE ? 226 : c.type == 0x1085 ? c.data[c.size - 1] : c.tag;
    turn(c.data, c.size - padding, 0, results);
    return CKR_OK;
}

static size_t signature_size(uint64_t key) {
    return key == KEY_EC_PRIVATE || key == KEY_EC_PUBLIC ? 64 : key == KEY_HMAC ? 32 : key == KEY_AES ? 16 : 256;
}

/* The "signature" is the number of the call, over and over. */
void reply_put_signature(long number, size_t size, message *results) {
    uint8_t bytes[256];
    memset(bytes, (int)number, sizeof bytes);
    message_bytes(results, bytes, size);
}

uint32_t reply_sign(token *t, message *fields, message *results) {
    size_t tag, size;
    bool zeros;
    read_mechanism(fields, &tag, &zeros);
    uint64_t key = message_read_u64(fields);
    message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    reply_put_signature(t->asked[OPERATION_SIGN], signature_size(key), results);
    return CKR_OK;
}

/* The right signature is "good". */
static uint32_t verdict(const uint8_t *signature, size_t size) {
    return size == 4 && memcmp(signature, "good", 4) == 0 ? CKR_OK : CKR_SIGNATURE_INVALID;
}

uint32_t reply_verify(message *fields) {
    size_t tag, size;
    bool zeros;
    read_mechanism(fields, &tag, &zeros);
    message_read_u64(fields);
    message_read_bytes(fields, &size);
    const uint8_t *signature = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    return verdict(signature, size);
}

uint32_t reply_digest(message *fields, message *results) {
    size_t tag, size;
    bool zeros;
    read_mechanism(fields, &tag, &zeros);
    message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    reply_put_signature((long)size, 32, results);
    return CKR_OK;
}

uint32_t reply_verify_recover(message *fields, message *results) {
    size_t tag, size;
    bool zeros;
    read_mechanism(fields, &tag, &zeros);
    message_read_u64(fields);
    message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    message_text(results, "recovered");
    return CKR_OK;
}

/* What is gathered comes back a block later, as ciphers do. */
static void give_blocks(client *c, uint8_t kind, message *results) {
    octets *gathered = &c->gathered[kind];
    if (kind > 2) {
        message_bytes(results, NULL, 0);
        return;
    }
    size_t whole = gathered->size / 16 * 16;
    turn(gathered->bytes, whole, 0, results);
    octets rest = {0};
    CHECK(octets_set(&rest, gathered->bytes + whole, gathered->size - whole));
    octets_end(gathered);
    *gathered = rest;
}

static uint32_t take_part(client *c, uint8_t kind, message *fields, message *results) {
    size_t size;
    const uint8_t *part = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    CHECK(octets_append(&c->gathered[kind], part, size));
    give_blocks(c, kind, results);
    return CKR_OK;
}

uint32_t reply_start(client *c, message *fields, message *results) {
    size_t tag;
    bool zeros;
    uint8_t kind = message_read_u8(fields);
    CHECK(kind >= 1 && kind <= 5);
    read_mechanism(fields, &tag, &zeros);
    message_read_u64(fields);
    octets_end(&c->gathered[kind]);
    c->started[kind] = true;
    message_bytes(results, "module's iv!", zeros ? 12 : 0);
    return take_part(c, kind, fields, results);
}

uint32_t reply_update(client *c, message *fields, message *results) {
    uint8_t kind = message_read_u8(fields);
    return kind < 6 && c->started[kind] ? take_part(c, kind, fields, results) : CKR_OPERATION_NOT_INITIALIZED;
}

uint32_t reply_finish(token *t, client *c, message *fields, message *results) {
    size_t size;
    uint8_t kind = message_read_u8(fields);
    const uint8_t *signature = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    if (kind > 5 || !c->started[kind]) {
        return CKR_OPERATION_NOT_INITIALIZED;
    }
    c->started[kind] = false;
    octets gathered = c->gathered[kind];
    c->gathered[kind] = (octets){0};
    uint32_t status = kind == 4 ? verdict(signature, size) : CKR_OK;
    if (kind <= 2) {
        turn(gathered.bytes, gathered.size, 0, results);
    } else {
        reply_put_signature(t->asked[OPERATION_FINISH], kind == 4 ? 0 : 32, results);
    }
    octets_end(&gathered);
    return status;
}

uint32_t reply_random_bytes(message *fields, message *results) {
    uint32_t size = message_read_u32(fields);
    CHECK(message_done(fields) && size <= 1u << 20);
    size_t place = message_begin_bytes(results);
    for (uint32_t i = 0; i < size; i++) {
        message_u8(results, 0xab);
    }
    message_end_bytes(results, place);
    return CKR_OK;
}

uint32_t reply_encrypt_message(message *fields, message *results) {
    size_t size;
    message_read_u64(fields);
    message_read_bytes(fields, &size);
    message_read_u32(fields);
    uint32_t generator = message_read_u32(fields);
    uint32_t tag = message_read_u32(fields) / 8;
    message_read_bytes(fields, &size);
    const uint8_t *data = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    message_bytes(results, "generated iv", generator != 0 ? 12 : 0);
    turn(data, size, 0, results);
    message_bytes(results, "0123456789abcdef", tag);
    return CKR_OK;
}

uint32_t reply_decrypt_message(message *fields, message *results) {
    size_t size, tag_size;
    message_read_u64(fields);
    message_read_bytes(fields, &size);
    message_read_bytes(fields, &size);
    const uint8_t *data = message_read_bytes(fields, &size);
    const uint8_t *tag = message_read_bytes(fields, &tag_size);
    CHECK(message_done(fields));
    if (memcmp(tag, "0123456789abcdef", tag_size) != 0) {
        return 0x42; /* CKR_AEAD_DECRYPT_FAILED */
    }
    turn(data, size, 0, results);
    return CKR_OK;
}
