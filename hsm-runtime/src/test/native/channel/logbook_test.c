#define _GNU_SOURCE
#include "logbook.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static logbook l = {.destination = "stderr", .level = LOGBOOK_INFORMATION, .name = "test"};

static void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    logbook_write(&l, LOGBOOK_ERROR, format, arguments);
    va_end(arguments);
}

/* Whether a program whose standard error is that descriptor outlives a line to it. */
static void outlives(int error) {
    int status;
    pid_t child = fork();
    if (child == 0) {
        alarm(10);
        signal(SIGPIPE, SIG_DFL);
        dup2(error, STDERR_FILENO);
        say("a line");
        _exit(0);
    }
    CHECK_EQUAL(waitpid(child, &status, 0), child);
    CHECK_EQUAL(status, 0);
}

static void writesALine(void) {
    int ends[2];
    char line[128] = "";
    CHECK_EQUAL(pipe(ends), 0);
    outlives(ends[1]);
    CHECK(read(ends[0], line, sizeof line - 1) > 0);
    CHECK(strstr(line, "error: a line\n") != NULL);
    close(ends[0]);
    close(ends[1]);
}

static void isNotTheEndOfAProgramThatNobodyReads(void) {
    int ends[2];
    CHECK_EQUAL(pipe(ends), 0);
    close(ends[0]);
    outlives(ends[1]);
    close(ends[1]);
}

static void doesNotWaitForWhoDoesNotRead(void) {
    int ends[2];
    CHECK_EQUAL(pipe2(ends, O_NONBLOCK), 0);
    while (write(ends[1], "full", 4) > 0) {
    }
    CHECK_EQUAL(fcntl(ends[1], F_SETFL, 0), 0);
    outlives(ends[1]);
    close(ends[0]);
    close(ends[1]);
}

int main(void) {
    RUN(writesALine);
    RUN(isNotTheEndOfAProgramThatNobodyReads);
    RUN(doesNotWaitForWhoDoesNotRead);
    return 0;
}
