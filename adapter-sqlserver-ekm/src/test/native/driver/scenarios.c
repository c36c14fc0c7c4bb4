#include <string.h>

#include "check.h"
#include "driver.h"
#include "engine.h"
#include "machine.h"

enum { DEK = 32, BLOCK = 16 };

static ekm_handle session;
static uint8_t thumbprint_bytes[32];
static ekm_data thumbprint = {.pb = thumbprint_bytes};

static void begin(void) {
    engine_load(settings.library);
    CHECK_EQUAL(engine_open(settings.user, settings.pin, &session), EKM_SUCCESS);
    CHECK(session != NULL);
}

static void end(void) {
    CHECK_EQUAL(provider.close_session(&session, 0), EKM_SUCCESS);
    engine_unload();
}

/* A name that nobody had before, whichever process this is. */
static const char *fresh_name(void) {
    static char name[64];
    static int count;
    snprintf(name, sizeof name, "driver %lld-%p-%d", machine_now(), (void *) session, ++count);
    return name;
}

static const char *create(const char *tag) {
    const char *name = fresh_name();
    CHECK_EQUAL(engine_create(&session, name, tag, thumbprint_bytes, &thumbprint.cb), EKM_SUCCESS);
    return name;
}

static engine_value value(uint32_t size) {
    engine_value made = {.size = size};
    for (uint32_t i = 0; i < size; i++) {
        made.bytes[i] = (uint8_t) (i * 31 + size);
    }
    return made;
}

static void there_and_back(const ekm_parameter *iv, uint32_t size) {
    engine_value plain = value(size);
    engine_value secret, back;
    CHECK_EQUAL(engine_encrypt(&session, &thumbprint, iv, &plain, &secret), EKM_SUCCESS);
    CHECK(secret.size >= plain.size && (size < BLOCK || memcmp(secret.bytes, plain.bytes, size) != 0));
    CHECK_EQUAL(engine_decrypt(&session, &thumbprint, iv, &secret, &back), EKM_SUCCESS);
    CHECK_EQUAL(back.size, plain.size);
    CHECK(memcmp(back.bytes, plain.bytes, plain.size) == 0);
}

void information(void) {
    engine_load(settings.library);
    ekm_provider_info info = {.accepts_key_name = 0xee};
    CHECK_EQUAL(provider.provider_info(&info), EKM_INSUFFICIENT_BUFFER);
    uint32_t needed = info.name.cb;
    CHECK(needed > 0 && needed <= 2048 && needed % 2 == 0);
    uint8_t *name = guarded(needed);
    info.name.ws = (uint16_t *) (void *) name;
    CHECK_EQUAL(provider.provider_info(&info), EKM_SUCCESS);
    CHECK((uint8_t *) info.name.ws == name && info.name.cb == needed);
    CHECK(info.version.major == 1 && info.api.major == 1 && info.api.minor == 1);
    CHECK_EQUAL(info.authentication, EKM_AUTHENTICATION_BASIC);
    CHECK(info.accepts_key_name == 1 && info.thumbprint_size > 0 && info.thumbprint_size <= 32);
    guard(name, needed);
    static const struct {
        const char *tag;
        uint32_t bits;
    } expected[] = {{"RSA_2048", 2048}, {"RSA_3072", 3072}, {"RSA_4096", 4096}, {"AES_128", 128}, {"AES_192", 192}, {"AES_256", 256}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        uint32_t bits = 0;
        CHECK(engine_algorithm(expected[i].tag, &bits) != 0);
        CHECK_EQUAL(bits, expected[i].bits);
    }
    engine_unload();
}

void wrong_credential(void) {
    engine_load(settings.library);
    CHECK_EQUAL(engine_open(settings.user, "not the PIN at all", &session), EKM_AUTH_FAILURE);
    CHECK_EQUAL(engine_open("nobody", settings.pin, &session), EKM_AUTH_FAILURE);
    CHECK_EQUAL(engine_open(settings.user, settings.pin, &session), EKM_SUCCESS);
    end();
}

static void has(const engine_key *key, const char *name, const char *tag) {
    uint32_t bits;
    ekm_text expected = text_of(name);
    CHECK_EQUAL(key->name.size, expected.cb);
    CHECK(memcmp(key->name.bytes, expected.ws, expected.cb) == 0);
    CHECK_EQUAL(key->thumbprint.size, thumbprint.cb);
    CHECK(memcmp(key->thumbprint.bytes, thumbprint.pb, thumbprint.cb) == 0);
    CHECK_EQUAL(key->algorithm, engine_algorithm(tag, &bits));
    free(expected.ws);
}

static void is_enumerated(const char *name, const char *tag) {
    uint32_t id = 0;
    int found = 0;
    ekm_status status = provider.next_key(&session, &id);
    for (; status == EKM_SUCCESS; status = provider.next_key(&session, &id)) {
        engine_key key;
        CHECK_EQUAL(engine_key_by_id(&session, id, &key), EKM_SUCCESS);
        if (key.thumbprint.size == thumbprint.cb && memcmp(key.thumbprint.bytes, thumbprint.pb, thumbprint.cb) == 0) {
            has(&key, name, tag);
            found++;
        }
    }
    CHECK_EQUAL(status, EKM_NOT_FOUND);
    CHECK_EQUAL(found, 1);
}

/* CREATE ASYMMETRIC KEY, CREATE DATABASE ENCRYPTION KEY, a start of the database, DROP ASYMMETRIC KEY. */
void rsa(void) {
    begin();
    const char *name = create("RSA_2048");
    engine_key key;
    CHECK_EQUAL(engine_key_by_thumbprint(&session, &thumbprint, &key), EKM_SUCCESS);
    has(&key, name, "RSA_2048");
    CHECK_EQUAL(engine_key_by_name(&session, name, &key), EKM_SUCCESS);
    has(&key, name, "RSA_2048");
    is_enumerated(name, "RSA_2048");
    engine_value blob;
    CHECK_EQUAL(engine_export(&session, &thumbprint, &blob), EKM_SUCCESS);
    CHECK(blob.size > 256 && memcmp(blob.bytes, "RSA1", 4) == 0);
    there_and_back(NULL, DEK);
    CHECK_EQUAL(engine_key_by_name(&session, "there is no such key", &key), EKM_NOT_FOUND);
    end();
}

void aes(void) {
    begin();
    create("AES_256");
    uint8_t iv[BLOCK] = {1, 2, 3};
    ekm_parameter parameter = {.type = EKM_PARAMETER_IV, .cb = sizeof iv, .pb = iv};
    static const uint32_t sizes[] = {1, 15, 16, 17, 64, 1000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        there_and_back(&parameter, sizes[i]);
        there_and_back(NULL, sizes[i]);
    }
    engine_value blob;
    CHECK(engine_export(&session, &thumbprint, &blob) != EKM_SUCCESS);
    end();
}

void duplicate(void) {
    begin();
    uint8_t other[32];
    uint32_t size = 0;
    const char *name = create("AES_128");
    CHECK_EQUAL(engine_create(&session, name, "AES_128", other, &size), EKM_KEY_EXISTS);
    CHECK_EQUAL(size, 0);
    there_and_back(NULL, DEK);
    end();
}

static void is_refused(const engine_value *secret) {
    engine_value back;
    CHECK_EQUAL(engine_decrypt(&session, &thumbprint, NULL, secret, &back), EKM_DATA_INVALID);
}

/* One bit at the beginning, in the middle, at the end. */
void tampered(void) {
    begin();
    create("RSA_2048");
    engine_value plain = value(DEK);
    engine_value secret, back;
    CHECK_EQUAL(engine_encrypt(&session, &thumbprint, NULL, &plain, &secret), EKM_SUCCESS);
    for (uint32_t at = 0; at < secret.size; at += secret.size / 2 - 1) {
        secret.bytes[at] ^= 1;
        is_refused(&secret);
        secret.bytes[at] ^= 1;
    }
    CHECK_EQUAL(engine_decrypt(&session, &thumbprint, NULL, &secret, &back), EKM_SUCCESS);
    thumbprint_bytes[0] ^= 1;
    CHECK_EQUAL(engine_decrypt(&session, &thumbprint, NULL, &secret, &back), EKM_NOT_FOUND);
    end();
}

void arguments(void) {
    begin();
    ekm_handle foreign = (ekm_handle) (uintptr_t) 0x1234;
    uint8_t room[32];
    ekm_data blob = {.cb = sizeof room, .pb = room};
    ekm_text name = text_of("x");
    uint32_t id = 0;
    CHECK_EQUAL(provider.open_session(NULL, &session), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(provider.next_key(NULL, &id), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(provider.next_key(&foreign, &id), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(provider.close_session(&foreign, 0), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(provider.create_key(&session, NULL, 1, 1, &blob), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(provider.encrypt(&session, NULL, 1, NULL, 0, &blob, &blob), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(provider.import_key(&session, &name, NULL, 0, 0, &blob), EKM_NOT_SUPPORTED);
    free(name.ws);
    ekm_handle closed = session;
    end();
    engine_load(settings.library);
    CHECK(provider.next_key(&closed, &id) != EKM_SUCCESS);
    engine_unload();
}

enum { THREADS = 8, ROUNDS = 50 };

static void work(int number) {
    for (int i = 0; i < ROUNDS; i++) {
        there_and_back(NULL, (uint32_t) (1 + number * 10 + i));
    }
}

void threads(void) {
    begin();
    create("AES_256");
    machine_run(THREADS, work);
    end();
}

void reload(void) {
    for (int i = 0; i < 20; i++) {
        begin();
        uint32_t id = 0;
        CHECK_EQUAL(provider.next_key(&session, &id), EKM_SUCCESS);
        end();
    }
}

/* Whatever is loaded, unloaded, opened and closed leaves nothing behind. */
void handles(void) {
    reload();
    long before = machine_handles();
    reload();
    CHECK(machine_handles() <= before);
    begin();
    long within = machine_handles();
    for (int i = 0; i < 200; i++) {
        ekm_handle another;
        CHECK_EQUAL(engine_open(settings.user, settings.pin, &another), EKM_SUCCESS);
        CHECK_EQUAL(provider.close_session(&another, 0), EKM_SUCCESS);
    }
    CHECK(machine_handles() <= within + 2);
    end();
}

/* Not a bound: a line to look at. */
void speed(void) {
    enum { CALLS = 2000 };
    begin();
    create("AES_256");
    uint8_t plain_bytes[64] = {0};
    uint8_t secret_bytes[128];
    long long start = machine_now();
    for (int i = 0; i < CALLS; i++) {
        ekm_data plain = {.cb = sizeof plain_bytes, .pb = plain_bytes};
        ekm_data secret = {.cb = sizeof secret_bytes, .pb = secret_bytes};
        CHECK_EQUAL(provider.encrypt(&session, &thumbprint, 1, NULL, 0, &plain, &secret), EKM_SUCCESS);
    }
    long long took = machine_now() - start;
    printf("speed: %lld us for an encryption of 64 bytes\n", took * 1000 / CALLS);
    end();
}

void absent(void) {
    engine_load(settings.library);
    long long start = machine_now();
    CHECK_EQUAL(engine_open(settings.user, settings.pin, &session), EKM_SERVICE_UNREACHABLE);
    CHECK(machine_now() - start < 10000);
    ekm_provider_info info = {.accepts_key_name = 0};
    CHECK_EQUAL(provider.provider_info(&info), EKM_INSUFFICIENT_BUFFER);
    engine_unload();
}

void refused(void) {
    engine_load(settings.library);
    CHECK_EQUAL(engine_open(settings.user, settings.pin, &session), EKM_SERVICE_REFUSED);
    engine_unload();
}

void open_session(void) {
    begin();
    create("AES_256");
}

void use_session(void) {
    there_and_back(NULL, DEK);
}

void lose_session(void) {
    engine_value plain = value(DEK);
    engine_value secret;
    ekm_status status = engine_encrypt(&session, &thumbprint, NULL, &plain, &secret);
    CHECK(status == EKM_SERVICE_UNREACHABLE || status == EKM_SERVICE_TIMEOUT);
}

void close_session(void) {
    end();
}
