/* Many threads, a session closed under a running call, a provider freed and opened again meanwhile. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "deadline.h"
#include "fixture.h"

enum { THREADS = 8, ROUNDS = 200 };

static _Atomic bool stop;
static ekm_handle shared;
static ekm_data key;

static ekm_status encrypt(ekm_handle session, ekm_data *out) {
    ekm_data in = {5, (uint8_t *) (uintptr_t) "hello"};
    return SqlCryptEncrypt(&session, &key, 1, NULL, 0, &in, out);
}

static ekm_status once(ekm_handle session) {
    uint8_t room[200], back[200];
    ekm_data out = {sizeof room, room}, again = {sizeof back, back};
    ekm_status status = encrypt(session, &out);
    if (status == EKM_SUCCESS) {
        status = SqlCryptDecrypt(&session, &key, 1, NULL, 0, &out, &again);
    }
    CHECK(status != EKM_SUCCESS || (again.cb == 5 && memcmp(back, "hello", 5) == 0));
    return status;
}

static void *work(void *own) {
    ekm_handle session = own != NULL ? fixture_open() : shared;
    for (int i = 0; i < ROUNDS; i++) {
        CHECK_EQUAL(once(session), EKM_SUCCESS);
    }
    if (own != NULL) {
        CHECK_EQUAL(SqlCryptCloseSession(&session, 0), EKM_SUCCESS);
    }
    return NULL;
}

static void run_all(void *(*body)(void *), void *context) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQUAL(pthread_create(&threads[i], NULL, body, context), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
}

static void work_side_by_side(void) {
    service *s = fixture_serve();
    shared = fixture_open();
    key = fixture_create(shared, "k", 19);
    run_all(work, NULL);
    run_all(work, &stop);
    CHECK_EQUAL(service_sessions(s), 1);
    CHECK_EQUAL(SqlCryptCloseSession(&shared, 0), EKM_SUCCESS);
    service_stop(s);
}

static void *one_call(void *status) {
    uint8_t room[200];
    ekm_data out = {sizeof room, room};
    *(ekm_status *) status = encrypt(shared, &out);
    return NULL;
}

static void await(service *s, uint32_t operation, long count) {
    moment deadline = deadline_now() + 5 * 1000 * 1000;
    while (service_asked(s, operation) < count && deadline_pause(1000, deadline)) {
    }
    CHECK(service_asked(s, operation) >= count);
}

/* The running call ends as it would have; what comes after it is told that the session is over. */
static void closes_a_session_under_a_running_call(void) {
    service *s = fixture_serve();
    shared = fixture_open();
    key = fixture_create(shared, "k", 19);
    service_misbehave(s, OPERATION_ENCRYPT, HANGS, 0);
    ekm_status status = EKM_FAILURE;
    pthread_t running;
    CHECK_EQUAL(pthread_create(&running, NULL, one_call, &status), 0);
    await(s, OPERATION_ENCRYPT, 1);
    CHECK_EQUAL(SqlCryptCloseSession(&shared, 1), EKM_SUCCESS);
    CHECK_EQUAL(once(shared), EKM_SESSION_EXPIRED);
    service_release(s);
    pthread_join(running, NULL);
    CHECK_EQUAL(status, EKM_SUCCESS);
    CHECK_EQUAL(service_sessions(s), 0);
    service_stop(s);
}

static void *until_refused(void *unused) {
    (void) unused;
    ekm_status status = EKM_SUCCESS;
    while (status == EKM_SUCCESS) {
        status = once(shared);
    }
    CHECK_EQUAL(status, EKM_SESSION_EXPIRED);
    return NULL;
}

/* Wherever the calls of the other threads are at that moment. */
static void closes_a_session_under_many_threads(void) {
    service *s = fixture_serve();
    for (int i = 0; i < 20; i++) {
        shared = fixture_open();
        key = fixture_create(shared, "k", 19);
        pthread_t threads[4];
        long before = service_asked(s, OPERATION_ENCRYPT);
        for (int t = 0; t < 4; t++) {
            CHECK_EQUAL(pthread_create(&threads[t], NULL, until_refused, NULL), 0);
        }
        await(s, OPERATION_ENCRYPT, before + 10);
        CHECK_EQUAL(SqlCryptCloseSession(&shared, 1), EKM_SUCCESS);
        for (int t = 0; t < 4; t++) {
            pthread_join(threads[t], NULL);
        }
        CHECK_EQUAL(service_sessions(s), 0);
    }
    service_stop(s);
}

static void *open_and_close(void *unused) {
    (void) unused;
    while (!stop) {
        ekm_handle session;
        if (fixture_open_with("alice", "pin", &session) == EKM_SUCCESS) {
            ekm_status status = once(session);
            CHECK(status == EKM_SUCCESS || status == EKM_FAILURE || status == EKM_INVALID_ARGUMENT || status == EKM_SESSION_EXPIRED);
            SqlCryptCloseSession(&session, 0);
        }
    }
    return NULL;
}

static void is_freed_while_calls_run(void) {
    service *s = fixture_serve();
    shared = fixture_open();
    key = fixture_create(shared, "k", 19);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        CHECK_EQUAL(pthread_create(&threads[i], NULL, open_and_close, NULL), 0);
    }
    for (int i = 0; i < 20; i++) {
        deadline_pause(5000, deadline_now() + 10000);
        CHECK_EQUAL(SqlCryptFreeProvider(), EKM_SUCCESS);
        CHECK_EQUAL(SqlCryptInitializeProvider(), EKM_SUCCESS);
    }
    stop = true;
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    service_stop(s);
}

static int descriptors(void) {
    int count = 0;
    DIR *directory = opendir("/proc/self/fd");
    while (readdir(directory) != NULL) {
        count++;
    }
    closedir(directory);
    return count;
}

typedef ekm_status (*plain_call)(void);
typedef ekm_status (*open_call)(const ekm_credential *, ekm_handle *);

/* Every other time without a word of goodbye. */
static void load_and_unload(void) {
    static int times;
    void *library = dlopen(getenv("COFFER_EKM_LIBRARY"), RTLD_NOW | RTLD_LOCAL);
    CHECK(library != NULL);
    plain_call initialize = (plain_call) (uintptr_t) dlsym(library, "SqlCryptInitializeProvider");
    plain_call release = (plain_call) (uintptr_t) dlsym(library, "SqlCryptFreeProvider");
    open_call open = (open_call) (uintptr_t) dlsym(library, "SqlCryptOpenSession");
    CHECK(initialize != NULL && release != NULL && open != NULL);
    CHECK_EQUAL(initialize(), EKM_SUCCESS);
    ekm_credential credential = {fixture_text("alice"), fixture_text("pin")};
    ekm_handle session;
    CHECK_EQUAL(open(&credential, &session), EKM_SUCCESS);
    CHECK(times++ % 2 == 0 || release() == EKM_SUCCESS);
    CHECK_EQUAL(dlclose(library), 0);
}

static void is_loaded_and_unloaded_again_and_again(void) {
    service *s = fixture_serve();
    load_and_unload();
    for (int i = 0; i < 50; i++) {
        load_and_unload();
    }
    service_stop(s);
    int before = descriptors();
    s = fixture_serve();
    for (int i = 0; i < 50; i++) {
        load_and_unload();
    }
    service_stop(s);
    CHECK_EQUAL(descriptors(), before);
}

int main(void) {
    fixture_begin();
    RUN(work_side_by_side);
    RUN(closes_a_session_under_a_running_call);
    RUN(closes_a_session_under_many_threads);
    RUN(is_freed_while_calls_run);
    RUN(is_loaded_and_unloaded_again_and_again);
    fixture_end();
    return 0;
}
