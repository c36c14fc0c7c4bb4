#include "operations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RSA_KEY "benchmark-rsa"
#define EC_KEY "benchmark-ec"
#define AES_KEY "benchmark-aes"
#define MADE "benchmark-made"
#define COUNT(array) (sizeof(array) / sizeof *(array))

static CK_BBOOL yes = CK_TRUE;
static CK_BBOOL no = CK_FALSE;

static CK_ATTRIBUTE flag(CK_ATTRIBUTE_TYPE type, CK_BBOOL *value) {
    return (CK_ATTRIBUTE){type, value, sizeof *value};
}

static CK_ATTRIBUTE text(CK_ATTRIBUTE_TYPE type, const char *value) {
    return (CK_ATTRIBUTE){type, (void *)(uintptr_t)value, strlen(value)};
}

static CK_ATTRIBUTE number(CK_ATTRIBUTE_TYPE type, CK_ULONG *value) {
    return (CK_ATTRIBUTE){type, value, sizeof *value};
}

static CK_MECHANISM plain(CK_MECHANISM_TYPE type) {
    return (CK_MECHANISM){type, NULL, 0};
}

static CK_RV make_aes(const struct token *token, CK_SESSION_HANDLE session, const char *label) {
    CK_ULONG bytes = 32;
    CK_OBJECT_HANDLE key = 0;
    CK_MECHANISM mechanism = plain(CKM_AES_KEY_GEN);
    CK_ATTRIBUTE wanted[] = {flag(CKA_TOKEN, &yes), flag(CKA_PRIVATE, &yes), flag(CKA_SENSITIVE, &yes),
        flag(CKA_EXTRACTABLE, &no), flag(CKA_ENCRYPT, &yes), flag(CKA_DECRYPT, &yes), number(CKA_VALUE_LEN, &bytes),
        text(CKA_LABEL, label)};
    return token->calls->C_GenerateKey(session, &mechanism, wanted, COUNT(wanted), &key);
}

static void make_pair(const struct token *token, CK_SESSION_HANDLE session, CK_MECHANISM_TYPE type,
    CK_ATTRIBUTE *size, CK_ULONG size_count, const char *label) {
    CK_OBJECT_HANDLE ids[2];
    CK_MECHANISM mechanism = plain(type);
    CK_ATTRIBUTE public_half[8] = {flag(CKA_TOKEN, &yes), flag(CKA_VERIFY, &yes), text(CKA_LABEL, label)};
    memcpy(public_half + 3, size, size_count * sizeof *size);
    CK_ATTRIBUTE private_half[] = {flag(CKA_TOKEN, &yes), flag(CKA_PRIVATE, &yes), flag(CKA_SENSITIVE, &yes),
        flag(CKA_SIGN, &yes), text(CKA_LABEL, label)};
    require(token->calls->C_GenerateKeyPair(session, &mechanism, public_half, 3 + size_count, private_half,
                COUNT(private_half), &ids[0], &ids[1]),
        token->target, "C_GenerateKeyPair");
}

void operations_make_keys(const struct token *token) {
    static CK_BYTE exponent[] = {1, 0, 1};
    static CK_BYTE p256[] = {6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7};
    CK_ULONG bits = 2048;
    CK_ATTRIBUTE rsa[] = {number(CKA_MODULUS_BITS, &bits), {CKA_PUBLIC_EXPONENT, exponent, sizeof exponent}};
    CK_ATTRIBUTE ec[] = {{CKA_EC_PARAMS, p256, sizeof p256}};
    CK_SESSION_HANDLE session = token_session(token);
    token_login(token, session);
    make_pair(token, session, CKM_RSA_PKCS_KEY_PAIR_GEN, rsa, COUNT(rsa), RSA_KEY);
    make_pair(token, session, CKM_EC_KEY_PAIR_GEN, ec, COUNT(ec), EC_KEY);
    require(make_aes(token, session, AES_KEY), token->target, "C_GenerateKey");
}

void operations_fill(const struct token *token, CK_SESSION_HANDLE session, unsigned from, unsigned to) {
    for (unsigned i = from; i < to; i++) {
        char label[32];
        snprintf(label, sizeof label, "many-%06u", i);
        require(make_aes(token, session, label), token->target, "C_GenerateKey");
    }
}

static CK_RV find(const struct place *place, CK_ATTRIBUTE *filter, CK_ULONG count, CK_OBJECT_HANDLE *found,
    CK_ULONG *found_count) {
    CK_FUNCTION_LIST *calls = place->token->calls;
    CK_RV result = calls->C_FindObjectsInit(place->session, filter, count);
    if (result == CKR_OK) {
        result = calls->C_FindObjects(place->session, found, *found_count, found_count);
        CK_RV end = calls->C_FindObjectsFinal(place->session);
        result = result == CKR_OK ? end : result;
    }
    return result;
}

CK_OBJECT_HANDLE operations_key(const struct place *place, CK_OBJECT_CLASS object_class, const char *label) {
    CK_OBJECT_HANDLE key = 0;
    CK_ULONG count = 1;
    CK_ATTRIBUTE filter[] = {number(CKA_CLASS, &object_class), text(CKA_LABEL, label)};
    require(find(place, filter, COUNT(filter), &key, &count), place->token->target, "C_FindObjects");
    if (count == 0) {
        fprintf(stderr, "benchmark: %s has no key \"%s\"\n", place->token->target->name, label);
        exit(1);
    }
    return key;
}

void operations_sweep(const struct token *token, CK_SESSION_HANDLE session) {
    struct place place = {.token = token, .session = session};
    CK_OBJECT_HANDLE found[256];
    CK_ATTRIBUTE filter[] = {text(CKA_LABEL, MADE)};
    CK_ULONG count;
    do {
        count = COUNT(found);
        require(find(&place, filter, COUNT(filter), found, &count), token->target, "C_FindObjects");
        for (CK_ULONG i = 0; i < count; i++) {
            require(token->calls->C_DestroyObject(session, found[i]), token->target, "C_DestroyObject");
        }
    } while (count > 0);
}

static CK_RV sign(struct place *place, CK_MECHANISM_TYPE type, CK_ULONG bytes) {
    CK_MECHANISM mechanism = plain(type);
    CK_ULONG length = sizeof place->out;
    CK_RV result = place->token->calls->C_SignInit(place->session, &mechanism, place->key);
    return result != CKR_OK
        ? result
        : place->token->calls->C_Sign(place->session, place->in, bytes, place->out, &length);
}

static CK_RV sign_rsa_sha256(struct place *place) {
    return sign(place, CKM_SHA256_RSA_PKCS, 64);
}

/* A DigestInfo of SHA-256 is as long as this (RFC 8017 section 9.2). */
static CK_RV sign_rsa(struct place *place) {
    return sign(place, CKM_RSA_PKCS, 51);
}

static CK_RV sign_p256(struct place *place) {
    return sign(place, CKM_ECDSA, 32);
}

/* A new IV each time, as SP 800-38D wants it. */
static CK_RV encrypt_gcm(struct place *place) {
    CK_BYTE iv[12] = {0};
    CK_ULONG length = sizeof place->out;
    CK_GCM_PARAMS parameters = {.pIv = iv, .ulIvLen = sizeof iv, .ulIvBits = 96, .ulTagBits = 128};
    CK_MECHANISM mechanism = {CKM_AES_GCM, &parameters, sizeof parameters};
    place->turn++;
    memcpy(iv, &place->turn, sizeof place->turn);
    CK_RV result = place->token->calls->C_EncryptInit(place->session, &mechanism, place->key);
    return result != CKR_OK
        ? result
        : place->token->calls->C_Encrypt(place->session, place->in, sizeof place->in, place->out, &length);
}

static CK_RV generate_aes(struct place *place) {
    return make_aes(place->token, place->session, MADE);
}

static CK_RV find_by_label(struct place *place) {
    CK_OBJECT_CLASS secret = CKO_SECRET_KEY;
    CK_OBJECT_HANDLE found[2];
    CK_ULONG count = COUNT(found);
    char label[32];
    snprintf(label, sizeof label, "many-%06u", (unsigned)(place->turn++ % 10));
    CK_ATTRIBUTE filter[] = {number(CKA_CLASS, &secret), text(CKA_LABEL, label)};
    CK_RV result = find(place, filter, COUNT(filter), found, &count);
    return result == CKR_OK && count != 1 ? CKR_GENERAL_ERROR : result;
}

static CK_RV log_in(struct place *place) {
    const struct token *token = place->token;
    CK_SESSION_HANDLE session = 0;
    CK_RV result = token->calls->C_OpenSession(token->slot, CKF_SERIAL_SESSION, NULL, NULL, &session);
    if (result != CKR_OK) {
        return result;
    }
    const char *pin = token->target->pin;
    result = token->calls->C_Login(session, CKU_USER, (CK_UTF8CHAR *)(uintptr_t)pin, strlen(pin));
    CK_RV end = token->calls->C_Logout(session);
    CK_RV closed = token->calls->C_CloseSession(session);
    return result != CKR_OK ? result : end != CKR_OK ? end : closed;
}

static CK_RV session_info(struct place *place) {
    CK_SESSION_INFO info;
    return place->token->calls->C_GetSessionInfo(place->session, &info);
}

const struct operation SIGN_RSA_SHA256 = {"RSA-2048 sign, SHA256_RSA_PKCS", CKO_PRIVATE_KEY, RSA_KEY, 0, sign_rsa_sha256};
const struct operation SIGN_RSA = {"RSA-2048 sign, RSA_PKCS", CKO_PRIVATE_KEY, RSA_KEY, 0, sign_rsa};
const struct operation SIGN_P256 = {"P-256 sign, ECDSA", CKO_PRIVATE_KEY, EC_KEY, 0, sign_p256};
const struct operation ENCRYPT_GCM = {"AES-256-GCM encrypt, 4 KB", CKO_SECRET_KEY, AES_KEY, 0, encrypt_gcm};
const struct operation GENERATE_AES = {"AES token key generation", 0, NULL, 0, generate_aes};
const struct operation FIND_BY_LABEL = {"find by label", 0, NULL, 0, find_by_label};
const struct operation LOG_IN = {"open, login, logout, close", 0, NULL, 1, log_in};
const struct operation SESSION_INFO = {"C_GetSessionInfo", 0, NULL, 0, session_info};
