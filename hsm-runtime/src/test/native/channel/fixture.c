#define _GNU_SOURCE
#include "fixture.h"

#include <string.h>
#include <unistd.h>

static char directory[32];

static const char *in_directory(const char *name) {
    static __thread char path[64];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

const char *fixture_socket(void) {
    static __thread char path[64];
    snprintf(path, sizeof path, "%s/coffer.sock", directory);
    return path;
}

static void configure(const char *socket, const char *lines) {
    FILE *file = fopen(in_directory("coffer-test.conf"), "w");
    CHECK(file != NULL);
    fprintf(file, "# of a test\n%s", socket);
    fprintf(file, "log = %s\n%s", in_directory("log"), lines);
    CHECK_EQUAL(fclose(file), 0);
    setenv("COFFER_TEST_CONF", in_directory("coffer-test.conf"), 1);
    unlink(in_directory("log"));
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
    FILE *file = fopen(in_directory("token"), "w");
    CHECK(file != NULL);
    CHECK(fputs(text, file) >= 0);
    CHECK_EQUAL(fclose(file), 0);
    return in_directory("token");
}

void fixture_begin(void) {
    strcpy(directory, "/tmp/coffer-test-XXXXXX");
    CHECK(mkdtemp(directory) != NULL);
    fixture_configure("");
}

void fixture_end(void) {
    unlink(in_directory("log"));
    unlink(in_directory("coffer-test.conf"));
    unlink(in_directory("token"));
    CHECK_EQUAL(rmdir(directory), 0);
}

int fixture_logged(const char *text) {
    FILE *file = fopen(in_directory("log"), "r");
    char line[2048];
    int count = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        count += strstr(line, text) != NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    return count;
}

channel *fixture_open(channel_resume resume, void *context) {
    channel_settings settings = {.service = "pkcs11", .configuration = "coffer-test.conf", .inside = directory,
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
