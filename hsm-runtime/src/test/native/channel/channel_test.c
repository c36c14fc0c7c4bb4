#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "fixture.h"

/* One channel, one toy, for the time of a test. */
static toy *t;
static channel *c;

static void begin(const char *configuration) {
    fixture_configure(configuration);
    t = toy_start(fixture_socket(), TOY_WELCOME);
    c = fixture_open(NULL, NULL);
}

static void end(void) {
    channel_close(c);
    toy_stop(t);
}

static moment took(moment start) {
    return (deadline_now() - start) / MILLISECOND;
}

static void answersOnOneConnection(void) {
    begin("");
    for (int i = 0; i < 100; i++) {
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, i % 2 == 0 ? CHANNEL_REPEATABLE : 0), CHANNEL_OK);
    }
    CHECK_EQUAL(toy_made(t), 1);
    CHECK_EQUAL(toy_done(t), 100);
    end();
}

static void answersWithoutSpinningToo(void) {
    begin("spin-us = 0\n");
    for (int i = 0; i < 100; i++) {
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    }
    end();
}

static void tellsTheSerialNumber(void) {
    begin("");
    uint8_t serial[16];
    channel_serial(c, serial);
    CHECK(memcmp(serial, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16) == 0);
    CHECK_EQUAL(channel_reach(c), CHANNEL_OK);
    channel_serial(c, serial);
    CHECK(memcmp(serial, "serial of module", 16) == 0);
    end();
}

static void keepsTheConnectionAfterAnErrorStatus(void) {
    begin("");
    message request;
    message reply;
    message_init(&request);
    message_init(&reply);
    CHECK_EQUAL(channel_call(c, TOY_MALFORMED, &request, &reply, 0), CHANNEL_OK);
    CHECK_EQUAL(reply.status, 0xffff0005);
    message_end(&request);
    message_end(&reply);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    CHECK_EQUAL(toy_made(t), 1);
    end();
}

/* The outcome of a call that the service spoils; the next one has a new connection and is answered. */
static void spoils(uint32_t operation, channel_outcome expected) {
    begin("");
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    moment start = deadline_now();
    CHECK_EQUAL(fixture_call(c, operation, 0), expected);
    CHECK(took(start) < 3000);
    fixture_await_open(t, 0);
    CHECK_EQUAL(toy_done(t), 2);
    CHECK_EQUAL(fixture_logged("the service at"), 1);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    CHECK_EQUAL(fixture_logged("answers again"), 1);
    CHECK_EQUAL(toy_made(t), 2);
    end();
}

static void losesACallThatIsHungUpOn(void) {
    spoils(TOY_HANG_UP, CHANNEL_LOST);
    spoils(TOY_HALF, CHANNEL_LOST);
}

static void takesNoReplyThatLies(void) {
    spoils(TOY_TOO_SHORT, CHANNEL_PROTOCOL);
    spoils(TOY_TOO_LONG, CHANNEL_PROTOCOL);
    spoils(TOY_MORE_BYTES, CHANNEL_PROTOCOL);
    spoils(TOY_OTHER_ID, CHANNEL_PROTOCOL);
}

static void waitsNoLongerThanTheDeadline(void) {
    begin("deadline-ms = 200\n");
    moment start = deadline_now();
    CHECK_EQUAL(fixture_call(c, TOY_SILENCE, CHANNEL_REPEATABLE), CHANNEL_TIMEOUT);
    CHECK(took(start) >= 200 && took(start) < 3000);
    fixture_await_open(t, 0);
    CHECK(toy_done(t) <= 1);
    end();
}

static void waitsLongerForSlowCalls(void) {
    begin("deadline-ms = 5\nspin-us = 0\n");
    CHECK_EQUAL(fixture_call(c, TOY_PAUSE, 0), CHANNEL_TIMEOUT);
    CHECK_EQUAL(fixture_call(c, TOY_PAUSE, CHANNEL_SLOW), CHANNEL_OK);
    end();
}

static void obeysAFarewell(void) {
    spoils(TOY_FAREWELL, CHANNEL_REFUSED);
}

static void takesAReplyByteByByte(void) {
    begin("");
    CHECK_EQUAL(fixture_call(c, TOY_BYTE_BY_BYTE, 0), CHANNEL_OK);
    end();
}

static void dripsCountAgainstTheDeadline(void) {
    begin("deadline-ms = 8\n");
    CHECK_EQUAL(fixture_call(c, TOY_BYTE_BY_BYTE, 0), CHANNEL_TIMEOUT);
    end();
}

static void takesAMegabyte(void) {
    begin("");
    message request;
    message reply;
    message_init(&request);
    message_init(&reply);
    CHECK_EQUAL(channel_call(c, TOY_BIG, &request, &reply, 0), CHANNEL_OK);
    size_t size;
    const uint8_t *bytes = message_read_bytes(&reply, &size);
    CHECK_EQUAL(size, 1 << 20);
    for (size_t i = 0; i < size; i++) {
        CHECK_EQUAL(bytes[i], i % 251);
    }
    message_bytes(&request, bytes, size);
    CHECK(message_done(&reply));
    CHECK_EQUAL(channel_call(c, TOY_ECHO, &request, &reply, 0), CHANNEL_OK);
    CHECK_EQUAL(reply.size, request.size);
    CHECK(memcmp(reply.bytes + MESSAGE_HEADER, request.bytes + MESSAGE_HEADER, request.size - MESSAGE_HEADER) == 0);
    message_end(&request);
    message_end(&reply);
    end();
}

static void sendsNoRequestThatCouldNotBeWritten(void) {
    begin("");
    message request;
    message reply;
    message_init(&request);
    message_init(&reply);
    message_bytes(&request, NULL, (size_t) MESSAGE_LIMIT + 1);
    CHECK_EQUAL(channel_call(c, TOY_ECHO, &request, &reply, 0), CHANNEL_NO_MEMORY);
    CHECK_EQUAL(toy_made(t), 0);
    message_end(&request);
    message_end(&reply);
    end();
}

static void repeatsOnlyWhatMayBeRepeated(void) {
    begin("");
    CHECK_EQUAL(fixture_call(c, TOY_HANG_UP_ONCE, CHANNEL_REPEATABLE), CHANNEL_OK);
    CHECK_EQUAL(toy_done(t), 2);
    CHECK_EQUAL(fixture_logged("the service"), 0);
    end();
    begin("");
    CHECK_EQUAL(fixture_call(c, TOY_HANG_UP_ONCE, 0), CHANNEL_LOST);
    CHECK_EQUAL(toy_done(t), 1);
    end();
}

static void repeatsOnce(void) {
    begin("");
    CHECK_EQUAL(fixture_call(c, TOY_HANG_UP, CHANNEL_REPEATABLE), CHANNEL_LOST);
    CHECK_EQUAL(toy_done(t), 2);
    end();
}

/* Says of each socket of this process whether a program that it becomes would inherit it. */
static void leavesNothingToProgramsItBecomes(void) {
    begin("");
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    DIR *open = opendir("/proc/self/fd");
    CHECK(open != NULL);
    int sockets = 0;
    toy_hold(t);
    for (struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        struct stat found;
        int fd = atoi(entry->d_name);
        if (entry->d_name[0] != '.' && fstat(fd, &found) == 0 && S_ISSOCK(found.st_mode)) {
            CHECK((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
            sockets++;
        }
    }
    toy_let_go(t);
    closedir(open);
    CHECK(sockets >= 3);
    end();
}

static void knowsItsConfiguration(void) {
    begin("colour = green\ndeadline-ms = soon\nlog-level = loud\n=\n");
    CHECK(strcmp(channel_setting(c, "colour"), "green") == 0);
    CHECK(channel_setting(c, "shape") == NULL);
    CHECK_EQUAL(fixture_logged("nobody knows the key colour"), 1);
    CHECK_EQUAL(fixture_logged("deadline-ms must be a number from 1 to 600000; 5000 is used instead"), 1);
    CHECK_EQUAL(fixture_logged("line 7 is not"), 1);
    CHECK_EQUAL(fixture_logged("nobody knows"), 1);
    CHECK_EQUAL(fixture_logged("log-level must be none, error, warning or information"), 1);
    end();
    begin("deadline-ms = 0\n");
    CHECK_EQUAL(fixture_logged("5000 is used instead"), 1);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    end();
}

static void logsWhatItIsAskedTo(void) {
    begin("log-level = error\n");
    channel_log(c, 2, "a warning");
    channel_log(c, 1, "an error of %d\nlines", 2);
    CHECK_EQUAL(fixture_logged("a warning"), 0);
    CHECK_EQUAL(fixture_logged("] error: an error of 2?lines"), 1);
    end();
}

int main(void) {
    fixture_begin();
    RUN(answersOnOneConnection);
    RUN(answersWithoutSpinningToo);
    RUN(tellsTheSerialNumber);
    RUN(keepsTheConnectionAfterAnErrorStatus);
    RUN(losesACallThatIsHungUpOn);
    RUN(takesNoReplyThatLies);
    RUN(waitsNoLongerThanTheDeadline);
    RUN(waitsLongerForSlowCalls);
    RUN(obeysAFarewell);
    RUN(takesAReplyByteByByte);
    RUN(dripsCountAgainstTheDeadline);
    RUN(takesAMegabyte);
    RUN(sendsNoRequestThatCouldNotBeWritten);
    RUN(repeatsOnlyWhatMayBeRepeated);
    RUN(repeatsOnce);
    RUN(leavesNothingToProgramsItBecomes);
    RUN(knowsItsConfiguration);
    RUN(logsWhatItIsAskedTo);
    fixture_end();
    return 0;
}
