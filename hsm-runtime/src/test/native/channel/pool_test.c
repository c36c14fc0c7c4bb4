#include <pthread.h>

#include "fixture.h"

enum { THREADS = 16, CROWD = 300, CALLS = 500 };

static toy *t;
static channel *c;

static void *call_often(void *unused) {
    for (int i = 0; i < CALLS; i++) {
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, i % 3 == 0 ? CHANNEL_REPEATABLE : 0), CHANNEL_OK);
    }
    return unused;
}

static void *call_once(void *unused) {
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    return unused;
}

static void *call_for_a_while(void *unused) {
    CHECK_EQUAL(fixture_call(c, TOY_PAUSE, 0), CHANNEL_OK);
    return unused;
}

static void *lose_a_connection_now_and_then(void *unused) {
    for (int i = 0; i < CALLS / 10; i++) {
        bool lost = i % 5 == 0;
        CHECK_EQUAL(fixture_call(c, lost ? TOY_HANG_UP : TOY_ECHO, 0), lost ? CHANNEL_LOST : CHANNEL_OK);
    }
    return unused;
}

static void in_threads(int count, void *(*run)(void *)) {
    pthread_t threads[CROWD];
    for (int i = 0; i < count; i++) {
        CHECK_EQUAL(pthread_create(&threads[i], NULL, run, NULL), 0);
    }
    for (int i = 0; i < count; i++) {
        CHECK_EQUAL(pthread_join(threads[i], NULL), 0);
    }
}

static void begin(void) {
    fixture_configure("");
    t = toy_start(fixture_socket(), TOY_WELCOME);
    c = fixture_open(NULL, NULL);
}

static void end(void) {
    channel_close(c);
    fixture_await_open(t, 0);
    toy_stop(t);
}

static void givesEachThreadAConnection(void) {
    begin();
    in_threads(THREADS, call_often);
    CHECK_EQUAL(toy_done(t), THREADS * CALLS);
    CHECK(toy_made(t) <= THREADS);
    end();
}

static void leavesTheConnectionsOfThreadsThatEnded(void) {
    begin();
    for (int i = 0; i < THREADS; i++) {
        in_threads(1, call_once);
    }
    CHECK_EQUAL(toy_made(t), 1);
    end();
}

static void makesNoMoreThanTheMost(void) {
    begin();
    in_threads(CROWD, call_for_a_while);
    in_threads(CROWD, call_for_a_while);
    CHECK_EQUAL(toy_done(t), 2 * CROWD);
    CHECK(toy_made(t) <= 256);
    end();
}

static void replacesConnectionsThatAreLost(void) {
    begin();
    in_threads(THREADS, lose_a_connection_now_and_then);
    CHECK_EQUAL(toy_done(t), THREADS * CALLS / 10);
    CHECK(toy_open(t) <= THREADS);
    end();
}

int main(void) {
    fixture_begin();
    RUN(givesEachThreadAConnection);
    RUN(leavesTheConnectionsOfThreadsThatEnded);
    RUN(makesNoMoreThanTheMost);
    RUN(replacesConnectionsThatAreLost);
    fixture_end();
    return 0;
}
