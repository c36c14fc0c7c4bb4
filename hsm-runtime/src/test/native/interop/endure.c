#define _POSIX_C_SOURCE 200809L
#include "client.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { PAUSE_MILLIS = 2, KEY_EVERY = 20 };

struct worker {
    const struct token *token;
    pthread_t thread;
    unsigned number;
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE key;
    int down;
    unsigned long signatures;
    long slowest;
};

static atomic_int stopping;

static long millis(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

/* Tells each change between "works" and "does not", and remembers how long the longest call took. */
static CK_RV judge(struct worker *worker, const char *call, CK_RV result, long began) {
    long took = millis() - began;
    if (took > worker->slowest) {
        worker->slowest = took;
    }
    if (result != CKR_OK && !worker->down) {
        printf("down %u %s 0x%lx\n", worker->number, call, result);
    }
    worker->down = worker->down || result != CKR_OK;
    return result;
}

static void recovered(struct worker *worker) {
    if (worker->down) {
        printf("up %u\n", worker->number);
    }
    worker->down = 0;
    worker->signatures++;
}

/* By the handle found at the beginning, in the session opened at the beginning. */
static void sign(struct worker *worker) {
    CK_FUNCTION_LIST *calls = worker->token->calls;
    CK_MECHANISM mechanism = {CKM_ECDSA, NULL, 0};
    CK_BYTE digest[32] = {1};
    CK_BYTE signature[64];
    CK_ULONG size = sizeof signature;
    long began = millis();
    if (judge(worker, "C_SignInit", calls->C_SignInit(worker->session, &mechanism, worker->key), began) != CKR_OK) {
        return;
    }
    began = millis();
    if (judge(worker, "C_Sign", calls->C_Sign(worker->session, digest, sizeof digest, signature, &size), began) == CKR_OK) {
        recovered(worker);
    }
}

/* A key that was acknowledged must be there afterwards, once. */
static void make_key(struct worker *worker) {
    static atomic_uint number;
    char label[64];
    CK_OBJECT_HANDLE key;
    snprintf(label, sizeof label, "made-%ld-%u", (long) getpid(), atomic_fetch_add(&number, 1));
    long began = millis();
    CK_RV result = client_aes_key(worker->token, worker->session, CK_TRUE, label, &key);
    if (judge(worker, "C_GenerateKey", result, began) == CKR_OK) {
        printf("made %s\n", label);
    }
}

static void *work(void *argument) {
    struct worker *worker = argument;
    const struct timespec pause = {0, PAUSE_MILLIS * 1000000L};
    for (unsigned long round = 0; !atomic_load(&stopping); round++) {
        if (worker->number == 0 && round % KEY_EVERY == 0) {
            make_key(worker);
        } else {
            sign(worker);
        }
        nanosleep(&pause, NULL);
    }
    return NULL;
}

static void start(struct worker *worker, const struct token *token, unsigned number) {
    *worker = (struct worker){.token = token, .number = number};
    client_require(client_session(token, &worker->session), "C_OpenSession");
    client_require(client_login(token, worker->session), "C_Login");
    client_require(client_find(token, worker->session, CKO_PRIVATE_KEY, "ec", &worker->key), "C_FindObjects");
    if (worker->key == 0 || pthread_create(&worker->thread, NULL, work, worker) != 0) {
        printf("no key or no thread\n");
        exit(1);
    }
}

static void finish(struct worker *worker) {
    pthread_join(worker->thread, NULL);
    printf("worker %u signed %lu slowest %ld %s\n", worker->number, worker->signatures, worker->slowest,
        worker->down ? "down" : "up");
}

/* Signs and makes keys until the standard input ends, whatever happens to the service. */
int endure(const char *library, unsigned threads) {
    struct token token;
    struct worker *workers = calloc(threads, sizeof *workers);
    if (workers == NULL) {
        return 1;
    }
    client_open(&token, library);
    for (unsigned i = 0; i < threads; i++) {
        start(&workers[i], &token, i);
    }
    printf("ready\n");
    while (getchar() != EOF) {
    }
    atomic_store(&stopping, 1);
    for (unsigned i = 0; i < threads; i++) {
        finish(&workers[i]);
    }
    free(workers);
    return 0;
}
