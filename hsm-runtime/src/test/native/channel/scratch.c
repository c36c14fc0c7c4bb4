#define _GNU_SOURCE
#include "scratch.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

static char directory[32];

void scratch_begin(void) {
    strcpy(directory, "/tmp/coffer-test-XXXXXX");
    CHECK(mkdtemp(directory) != NULL);
}

void scratch_end(void) {
    CHECK_EQUAL(rmdir(directory), 0);
}

const char *scratch_directory(void) {
    return directory;
}

const char *scratch_path(const char *name) {
    static __thread char ring[4][64];
    static __thread unsigned at;
    char *path = ring[at++ % 4];
    CHECK((size_t) snprintf(path, sizeof ring[0], "%s/%s", directory, name) < sizeof ring[0]);
    return path;
}

void scratch_write(const char *name, const char *format, ...) {
    FILE *file = fopen(scratch_path(name), "w");
    CHECK(file != NULL);
    va_list arguments;
    va_start(arguments, format);
    CHECK(vfprintf(file, format, arguments) >= 0);
    va_end(arguments);
    CHECK_EQUAL(fclose(file), 0);
}

void scratch_remove(const char *name) {
    unlink(scratch_path(name));
}

int scratch_count(const char *name, const char *text) {
    FILE *file = fopen(scratch_path(name), "r");
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
