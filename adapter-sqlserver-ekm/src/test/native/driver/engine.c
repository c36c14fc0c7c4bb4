#include "engine.h"

#include <string.h>

#include "check.h"
#include "machine.h"

enum { GUARD = 48, CANARY = 0xa5, BLOCK = 16 };

engine_functions provider;
static void *library;

static const char *const NAMES[] = {"SqlCryptInitializeProvider", "SqlCryptFreeProvider", "SqlCryptOpenSession", "SqlCryptCloseSession",
    "SqlCryptGetProviderInfo", "SqlCryptGetNextAlgorithmId", "SqlCryptGetAlgorithmInfo", "SqlCryptCreateKey", "SqlCryptDropKey",
    "SqlCryptGetNextKeyId", "SqlCryptGetKeyInfoByKeyId", "SqlCryptGetKeyInfoByThumb", "SqlCryptGetKeyInfoByName", "SqlCryptExportKey",
    "SqlCryptImportKey", "SqlCryptEncrypt", "SqlCryptDecrypt"};

void engine_load(const char *path) {
    void *found[sizeof NAMES / sizeof *NAMES];
    _Static_assert(sizeof found == sizeof provider, "as many functions as names");
    library = machine_load(path);
    CHECK(library != NULL);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        found[i] = machine_find(library, NAMES[i]);
        CHECK(found[i] != NULL);
    }
    memcpy(&provider, found, sizeof provider);
    CHECK_EQUAL(provider.initialize(), EKM_SUCCESS);
}

void engine_unload(void) {
    CHECK_EQUAL(provider.release(), EKM_SUCCESS);
    machine_unload(library);
    memset(&provider, 0, sizeof provider);
}

uint8_t *guarded(size_t size) {
    uint8_t *memory = malloc(size + 2 * GUARD);
    CHECK(memory != NULL);
    memset(memory, CANARY, size + 2 * GUARD);
    return memory + GUARD;
}

void guard(uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < GUARD; i++) {
        CHECK_EQUAL(bytes[size + i], CANARY);
        CHECK_EQUAL((bytes - GUARD)[i], CANARY);
    }
    free(bytes - GUARD);
}

ekm_text text_of(const char *ascii) {
    size_t length = strlen(ascii);
    uint16_t *wide = malloc((length + 1) * sizeof *wide);
    CHECK(wide != NULL);
    for (size_t i = 0; i <= length; i++) {
        wide[i] = (uint8_t) ascii[i];
    }
    return (ekm_text) {.cb = (uint32_t) (length * sizeof *wide), .ws = wide};
}

ekm_status engine_open(const char *user, const char *secret, ekm_handle *session) {
    ekm_credential credential = {.name = text_of(user), .secret = text_of(secret)};
    ekm_status status = provider.open_session(&credential, session);
    free(credential.name.ws);
    free(credential.secret.ws);
    return status;
}

/* The whole two-call rule for one result, whatever function gives it. */
typedef ekm_status (*giver)(void *context, ekm_data *out);

/* One byte is too little; the first answer may be the most that it can be, and this one, when the work was done, what it is. */
static ekm_status take_too_little(giver give, void *context, uint32_t needed) {
    uint8_t *narrow = guarded(1);
    ekm_data result = {.cb = 1, .pb = narrow};
    ekm_status status = give(context, &result);
    CHECK(result.pb == narrow && narrow[0] == CANARY);
    guard(narrow, 1);
    CHECK(status != EKM_SUCCESS);
    CHECK(status != EKM_INSUFFICIENT_BUFFER || (result.cb > 1 && result.cb <= needed));
    return status;
}

static ekm_status take_enough(giver give, void *context, uint32_t needed, engine_value *out) {
    uint8_t *room = guarded(needed);
    ekm_data result = {.cb = needed, .pb = room};
    ekm_status status = give(context, &result);
    CHECK(result.pb == room && result.cb <= needed);
    if (status == EKM_SUCCESS) {
        out->size = result.cb;
        memcpy(out->bytes, room, result.cb);
    }
    guard(room, needed);
    return status;
}

static ekm_status take(giver give, void *context, engine_value *out) {
    ekm_data result = {.cb = 0, .pb = NULL};
    ekm_status status = give(context, &result);
    if (status != EKM_INSUFFICIENT_BUFFER) {
        return status;
    }
    uint32_t needed = result.cb;
    CHECK(needed > 0 && needed <= sizeof out->bytes);
    /* Of one byte, or of up to a block, one byte may be enough. */
    if (needed > BLOCK) {
        status = take_too_little(give, context, needed);
    }
    return status == EKM_INSUFFICIENT_BUFFER ? take_enough(give, context, needed, out) : status;
}

static ekm_status tag_of(void *context, ekm_data *out) {
    ekm_algorithm_info *info = context;
    info->tag = (ekm_text) {.cb = out->cb, .ws = (uint16_t *) (void *) out->pb};
    ekm_status status = provider.algorithm_info(info->id, info);
    *out = (ekm_data) {.cb = info->tag.cb, .pb = (uint8_t *) info->tag.ws};
    return status;
}

static int is_text(const engine_value *found, const char *ascii) {
    ekm_text expected = text_of(ascii);
    int same = found->size == expected.cb && memcmp(found->bytes, expected.ws, expected.cb) == 0;
    free(expected.ws);
    return same;
}

uint32_t engine_algorithm(const char *tag, uint32_t *bits) {
    uint32_t id = 0;
    ekm_status status = provider.next_algorithm(&id);
    for (int count = 0; status == EKM_SUCCESS; status = provider.next_algorithm(&id), count++) {
        ekm_algorithm_info info = {.id = id};
        engine_value found;
        CHECK(count < 32);
        CHECK_EQUAL(take(tag_of, &info, &found), EKM_SUCCESS);
        if (is_text(&found, tag)) {
            *bits = info.bits;
            return id;
        }
    }
    CHECK_EQUAL(status, EKM_NOT_FOUND);
    return 0;
}

ekm_status engine_create(const ekm_handle *session, const char *name, const char *tag, uint8_t thumbprint[32], uint32_t *size) {
    uint32_t bits;
    uint8_t *room = guarded(32);
    ekm_text wanted = text_of(name);
    ekm_data made = {.cb = 32, .pb = room};
    ekm_status status = provider.create_key(session, &wanted, engine_algorithm(tag, &bits), EKM_KEY_SUPPORTED, &made);
    CHECK(made.pb == room);
    if (status == EKM_SUCCESS) {
        CHECK(made.cb > 0 && made.cb <= 32);
        *size = made.cb;
        memcpy(thumbprint, room, made.cb);
    }
    guard(room, 32);
    free(wanted.ws);
    return status;
}

typedef struct {
    __typeof__(SqlCryptEncrypt) *function;
    const ekm_handle *session;
    const ekm_data *thumbprint;
    const ekm_parameter *iv;
    ekm_data in;
} ciphering;

static ekm_status cipher(void *context, ekm_data *out) {
    const ciphering *c = context;
    return c->function(c->session, c->thumbprint, 1, c->iv, c->iv == NULL ? 0 : 1, &c->in, out);
}

static ekm_status run(ciphering c, const engine_value *in, engine_value *out) {
    uint8_t copy[sizeof in->bytes];
    memcpy(copy, in->bytes, in->size);
    c.in = (ekm_data) {.cb = in->size, .pb = copy};
    ekm_status status = take(cipher, &c, out);
    CHECK(memcmp(copy, in->bytes, in->size) == 0);
    return status;
}

ekm_status engine_encrypt(
        const ekm_handle *session, const ekm_data *thumbprint, const ekm_parameter *iv, const engine_value *in, engine_value *out) {
    return run((ciphering) {.function = provider.encrypt, .session = session, .thumbprint = thumbprint, .iv = iv}, in, out);
}

ekm_status engine_decrypt(
        const ekm_handle *session, const ekm_data *thumbprint, const ekm_parameter *iv, const engine_value *in, engine_value *out) {
    return run((ciphering) {.function = provider.decrypt, .session = session, .thumbprint = thumbprint, .iv = iv}, in, out);
}

static ekm_status export_one(void *context, ekm_data *out) {
    const ciphering *c = context;
    return provider.export_key(c->session, c->thumbprint, NULL, EKM_BLOB_PUBLIC, out);
}

ekm_status engine_export(const ekm_handle *session, const ekm_data *thumbprint, engine_value *out) {
    return take(export_one, &(ciphering) {.session = session, .thumbprint = thumbprint}, out);
}

typedef struct {
    const ekm_handle *session;
    const ekm_text *name;
    const ekm_data *thumbprint;
    uint32_t id;
} wanted_key;

static ekm_status ask(const wanted_key *wanted, ekm_key_info *info) {
    return wanted->name != NULL ? provider.key_by_name(wanted->session, wanted->name, info)
            : wanted->thumbprint != NULL ? provider.key_by_thumbprint(wanted->session, wanted->thumbprint, info)
            : provider.key_by_id(wanted->session, wanted->id, info);
}

/* Two results at once: the rule says that both sizes are told. */
static ekm_status find(const wanted_key *wanted, engine_key *key) {
    ekm_key_info info = {.flags = 0};
    ekm_status status = ask(wanted, &info);
    if (status != EKM_INSUFFICIENT_BUFFER) {
        return status;
    }
    uint32_t name_size = info.name.cb;
    uint32_t thumbprint_size = info.thumbprint.cb;
    CHECK(name_size > 0 && name_size <= EKM_KEY_NAME_LIMIT && thumbprint_size > 0 && thumbprint_size <= EKM_THUMBPRINT_LIMIT);
    uint8_t *name = guarded(name_size);
    uint8_t *thumbprint = guarded(thumbprint_size);
    info.name = (ekm_text) {.cb = name_size, .ws = (uint16_t *) (void *) name};
    info.thumbprint = (ekm_data) {.cb = thumbprint_size - 1, .pb = thumbprint};
    CHECK_EQUAL(ask(wanted, &info), EKM_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(info.thumbprint.cb, thumbprint_size);
    info.name.cb = name_size;
    CHECK_EQUAL(ask(wanted, &info), EKM_SUCCESS);
    CHECK((uint8_t *) info.name.ws == name && info.thumbprint.pb == thumbprint);
    key->name.size = info.name.cb;
    memcpy(key->name.bytes, name, info.name.cb);
    key->thumbprint.size = info.thumbprint.cb;
    memcpy(key->thumbprint.bytes, thumbprint, info.thumbprint.cb);
    key->algorithm = info.algorithm;
    key->flags = info.flags;
    guard(name, name_size);
    guard(thumbprint, thumbprint_size);
    return EKM_SUCCESS;
}

ekm_status engine_key_by_name(const ekm_handle *session, const char *name, engine_key *key) {
    ekm_text wanted = text_of(name);
    ekm_status status = find(&(wanted_key) {.session = session, .name = &wanted}, key);
    free(wanted.ws);
    return status;
}

ekm_status engine_key_by_id(const ekm_handle *session, uint32_t id, engine_key *key) {
    return find(&(wanted_key) {.session = session, .id = id}, key);
}

ekm_status engine_key_by_thumbprint(const ekm_handle *session, const ekm_data *thumbprint, engine_key *key) {
    return find(&(wanted_key) {.session = session, .thumbprint = thumbprint}, key);
}
