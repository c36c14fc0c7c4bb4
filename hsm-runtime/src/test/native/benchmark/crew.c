#include "crew.h"

#include "clock.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_PROCESSES 64
#define MOST_THREADS 64
#define MOST_TIMES 200000
#define SECOND 1e9

/* What a thread does and what came of it. */
struct hand {
    struct place place;
    const struct operation *operation;
    pthread_barrier_t *start;
    uint64_t end;
    uint32_t *times;
    size_t count;
    CK_RV error;
};

/* What a process tells the one that started it. */
struct tally {
    double median_us;
    uint64_t operations;
    uint64_t end; /* of the last operation */
    uint64_t cpu;
    unsigned long error;
};

static void give_up(const char *what) {
    perror(what);
    exit(1);
}

/* One operation after another until the time is up or one fails. */
static void labour(struct hand *hand) {
    uint64_t last = clock_now();
    while (last < hand->end && hand->error == CKR_OK) {
        hand->error = hand->operation->once(&hand->place);
        uint64_t now = clock_now();
        if (hand->count < MOST_TIMES) {
            hand->times[hand->count] = now - last > UINT32_MAX ? UINT32_MAX : (uint32_t)(now - last);
        }
        hand->count++;
        last = now;
    }
    hand->end = last;
}

static void *hand_main(void *argument) {
    struct hand *hand = argument;
    pthread_barrier_wait(hand->start);
    labour(hand);
    return NULL;
}

static void prepare(struct hand *hand, const struct token *token, const struct operation *operation) {
    hand->operation = operation;
    hand->times = malloc(MOST_TIMES * sizeof *hand->times);
    if (hand->times == NULL) {
        give_up("malloc");
    }
    memset(hand->times, 0, MOST_TIMES * sizeof *hand->times); /* touched now, not while the clock runs */
    hand->place.token = token;
    hand->place.turn = (CK_ULONG)getpid() << 32 | (CK_ULONG)(clock_now() & 0xffffffff);
    if (operation->logged_out) {
        return;
    }
    hand->place.session = token_session(token);
    token_login(token, hand->place.session);
    if (operation->key_label != NULL) {
        hand->place.key = operations_key(&hand->place, operation->key_class, operation->key_label);
    }
    hand->error = operation->once(&hand->place); /* warm */
}

static void add(struct tally *tally, struct hand *hand) {
    if (hand->error != CKR_OK) {
        tally->error = hand->error;
        return;
    }
    size_t kept = hand->count < MOST_TIMES ? hand->count : MOST_TIMES;
    tally->operations += hand->count;
    tally->end = hand->end > tally->end ? hand->end : tally->end;
    tally->median_us = median_of_times(hand->times, kept) / 1e3;
}

/* Waits for the process that started this one to say when the work ends: at the same moment for all. */
static uint64_t wait_for_start(int start) {
    uint64_t end;
    if (read(start, &end, sizeof end) != (ssize_t)sizeof end) {
        give_up("read");
    }
    return end;
}

static void say(int out, const void *bytes, size_t length) {
    if (write(out, bytes, length) != (ssize_t)length) {
        give_up("write");
    }
}

static struct tally run_threads(struct hand *hands, unsigned threads, int start) {
    struct tally tally = {0};
    pthread_t ids[MOST_THREADS];
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, NULL, threads + 1);
    for (unsigned i = 0; i < threads; i++) {
        hands[i].start = &barrier;
        if (pthread_create(&ids[i], NULL, hand_main, &hands[i]) != 0) {
            give_up("pthread_create");
        }
    }
    uint64_t end = wait_for_start(start);
    for (unsigned i = 0; i < threads; i++) {
        hands[i].end = end;
    }
    uint64_t cpu = clock_own_cpu();
    pthread_barrier_wait(&barrier);
    for (unsigned i = 0; i < threads; i++) {
        pthread_join(ids[i], NULL);
    }
    tally.cpu = clock_own_cpu() - cpu;
    for (unsigned i = 0; i < threads; i++) {
        add(&tally, &hands[i]);
    }
    pthread_barrier_destroy(&barrier);
    return tally;
}

static void clean_up(struct token *token, struct hand *hands, unsigned threads) {
    if (hands[0].operation == &GENERATE_AES) {
        operations_sweep(token, hands[0].place.session);
    }
    for (unsigned i = 0; i < threads; i++) {
        free(hands[i].times);
    }
    free(hands);
    token_close(token);
}

static void member(const struct target *target, const struct operation *operation, const struct crew *crew,
    const int pipes[2]) {
    struct token token;
    struct hand *hands = calloc(crew->threads, sizeof *hands);
    if (hands == NULL) {
        give_up("calloc");
    }
    token_open(&token, target);
    for (unsigned i = 0; i < crew->threads; i++) {
        prepare(&hands[i], &token, operation);
    }
    say(pipes[1], "", 1);
    struct tally tally = run_threads(hands, crew->threads, pipes[0]);
    say(pipes[1], &tally, sizeof tally);
    clean_up(&token, hands, crew->threads);
    exit(0);
}

static void hear(int in, void *bytes, size_t length) {
    for (size_t heard = 0; heard < length;) {
        ssize_t now = read(in, (char *)bytes + heard, length - heard);
        if (now <= 0) {
            fprintf(stderr, "benchmark: a process of the benchmark ended early\n");
            exit(1);
        }
        heard += (size_t)now;
    }
}

/* Starts one process; returns where its tally will be read. */
static int start_member(const struct target *target, const struct operation *operation, const struct crew *crew,
    const int start[2]) {
    int tally[2];
    if (pipe(tally) != 0) {
        give_up("pipe");
    }
    fflush(stdout); /* what is still in the buffer would be written by the child too */
    pid_t child = fork();
    if (child < 0) {
        give_up("fork");
    }
    if (child == 0) {
        close(start[1]);
        close(tally[0]);
        member(target, operation, crew, (int[]){start[0], tally[1]});
    }
    close(tally[1]);
    return tally[0];
}

static void wait_for_all(unsigned processes) {
    for (unsigned i = 0; i < processes; i++) {
        int status = 0;
        if (wait(&status) < 0 || status != 0) {
            fprintf(stderr, "benchmark: a process of the benchmark failed (status %d)\n", status);
            exit(1);
        }
    }
}

static struct outcome sum(const int *tallies, const struct crew *crew, uint64_t begin) {
    struct outcome outcome = {0};
    struct tally all[MOST_PROCESSES];
    double medians[MOST_PROCESSES];
    uint64_t operations = 0;
    uint64_t cpu = 0;
    uint64_t end = begin;
    for (unsigned i = 0; i < crew->processes; i++) {
        hear(tallies[i], &all[i], sizeof all[i]);
        outcome.error = all[i].error != 0 ? all[i].error : outcome.error;
        medians[i] = all[i].median_us;
        operations += all[i].operations;
        cpu += all[i].cpu;
        end = all[i].end > end ? all[i].end : end;
    }
    outcome.per_second = end == begin ? 0 : (double)operations * SECOND / (double)(end - begin);
    outcome.median_us = median_of_doubles(medians, crew->processes);
    outcome.client_us = operations == 0 ? 0 : (double)cpu / 1e3 / (double)operations;
    outcome.operations = operations;
    return outcome;
}

struct outcome crew_run(const struct target *target, const struct operation *operation, const struct crew *crew) {
    int start[2];
    int tallies[MOST_PROCESSES];
    char ready;
    if (crew->processes > MOST_PROCESSES || crew->threads > MOST_THREADS || pipe(start) != 0) {
        give_up("pipe");
    }
    for (unsigned i = 0; i < crew->processes; i++) {
        tallies[i] = start_member(target, operation, crew, start);
        hear(tallies[i], &ready, 1); /* one by one: SoftHSM's login writes the file that its C_Initialize reads */
    }
    close(start[0]);
    uint64_t service_before = clock_cpu_of(target->service);
    uint64_t begin = clock_now();
    uint64_t end = begin + (uint64_t)(crew->seconds * SECOND);
    for (unsigned i = 0; i < crew->processes; i++) {
        say(start[1], &end, sizeof end);
    }
    struct outcome outcome = sum(tallies, crew, begin);
    uint64_t served = clock_cpu_of(target->service) - service_before;
    outcome.service_us = outcome.operations == 0 ? 0 : (double)served / 1e3 / (double)outcome.operations;
    close(start[1]);
    wait_for_all(crew->processes);
    for (unsigned i = 0; i < crew->processes; i++) {
        close(tallies[i]);
    }
    return outcome;
}

void crew_errand(const struct target *target, void (*work)(const struct token *token, const void *detail),
    const void *detail) {
    fflush(stdout); /* what is still in the buffer would be written by the child too */
    pid_t child = fork();
    if (child < 0) {
        give_up("fork");
    }
    if (child == 0) {
        struct token token;
        token_open(&token, target);
        work(&token, detail);
        token_close(&token);
        exit(0);
    }
    wait_for_all(1);
}
