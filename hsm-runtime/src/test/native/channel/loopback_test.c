/* TCP within the machine, where the secret file says who is who. */
#define _GNU_SOURCE
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "token.h"

static toy *t;
static channel *c;

static const char *secret(void) {
    static char text[129];
    toy_secret(text);
    return text;
}

/* The service at that port, with the secret file. */
static void configure(uint16_t port, const char *more) {
    char lines[256];
    snprintf(lines, sizeof lines, "tcp = 127.0.0.1:%u\ntoken-file = %s\n%s", (unsigned) port, fixture_token(secret()), more);
    fixture_configure_alone(lines);
}

static void begin(int manners) {
    t = toy_start_tcp(0, manners);
    configure(toy_port(t), "");
    c = fixture_open(NULL, NULL);
}

static void end(void) {
    channel_close(c);
    toy_stop(t);
}

static void answersOnOneConnection(void) {
    begin(TOY_WELCOME);
    for (int i = 0; i < 100; i++) {
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, i % 2 == 0 ? CHANNEL_REPEATABLE : 0), CHANNEL_OK);
    }
    CHECK_EQUAL(fixture_call(c, TOY_BYTE_BY_BYTE, 0), CHANNEL_OK);
    CHECK_EQUAL(toy_made(t), 1);
    CHECK_EQUAL(toy_done(t), 101);
    end();
}

static void comesBackWhenTheServiceDoes(void) {
    begin(TOY_WELCOME);
    uint16_t port = toy_port(t);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    toy_stop(t);
    t = toy_start_tcp(port, TOY_WELCOME);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, CHANNEL_REPEATABLE), CHANNEL_OK);
    end();
}

static void saysThatNobodyListens(void) {
    t = toy_start_tcp(0, TOY_WELCOME);
    uint16_t port = toy_port(t);
    toy_stop(t);
    configure(port, "deadline-ms = 2000\n");
    c = fixture_open(NULL, NULL);
    moment start = deadline_now();
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_ABSENT);
    CHECK(deadline_now() - start < 1000 * MILLISECOND);
    CHECK_EQUAL(fixture_logged("nobody listens"), 1);
    channel_close(c);
}

static void connectsToNoOtherAddress(void) {
    static const char *const others[] = {"127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:7x", "127.0.0.2:80",
        "0.0.0.0:80", "localhost:80", "[::1]:80", "10.0.0.1:80", "127.0.0.1.example.com:80", "127.0.0.1:-1", "127.0.0.1:99999999999999"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char line[128];
        snprintf(line, sizeof line, "tcp = %s\n", others[i]);
        fixture_configure_alone(line);
        c = fixture_open(NULL, NULL);
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, CHANNEL_REPEATABLE), CHANNEL_ABSENT);
        CHECK_EQUAL(fixture_logged("it is not 127.0.0.1 and a port"), 1);
        channel_close(c);
    }
}

/* Nothing is sent without a secret to show. */
static void is_refused_with(const char *text, const char *line) {
    begin(TOY_WELCOME);
    if (text == NULL) {
        unlink(fixture_token(""));
    } else {
        fixture_token(text);
    }
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, CHANNEL_REPEATABLE), CHANNEL_REFUSED);
    CHECK_EQUAL(fixture_logged(line), 1);
    CHECK_EQUAL(fixture_logged(secret() + 40), 0);
    fixture_await_open(t, 0);
    CHECK_EQUAL(toy_greeted(t), 0);
    fixture_token(secret());
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    end();
}

static void sendsNothingWithoutASecretFile(void) {
    char text[132];
    is_refused_with(NULL, "it is not there");
    is_refused_with("", "it is not 128 hexadecimal digits");
    snprintf(text, sizeof text, "%.127s", secret());
    is_refused_with(text, "it is not 128 hexadecimal digits");
    snprintf(text, sizeof text, "%.127sg", secret());
    is_refused_with(text, "it is not 128 hexadecimal digits");
    snprintf(text, sizeof text, "%s0", secret());
    is_refused_with(text, "it is not 128 hexadecimal digits");
    snprintf(text, sizeof text, "%s\n\n", secret());
    is_refused_with(text, "it is not 128 hexadecimal digits");
    snprintf(text, sizeof text, "%s\r\n ", secret());
    is_refused_with(text, "it is too large");
}

/* As SecretFile in Java. */
static void sendsNothingBySecretFileThatIsOpenToOthers(void) {
    static const mode_t open[] = {0604, 0602, 0601, 0620, 0644, 0660, 0664, 0777};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        begin(TOY_WELCOME);
        const char *path = fixture_token(secret());
        CHECK_EQUAL(chmod(path, open[i]), 0);
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, CHANNEL_REPEATABLE), CHANNEL_REFUSED);
        CHECK_EQUAL(fixture_logged("others may read or write it: run chmod 0600 or 0640"), 1);
        fixture_await_open(t, 0);
        CHECK_EQUAL(toy_greeted(t), 0);
        CHECK_EQUAL(chmod(path, 0640), 0);
        CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
        end();
    }
}

static void takesASecretFileOfAGroup(void) {
    static const mode_t closed[] = {0400, 0440, 0600, 0640, 0750};
    token read;
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
        const char *path = fixture_token(secret());
        CHECK_EQUAL(chmod(path, closed[i]), 0);
        CHECK_EQUAL(token_read(path, &read), 0);
        CHECK_EQUAL(chmod(path, 0600), 0);
    }
}

static void takesASecretFileWithALineEnd(void) {
    token read;
    char text[132];
    snprintf(text, sizeof text, "%s\n", secret());
    CHECK_EQUAL(token_read(fixture_token(text), &read), 0);
    snprintf(text, sizeof text, "%s\r\n", secret());
    CHECK_EQUAL(token_read(fixture_token(text), &read), 0);
    CHECK(token_proves(&read, read.theirs, TOKEN_HALF));
    CHECK(!token_proves(&read, read.ours, TOKEN_HALF));
    CHECK(!token_proves(&read, read.theirs, TOKEN_HALF - 1));
}

/* Who took the port first gets half of the secret, and no login. */
static void is_foreign(int manners) {
    begin(manners);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, CHANNEL_REPEATABLE), CHANNEL_FOREIGN);
    fixture_await_open(t, 0);
    CHECK_EQUAL(toy_done(t), 0);
    CHECK_EQUAL(fixture_logged("does not know the secret"), 1);
    toy_greets(t, TOY_WELCOME);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    end();
}

static void asksTheServiceForItsHalfOfTheSecret(void) {
    is_foreign(TOY_SHOWS_NO_PROOF);
    is_foreign(TOY_SHOWS_ANOTHER_PROOF);
    is_foreign(TOY_SHOWS_HALF_A_PROOF);
}

static void saysWhichOfTwoPlacesIsUsed(void) {
    t = toy_start_tcp(0, TOY_WELCOME);
    configure(toy_port(t), "socket = /nowhere\n");
    c = fixture_open(NULL, NULL);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    CHECK_EQUAL(fixture_logged("of tcp and socket, tcp is used"), 1);
    end();
}

static void theEnvironmentNamesASocketInstead(void) {
    begin(TOY_WELCOME);
    channel_close(c);
    toy *local = toy_start(fixture_socket(), TOY_WELCOME);
    setenv("COFFER_SOCKET", fixture_socket(), 1);
    c = fixture_open(NULL, NULL);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    CHECK_EQUAL(toy_done(local), 1);
    unsetenv("COFFER_SOCKET");
    end();
    toy_stop(local);
}

static void theEnvironmentNamesAPortAndItsSecret(void) {
    begin(TOY_WELCOME);
    channel_close(c);
    char address[32];
    snprintf(address, sizeof address, "127.0.0.1:%u", (unsigned) toy_port(t));
    fixture_configure_alone("tcp = 127.0.0.1:1\ntoken-file = /nowhere\n");
    setenv("COFFER_TCP", address, 1);
    setenv("COFFER_SOCKET", "/nowhere", 1);
    setenv("COFFER_TOKEN_FILE", fixture_token(secret()), 1);
    c = fixture_open(NULL, NULL);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_OK);
    channel_close(c);
    setenv("COFFER_TCP", "192.0.2.1:80", 1);
    c = fixture_open(NULL, NULL);
    CHECK_EQUAL(fixture_call(c, TOY_ECHO, 0), CHANNEL_ABSENT);
    CHECK_EQUAL(fixture_logged("it is not 127.0.0.1 and a port"), 1);
    unsetenv("COFFER_TCP");
    unsetenv("COFFER_SOCKET");
    unsetenv("COFFER_TOKEN_FILE");
    end();
}

int main(void) {
    fixture_begin();
    RUN(answersOnOneConnection);
    RUN(comesBackWhenTheServiceDoes);
    RUN(saysThatNobodyListens);
    RUN(connectsToNoOtherAddress);
    RUN(sendsNothingWithoutASecretFile);
    RUN(sendsNothingBySecretFileThatIsOpenToOthers);
    RUN(takesASecretFileOfAGroup);
    RUN(takesASecretFileWithALineEnd);
    RUN(asksTheServiceForItsHalfOfTheSecret);
    RUN(saysWhichOfTwoPlacesIsUsed);
    RUN(theEnvironmentNamesASocketInstead);
    RUN(theEnvironmentNamesAPortAndItsSecret);
    fixture_end();
    return 0;
}
