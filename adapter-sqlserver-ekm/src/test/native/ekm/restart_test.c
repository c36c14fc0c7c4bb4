/* The service goes away and comes back, between any two calls and in the middle of one. */
#define _GNU_SOURCE
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pthread.h>

#include "deadline.h"
#include "fixture.h"

enum { SECOND = 1000 * 1000 };

static uint8_t room[400];

static ekm_status encrypt_under(ekm_handle session, ekm_data key) {
    ekm_data in = {5, (uint8_t *) (uintptr_t) "hello"}, out = {sizeof room, room};
    return SqlCryptEncrypt(&session, &key, 1, NULL, 0, &in, &out);
}

static service *restart(service *s) {
    service_stop(s);
    return fixture_serve();
}

static void resumes_each_session(void) {
    service *s = fixture_serve();
    ekm_handle first = fixture_open(), second = fixture_open();
    ekm_data key = fixture_create(first, "k", 19);
    s = restart(s);
    CHECK_EQUAL(encrypt_under(first, key), EKM_SUCCESS);
    CHECK_EQUAL(encrypt_under(second, key), EKM_SUCCESS);
    CHECK_EQUAL(service_asked(s, OPERATION_RESUME), 1);
    CHECK_EQUAL(service_asked(s, OPERATION_OPEN_SESSION), 0);
    CHECK_EQUAL(SqlCryptCloseSession(&first, 0), EKM_SUCCESS);
    s = restart(s);
    CHECK_EQUAL(encrypt_under(second, key), EKM_SUCCESS);
    CHECK_EQUAL(service_sessions(s), 1);
    CHECK_EQUAL(SqlCryptCloseSession(&second, 0), EKM_SUCCESS);
    CHECK_EQUAL(service_sessions(s), 0);
    service_stop(s);
}

static void resumes_a_session_that_is_forgotten(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data key = fixture_create(session, "k", 19);
    service_forget_sessions(s);
    CHECK_EQUAL(encrypt_under(session, key), EKM_SUCCESS);
    CHECK_EQUAL(service_asked(s, OPERATION_RESUME), 1);
    service_forget_sessions(s);
    service_resumes_with(s, EKM_SESSION_EXPIRED);
    CHECK_EQUAL(encrypt_under(session, key), EKM_SESSION_EXPIRED);
    long asked = service_asked(s, OPERATION_ENCRYPT);
    service_resumes_with(s, 0);
    CHECK_EQUAL(encrypt_under(session, key), EKM_SESSION_EXPIRED);
    CHECK_EQUAL(service_asked(s, OPERATION_ENCRYPT), asked);
    CHECK_EQUAL(SqlCryptCloseSession(&session, 0), EKM_SUCCESS);
    service_stop(s);
}

static void keeps_tickets_while_the_module_is_locked(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data key = fixture_create(session, "k", 19);
    s = restart(s);
    service_resumes_with(s, EKM_MODULE_LOCKED);
    CHECK_EQUAL(encrypt_under(session, key), EKM_MODULE_LOCKED);
    CHECK_EQUAL(encrypt_under(session, key), EKM_MODULE_LOCKED);
    service_resumes_with(s, 0);
    CHECK_EQUAL(encrypt_under(session, key), EKM_SUCCESS);
    s = restart(s);
    service_resumes_with(s, EKM_AUTH_FAILURE);
    CHECK_EQUAL(encrypt_under(session, key), EKM_SESSION_EXPIRED);
    s = restart(s);
    CHECK_EQUAL(encrypt_under(session, key), EKM_SESSION_EXPIRED);
    service_stop(s);
}

/* Two-call numbers, reserved ones and the channel's own are nothing to tell SQL Server of a session that was to be resumed. */
static void tells_no_status_that_it_may_not(void) {
    static const uint32_t refused[] = {EKM_INSUFFICIENT_BUFFER, 7, EKM_RESERVED, 0xffff0005, 0xffffffff};
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data key = fixture_create(session, "k", 19);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        service_forget_sessions(s);
        service_resumes_with(s, refused[i]);
        CHECK_EQUAL(encrypt_under(session, key), EKM_PROTOCOL_ERROR);
        s = restart(s);
        service_resumes_with(s, refused[i]);
        CHECK_EQUAL(encrypt_under(session, key), EKM_PROTOCOL_ERROR);
        service_resumes_with(s, 0);
        CHECK_EQUAL(encrypt_under(session, key), EKM_SUCCESS);
    }
    CHECK_EQUAL(SqlCryptCloseSession(&session, 0), EKM_SUCCESS);
    service_stop(s);
}

static void never_creates_twice(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_text name = fixture_text("once");
    ekm_data thumbprint = {sizeof room, room};
    service_misbehave(s, OPERATION_CREATE_KEY, HANGS_UP, 1);
    CHECK_EQUAL(SqlCryptCreateKey(&session, &name, 1, 0, &thumbprint), EKM_SERVICE_UNREACHABLE);
    CHECK_EQUAL(service_asked(s, OPERATION_CREATE_KEY), 1);
    ekm_data key = fixture_create(session, "other", 19);
    service_misbehave(s, OPERATION_ENCRYPT, HANGS_UP, 1);
    CHECK_EQUAL(encrypt_under(session, key), EKM_SUCCESS);
    CHECK_EQUAL(service_asked(s, OPERATION_ENCRYPT), 2);
    service_stop(s);
}

static void is_never_mistaken_for_a_wrong_credential(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data key = fixture_create(session, "k", 19);
    service_stop(s);
    ekm_handle opened;
    CHECK_EQUAL(encrypt_under(session, key), EKM_SERVICE_UNREACHABLE);
    CHECK_EQUAL(fixture_open_with("alice", "wrong", &opened), EKM_SERVICE_UNREACHABLE);
    CHECK_EQUAL(SqlCryptCloseSession(&session, 0), EKM_SUCCESS);
}

static void *serve_later(void *context) {
    deadline_pause(400 * 1000, deadline_now() + 1000 * 1000);
    *(service **) context = fixture_serve();
    return NULL;
}

/* Databases start before services. */
static void waits_for_a_service_that_starts_later(void) {
    fixture_configure(100, 20000);
    service *s;
    pthread_t later;
    CHECK_EQUAL(pthread_create(&later, NULL, serve_later, &s), 0);
    ekm_handle session = fixture_open();
    pthread_join(later, NULL);
    CHECK_EQUAL(SqlCryptCloseSession(&session, 0), EKM_SUCCESS);
    service_stop(s);
    fixture_configure(2000, 100);
    moment before = deadline_now();
    CHECK_EQUAL(fixture_open_with("alice", "pin", &session), EKM_SERVICE_UNREACHABLE);
    CHECK(deadline_now() - before < 15 * 1000 * 1000);
    fixture_configure(2000, 100);
}

static int in_child(ekm_handle session, ekm_data key) {
    pid_t child = fork();
    if (child == 0) {
        ekm_handle own = fixture_open();
        bool well = encrypt_under(session, key) == EKM_SUCCESS && encrypt_under(own, key) == EKM_SUCCESS
                && SqlCryptCloseSession(&session, 0) == EKM_SUCCESS;
        SqlCryptFreeProvider();
        _exit(well ? 0 : 1);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void goes_on_in_a_forked_child(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data key = fixture_create(session, "k", 19);
    CHECK_EQUAL(in_child(session, key), 0);
    CHECK_EQUAL(encrypt_under(session, key), EKM_SUCCESS);
    s = restart(s);
    CHECK_EQUAL(in_child(session, key), 0);
    CHECK_EQUAL(encrypt_under(session, key), EKM_SUCCESS);
    service_stop(s);
}

/* Encrypts until a ticket was refreshed; gives how long that took. */
static moment refreshed(service *s, ekm_handle session, ekm_data key) {
    moment start = deadline_now();
    long before = service_asked(s, OPERATION_REFRESH);
    while (service_asked(s, OPERATION_REFRESH) == before && deadline_now() - start < 30 * SECOND) {
        CHECK_EQUAL(encrypt_under(session, key), EKM_SUCCESS);
    }
    CHECK_EQUAL(service_asked(s, OPERATION_REFRESH), before + 1);
    return deadline_now() - start;
}

static void refreshes_a_ticket_when_its_time_has_come(void) {
    fixture_refresh_after(1);
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data key = fixture_create(session, "k", 19);
    refreshed(s, session, key);
    CHECK(refreshed(s, session, key) >= SECOND / 2);
    s = restart(s);
    CHECK_EQUAL(encrypt_under(session, key), EKM_SUCCESS);
    CHECK_EQUAL(service_asked(s, OPERATION_OPEN_SESSION), 0);
    CHECK_EQUAL(SqlCryptCloseSession(&session, 0), EKM_SUCCESS);
    service_stop(s);
    fixture_configure(2000, 100);
}

static void keeps_a_ticket_for_hours_unless_told_otherwise(void) {
    service *s = fixture_serve();
    ekm_handle session = fixture_open();
    ekm_data key = fixture_create(session, "k", 19);
    for (int i = 0; i < 10; i++) {
        CHECK_EQUAL(encrypt_under(session, key), EKM_SUCCESS);
    }
    CHECK_EQUAL(service_asked(s, OPERATION_REFRESH), 0);
    CHECK_EQUAL(SqlCryptCloseSession(&session, 0), EKM_SUCCESS);
    service_stop(s);
}

int main(void) {
    fixture_begin();
    RUN(resumes_each_session);
    RUN(resumes_a_session_that_is_forgotten);
    RUN(keeps_tickets_while_the_module_is_locked);
    RUN(tells_no_status_that_it_may_not);
    RUN(never_creates_twice);
    RUN(is_never_mistaken_for_a_wrong_credential);
    RUN(waits_for_a_service_that_starts_later);
    RUN(goes_on_in_a_forked_child);
    RUN(refreshes_a_ticket_when_its_time_has_come);
    RUN(keeps_a_ticket_for_hours_unless_told_otherwise);
    fixture_end();
    return 0;
}
