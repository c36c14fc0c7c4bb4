/* Every pointer NULL, every length wrong, every handle foreign: the documented status, and nothing asked of the service. */
#include <string.h>

#include "fixture.h"

static service *s;
static ekm_handle session;
static ekm_data rsa;
static ekm_data aes;
static uint8_t text[64];

static ekm_data plain(void) {
    return (ekm_data) {sizeof text, text};
}

static void refuses_what_is_no_session(void) {
    ekm_handle none = NULL, garbage = (ekm_handle) (uintptr_t) 0xdeadbeef, stack = &none, near = (uint8_t *) session + 1000;
    ekm_handle closed = fixture_open();
    CHECK_EQUAL(SqlCryptCloseSession(&closed, 0), EKM_SUCCESS);
    CHECK_EQUAL(SqlCryptCloseSession(&closed, 0), EKM_SESSION_EXPIRED);
    const ekm_handle *handles[] = {NULL, &none, &garbage, &stack, &near, &closed};
    for (size_t i = 0; i < sizeof handles / sizeof handles[0]; i++) {
        const ekm_handle *h = handles[i];
        ekm_status expected = h == &closed ? EKM_SESSION_EXPIRED : EKM_INVALID_ARGUMENT;
        ekm_text name = fixture_text("x");
        ekm_data in = plain(), out = {0, NULL};
        ekm_key_info information;
        uint32_t id = 0;
        memset(&information, 0, sizeof information);
        CHECK_EQUAL(SqlCryptCreateKey(h, &name, 1, 0, &out), expected);
        CHECK_EQUAL(SqlCryptDropKey(h, &rsa), expected);
        CHECK_EQUAL(SqlCryptGetNextKeyId(h, &id), expected);
        CHECK_EQUAL(SqlCryptGetKeyInfoByKeyId(h, 1, &information), expected);
        CHECK_EQUAL(SqlCryptGetKeyInfoByThumb(h, &rsa, &information), expected);
        CHECK_EQUAL(SqlCryptGetKeyInfoByName(h, &name, &information), expected);
        CHECK_EQUAL(SqlCryptExportKey(h, &rsa, NULL, EKM_BLOB_PUBLIC, &out), expected);
        CHECK_EQUAL(SqlCryptEncrypt(h, &rsa, 1, NULL, 0, &in, &out), expected);
        CHECK_EQUAL(SqlCryptDecrypt(h, &rsa, 1, NULL, 0, &in, &out), expected);
        CHECK_EQUAL(SqlCryptCloseSession((ekm_handle *) (uintptr_t) h, 1), expected);
        CHECK_EQUAL(out.cb, 0);
    }
}

static void refuses_missing_places(void) {
    ekm_text name = fixture_text("x");
    ekm_data in = plain(), out = {0, NULL};
    CHECK_EQUAL(SqlCryptOpenSession(NULL, &session), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptGetProviderInfo(NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptGetNextAlgorithmId(NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptGetAlgorithmInfo(1, NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptCreateKey(&session, NULL, 1, 0, &rsa), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptCreateKey(&session, &name, 1, 0, NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptDropKey(&session, NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptGetNextKeyId(&session, NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptGetKeyInfoByKeyId(&session, 1, NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptGetKeyInfoByKeyId(&session, 0, (ekm_key_info[1]) {{.flags = 0}}), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptGetKeyInfoByThumb(&session, &rsa, NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptGetKeyInfoByThumb(&session, NULL, (ekm_key_info[1]) {{.flags = 0}}), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptGetKeyInfoByName(&session, &name, NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptGetKeyInfoByName(&session, NULL, (ekm_key_info[1]) {{.flags = 0}}), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptExportKey(&session, NULL, NULL, EKM_BLOB_PUBLIC, &out), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptExportKey(&session, &rsa, NULL, EKM_BLOB_PUBLIC, NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptImportKey(&session, &name, NULL, 0, 0, &in), EKM_NOT_SUPPORTED);
    CHECK_EQUAL(SqlCryptImportKey(NULL, NULL, NULL, 99, 99, NULL), EKM_NOT_SUPPORTED);
    CHECK_EQUAL(SqlCryptEncrypt(&session, NULL, 1, NULL, 0, &in, &out), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 0, NULL, &out), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 0, &in, NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptDecrypt(&session, &aes, 1, NULL, 0, &in, NULL), EKM_INVALID_ARGUMENT);
    ekm_data nowhere = {5, NULL};
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 0, &nowhere, &out), EKM_INVALID_ARGUMENT);
    ekm_data endless = {UINT32_MAX, text};
    CHECK_EQUAL(SqlCryptDecrypt(&session, &aes, 1, NULL, 0, &endless, &out), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 0, NULL, 0, &in, &out), EKM_NOT_SUPPORTED);
}

static void refuses_wrong_parameters(void) {
    ekm_data in = plain(), out = {0, NULL};
    ekm_parameter good = {EKM_PARAMETER_IV, 16, text}, type = {1, 16, text}, nowhere = {EKM_PARAMETER_IV, 16, NULL},
            endless = {EKM_PARAMETER_IV, 513, text}, two[] = {good, good};
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, &good, 1, &in, &out), EKM_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, &type, 1, &in, &out), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, &nowhere, 1, &in, &out), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, &endless, 1, &in, &out), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 1, &in, &out), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, two, 2, &in, &out), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, &good, UINT32_MAX, &in, &out), EKM_INVALID_ARGUMENT);
}

static void refuses_wrong_thumbprints(void) {
    uint8_t bytes[64] = {0};
    for (uint32_t size = 0; size < sizeof bytes; size++) {
        ekm_data thumbprint = {size, bytes}, in = plain(), out = {0, NULL};
        bool possible = size > 0 && size <= EKM_THUMBPRINT_LIMIT;
        ekm_status expected = possible ? EKM_NOT_FOUND : EKM_INVALID_ARGUMENT;
        CHECK_EQUAL(SqlCryptDropKey(&session, &thumbprint), expected);
        CHECK_EQUAL(SqlCryptEncrypt(&session, &thumbprint, 1, NULL, 0, &in, &out), expected);
        CHECK_EQUAL(SqlCryptExportKey(&session, &thumbprint, NULL, EKM_BLOB_PUBLIC, &out), expected);
    }
    ekm_data nowhere = {20, NULL};
    CHECK_EQUAL(SqlCryptDropKey(&session, &nowhere), EKM_INVALID_ARGUMENT);
}

static void refuses_wrong_names(void) {
    static uint16_t units[300];
    for (size_t i = 0; i < 300; i++) {
        units[i] = 'n';
    }
    uint16_t high[] = {'a', 0xd800}, low[] = {0xdc00, 'a'}, pair[] = {0xd800, 0xd800}, end[] = {'a', 0};
    ekm_text wrong[] = {{0, units}, {0, NULL}, {2, NULL}, {3, units}, {513, units}, {514, units}, {UINT32_MAX, units}, {4, high}, {4, low},
            {4, pair}, {4, end}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        uint8_t bytes[EKM_THUMBPRINT];
        ekm_data thumbprint = {sizeof bytes, bytes};
        ekm_key_info information;
        memset(&information, 0, sizeof information);
        CHECK_EQUAL(SqlCryptCreateKey(&session, &wrong[i], 1, 0, &thumbprint), EKM_INVALID_ARGUMENT);
        CHECK_EQUAL(SqlCryptGetKeyInfoByName(&session, &wrong[i], &information), EKM_INVALID_ARGUMENT);
    }
    ekm_text longest = {512, units};
    ekm_key_info information;
    memset(&information, 0, sizeof information);
    CHECK_EQUAL(SqlCryptGetKeyInfoByName(&session, &longest, &information), EKM_NOT_FOUND);
}

/* A key is only made when there is room for its thumbprint: asked again, there would be two. */
static void makes_no_key_without_room(void) {
    long before = service_asked(s, OPERATION_CREATE_KEY);
    guarded room;
    ekm_text name = fixture_text("once");
    for (uint32_t size = 0; size < EKM_THUMBPRINT; size++) {
        ekm_data thumbprint = guard(&room, size);
        CHECK_EQUAL(SqlCryptCreateKey(&session, &name, 1, 0, &thumbprint), EKM_INSUFFICIENT_BUFFER);
        CHECK_EQUAL(thumbprint.cb, EKM_THUMBPRINT);
        guard_check(&room, 0);
    }
    ekm_data thumbprint = guard(&room, 32);
    CHECK_EQUAL(SqlCryptCreateKey(&session, &name, 4711, 0, &thumbprint), EKM_NOT_SUPPORTED);
    CHECK_EQUAL(service_asked(s, OPERATION_CREATE_KEY), before);
    CHECK_EQUAL(SqlCryptCreateKey(&session, &name, 1, 0, &thumbprint), EKM_SUCCESS);
    CHECK_EQUAL(thumbprint.cb, EKM_THUMBPRINT);
    guard_check(&room, EKM_THUMBPRINT);
}

static void tells_a_wrong_credential_alone(void) {
    ekm_handle opened = (ekm_handle) (uintptr_t) 42;
    CHECK_EQUAL(fixture_open_with("alice", "wrong", &opened), EKM_AUTH_FAILURE);
    CHECK_EQUAL(fixture_open_with("", "", &opened), EKM_AUTH_FAILURE);
    CHECK(opened == (ekm_handle) (uintptr_t) 42);
    long asked = service_asked(s, OPERATION_OPEN_SESSION);
    ekm_credential credential = {fixture_text("alice"), {6, NULL}};
    CHECK_EQUAL(SqlCryptOpenSession(&credential, &opened), EKM_INVALID_ARGUMENT);
    credential.secret = (ekm_text) {8002, fixture_text("x").ws};
    CHECK_EQUAL(SqlCryptOpenSession(&credential, &opened), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(SqlCryptOpenSession(&credential, NULL), EKM_INVALID_ARGUMENT);
    CHECK_EQUAL(service_asked(s, OPERATION_OPEN_SESSION), asked);
}

static void finds_an_altered_ciphertext(void) {
    uint8_t bytes[200], back[200];
    ekm_data in = plain(), cipher = {sizeof bytes, bytes}, out = {sizeof back, back};
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 0, &in, &cipher), EKM_SUCCESS);
    bytes[0] ^= 1;
    CHECK_EQUAL(SqlCryptDecrypt(&session, &aes, 1, NULL, 0, &cipher, &out), EKM_DATA_INVALID);
    CHECK_EQUAL(out.cb, sizeof back);
    cipher.cb = 0;
    CHECK_EQUAL(SqlCryptDecrypt(&session, &aes, 1, NULL, 0, &cipher, &out), EKM_DATA_INVALID);
}

static void works_only_between_initialize_and_free(void) {
    ekm_data in = plain(), out = {0, NULL};
    CHECK_EQUAL(SqlCryptInitializeProvider(), EKM_SUCCESS);
    CHECK_EQUAL(SqlCryptInitializeProvider(), EKM_SUCCESS);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 0, &in, &out), EKM_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(SqlCryptFreeProvider(), EKM_SUCCESS);
    CHECK_EQUAL(SqlCryptFreeProvider(), EKM_SUCCESS);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 0, &in, &out), EKM_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(SqlCryptFreeProvider(), EKM_SUCCESS);
    CHECK_EQUAL(SqlCryptFreeProvider(), EKM_SUCCESS);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 0, &in, &out), EKM_FAILURE);
    CHECK_EQUAL(SqlCryptCloseSession(&session, 0), EKM_FAILURE);
    CHECK_EQUAL(fixture_open_with("alice", "pin", &session), EKM_FAILURE);
    CHECK_EQUAL(SqlCryptInitializeProvider(), EKM_SUCCESS);
    CHECK_EQUAL(SqlCryptCloseSession(&session, 0), EKM_INVALID_ARGUMENT);
}

int main(void) {
    fixture_begin();
    s = fixture_serve();
    session = fixture_open();
    rsa = fixture_create(session, "tde", 1);
    aes = fixture_create(session, "cells", 19);
    RUN(refuses_what_is_no_session);
    RUN(refuses_missing_places);
    RUN(refuses_wrong_parameters);
    RUN(refuses_wrong_thumbprints);
    RUN(refuses_wrong_names);
    RUN(makes_no_key_without_room);
    RUN(tells_a_wrong_credential_alone);
    RUN(finds_an_altered_ciphertext);
    RUN(works_only_between_initialize_and_free);
    service_stop(s);
    fixture_end();
    return 0;
}
