#define _POSIX_C_SOURCE 200809L
#include "client.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct worker {
    const struct token *token;
    pthread_t thread;
    unsigned seed;
    time_t end;
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE ec;
    CK_OBJECT_HANDLE ec_public;
    CK_OBJECT_HANDLE rsa;
    CK_OBJECT_HANDLE aes;
};

static atomic_ulong done;
static atomic_ulong failed;

/* True when the call did what it should; else one line says what it did. */
static int good(CK_RV result, const char *call) {
    if (result != CKR_OK) {
        printf("error %s 0x%lx\n", call, result);
        atomic_fetch_add(&failed, 1);
    }
    return result == CKR_OK;
}

static int same(int equal, const char *what) {
    if (!equal) {
        printf("error %s differs\n", what);
        atomic_fetch_add(&failed, 1);
    }
    return equal;
}

static int sign_by(struct worker *w, CK_ULONG type, CK_OBJECT_HANDLE key, CK_BYTE *signature, CK_ULONG *size) {
    CK_MECHANISM mechanism = {type, NULL, 0};
    CK_BYTE digest[32] = {7};
    return good(w->token->calls->C_SignInit(w->session, &mechanism, key), "C_SignInit")
        && good(w->token->calls->C_Sign(w->session, digest, sizeof digest, signature, size), "C_Sign");
}

static int signs_and_verifies(struct worker *w) {
    CK_MECHANISM mechanism = {CKM_ECDSA, NULL, 0};
    CK_BYTE digest[32] = {7};
    CK_BYTE signature[64];
    CK_ULONG size = sizeof signature;
    return sign_by(w, CKM_ECDSA, w->ec, signature, &size)
        && good(w->token->calls->C_VerifyInit(w->session, &mechanism, w->ec_public), "C_VerifyInit")
        && good(w->token->calls->C_Verify(w->session, digest, sizeof digest, signature, size), "C_Verify");
}

static int signs_by_rsa(struct worker *w) {
    CK_BYTE signature[256];
    CK_ULONG size = sizeof signature;
    return sign_by(w, CKM_RSA_PKCS, w->rsa, signature, &size) && same(size == sizeof signature, "signature's size");
}

static int encrypts_and_decrypts(struct worker *w, CK_OBJECT_HANDLE key) {
    CK_BYTE iv[16] = {1};
    CK_MECHANISM mechanism = {CKM_AES_CBC_PAD, iv, sizeof iv};
    CK_BYTE plain[100];
    CK_BYTE cipher[128];
    CK_BYTE back[128];
    CK_ULONG cipher_size = sizeof cipher;
    CK_ULONG back_size = sizeof back;
    memset(plain, rand_r(&w->seed) & 0xff, sizeof plain);
    CK_FUNCTION_LIST *c = w->token->calls;
    return good(c->C_EncryptInit(w->session, &mechanism, key), "C_EncryptInit")
        && good(c->C_Encrypt(w->session, plain, sizeof plain, cipher, &cipher_size), "C_Encrypt")
        && good(c->C_DecryptInit(w->session, &mechanism, key), "C_DecryptInit")
        && good(c->C_Decrypt(w->session, cipher, cipher_size, back, &back_size), "C_Decrypt")
        && same(back_size == sizeof plain && memcmp(plain, back, sizeof plain) == 0, "decrypted text");
}

static int signs_in_parts(struct worker *w) {
    CK_MECHANISM mechanism = {CKM_SHA256_RSA_PKCS, NULL, 0};
    CK_BYTE part[300] = {3};
    CK_BYTE signature[256];
    CK_ULONG size = sizeof signature;
    CK_FUNCTION_LIST *c = w->token->calls;
    return good(c->C_SignInit(w->session, &mechanism, w->rsa), "C_SignInit")
        && good(c->C_SignUpdate(w->session, part, sizeof part), "C_SignUpdate")
        && good(c->C_SignUpdate(w->session, part, sizeof part), "C_SignUpdate")
        && good(c->C_SignFinal(w->session, signature, &size), "C_SignFinal");
}

static int finds(struct worker *w) {
    CK_OBJECT_HANDLE found;
    return good(client_find(w->token, w->session, CKO_PRIVATE_KEY, "ec", &found), "C_FindObjects")
        && same(found == w->ec, "the key that was found");
}

static int opens_another_session(struct worker *w) {
    CK_SESSION_HANDLE session;
    CK_SESSION_INFO info;
    CK_FUNCTION_LIST *c = w->token->calls;
    return good(client_session(w->token, &session), "C_OpenSession")
        && good(c->C_GetSessionInfo(session, &info), "C_GetSessionInfo")
        && same(info.state == CKS_RW_USER_FUNCTIONS, "the session's state")
        && good(c->C_CloseSession(session), "C_CloseSession");
}

static int uses_a_session_key(struct worker *w) {
    CK_OBJECT_HANDLE key;
    return good(client_aes_key(w->token, w->session, CK_FALSE, "short-lived", &key), "C_GenerateKey")
        && encrypts_and_decrypts(w, key)
        && good(w->token->calls->C_DestroyObject(w->session, key), "C_DestroyObject");
}

static int draws_random(struct worker *w) {
    CK_BYTE bytes[32];
    return good(w->token->calls->C_GenerateRandom(w->session, bytes, sizeof bytes), "C_GenerateRandom");
}

static int any_work(struct worker *w) {
    switch (rand_r(&w->seed) % 8) {
        case 0: return signs_and_verifies(w);
        case 1: return signs_by_rsa(w);
        case 2: return signs_in_parts(w);
        case 3: return finds(w);
        case 4: return opens_another_session(w);
        case 5: return uses_a_session_key(w);
        case 6: return draws_random(w);
        default: return encrypts_and_decrypts(w, w->aes);
    }
}

static void *work(void *argument) {
    struct worker *worker = argument;
    while (time(NULL) < worker->end && any_work(worker)) {
        atomic_fetch_add(&done, 1);
    }
    return NULL;
}

static void start(struct worker *w, const struct token *token, unsigned seed, time_t end) {
    *w = (struct worker){.token = token, .seed = seed, .end = end};
    client_require(client_session(token, &w->session), "C_OpenSession");
    client_require(client_login(token, w->session), "C_Login");
    client_require(client_find(token, w->session, CKO_PRIVATE_KEY, "ec", &w->ec), "C_FindObjects");
    client_require(client_find(token, w->session, CKO_PUBLIC_KEY, "ec", &w->ec_public), "C_FindObjects");
    client_require(client_find(token, w->session, CKO_PRIVATE_KEY, "rsa", &w->rsa), "C_FindObjects");
    client_require(client_find(token, w->session, CKO_SECRET_KEY, "aes", &w->aes), "C_FindObjects");
    if (pthread_create(&w->thread, NULL, work, w) != 0) {
        printf("error no thread\n");
        exit(1);
    }
}

/* All kinds of work at once in many threads; the first wrong answer of a thread is told and ends it. */
int hammer(const char *library, unsigned threads, unsigned seconds) {
    struct token token;
    struct worker *workers = calloc(threads, sizeof *workers);
    if (workers == NULL) {
        return 1;
    }
    client_open(&token, library);
    time_t end = time(NULL) + (time_t) seconds;
    for (unsigned i = 0; i < threads; i++) {
        start(&workers[i], &token, (unsigned) getpid() * 1000u + i, end);
    }
    for (unsigned i = 0; i < threads; i++) {
        pthread_join(workers[i].thread, NULL);
    }
    free(workers);
    client_require(token.calls->C_Finalize(NULL), "C_Finalize");
    printf("done %lu failed %lu\n", atomic_load(&done), atomic_load(&failed));
    return atomic_load(&failed) == 0 ? 0 : 1;
}
