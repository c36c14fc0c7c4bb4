/* A service that answers nonsense: the program gets a code or a result, and nothing outside its buffers is touched. */
#include <string.h>

#include "fixture.h"
#include "parameters.h"

/* Statuses at the edges: unknown CKR codes and the channel's own. */
static const uint32_t statuses[] = {1, 0x13, 0x90, 0x150, 0x191, 0x7fffffff, 0x80000000, 0xffff0005, 0xffff0006, 0xffff0007,
        0xfffeffff};

static CK_SESSION_HANDLE session;

static void make_and_find(void) {
    CK_MECHANISM generate = {0x1080, NULL, 0}, pair = {0x1040, NULL, 0}, derive = {0x1050, NULL, 0};
    CK_ECDH1_DERIVE_PARAMS ecdh = {1, 0, NULL, 0, NULL};
    CK_OBJECT_HANDLE made, other, found[8];
    CK_ULONG count;
    derive.pParameter = &ecdh;
    derive.ulParameterLen = sizeof ecdh;
    p11->C_GenerateKey(session, &generate, NULL, 0, &made);
    p11->C_GenerateKeyPair(session, &pair, NULL, 0, NULL, 0, &made, &other);
    p11->C_DeriveKey(session, &derive, KEY_EC_PRIVATE, NULL, 0, &made);
    p11->C_CreateObject(session, NULL, 0, &made);
    p11->C_CopyObject(session, KEY_AES, NULL, 0, &made);
    p11->C_GetObjectSize(session, KEY_AES, &count);
    if (p11->C_FindObjectsInit(session, NULL, 0) == CKR_OK) {
        CHECK_EQUAL(p11->C_FindObjects(session, found, 8, &count), CKR_OK);
        CHECK(count <= 8);
        CHECK_EQUAL(p11->C_FindObjectsFinal(session), CKR_OK);
    }
}

static void look(void) {
    CK_BYTE label[5], value[3], number[8];
    CK_ATTRIBUTE inner[2] = {{0, label, sizeof label}, {0, NULL, 0}};
    CK_ATTRIBUTE template[] = {{3, label, sizeof label}, {0x11, value, sizeof value}, {0x161, number, sizeof number},
        {0x40000600, number, sizeof number}, {0x40000212, inner, sizeof inner}, {0x40000212, NULL, 0}};
    CK_TOKEN_INFO info;
    p11->C_GetAttributeValue(session, KEY_AES, template, 6);
    p11->C_GetTokenInfo(0, &info);
}

static void cipher(CK_OBJECT_HANDLE key, CK_MECHANISM *mechanism) {
    CK_BYTE data[32] = {0}, out[40];
    CK_ULONG size = sizeof out;
    p11->C_EncryptInit(session, mechanism, key);
    p11->C_Encrypt(session, data, sizeof data, out, &size);
    size = sizeof out;
    p11->C_DecryptInit(session, mechanism, key);
    p11->C_Decrypt(session, data, sizeof data, out, &size);
    size = sizeof out;
    p11->C_EncryptInit(session, mechanism, key);
    p11->C_EncryptUpdate(session, data, sizeof data, out, &size);
    size = sizeof out;
    p11->C_EncryptFinal(session, out, &size);
}

static void sign_and_digest(void) {
    CK_MECHANISM rsa = {0x40, NULL, 0}, sha256 = {0x250, NULL, 0}, raw = {0x1, NULL, 0};
    CK_BYTE out[256];
    CK_ULONG size = 32;
    fixture_sign(session);
    p11->C_VerifyInit(session, &rsa, KEY_RSA_PUBLIC);
    p11->C_Verify(session, out, 5, out, 256);
    p11->C_DigestInit(session, &sha256);
    p11->C_DigestUpdate(session, out, 5);
    p11->C_DigestFinal(session, out, &size);
    size = 10;
    p11->C_VerifyRecoverInit(session, &raw, KEY_RSA_PUBLIC);
    p11->C_VerifyRecover(session, out, 256, out, &size);
    p11->C_GenerateRandom(session, out, sizeof out);
}

static void wrap_and_messages(void) {
    CK_MECHANISM kwp = {0x210b, NULL, 0}, gcm = {0x1087, NULL, 0};
    CK_BYTE iv[12] = {0}, tag[16] = {0}, data[20] = {0}, out[40];
    CK_GCM_MESSAGE_PARAMS parameters = {iv, sizeof iv, 0, 3, tag, 128};
    CK_OBJECT_HANDLE key;
    CK_ULONG size = sizeof out;
    p11->C_WrapKey(session, &kwp, KEY_AES, KEY_HMAC, out, &size);
    p11->C_UnwrapKey(session, &kwp, KEY_AES, out, 40, NULL, 0, &key);
    p11->C_MessageEncryptInit(session, &gcm, KEY_AES);
    size = sizeof out;
    p11->C_EncryptMessage(session, &parameters, sizeof parameters, NULL, 0, data, sizeof data, out, &size);
    p11->C_MessageDecryptInit(session, &gcm, KEY_AES);
    size = sizeof out;
    p11->C_DecryptMessage(session, &parameters, sizeof parameters, NULL, 0, data, sizeof data, out, &size);
}

static void log_in_and_out(void) {
    CK_BYTE *pin = (CK_BYTE *)TOKEN_PIN;
    p11->C_SetPIN(session, pin, 8, pin, 8);
    p11->C_Logout(session);
    p11->C_Login(session, CKU_USER, pin, 8);
}

static void use_everything(void) {
    CK_BYTE iv[16] = {0};
    CK_GCM_PARAMS gcm = {iv, 12, 96, NULL, 0, 64};
    make_and_find();
    look();
    cipher(KEY_AES, &(CK_MECHANISM){0x1085, iv, sizeof iv});
    cipher(KEY_AES, &(CK_MECHANISM){0x1087, &gcm, sizeof gcm});
    sign_and_digest();
    wrap_and_messages();
    log_in_and_out();
    CHECK_EQUAL(p11->C_SessionCancel(session, ~0UL), CKR_OK);
}

/* First with facts from the cache, so that the calls get past their beginnings. */
static void learn_keys(void) {
    token_replies(fixture_token(), REPLY_RIGHT, 0);
    use_everything();
}

static void everyStatusIsPassedOn(void) {
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        learn_keys();
        token_replies(fixture_token(), REPLY_STATUS, statuses[i]);
        CHECK(fixture_sign(session) != CKR_OK);
        use_everything();
    }
}

static void repliesThatEndTooEarlyAreErrors(void) {
    learn_keys();
    token_replies(fixture_token(), REPLY_CUT, 0);
    CHECK_EQUAL(fixture_sign(session), CKR_DEVICE_ERROR);
    use_everything();
}

/* Whoever is told that a key was made gets its handle. */
static void handlesComeWithSuccess(void) {
    CK_MECHANISM generate = {0x1080, NULL, 0}, kwp = {0x210b, NULL, 0};
    CK_BYTE wrapped[40] = {0};
    CK_OBJECT_HANDLE made[4] = {0};
    learn_keys();
    token_replies(fixture_token(), REPLY_LONGER, 0);
    CHECK_EQUAL(p11->C_GenerateKey(session, &generate, NULL, 0, &made[0]), CKR_OK);
    CHECK_EQUAL(p11->C_CreateObject(session, NULL, 0, &made[1]), CKR_OK);
    CHECK_EQUAL(p11->C_CopyObject(session, KEY_AES, NULL, 0, &made[2]), CKR_OK);
    CHECK_EQUAL(p11->C_UnwrapKey(session, &kwp, KEY_AES, wrapped, sizeof wrapped, NULL, 0, &made[3]), CKR_OK);
    for (int i = 0; i < 4; i++) {
        CHECK_EQUAL(made[i], KEY_AES);
    }
    use_everything();
}

static void noiseBreaksNothing(void) {
    const char *rounds = getenv("COFFER_FUZZ_ROUNDS");
    long last = rounds == NULL ? 200 : atol(rounds);
    for (long round = 0; round < last; round++) {
        if (round % 2 == 0) {
            learn_keys();
        }
        token_replies(fixture_token(), REPLY_NOISE, (uint32_t)round * 7919u);
        use_everything();
    }
    learn_keys();
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
}

int main(void) {
    fixture_begin();
    session = fixture_log_in();
    RUN(everyStatusIsPassedOn);
    RUN(repliesThatEndTooEarlyAreErrors);
    RUN(handlesComeWithSuccess);
    RUN(noiseBreaksNothing);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_end();
    return 0;
}
