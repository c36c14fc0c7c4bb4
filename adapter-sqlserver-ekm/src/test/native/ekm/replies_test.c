/* A service that answers nonsense: a status that SQL Server may be given, and no byte outside of its buffers. */
#include <string.h>

#include "fixture.h"

static service *s;
static ekm_handle session;
static ekm_data rsa;
static ekm_data aes;

typedef ekm_status (*call)(guarded *);

static ekm_status create(guarded *room) {
    ekm_text name = fixture_text("again");
    ekm_data out = guard(room, 32);
    return SqlCryptCreateKey(&session, &name, 1, 0, &out);
}

static ekm_status info(guarded *room) {
    guarded names;
    ekm_data for_name = guard(&names, 200);
    ekm_key_info out = {.name = {200, (uint16_t *) (void *) for_name.pb}, .thumbprint = guard(room, 32)};
    ekm_status status = SqlCryptGetKeyInfoByThumb(&session, &aes, &out);
    guard_check(&names, 200);
    return status;
}

static ekm_status next(guarded *room) {
    uint32_t id = 0;
    (void) guard(room, 0);
    ekm_status status = SqlCryptGetNextKeyId(&session, &id);
    CHECK(status == EKM_SUCCESS || id == 0);
    return status;
}

static ekm_status export(guarded *room) {
    ekm_data out = guard(room, 300);
    return SqlCryptExportKey(&session, &rsa, NULL, EKM_BLOB_PUBLIC, &out);
}

static ekm_status encrypt(guarded *room) {
    ekm_data in = {5, (uint8_t *) (uintptr_t) "hello"}, out = guard(room, 300);
    return SqlCryptEncrypt(&session, &aes, 1, NULL, 0, &in, &out);
}

static ekm_status decrypt(guarded *room) {
    guarded cipher_room;
    ekm_data in = {5, (uint8_t *) (uintptr_t) "hello"}, cipher = guard(&cipher_room, 300), out = guard(room, 300);
    CHECK_EQUAL(SqlCryptEncrypt(&session, &aes, 1, NULL, 0, &in, &cipher), EKM_SUCCESS);
    return SqlCryptDecrypt(&session, &aes, 1, NULL, 0, &cipher, &out);
}

static const struct {
    uint32_t operation;
    call make;
} CALLS[] = {{OPERATION_CREATE_KEY, create}, {OPERATION_KEY_BY_THUMBPRINT, info}, {OPERATION_NEXT_KEY, next},
        {OPERATION_EXPORT_KEY, export}, {OPERATION_ENCRYPT, encrypt}, {OPERATION_DECRYPT, decrypt}};

enum { COUNT = sizeof CALLS / sizeof CALLS[0] };

static ekm_status with(size_t i, manner how, uint32_t number) {
    guarded room;
    service_misbehave(s, CALLS[i].operation, how, number);
    ekm_status status = CALLS[i].make(&room);
    service_misbehave(s, CALLS[i].operation, BEHAVES, 0);
    guard_check(&room, 300);
    return status;
}

static void refuses_replies_of_other_lengths(void) {
    for (size_t i = 0; i < COUNT; i++) {
        for (uint32_t less = 1; less < 40; less++) {
            CHECK_EQUAL(with(i, ANSWERS_LESS, less), EKM_PROTOCOL_ERROR);
        }
        CHECK_EQUAL(with(i, ANSWERS_MORE, 0), EKM_PROTOCOL_ERROR);
    }
}

static void refuses_lengths_that_lie(void) {
    static const uint32_t lengths[] = {0xffffffff, 0x80000000, 0x7fffffff, 0xfffffffc, 1 << 24, 60000};
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t n = 0; n < sizeof lengths / sizeof lengths[0] && CALLS[i].operation != OPERATION_NEXT_KEY; n++) {
            CHECK_EQUAL(with(i, ANSWERS_NUMBER, lengths[n]), EKM_PROTOCOL_ERROR);
        }
    }
    CHECK_EQUAL(with(2, ANSWERS_NUMBER, 0), EKM_PROTOCOL_ERROR);
}

static void refuses_names_and_thumbprints_that_cannot_be(void) {
    CHECK_EQUAL(with(1, ANSWERS_BAD_NAME, 0), EKM_PROTOCOL_ERROR);
    CHECK_EQUAL(with(1, ANSWERS_LONG_NAME, 257), EKM_PROTOCOL_ERROR);
    CHECK_EQUAL(with(1, ANSWERS_LONG_NAME, 256), EKM_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(with(1, ANSWERS_LONG_NAME, 0), EKM_SUCCESS);
    CHECK_EQUAL(with(0, ANSWERS_LONG_THUMB, 0), EKM_PROTOCOL_ERROR);
}

static void gives_only_statuses_that_it_may(void) {
    static const uint32_t refused[] = {2, 7, 8, 100, 2048, 0xffff0005, 0xffff0007, 0xffffffff};
    static const uint32_t passed[] = {1, 3, 4, 6, 2049, 2110, 2112, 2113, 2120, 2121, 2122, 2123, 2124, 2125, 4000000};
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t n = 0; n < sizeof refused / sizeof refused[0]; n++) {
            CHECK_EQUAL(with(i, ANSWERS_STATUS, refused[n]), EKM_PROTOCOL_ERROR);
        }
        for (size_t n = 0; n < sizeof passed / sizeof passed[0]; n++) {
            CHECK_EQUAL(with(i, ANSWERS_STATUS, passed[n]), passed[n]);
        }
        CHECK_EQUAL(with(i, ANSWERS_STATUS, 0xffff0006), EKM_FAILURE);
        CHECK_EQUAL(with(i, ANSWERS_STATUS, EKM_AUTH_FAILURE), EKM_SESSION_EXPIRED);
        CHECK_EQUAL(with(i, ANSWERS_STATUS, EKM_SESSION_EXPIRED), EKM_SESSION_EXPIRED);
        CHECK_EQUAL(with(i, BEHAVES, 0), EKM_SUCCESS);
    }
}

static void says_when_the_service_hangs_up_or_hangs(void) {
    for (size_t i = 0; i < COUNT; i++) {
        CHECK_EQUAL(with(i, HANGS_UP, 2), EKM_SERVICE_UNREACHABLE);
        CHECK_EQUAL(with(i, BEHAVES, 0), EKM_SUCCESS);
    }
    fixture_configure(50, 0);
    session = fixture_open();
    service_misbehave(s, OPERATION_ENCRYPT, HANGS, 0);
    guarded room;
    CHECK_EQUAL(encrypt(&room), EKM_SERVICE_TIMEOUT);
    guard_check(&room, 0);
    service_release(s);
}

static void opens_no_session_without_a_ticket(void) {
    ekm_handle opened;
    long before = service_sessions(s);
    service_misbehave(s, OPERATION_OPEN_SESSION, ANSWERS_NUMBER, 0);
    CHECK_EQUAL(fixture_open_with("alice", "pin", &opened), EKM_PROTOCOL_ERROR);
    service_misbehave(s, OPERATION_OPEN_SESSION, ANSWERS_LONG_DATA, 5000);
    CHECK_EQUAL(fixture_open_with("alice", "pin", &opened), EKM_PROTOCOL_ERROR);
    service_misbehave(s, OPERATION_OPEN_SESSION, ANSWERS_MORE, 0);
    CHECK_EQUAL(fixture_open_with("alice", "pin", &opened), EKM_PROTOCOL_ERROR);
    service_misbehave(s, OPERATION_OPEN_SESSION, BEHAVES, 0);
    CHECK_EQUAL(service_sessions(s), before);
}

static void make_keys_anew(void) {
    service_forget_keys();
    rsa = fixture_create(session, "tde", 1);
    aes = fixture_create(session, "cells", 19);
}

int main(void) {
    fixture_begin();
    s = fixture_serve();
    session = fixture_open();
    make_keys_anew();
    RUN(refuses_replies_of_other_lengths);
    make_keys_anew();
    RUN(refuses_lengths_that_lie);
    RUN(refuses_names_and_thumbprints_that_cannot_be);
    make_keys_anew();
    RUN(gives_only_statuses_that_it_may);
    RUN(opens_no_session_without_a_ticket);
    RUN(says_when_the_service_hangs_up_or_hangs);
    service_stop(s);
    fixture_end();
    return 0;
}
