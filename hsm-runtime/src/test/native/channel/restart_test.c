#define _GNU_SOURCE
#include <pthread.h>
#include <unistd.h>

#include "fixture.h"

enum { THREADS = 8 };

static toy *t;
static channel *c;

static moment took(moment start) {
    return (deadline_now() - start) / MILLISECOND;
}

/* What a face does: brings back its state, and notes whether it was let. */
typedef struct {
    _Atomic int count;
    _Atomic bool under_way;
    bool works;
    uint32_t operation;
} resuming;

static bool resume(void *context, channel *on, void *connection) {
    resuming *r = context;
    r->under_way = true;
    message request;
    message reply;
    message_init(&request);
    message_init(&reply);
    bool done = channel_call_on(on, connection, r->operation, &request, &reply) == CHANNEL_OK;
    message_end(&request);
    message_end(&reply);
    r->count++;
    r->under_way = false;
    return done && r->works;
}

static void restart(void) {
    toy_stop(t);
    t = toy_start(fixture_socket(), TOY_WELCOME);
}

static void losesNoCallToARestartBetweenCalls(void) {
    fixture_configure("");
    t = toy_start(fixture_socket(), TOY_WELCOME);
    c = fixture_open(NULL, NULL);
    for (int i = 0; i < 10; i++) {
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
        restart();
    }
    CHECK_EQUAL(fixture_logged("the service"), 0);
    channel_close(c);
    toy_stop(t);
}

static void saysAtOnceThatNobodyWasEverThere(void) {
    fixture_configure("");
    c = fixture_open(NULL, NULL);
    for (int i = 0; i < 100; i++) {
        moment start = deadline_now();
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, CHANNEL_REPEATABLE), CHANNEL_ABSENT);
        CHECK(took(start) < 3000);
    }
    CHECK_EQUAL(fixture_logged("start it with `coffer serve`"), 1);
    CHECK_EQUAL(fixture_logged(fixture_socket()), 1);
    CHECK_EQUAL(channel_reach(c), CHANNEL_ABSENT);
    t = toy_start(fixture_socket(), TOY_WELCOME);
    CHECK_EQUAL(channel_reach(c), CHANNEL_OK);
    channel_close(c);
    toy_stop(t);
}

static void *start_later(void *unused) {
    usleep(150 * MILLISECOND);
    t = toy_start(fixture_socket(), TOY_WELCOME);
    return unused;
}

static void waitsForAServiceThatIsBeingRestarted(void) {
    fixture_configure("");
    t = toy_start(fixture_socket(), TOY_WELCOME);
    c = fixture_open(NULL, NULL);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    toy_stop(t);
    pthread_t starting;
    moment start = deadline_now();
    CHECK_EQUAL(pthread_create(&starting, NULL, start_later, NULL), 0);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    CHECK(took(start) >= 150);
    CHECK_EQUAL(pthread_join(starting, NULL), 0);
    channel_close(c);
    toy_stop(t);
}

static void waitsOnceForAServiceThatStaysAway(void) {
    fixture_configure("deadline-ms = 1000\n");
    t = toy_start(fixture_socket(), TOY_WELCOME);
    c = fixture_open(NULL, NULL);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    toy_stop(t);
    moment start = deadline_now();
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_ABSENT);
    CHECK(took(start) >= 1000 && took(start) < 4000);
    start = deadline_now();
    for (int i = 0; i < 10; i++) {
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_ABSENT);
    }
    CHECK(took(start) < 4000);
    CHECK_EQUAL(fixture_logged("cannot connect"), 1);
    t = toy_start(fixture_socket(), TOY_WELCOME);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    CHECK_EQUAL(fixture_logged("answers again"), 1);
    channel_close(c);
    toy_stop(t);
}

static void resumesOncePerServiceThatDoesNotKnowIt(void) {
    fixture_configure("");
    t = toy_start(fixture_socket(), TOY_WELCOME);
    resuming r = {.works = true, .operation = TOY_ECHO};
    c = fixture_open(resume, &r);
    for (int i = 1; i <= 5; i++) {
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
        CHECK_EQUAL(r.count, i);
        CHECK_EQUAL(toy_done(t), 3);
        restart();
    }
    channel_close(c);
    toy_stop(t);
}

static void givesUpWhatCannotBeResumed(void) {
    fixture_configure("");
    t = toy_start(fixture_socket(), TOY_WELCOME);
    resuming r = {.works = false, .operation = TOY_ECHO};
    c = fixture_open(resume, &r);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_REFUSED);
    CHECK_EQUAL(toy_done(t), 1);
    CHECK_EQUAL(fixture_logged("does not accept this program's login any more"), 1);
    r.works = true;
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    CHECK_EQUAL(r.count, 2);
    channel_close(c);
    toy_stop(t);
}

static void resumesAgainWhenItWasInterrupted(void) {
    fixture_configure("deadline-ms = 1000\n");
    t = toy_start(fixture_socket(), TOY_WELCOME);
    resuming r = {.works = true, .operation = TOY_SILENCE};
    c = fixture_open(resume, &r);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_TIMEOUT);
    r.operation = TOY_HANG_UP;
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_ABSENT);
    /* By now the service knows this client, but has nothing of it. */
    r.operation = TOY_HANG_UP_ONCE;
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_ABSENT);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    CHECK_EQUAL(r.count, 4);
    channel_close(c);
    toy_stop(t);
}

typedef struct {
    resuming resuming;
    _Atomic bool over;
    _Atomic int threads;
    _Atomic long calls[THREADS];
} crowd;

static void *call_until_over(void *context) {
    crowd *all = context;
    _Atomic long *calls = &all->calls[all->threads++];
    while (!all->over) {
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, CHANNEL_REPEATABLE), CHANNEL_OK);
        (*calls)++;
    }
    return NULL;
}

static void *see_that_nobody_overtakes(void *context) {
    crowd *all = context;
    _Atomic long *calls = &all->calls[all->threads++];
    while (!all->over) {
        int before = all->resuming.count;
        bool under_way = all->resuming.under_way;
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, CHANNEL_REPEATABLE), CHANNEL_OK);
        CHECK(!under_way || all->resuming.count > before);
        (*calls)++;
    }
    return NULL;
}

/* A call may be repeated once only: each thread is answered before the next restart. */
static void await_calls(const _Atomic long *calls) {
    moment end = deadline_now() + 5000 * MILLISECOND;
    for (long before = *calls; *calls < before + 10;) {
        CHECK(deadline_pause(MILLISECOND, end));
    }
}

/* Threads that call all the time, while the service is restarted under them: each error would be theirs. */
static void carriesAllThreadsOverRestarts(void) {
    fixture_configure("");
    t = toy_start(fixture_socket(), TOY_WELCOME);
    crowd all = {.resuming = {.works = true, .operation = TOY_PAUSE}};
    c = fixture_open(resume, &all.resuming);
    CHECK_EQUAL(channel_reach(c), CHANNEL_OK);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQUAL(pthread_create(&threads[i], NULL, i == 0 ? see_that_nobody_overtakes : call_until_over, &all), 0);
    }
    for (int i = 1; i <= 10; i++) {
        for (int thread = 0; thread < THREADS; thread++) {
            await_calls(&all.calls[thread]);
        }
        CHECK_EQUAL(all.resuming.count, i);
        restart();
    }
    all.over = true;
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQUAL(pthread_join(threads[i], NULL), 0);
    }
    channel_close(c);
    toy_stop(t);
}

int main(void) {
    fixture_begin();
    RUN(losesNoCallToARestartBetweenCalls);
    RUN(saysAtOnceThatNobodyWasEverThere);
    RUN(waitsForAServiceThatIsBeingRestarted);
    RUN(waitsOnceForAServiceThatStaysAway);
    RUN(resumesOncePerServiceThatDoesNotKnowIt);
    RUN(givesUpWhatCannotBeResumed);
    RUN(resumesAgainWhenItWasInterrupted);
    RUN(carriesAllThreadsOverRestarts);
    fixture_end();
    return 0;
}
