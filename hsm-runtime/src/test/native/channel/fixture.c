#define _GNU_SOURCE
#include "fixture.h"

#include <sys/stat.h>

#include "scratch.h"

const char *fixture_socket(void) {
    return scratch_path("coffer.sock");
}

static void configure(const char *socket, const char *lines) {
    scratch_write("coffer-test.conf", "# of a test\n%slog = %s\n%s", socket, scratch_path("log"), lines);
    setenv("COFFER_TEST_CONF", scratch_path("coffer-test.conf"), 1);
    scratch_remove("log");
}

void fixture_configure(const char *lines) {
    char line[128];
    snprintf(line, sizeof line, "socket = %s\n", fixture_socket());
    configure(line, lines);
}

void fixture_configure_alone(const char *lines) {
    configure("", lines);
}

const char *fixture_token(const char *text) {
    scratch_write("token", "%s", text);
    const char *path = scratch_path("token");
    CHECK_EQUAL(chmod(path, 0600), 0);
    return path;
}

void fixture_begin(void) {
    scratch_begin();
    fixture_configure("");
}

void fixture_end(void) {
    scratch_remove("log");
    scratch_remove("coffer-test.conf");
    scratch_remove("token");
    scratch_end();
}

int fixture_logged(const char *text) {
    return scratch_count("log", text);
}

channel *fixture_open(channel_resume resume, void *context) {
    channel_settings settings = {.service = "pkcs11", .configuration = "coffer-test.conf", .inside = scratch_directory(),
        .resume = resume, .context = context};
    channel *c = channel_open(&settings);
    CHECK(c != NULL);
    return c;
}

channel_outcome fixture_call(channel *c, uint32_t operation, unsigned treatment) {
    static _Atomic uint64_t number = 0;
    uint64_t sent = ++number;
    message request;
    message reply;
    message_init(&request);
    message_init(&reply);
    message_u64(&request, sent);
    channel_outcome outcome = channel_call(c, operation, &request, &reply, treatment);
    if (outcome == CHANNEL_OK && reply.status == 0) {
        CHECK_EQUAL(message_read_u64(&reply), sent);
        CHECK(message_done(&reply));
    }
    message_end(&request);
    message_end(&reply);
    return outcome;
}

static void await(long (*of)(toy *), toy *t, long count) {
    moment end = deadline_now() + 2000 * MILLISECOND;
    while (of(t) != count) {
        CHECK(deadline_pause(MILLISECOND, end));
    }
}

void fixture_await_open(toy *t, long count) {
    await(toy_open, t, count);
}

void fixture_await_greeted(toy *t, long count) {
    await(toy_greeted, t, count);
}

void fixture_await_done(toy *t, long count) {
    await(toy_done, t, count);
}
