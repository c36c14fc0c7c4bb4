#define _GNU_SOURCE
#include "configuration.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "library.h"

static configuration c;

static void parse(const char *text) {
    memset(&c, 0, sizeof c);
    strcpy(c.text, text);
    configuration_parse(&c);
}

static void has(const char *key, const char *value) {
    const char *found = configuration_value(&c, key);
    CHECK(found != NULL && strcmp(found, value) == 0);
}

static void readsLines(void) {
    parse("a = b\n#comment = no\n\n  c=d e # f\t\r\n\td =\n e==f\nlast=one");
    CHECK_EQUAL(c.count, 5);
    CHECK_EQUAL(c.wrong, 0);
    has("a", "b");
    has("c", "d e # f");
    has("d", "");
    has("e", "=f");
    has("last", "one");
    CHECK(configuration_value(&c, "#comment") == NULL);
}

static void saysWhichLineIsNone(void) {
    parse("a = b\nno\nc = d\n=x\n");
    CHECK_EQUAL(c.wrong, 2);
    CHECK_EQUAL(c.count, 2);
    parse("");
    CHECK_EQUAL(c.wrong, 0);
    parse("= x");
    CHECK_EQUAL(c.wrong, 1);
}

static void takesSoManyEntriesAndNoMore(void) {
    char text[CONFIGURATION_SIZE] = "";
    for (int i = 0; i <= CONFIGURATION_ENTRIES; i++) {
        sprintf(text + strlen(text), "key%d = %d\n", i, i);
    }
    parse(text);
    CHECK_EQUAL(c.count, CONFIGURATION_ENTRIES);
    CHECK_EQUAL(c.wrong, CONFIGURATION_ENTRIES + 1);
}

static void readsNumbersWithinTheirLimits(void) {
    parse("a = 10\nb = 11\nc = -1\nd = 1x\ne =\nf = 99999999999999999999\ng = 007\n");
    long value = 5;
    CHECK(configuration_number(&c, "none", 0, 10, &value));
    CHECK_EQUAL(value, 5);
    CHECK(configuration_number(&c, "a", 0, 10, &value));
    CHECK_EQUAL(value, 10);
    CHECK(configuration_number(&c, "g", 0, 10, &value));
    CHECK_EQUAL(value, 7);
    static const char *const wrong[] = {"b", "c", "d", "e", "f"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK(!configuration_number(&c, wrong[i], 0, 10, &value));
        CHECK_EQUAL(value, 7);
    }
}

static void write_file(const char *path, const char *text, size_t size) {
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    CHECK_EQUAL(fwrite(text, 1, size, file), size);
    CHECK_EQUAL(fclose(file), 0);
}

static void readsTheFileThatTheEnvironmentNames(void) {
    char path[] = "/tmp/coffer-conf-XXXXXX";
    CHECK(mkstemp(path) >= 0);
    write_file(path, "a = b\n", 6);
    setenv("COFFER_SOME_CONF", path, 1);
    configuration_read(&c, "coffer-some.conf", path);
    has("a", "b");
    CHECK(strcmp(c.source, path) == 0);
    unlink(path);
    configuration_read(&c, "coffer-some.conf", path);
    CHECK_EQUAL(c.error, ENOENT);
    CHECK_EQUAL(c.count, 0);
    unsetenv("COFFER_SOME_CONF");
}

static void refusesFilesThatAreNone(void) {
    char path[] = "/tmp/coffer-conf-XXXXXX";
    CHECK(mkstemp(path) >= 0);
    static char large[CONFIGURATION_SIZE + 1];
    memset(large, '\n', sizeof large);
    write_file(path, large, CONFIGURATION_SIZE - 1);
    setenv("COFFER_SOME_CONF", path, 1);
    configuration_read(&c, "coffer-some.conf", path);
    CHECK_EQUAL(c.error, 0);
    write_file(path, large, sizeof large);
    configuration_read(&c, "coffer-some.conf", path);
    CHECK_EQUAL(c.error, EFBIG);
    write_file(path, "a=b\0c=d\n", 8);
    configuration_read(&c, "coffer-some.conf", path);
    has("a", "b");
    CHECK_EQUAL(c.count, 1);
    unlink(path);
    setenv("COFFER_SOME_CONF", "/tmp", 1);
    configuration_read(&c, "coffer-some.conf", path);
    CHECK_EQUAL(c.error, EISDIR);
    CHECK_EQUAL(mkfifo(path, 0600), 0);
    setenv("COFFER_SOME_CONF", path, 1);
    alarm(10);
    configuration_read(&c, "coffer-some.conf", path);
    CHECK_EQUAL(c.count, 0);
    alarm(0);
    unlink(path);
    unsetenv("COFFER_SOME_CONF");
}

static void findsNothingWhereNothingIs(void) {
    configuration_read(&c, "coffer-there-is-none.conf", &c);
    CHECK_EQUAL(c.error, 0);
    CHECK_EQUAL(c.count, 0);
    CHECK_EQUAL(c.source[0], '\0');
}

static void findsTheLibraryOfAnAddress(void) {
    char directory[4096];
    CHECK(library_directory(dlsym(RTLD_NEXT, "getuid"), directory, sizeof directory));
    strcat(directory, "/libc.so.6");
    CHECK_EQUAL(access(directory, R_OK), 0);
    CHECK(!library_directory(dlsym(RTLD_NEXT, "getuid"), directory, 4));
    CHECK(!library_directory((const void *) findsTheLibraryOfAnAddress, directory, sizeof directory));
    CHECK(!library_directory(NULL, directory, sizeof directory));
}

int main(void) {
    RUN(readsLines);
    RUN(saysWhichLineIsNone);
    RUN(takesSoManyEntriesAndNoMore);
    RUN(readsNumbersWithinTheirLimits);
    RUN(readsTheFileThatTheEnvironmentNames);
    RUN(refusesFilesThatAreNone);
    RUN(findsNothingWhereNothingIs);
    RUN(findsTheLibraryOfAnAddress);
    return 0;
}
