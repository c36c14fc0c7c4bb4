#define _GNU_SOURCE
#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"

enum { THREADS = 6, FORKS = 25 };

static toy *t;
static channel *c;
static _Atomic bool over;
static _Atomic int resumed;

static bool resume(void *context, channel *on, void *connection) {
    (void) context;
    (void) on;
    (void) connection;
    resumed++;
    return true;
}

static void *call_until_over(void *unused) {
    for (int i = 0; !over; i++) {
        CHECK_EQUAL(fixture_call(c, i % 8 == 0 ? TOY_HANG_UP : TOY_ECHO, 0), i % 8 == 0 ? CHANNEL_LOST : CHANNEL_OK);
    }
    return unused;
}

static void *stay_in_a_call(void *unused) {
    CHECK_EQUAL(fixture_call(c, TOY_SILENCE, 0), CHANNEL_TIMEOUT);
    return unused;
}

static int open_sockets(void) {
    DIR *open = opendir("/proc/self/fd");
    CHECK(open != NULL);
    int sockets = 0;
    for (struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        struct stat found;
        sockets += entry->d_name[0] != '.' && fstat(atoi(entry->d_name), &found) == 0 && S_ISSOCK(found.st_mode);
    }
    closedir(open);
    return sockets;
}

/* Ends the child with the outcome of its calls, without the parent's clean-up. */
static void be_a_child(void) {
    alarm(20);
    channel_after_fork(c);
    int before = resumed;
    for (int i = 0; i < 10; i++) {
        if (fixture_call(c, TOY_ECHO, 0) != CHANNEL_OK) {
            _exit(1);
        }
    }
    _exit(resumed == before + 1 ? 0 : 2);
}

static void begin(const char *configuration) {
    fixture_configure(configuration);
    t = toy_start(fixture_socket(), TOY_WELCOME);
    c = fixture_open(resume, NULL);
    CHECK_EQUAL(channel_reach(c), CHANNEL_OK);
}

static void end(void) {
    channel_close(c);
    toy_stop(t);
}

static void await_success(pid_t child) {
    int status;
    CHECK_EQUAL(waitpid(child, &status, 0), child);
    CHECK_EQUAL(status, 0);
}

static void isAClientOfItsOwnInAChild(void) {
    begin("");
    pid_t child = fork();
    if (child == 0) {
        be_a_child();
    }
    await_success(child);
    CHECK_EQUAL(toy_made(t), 2);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    CHECK_EQUAL(toy_made(t), 2);
    end();
}

/* Whatever its other threads are doing when it forks: connecting, calling, losing connections. */
static void forksWhileThreadsCall(void) {
    begin("log = none\n");
    over = false;
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQUAL(pthread_create(&threads[i], NULL, call_until_over, NULL), 0);
    }
    for (int i = 0; i < FORKS; i++) {
        pid_t child = fork();
        if (child == 0) {
            be_a_child();
        }
        await_success(child);
    }
    over = true;
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQUAL(pthread_join(threads[i], NULL), 0);
    }
    end();
}

static void letsGoOfItsParentsConnections(void) {
    begin("deadline-ms = 1500\n");
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQUAL(pthread_create(&threads[i], NULL, stay_in_a_call, NULL), 0);
    }
    fixture_await_done(t, THREADS);
    pid_t child = fork();
    if (child == 0) {
        int before = open_sockets();
        channel_after_fork(c);
        _exit(before - open_sockets() == THREADS ? 0 : 3);
    }
    await_success(child);
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQUAL(pthread_join(threads[i], NULL), 0);
    }
    end();
}

static void *connect_to_silence(void *unused) {
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_TIMEOUT);
    return unused;
}

/* The parent's thread is inside the gate, and is not there in the child to open it. */
static void forksWhileAThreadConnects(void) {
    begin("deadline-ms = 2000\n");
    channel_after_fork(c);
    fixture_await_open(t, 0);
    toy_greets(t, TOY_NO_ANSWER);
    pthread_t connecting;
    CHECK_EQUAL(pthread_create(&connecting, NULL, connect_to_silence, NULL), 0);
    fixture_await_greeted(t, 2);
    toy_greets(t, TOY_WELCOME);
    pid_t child = fork();
    if (child == 0) {
        be_a_child();
    }
    await_success(child);
    CHECK_EQUAL(pthread_join(connecting, NULL), 0);
    end();
}

/* As a daemon does: closes what it has, and opens files of its own under the same numbers. */
static int replace_sockets(void) {
    int replaced = 0;
    for (int fd = 3; fd < 64; fd++) {
        struct stat found;
        if (fstat(fd, &found) == 0 && S_ISSOCK(found.st_mode)) {
            int own[2];
            CHECK_EQUAL(pipe(own), 0);
            CHECK_EQUAL(dup2(own[1], fd), fd);
            close(own[0]);
            close(own[1]);
            replaced++;
        }
    }
    return replaced;
}

static int pipes(void) {
    int found_pipes = 0;
    for (int fd = 3; fd < 64; fd++) {
        struct stat found;
        found_pipes += fstat(fd, &found) == 0 && S_ISFIFO(found.st_mode);
    }
    return found_pipes;
}

static void leavesFilesAloneThatHaveTakenTheNumbersOfItsConnections(void) {
    begin("");
    pid_t child = fork();
    if (child == 0) {
        alarm(20);
        int before = pipes(), replaced = replace_sockets();
        channel_after_fork(c);
        _exit(replaced > 0 && pipes() == before + replaced && fixture_call(c, TOY_ECHO, 0) == CHANNEL_OK ? 0 : 4);
    }
    await_success(child);
    end();
}

/* Without a fork: a request, which may be a PIN, must not go where the program's own bytes go. */
static void sendsNothingToFilesThatHaveTakenTheNumbersOfItsConnections(void) {
    begin("");
    pid_t child = fork();
    if (child == 0) {
        alarm(20);
        signal(SIGPIPE, SIG_DFL);
        int before = pipes(), replaced = replace_sockets();
        bool called = fixture_call(c, TOY_ECHO, CHANNEL_REPEATABLE) == CHANNEL_OK;
        _exit(called && pipes() == before + replaced ? 0 : 5);
    }
    await_success(child);
    end();
}

/* Programs that closed them still write to them. */
static void neverTakesTheNumbersOfTheStandardStreams(void) {
    begin("");
    pid_t child = fork();
    if (child == 0) {
        close(STDIN_FILENO);
        close(STDOUT_FILENO);
        channel_after_fork(c);
        struct stat found;
        bool called = fixture_call(c, TOY_ECHO, 0) == CHANNEL_OK;
        _exit(called && fstat(STDIN_FILENO, &found) != 0 && fstat(STDOUT_FILENO, &found) != 0 ? 0 : 6);
    }
    await_success(child);
    end();
}

int main(void) {
    fixture_begin();
    RUN(isAClientOfItsOwnInAChild);
    RUN(forksWhileThreadsCall);
    RUN(letsGoOfItsParentsConnections);
    RUN(forksWhileAThreadConnects);
    RUN(leavesFilesAloneThatHaveTakenTheNumbersOfItsConnections);
    RUN(sendsNothingToFilesThatHaveTakenTheNumbersOfItsConnections);
    RUN(neverTakesTheNumbersOfTheStandardStreams);
    fixture_end();
    return 0;
}
