/* The keys of the service, which outlive it, and what is done with them. */
#include <string.h>

#include "service_inside.h"
#include "wire.h"

enum { KEYS = 64, SEALED = 29, NAME = 3000 };

typedef struct {
    char name[NAME];
    uint8_t thumbprint[EKM_THUMBPRINT];
    uint32_t algorithm;
} key;

static key keys[KEYS];
static uint32_t key_count;

static key *by_thumbprint(message *fields) {
    size_t size;
    const uint8_t *thumbprint = message_read_bytes(fields, &size);
    CHECK_EQUAL(size, EKM_THUMBPRINT);
    for (uint32_t i = 0; i < key_count; i++) {
        if (memcmp(keys[i].thumbprint, thumbprint, EKM_THUMBPRINT) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

static key *by_name(message *fields) {
    size_t size;
    const uint8_t *name = message_read_bytes(fields, &size);
    for (uint32_t i = 0; i < key_count; i++) {
        if (strlen(keys[i].name) == size && memcmp(keys[i].name, name, size) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

static uint32_t create(message *fields, message *results) {
    size_t size;
    const uint8_t *name = message_read_bytes(fields, &size);
    CHECK(key_count < KEYS && size < NAME);
    key *made = &keys[key_count++];
    memset(made, 0, sizeof *made);
    memcpy(made->name, name, size);
    made->algorithm = message_read_u32(fields);
    message_read_u32(fields);
    CHECK(message_done(fields));
    memset(made->thumbprint, (int) key_count, EKM_THUMBPRINT);
    message_bytes(results, made->thumbprint, EKM_THUMBPRINT);
    return 0;
}

static uint32_t describe(const key *k, const fault *f, message *results) {
    if (k == NULL) {
        return EKM_NOT_FOUND;
    }
    static char name[NAME * 2];
    if (f->how == ANSWERS_BAD_NAME) {
        message_text(results, "\xc0\xaf");
    } else if (f->how == ANSWERS_LONG_NAME) {
        memset(name, 'n', f->number);
        message_bytes(results, name, f->number);
    } else {
        message_text(results, k->name);
    }
    message_bytes(results, k->thumbprint, EKM_THUMBPRINT);
    message_u32(results, k->algorithm);
    message_u32(results, EKM_KEY_SUPPORTED);
    return 0;
}

static uint32_t bits(const key *k) {
    return k->algorithm == 1 ? 2048 : k->algorithm == 2 ? 3072 : k->algorithm == 3 ? 4096 : 0;
}

/* RSA: the length, the text turned round, and zeros; else a header and the text turned round. */
static uint32_t encrypt(message *fields, message *results) {
    size_t size, iv_size;
    key *k = by_thumbprint(fields);
    message_read_bytes(fields, &iv_size);
    const uint8_t *plain = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    if (k == NULL) {
        return EKM_NOT_FOUND;
    }
    size_t place = message_begin_bytes(results);
    size_t total = bits(k) > 0 ? bits(k) / 8 : size + SEALED;
    message_u32(results, (uint32_t) size);
    for (size_t i = 0; i < total - 4; i++) {
        message_u8(results, i < size ? (uint8_t) ~plain[i] : 0);
    }
    message_end_bytes(results, place);
    return 0;
}

static uint32_t decrypt(message *fields, message *results) {
    size_t size, iv_size;
    key *k = by_thumbprint(fields);
    message_read_bytes(fields, &iv_size);
    const uint8_t *cipher = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    if (k == NULL) {
        return EKM_NOT_FOUND;
    }
    if (size < SEALED || wire_get32(cipher) > size - 4) {
        message_text(results, "altered");
        return EKM_DATA_INVALID;
    }
    size_t place = message_begin_bytes(results);
    for (size_t i = 0; i < wire_get32(cipher); i++) {
        message_u8(results, (uint8_t) ~cipher[4 + i]);
    }
    message_end_bytes(results, place);
    return 0;
}

static uint32_t export(message *fields, message *results) {
    key *k = by_thumbprint(fields);
    if (k == NULL) {
        return EKM_NOT_FOUND;
    }
    size_t place = message_begin_bytes(results);
    message_raw(results, "RSA1", 4);
    for (uint32_t i = 4; i < 27 + bits(k) / 8; i++) {
        message_u8(results, (uint8_t) i);
    }
    message_end_bytes(results, place);
    return 0;
}

static key *by_id(message *fields) {
    uint32_t id = message_read_u32(fields);
    return id > 0 && id <= key_count ? &keys[id - 1] : NULL;
}

static uint32_t next(message *fields, message *results) {
    uint32_t id = message_read_u32(fields);
    if (id >= key_count) {
        return EKM_NOT_FOUND;
    }
    message_u32(results, id + 1);
    return 0;
}

uint32_t service_obey_on_keys(uint32_t operation, const fault *f, message *fields, message *results) {
    switch (operation) {
        case OPERATION_CREATE_KEY:
            return create(fields, results);
        case OPERATION_DROP_KEY:
            return by_thumbprint(fields) == NULL ? EKM_NOT_FOUND : 0;
        case OPERATION_NEXT_KEY:
            return next(fields, results);
        case OPERATION_KEY_BY_ID:
            return describe(by_id(fields), f, results);
        case OPERATION_KEY_BY_THUMBPRINT:
            return describe(by_thumbprint(fields), f, results);
        case OPERATION_KEY_BY_NAME:
            return describe(by_name(fields), f, results);
        case OPERATION_EXPORT_KEY:
            return export(fields, results);
        case OPERATION_ENCRYPT:
            return encrypt(fields, results);
        case OPERATION_DECRYPT:
            return decrypt(fields, results);
        default:
            return 0xffff0007u;
    }
}

void service_forget_keys(void) {
    key_count = 0;
}
