#include "place.h"

#include <stdio.h>
#include <string.h>

#include "trust.h"

/* A path that does not fit is cut, but remains longer than any socket's may be: connecting says so. */
static bool configured(char path[SYSTEM_PATH], const configuration *c, const char *key) {
    const char *value = configuration_value(c, key);
    return value != NULL && value[0] != '\0' && snprintf(path, SYSTEM_PATH, "%s", value) > 0;
}

static bool at_home(char path[SYSTEM_PATH]) {
    static const char name[] = "/coffer.sock";
    if (!system_environment("COFFER_HOME", path, SYSTEM_PATH - sizeof name)) {
        return false;
    }
    memcpy(path + strlen(path), name, sizeof name);
    return true;
}

/* -1 when it is not 127.0.0.1 and a port. */
static long port_of(const char *address) {
    static const char host[] = "127.0.0.1:";
    if (strncmp(address, host, sizeof host - 1) != 0) {
        return -1;
    }
    const char *digits = address + sizeof host - 1;
    size_t count = strspn(digits, "0123456789");
    long port = 0;
    for (size_t i = 0; i < count && port <= UINT16_MAX; i++) {
        port = port * 10 + (digits[i] - '0');
    }
    return count > 0 && digits[count] == '\0' && port > 0 && port <= UINT16_MAX ? port : -1;
}

static void find_secret(place *p, const configuration *c) {
    static const char name[] = "/coffer.token";
    if (!system_environment("COFFER_TOKEN_FILE", p->token, SYSTEM_PATH) && !configured(p->token, c, "token-file")) {
        system_directory(p->token, SYSTEM_PATH - sizeof name);
        memcpy(p->token + strlen(p->token), name, sizeof name);
    }
}

void place_find(place *p, const configuration *c) {
    p->port = 0;
    system_sockets(p->machine, p->own);
    find_secret(p, c);
    if (system_environment("COFFER_TCP", p->given, SYSTEM_PATH)) {
        p->port = port_of(p->given);
        return;
    }
    if (system_environment("COFFER_SOCKET", p->given, SYSTEM_PATH)) {
        return;
    }
    if (configured(p->given, c, "tcp")) {
        p->port = port_of(p->given);
    } else if (!configured(p->given, c, "socket") && !at_home(p->given)) {
        p->given[0] = '\0';
    }
}

bool place_needs_secret(const place *p) {
    return p->port != 0 || !trust_tells();
}

const char *place_path(const place *p) {
    if (p->given[0] != '\0') {
        return p->given;
    }
    return p->own[0] == '\0' || system_exists(p->machine) ? p->machine : p->own;
}
