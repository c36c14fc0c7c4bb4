/* What SQL Server is given, and where: results, sizes, canaries. */
#include <string.h>

#include "fixture.h"

static void tells_of_itself(void) {
    guarded room;
    ekm_provider_info information;
    memset(&information, 0, sizeof information);
    CHECK_EQUAL(SqlCryptGetProviderInfo(&information), EKM_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(information.name.cb, 12);
    CHECK(information.name.ws == NULL);
    for (uint32_t size = 0; size < 12; size++) {
        information.name = (ekm_text) {size, (uint16_t *) (void *) guard(&room, size).pb};
        CHECK_EQUAL(SqlCryptGetProviderInfo(&information), EKM_INSUFFICIENT_BUFFER);
        CHECK_EQUAL(information.name.cb, 12);
        guard_check(&room, 0);
    }
    information.name = (ekm_text) {100, (uint16_t *) (void *) guard(&room, 100).pb};
    CHECK_EQUAL(SqlCryptGetProviderInfo(&information), EKM_SUCCESS);
    CHECK_EQUAL(information.name.cb, 12);
    CHECK((uint8_t *) information.name.ws == room.bytes + GUARD);
    CHECK(memcmp(information.name.ws, fixture_text("Coffer").ws, 12) == 0);
    guard_check(&room, 12);
    CHECK_EQUAL(information.version.major * 1000 + information.version.minor, 1000);
    CHECK_EQUAL(information.api.major * 1000 + information.api.minor, 1001);
    CHECK_EQUAL(information.authentication, EKM_AUTHENTICATION_BASIC);
    CHECK_EQUAL(information.thumbprint_size, EKM_THUMBPRINT);
    CHECK_EQUAL(information.accepts_key_name, 1);
}

static void lists_algorithms(void) {
    static const char *const tags[] = {"RSA_2048", "RSA_3072", "RSA_4096", "AES_128", "AES_192", "AES_256"};
    uint32_t id = 0;
    for (int i = 0; i < 6; i++) {
        guarded room;
        CHECK_EQUAL(SqlCryptGetNextAlgorithmId(&id), EKM_SUCCESS);
        ekm_algorithm_info information = {.tag = {0, NULL}};
        CHECK_EQUAL(SqlCryptGetAlgorithmInfo(id, &information), EKM_INSUFFICIENT_BUFFER);
        information.tag.ws = (uint16_t *) (void *) guard(&room, information.tag.cb).pb;
        CHECK_EQUAL(SqlCryptGetAlgorithmInfo(id, &information), EKM_SUCCESS);
        CHECK_EQUAL(information.id, id);
        CHECK_EQUAL(information.tag.cb, strlen(tags[i]) * 2);
        CHECK(memcmp(information.tag.ws, fixture_text(tags[i]).ws, information.tag.cb) == 0);
        CHECK_EQUAL(information.type, i < 3 ? EKM_ASYMMETRIC : EKM_SYMMETRIC);
        CHECK_EQUAL(information.iv_bits, i < 3 ? 0 : 128);
        guard_check(&room, information.tag.cb);
    }
    CHECK_EQUAL(SqlCryptGetNextAlgorithmId(&id), EKM_NOT_FOUND);
    id = 4711;
    CHECK_EQUAL(SqlCryptGetNextAlgorithmId(&id), EKM_NOT_FOUND);
    ekm_algorithm_info information = {.tag = {0, NULL}};
    CHECK_EQUAL(SqlCryptGetAlgorithmInfo(4711, &information), EKM_NOT_FOUND);
}

/* Encrypts and decrypts into rooms of every size around the right one. */
static void go_round(ekm_handle session, ekm_data key, const uint8_t *text, uint32_t size) {
    guarded room, back;
    ekm_data plain = {size, (uint8_t *) (uintptr_t) text};
    ekm_data cipher = {0, NULL};
    CHECK_EQUAL(SqlCryptEncrypt(&session, &key, 1, NULL, 0, &plain, &cipher), EKM_INSUFFICIENT_BUFFER);
    uint32_t needed = cipher.cb;
    cipher = guard(&room, needed - 1);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &key, 1, NULL, 0, &plain, &cipher), EKM_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(cipher.cb, needed);
    guard_check(&room, 0);
    cipher = guard(&room, needed + 3);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &key, 1, NULL, 0, &plain, &cipher), EKM_SUCCESS);
    CHECK_EQUAL(cipher.cb, needed);
    guard_check(&room, needed);
    for (uint32_t short_by = 1; short_by <= size && short_by < 4; short_by++) {
        ekm_data small = guard(&back, size - short_by);
        ekm_status expected = EKM_INSUFFICIENT_BUFFER;
        CHECK_EQUAL(SqlCryptDecrypt(&session, &key, 1, NULL, 0, &cipher, &small), expected);
        CHECK(small.cb >= size);
        guard_check(&back, 0);
    }
    ekm_data exact = guard(&back, size);
    if (size > 0) {
        CHECK_EQUAL(SqlCryptDecrypt(&session, &key, 1, NULL, 0, &cipher, &exact), EKM_SUCCESS);
        CHECK_EQUAL(exact.cb, size);
        CHECK(memcmp(exact.pb, text, size) == 0);
    }
    guard_check(&back, size);
}

static void encrypts_and_decrypts(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data rsa = fixture_create(session, "tde", 1);
    ekm_data aes = fixture_create(session, "cells", 19);
    uint8_t text[100];
    for (uint32_t i = 0; i < sizeof text; i++) {
        text[i] = (uint8_t) (i * 7);
    }
    static const uint32_t sizes[] = {0, 1, 15, 16, 17, 32, 64, 100};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        go_round(session, aes, text, sizes[i]);
        go_round(session, rsa, text, sizes[i]);
    }
    CHECK_EQUAL(service_asked(s, OPERATION_KEY_BY_THUMBPRINT), 0);
    service_stop(s);
}

static void answers_sizes_of_keys_it_did_not_make(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data aes = fixture_create(session, "cells", 19);
    fixture_configure(2000, 100);
    session = fixture_open();
    ekm_data plain = {64, (uint8_t *) (uintptr_t) "1234567890123456789012345678901234567890123456789012345678901234"};
    for (int i = 0; i < 5; i++) {
        ekm_data cipher = {0, NULL};
        CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 0, &plain, &cipher), EKM_INSUFFICIENT_BUFFER);
        CHECK_EQUAL(cipher.cb, 64 + 29);
    }
    CHECK_EQUAL(service_asked(s, OPERATION_KEY_BY_THUMBPRINT), 1);
    CHECK_EQUAL(service_asked(s, OPERATION_ENCRYPT), 0);
    service_stop(s);
}

static void describes_keys(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data made = fixture_create(session, "master", 2);
    ekm_text name = fixture_text("master");
    ekm_key_info information;
    memset(&information, 0, sizeof information);
    CHECK_EQUAL(SqlCryptGetKeyInfoByName(&session, &name, &information), EKM_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(information.name.cb, 12);
    CHECK_EQUAL(information.thumbprint.cb, EKM_THUMBPRINT);
    guarded name_room, thumb_room;
    /* Every short cb is set, whichever is short; nothing is written then. */
    for (int which = 1; which < 4; which++) {
        ekm_data for_name = guard(&name_room, which & 1 ? 11 : 12);
        information.name = (ekm_text) {for_name.cb, (uint16_t *) (void *) for_name.pb};
        information.thumbprint = guard(&thumb_room, which & 2 ? 19 : 20);
        CHECK_EQUAL(SqlCryptGetKeyInfoByThumb(&session, &made, &information), EKM_INSUFFICIENT_BUFFER);
        CHECK_EQUAL(information.name.cb, 12);
        CHECK_EQUAL(information.thumbprint.cb, EKM_THUMBPRINT);
        guard_check(&name_room, 0);
        guard_check(&thumb_room, 0);
    }
    uint32_t id = 0;
    while (SqlCryptGetNextKeyId(&session, &id) == EKM_SUCCESS) {
        ekm_data for_name = guard(&name_room, 512);
        information.name = (ekm_text) {for_name.cb, (uint16_t *) (void *) for_name.pb};
        information.thumbprint = guard(&thumb_room, 32);
        CHECK_EQUAL(SqlCryptGetKeyInfoByKeyId(&session, id, &information), EKM_SUCCESS);
        guard_check(&name_room, information.name.cb);
        guard_check(&thumb_room, EKM_THUMBPRINT);
    }
    CHECK(memcmp(information.name.ws, name.ws, 12) == 0);
    CHECK(memcmp(information.thumbprint.pb, made.pb, EKM_THUMBPRINT) == 0);
    CHECK_EQUAL(information.algorithm, 2);
    CHECK_EQUAL(SqlCryptGetNextKeyId(&session, &id), EKM_NOT_FOUND);
    service_stop(s);
}

static void exports_public_keys_alone(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data rsa = fixture_create(session, "tde", 1);
    ekm_data aes = fixture_create(session, "cells", 19);
    guarded room;
    ekm_data blob = {0, NULL};
    CHECK_EQUAL(SqlCryptExportKey(&session, &aes, NULL, EKM_BLOB_PUBLIC, &blob), EKM_NOT_SUPPORTED);
    CHECK_EQUAL(SqlCryptExportKey(&session, &rsa, NULL, 0, &blob), EKM_NOT_SUPPORTED);
    CHECK_EQUAL(SqlCryptExportKey(&session, &rsa, &aes, EKM_BLOB_PUBLIC, &blob), EKM_NOT_SUPPORTED);
    CHECK_EQUAL(SqlCryptExportKey(&session, &rsa, NULL, EKM_BLOB_PUBLIC, &blob), EKM_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(blob.cb, 283);
    blob = guard(&room, 282);
    CHECK_EQUAL(SqlCryptExportKey(&session, &rsa, NULL, EKM_BLOB_PUBLIC, &blob), EKM_INSUFFICIENT_BUFFER);
    guard_check(&room, 0);
    blob = guard(&room, 2048);
    CHECK_EQUAL(SqlCryptExportKey(&session, &rsa, NULL, EKM_BLOB_PUBLIC, &blob), EKM_SUCCESS);
    CHECK_EQUAL(blob.cb, 283);
    guard_check(&room, 283);
    service_stop(s);
}

/* A size that turns out to be too small is corrected, not written past. */
static void asks_for_more_room_when_the_service_sends_more(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data aes = fixture_create(session, "cells", 19);
    ekm_data plain = {16, (uint8_t *) (uintptr_t) "1234567890123456"};
    guarded room;
    service_misbehave(s, OPERATION_ENCRYPT, ANSWERS_LONG_DATA, 5000);
    ekm_data cipher = guard(&room, 100);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 0, &plain, &cipher), EKM_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(cipher.cb, 5000);
    guard_check(&room, 0);
    cipher = guard(&room, 5000);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 0, &plain, &cipher), EKM_SUCCESS);
    guard_check(&room, 5000);
    service_stop(s);
}

static void carries_names_of_all_planes(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    uint16_t units[] = {'k', 0xe9, 0x20ac, 0xd83d, 0xdd11, 0xffff, 0xdbff, 0xdfff};
    ekm_text name = {sizeof units, units};
    uint8_t bytes[EKM_THUMBPRINT];
    ekm_data thumbprint = {sizeof bytes, bytes};
    CHECK_EQUAL(SqlCryptCreateKey(&session, &name, 19, 0, &thumbprint), EKM_SUCCESS);
    uint16_t back[8] = {0};
    ekm_key_info information = {.name = {sizeof back, back}, .thumbprint = thumbprint};
    CHECK_EQUAL(SqlCryptGetKeyInfoByThumb(&session, &thumbprint, &information), EKM_SUCCESS);
    CHECK_EQUAL(information.name.cb, sizeof units);
    CHECK(memcmp(back, units, sizeof units) == 0);
    service_stop(s);
}

int main(void) {
    fixture_begin();
    RUN(tells_of_itself);
    RUN(lists_algorithms);
    RUN(encrypts_and_decrypts);
    RUN(answers_sizes_of_keys_it_did_not_make);
    service_forget_keys();
    RUN(describes_keys);
    RUN(exports_public_keys_alone);
    RUN(asks_for_more_room_when_the_service_sends_more);
    RUN(carries_names_of_all_planes);
    fixture_end();
    return 0;
}
