#define _GNU_SOURCE
#include <errno.h>

#include "fixture.h"

/* The outcome of calls to a service of such manners, and what the log says about it: once, for a hundred calls. */
static void meets(int manners, channel_outcome expected, const char *line) {
    bool silent = manners == TOY_NO_ANSWER;
    fixture_configure(silent ? "deadline-ms = 200\n" : "");
    toy *t = toy_start(fixture_socket(), manners);
    channel *c = fixture_open(NULL, NULL);
    for (int i = 0; i < (silent ? 2 : 100); i++) {
        moment start = deadline_now();
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, CHANNEL_REPEATABLE), expected);
        CHECK(deadline_now() - start < 3000 * MILLISECOND);
    }
    CHECK_EQUAL(toy_done(t), 0);
    CHECK_EQUAL(fixture_logged(line), 1);
    CHECK_EQUAL(fixture_logged("] "), 1);
    fixture_await_open(t, 0);
    toy_greets(t, TOY_WELCOME);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    channel_close(c);
    toy_stop(t);
}

static void leavesAServiceOfAnotherVersion(void) {
    meets(TOY_OTHER_VERSION, CHANNEL_REFUSED, "it speaks the versions 2 to 3 of the protocol, and this library 1");
}

static void leavesAServiceThatDoesNotWantUs(void) {
    meets(TOY_REFUSES, CHANNEL_REFUSED, "(user 1 may not connect?second line)");
}

static void leavesAServiceThatIsFull(void) {
    meets(TOY_BUSY, CHANNEL_REFUSED, "with 0xffff0003 (connections): raise the service's limits");
}

static void leavesAServiceThatDoesNotAnswer(void) {
    meets(TOY_NO_ANSWER, CHANNEL_TIMEOUT, "does not answer");
}

static void leavesWhatIsNotCoffer(void) {
    meets(TOY_NOT_COFFER, CHANNEL_PROTOCOL, "does not speak Coffer's protocol");
}

static void takesNoWelcomeThatIsIncomplete(void) {
    meets(TOY_SHORT_SERIAL, CHANNEL_PROTOCOL, "does not speak Coffer's protocol");
}

static void leavesAServiceThatClosesAtOnce(void) {
    meets(TOY_CLOSES, CHANNEL_ABSENT, "closed the connection while it was being greeted");
}

static void doesNotGoRoundInCircles(void) {
    fixture_configure("deadline-ms = 5000\n");
    toy *t = toy_start(fixture_socket(), TOY_WELCOMES_AND_CLOSES);
    channel *c = fixture_open(NULL, NULL);
    for (int i = 0; i < 20; i++) {
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, i % 2 == 0 ? CHANNEL_REPEATABLE : 0), CHANNEL_LOST);
    }
    CHECK(toy_made(t) <= 40);
    channel_close(c);
    toy_stop(t);
}

static void waitsForRoomInAServiceItKnows(void) {
    fixture_configure("");
    toy *t = toy_start(fixture_socket(), TOY_WELCOME);
    channel *c = fixture_open(NULL, NULL);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    toy_greets(t, TOY_BUSY_TWICE);
    CHECK_EQUAL(fixture_call(c, TOY_HANG_UP_ONCE, CHANNEL_REPEATABLE), CHANNEL_OK);
    CHECK_EQUAL(toy_made(t), 4);
    channel_close(c);
    toy_stop(t);
}

static void tellsProgramsNamesInPlainText(void) {
    char *name = program_invocation_short_name;
    char latin[] = "caf\xe9";
    fixture_configure("");
    program_invocation_short_name = latin;
    toy *t = toy_start(fixture_socket(), TOY_WELCOME);
    channel *c = fixture_open(NULL, NULL);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    channel_close(c);
    toy_stop(t);
    program_invocation_short_name = name;
}

int main(void) {
    fixture_begin();
    RUN(leavesAServiceOfAnotherVersion);
    RUN(leavesAServiceThatDoesNotWantUs);
    RUN(leavesAServiceThatIsFull);
    RUN(leavesAServiceThatDoesNotAnswer);
    RUN(leavesWhatIsNotCoffer);
    RUN(takesNoWelcomeThatIsIncomplete);
    RUN(leavesAServiceThatClosesAtOnce);
    RUN(doesNotGoRoundInCircles);
    RUN(waitsForRoomInAServiceItKnows);
    RUN(tellsProgramsNamesInPlainText);
    fixture_end();
    return 0;
}
