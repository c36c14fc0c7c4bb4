#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned number(int argc, char **argv, int index) {
    return argc > index ? (unsigned) strtoul(argv[index], NULL, 10) : 0;
}

int main(int argc, char **argv) {
    const char *library = argc > 2 ? argv[1] : "";
    const char *verb = argc > 2 ? argv[2] : "";
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (strcmp(verb, "probe") == 0) {
        return probe(library);
    } else if (strcmp(verb, "sessions") == 0) {
        return sessions(library, number(argc, argv, 3));
    } else if (strcmp(verb, "logins") == 0) {
        return logins(library, number(argc, argv, 3));
    } else if (strcmp(verb, "endure") == 0) {
        return endure(library, number(argc, argv, 3));
    } else if (strcmp(verb, "listen") == 0) {
        return listen_at(library);
    } else if (strcmp(verb, "hammer") == 0) {
        return hammer(library, number(argc, argv, 3), number(argc, argv, 4));
    }
    fprintf(stderr, "client LIBRARY probe | sessions MOST | logins SECONDS | endure THREADS | hammer THREADS SECONDS, or client SOCKET listen\n");
    return 2;
}
