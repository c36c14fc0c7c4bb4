/*
 * Plays SQL Server's side of a provider: driver <library> <user>, with the user's PIN in COFFER_EKM_PIN.
 *
 * Does what each line of its input says, in the order of the lines, and says `passed:` and the line after each; ends with status 1
 * where something does not hold. The same source drives the .so and, as an EXE, the .dll.
 */
#include <string.h>

#include "check.h"
#include "driver.h"

driver_settings settings;

typedef struct {
    const char *name;
    void (*run)(void);
} scenario;

static const scenario SCENARIOS[] = {
    {"information", information},
    {"wrong-credential", wrong_credential},
    {"rsa", rsa},
    {"aes", aes},
    {"duplicate", duplicate},
    {"tampered", tampered},
    {"arguments", arguments},
    {"threads", threads},
    {"reload", reload},
    {"handles", handles},
    {"speed", speed},
    {"absent", absent},
    {"refused", refused},
    {"open", open_session},
    {"use", use_session},
    {"lost", lose_session},
    {"close", close_session},
};

static void run(const char *name) {
    for (size_t i = 0; i < sizeof SCENARIOS / sizeof *SCENARIOS; i++) {
        if (strcmp(SCENARIOS[i].name, name) == 0) {
            SCENARIOS[i].run();
            printf("passed: %s\n", name);
            fflush(stdout);
            return;
        }
    }
    fprintf(stderr, "driver: no scenario is called %s\n", name);
    exit(2);
}

int main(int count, char **arguments_given) {
    char line[64];
    CHECK(count == 3);
    settings.library = arguments_given[1];
    settings.user = arguments_given[2];
    settings.pin = getenv("COFFER_EKM_PIN");
    CHECK(settings.pin != NULL);
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        run(line);
    }
    return 0;
}
