/*
 * Measures two PKCS#11 modules side by side: the same operations in turn, short rounds, medians.
 *
 *   benchmark SOFTHSM_MODULE TOKEN COFFER_MODULE TOKEN SERVICE_PID
 *   benchmark --label MODULE
 *
 * The PINs come from SOFTHSM_PIN and COFFER_PIN. ROUNDS and SECONDS_EACH change the number and the length of the rounds,
 * WARM_UP how long a service is used before it is measured; ONLY runs the lines that contain its text, MOST_OBJECTS bounds the number of objects.
 */
#include "clock.h"
#include "crew.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TARGETS 2
#define MOST_ROUNDS 32
#define FILLERS 8
#define SOFTHSM_CAN_BEAR 10000 /* a search takes it 0.17 s there, and as much more with each 10,000 */

struct line {
    const struct operation *operation;
    unsigned processes;
    unsigned threads;
    double wanted; /* the ratio that is asked for, 0 when none is */
};

static const struct line LINES[] = {
    {&SESSION_INFO, 1, 1, 0},
    {&SIGN_RSA_SHA256, 1, 1, 1.5}, {&SIGN_RSA_SHA256, 1, 2, 0}, {&SIGN_RSA_SHA256, 8, 1, 1.5},
    {&SIGN_RSA, 1, 1, 1.5}, {&SIGN_RSA, 8, 1, 1.5},
    {&SIGN_P256, 1, 1, 0.8}, {&SIGN_P256, 1, 2, 0}, {&SIGN_P256, 8, 1, 1.5},
    {&ENCRYPT_GCM, 1, 1, 0.4}, {&ENCRYPT_GCM, 1, 2, 1.0}, {&ENCRYPT_GCM, 8, 1, 0},
    {&LOG_IN, 1, 1, 1.0},
    {&GENERATE_AES, 1, 1, 1.0}, {&GENERATE_AES, 1, 2, 0},
};

static const unsigned SIZES[] = {10, 1000, 10000, 100000};

static double setting(const char *name, double otherwise) {
    const char *text = getenv(name);
    return text == NULL ? otherwise : atof(text);
}

static int is_wanted(const char *name) {
    const char *only = getenv("ONLY");
    return only == NULL || strstr(name, only) != NULL;
}

/* The median of each figure over the rounds. */
static struct outcome middle(const struct outcome *rounds, size_t count) {
    double figures[4][MOST_ROUNDS];
    struct outcome middle = {0};
    for (size_t i = 0; i < count; i++) {
        figures[0][i] = rounds[i].per_second;
        figures[1][i] = rounds[i].median_us;
        figures[2][i] = rounds[i].client_us;
        figures[3][i] = rounds[i].service_us;
        middle.error = rounds[i].error != 0 ? rounds[i].error : middle.error;
    }
    middle.per_second = median_of_doubles(figures[0], count);
    middle.median_us = median_of_doubles(figures[1], count);
    middle.client_us = median_of_doubles(figures[2], count);
    middle.service_us = median_of_doubles(figures[3], count);
    return middle;
}

static void print_heading(void) {
    printf("| operation | callers | SoftHSM /s | median us | Coffer /s | median us | client CPU us | service CPU us"
           " | Coffer / SoftHSM | wanted |\n|---|---|---|---|---|---|---|---|---|---|\n");
}

static void print_line(const char *name, const struct line *line, const struct outcome *outcomes) {
    const struct outcome *peer = &outcomes[0];
    const struct outcome *ours = &outcomes[1];
    printf("| %s | %u x %u | %.0f | %.1f | %.0f | %.1f | %.1f | %.1f |", name, line->processes, line->threads,
        peer->per_second, peer->median_us, ours->per_second, ours->median_us, ours->client_us, ours->service_us);
    if (peer->per_second > 0 && ours->per_second > 0) {
        printf(" %.2f |", ours->per_second / peer->per_second);
    } else {
        printf(" |");
    }
    if (line->wanted > 0) {
        printf(" %.1f |", line->wanted);
    } else {
        printf(" |");
    }
    for (size_t i = 0; i < TARGETS; i++) {
        if (outcomes[i].error != 0) {
            printf(" %s: 0x%lx", i == 0 ? "SoftHSM" : "Coffer", outcomes[i].error);
        }
    }
    printf("\n");
    fflush(stdout);
}

/* A service in Java is as fast as it will be only after its compiler has seen the operation often enough. */
static void warm_up(const struct target *targets, const struct operation *operation) {
    struct crew crew = {1, 2, setting("WARM_UP", 3)};
    for (size_t i = 0; i < TARGETS && crew.seconds > 0; i++) {
        if (targets[i].service != 0) {
            crew_run(&targets[i], operation, &crew);
        }
    }
}

/* A, B, A, B: a disturbance falls on both. */
static void measure(const struct target *targets, const char *name, const struct line *line, size_t first) {
    struct outcome rounds[TARGETS][MOST_ROUNDS];
    struct outcome outcomes[TARGETS] = {{0}};
    struct crew crew = {line->processes, line->threads, setting("SECONDS_EACH", 0.5)};
    size_t count = (size_t)setting("ROUNDS", 5);
    count = count < 1 ? 1 : count > MOST_ROUNDS ? MOST_ROUNDS : count;
    for (size_t round = 0; round < count; round++) {
        for (size_t i = first; i < TARGETS; i++) {
            rounds[i][round] = crew_run(&targets[i], line->operation, &crew);
        }
    }
    for (size_t i = first; i < TARGETS; i++) {
        outcomes[i] = middle(rounds[i], count);
    }
    print_line(name, line, outcomes);
}

static void make_keys(const struct token *token, const void *detail) {
    (void)detail;
    operations_make_keys(token);
}

static void fill(const struct token *token, const void *detail) {
    const unsigned *numbers = detail;
    CK_SESSION_HANDLE session = token_session(token);
    token_login(token, session);
    operations_fill(token, session, numbers[0], numbers[1]);
}

static void measure_finds(const struct target *targets) {
    unsigned there = 0;
    unsigned most = (unsigned)setting("MOST_OBJECTS", 100000);
    struct line line = {&FIND_BY_LABEL, 1, 1, 0};
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES && SIZES[i] <= most; i++) {
        char name[64];
        unsigned numbers[] = {there, SIZES[i]};
        size_t first = SIZES[i] > SOFTHSM_CAN_BEAR ? 1 : 0;
        for (size_t target = first; target < TARGETS; target++) {
            crew_errand(&targets[target], fill, numbers);
        }
        there = SIZES[i];
        line.wanted = SIZES[i] == 1000 ? 100 : 0;
        warm_up(targets, &FIND_BY_LABEL);
        snprintf(name, sizeof name, "%s, %u objects", FIND_BY_LABEL.name, SIZES[i]);
        measure(targets, name, &line, first);
    }
}

static const char *pin_from(const char *variable) {
    const char *pin = getenv(variable);
    if (pin == NULL) {
        fprintf(stderr, "benchmark: set %s\n", variable);
        exit(2);
    }
    return pin;
}

int main(int count, char **arguments) {
    if (count == 3 && strcmp(arguments[1], "--label") == 0) {
        token_print_label(arguments[2]);
        return 0;
    }
    if (count != 6) {
        fprintf(stderr, "usage: benchmark SOFTHSM_MODULE TOKEN COFFER_MODULE TOKEN SERVICE_PID\n");
        return 2;
    }
    struct target targets[TARGETS] = {
        {"SoftHSM", arguments[1], arguments[2], pin_from("SOFTHSM_PIN"), 0},
        {"Coffer", arguments[3], arguments[4], pin_from("COFFER_PIN"), (pid_t)atol(arguments[5])},
    };
    for (size_t i = 0; i < TARGETS; i++) {
        crew_errand(&targets[i], make_keys, NULL);
    }
    print_heading();
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        if (is_wanted(LINES[i].operation->name)) {
            if (i == 0 || LINES[i].operation != LINES[i - 1].operation) {
                warm_up(targets, LINES[i].operation);
            }
            measure(targets, LINES[i].operation->name, &LINES[i], 0);
        }
    }
    if (is_wanted(FIND_BY_LABEL.name)) {
        measure_finds(targets);
    }
    return 0;
}
