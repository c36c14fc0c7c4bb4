#define _GNU_SOURCE
#include "place.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char SYSTEM[] = "/run/coffer/coffer.sock";

/* A path that does not fit is cut, but remains longer than any socket's may be: connecting says so. */
static bool set(char path[PATH_MAX], const char *directory, const char *rest) {
    if (directory == NULL || directory[0] == '\0') {
        return false;
    }
    return snprintf(path, PATH_MAX, "%s%s", directory, rest) > 0;
}

void place_find(place *p, const configuration *c) {
    p->given[0] = '\0';
    p->home[0] = '\0';
    set(p->home, secure_getenv("HOME"), "/.coffer/coffer.sock");
    if (!set(p->given, secure_getenv("COFFER_SOCKET"), "") && !set(p->given, configuration_value(c, "socket"), "")) {
        set(p->given, secure_getenv("COFFER_HOME"), "/coffer.sock");
    }
}

const char *place_path(const place *p) {
    if (p->given[0] != '\0') {
        return p->given;
    }
    return p->home[0] == '\0' || access(SYSTEM, F_OK) == 0 ? SYSTEM : p->home;
}
