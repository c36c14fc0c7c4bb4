/* What comes back: sizes, buffers that are too small, misaligned places (PKCS#11 v3.1 §5.2). */
#include <string.h>

#include "fixture.h"
#include "parameters.h"

static CK_SESSION_HANDLE session;
static CK_BYTE out[1024];
static CK_ULONG size;
static CK_BYTE data[100];

static void signingIsOneRoundTrip(void) {
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    long facts = fixture_asked(OPERATION_KEY_FACTS), signs = fixture_asked(OPERATION_SIGN), starts = fixture_asked(OPERATION_START);
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(fixture_asked(OPERATION_KEY_FACTS), facts);
    CHECK_EQUAL(fixture_asked(OPERATION_SIGN), signs + 1);
    CHECK_EQUAL(fixture_asked(OPERATION_START), starts);
}

static void sizesAreAnsweredHere(void) {
    long before = fixture_asked(OPERATION_SIGN);
    CHECK_EQUAL(fixture_init_sign(session, 0x40, KEY_RSA_PRIVATE), CKR_OK);
    CHECK_EQUAL(p11->C_Sign(session, data, 4, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 256);
    size = 255;
    CHECK_EQUAL(p11->C_Sign(session, data, 4, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(size, 256);
    CHECK_EQUAL(fixture_asked(OPERATION_SIGN), before);
    CHECK_EQUAL(p11->C_Sign(session, data, 4, out, &size), CKR_OK);
    CHECK_EQUAL(fixture_asked(OPERATION_SIGN), before + 1);
    CHECK_EQUAL(p11->C_Sign(session, data, 4, out, &size), CKR_OPERATION_NOT_INITIALIZED);
}

static void sizesFitTheKey(void) {
    static const struct {
        CK_MECHANISM_TYPE type;
        CK_OBJECT_HANDLE key;
        CK_ULONG size;
    } cases[] = {{0x1, KEY_RSA_PRIVATE, 256}, {0x1041, KEY_EC_PRIVATE, 64}, {0x251, KEY_HMAC, 32}, {0x108a, KEY_AES, 16}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_EQUAL(fixture_init_sign(session, cases[i].type, cases[i].key), CKR_OK);
        CHECK_EQUAL(p11->C_Sign(session, data, 4, NULL, &size), CKR_OK);
        CHECK_EQUAL(size, cases[i].size);
        CHECK_EQUAL(p11->C_Sign(session, data, 4, out, &size), CKR_OK);
        CHECK_EQUAL(size, cases[i].size);
    }
}

static void encryptsWithPaddingAndBack(void) {
    CK_MECHANISM cbc_pad = {0x1085, data, 16};
    CK_BYTE back[128];
    CK_ULONG back_size = sizeof back;
    CHECK_EQUAL(fixture_init_cipher(session, &cbc_pad, KEY_AES, true), CKR_OK);
    CHECK_EQUAL(p11->C_Encrypt(session, data, 30, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 32);
    CHECK_EQUAL(p11->C_Encrypt(session, data, 30, out, &size), CKR_OK);
    CHECK_EQUAL(size, 32);
    CHECK_EQUAL(fixture_init_cipher(session, &cbc_pad, KEY_AES, false), CKR_OK);
    out[31] = 2;
    CHECK_EQUAL(p11->C_Decrypt(session, out, 32, NULL, &back_size), CKR_OK);
    CHECK_EQUAL(back_size, 32);
    CHECK_EQUAL(p11->C_Decrypt(session, out, 32, back, &back_size), CKR_OK);
    CHECK_EQUAL(back_size, 30);
    CHECK_EQUAL(memcmp(back, data, 30), 0);
}

/* 226 bytes of padding leave 30: less than what can be said beforehand, more than the buffer has. */
static void decryptsOnceForABufferThatIsTooSmall(void) {
    CK_MECHANISM rsa = {0x1, NULL, 0};
    CK_BYTE encrypted[256] = {0};
    long before = fixture_asked(OPERATION_DECRYPT);
    CHECK_EQUAL(fixture_init_cipher(session, &rsa, KEY_RSA_PRIVATE, false), CKR_OK);
    size = 29;
    CHECK_EQUAL(p11->C_Decrypt(session, encrypted, 256, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(size, 30);
    CHECK_EQUAL(p11->C_Decrypt(session, encrypted, 256, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 30);
    CHECK_EQUAL(p11->C_Decrypt(session, encrypted, 256, out, &size), CKR_OK);
    CHECK_EQUAL(out[29], 0xff);
    CHECK_EQUAL(fixture_asked(OPERATION_DECRYPT), before + 1);
    CHECK_EQUAL(p11->C_Decrypt(session, encrypted, 256, out, &size), CKR_OPERATION_NOT_INITIALIZED);
}

/* What was kept belongs to its input: another input is another decryption. */
static void decryptsAgainForOtherInput(void) {
    CK_MECHANISM rsa = {0x1, NULL, 0};
    CK_BYTE encrypted[256] = {0};
    CHECK_EQUAL(fixture_init_cipher(session, &rsa, KEY_RSA_PRIVATE, false), CKR_OK);
    size = 1;
    CHECK_EQUAL(p11->C_Decrypt(session, encrypted, 256, out, &size), CKR_BUFFER_TOO_SMALL);
    size = sizeof out;
    CHECK_EQUAL(p11->C_Decrypt(session, encrypted, 255, out, &size), CKR_ENCRYPTED_DATA_LEN_RANGE);
    CHECK_EQUAL(p11->C_Decrypt(session, encrypted, 256, out, &size), CKR_OPERATION_NOT_INITIALIZED);
}

static void ivMadeByTheModuleGoesWhereZerosWere(void) {
    CK_BYTE iv[12] = {0};
    CK_GCM_PARAMS gcm = {iv, 12, 96, data, 5, 128};
    CK_MECHANISM mechanism = {0x1087, &gcm, sizeof gcm};
    CHECK_EQUAL(fixture_init_cipher(session, &mechanism, KEY_AES, true), CKR_OK);
    size = sizeof out;
    CHECK_EQUAL(p11->C_Encrypt(session, data, 30, out, &size), CKR_OK);
    CHECK_EQUAL(size, 46);
    CHECK_EQUAL(memcmp(iv, "module's iv!", 12), 0);
    memset(iv, 7, sizeof iv);
    CHECK_EQUAL(fixture_init_cipher(session, &mechanism, KEY_AES, true), CKR_OK);
    size = sizeof out;
    CHECK_EQUAL(p11->C_Encrypt(session, data, 30, out, &size), CKR_OK);
    CHECK_EQUAL(iv[0], 7);
}

static void wrapsOnceForABufferThatIsTooSmall(void) {
    CK_MECHANISM kwp = {0x210b, NULL, 0};
    long before = fixture_asked(OPERATION_WRAP_KEY);
    CHECK_EQUAL(p11->C_WrapKey(session, &kwp, KEY_AES, KEY_HMAC, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 40);
    size = 39;
    CHECK_EQUAL(p11->C_WrapKey(session, &kwp, KEY_AES, KEY_HMAC, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(p11->C_WrapKey(session, &kwp, KEY_AES, KEY_HMAC, out, &size), CKR_OK);
    CHECK_EQUAL(fixture_asked(OPERATION_WRAP_KEY), before + 1);
    CHECK_EQUAL(p11->C_WrapKey(session, &kwp, KEY_AES, KEY_HMAC, NULL, &size), CKR_OK);
    CHECK_EQUAL(p11->C_WrapKey(session, &kwp, KEY_AES, KEY_RSA_PRIVATE, out, &size), CKR_OK);
    CHECK_EQUAL(fixture_asked(OPERATION_WRAP_KEY), before + 3);
}

static void recoversOnceForABufferThatIsTooSmall(void) {
    CK_MECHANISM rsa = {0x1, NULL, 0};
    long before = fixture_asked(OPERATION_VERIFY_RECOVER);
    CHECK_EQUAL(p11->C_VerifyRecoverInit(session, &rsa, KEY_RSA_PUBLIC), CKR_OK);
    CHECK_EQUAL(p11->C_VerifyRecover(session, out, 256, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 9);
    CHECK_EQUAL(p11->C_VerifyRecover(session, out, 256, out, &size), CKR_OK);
    CHECK_EQUAL(memcmp(out, "recovered", 9), 0);
    CHECK_EQUAL(fixture_asked(OPERATION_VERIFY_RECOVER), before + 1);
    CHECK_EQUAL(p11->C_SignRecoverInit(session, &rsa, KEY_RSA_PRIVATE), CKR_OK);
    size = sizeof out;
    CHECK_EQUAL(p11->C_SignRecover(session, data, 5, out, &size), CKR_OK);
    CHECK_EQUAL(size, 256);
}

/* Oracle does so. */
static void misalignedPlacesAreServed(void) {
    static CK_BYTE room[1024];
    CK_ULONG *crooked = (void *)(room + 1);
    CK_ATTRIBUTE *template = (void *)(room + 33);
    CK_ATTRIBUTE attribute = {0x161, room + 129, 8};
    CK_MECHANISM mechanism = {0x40, NULL, 0};
    memcpy((void *)template, &attribute, sizeof attribute);
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template, 1), CKR_OK);
    CHECK_EQUAL(room[129], 32);
    CHECK_EQUAL(p11->C_GetSlotList(1, NULL, crooked), CKR_OK);
    CHECK_EQUAL(room[1], 1);
    CHECK_EQUAL(p11->C_GetSlotList(1, (void *)(room + 11), crooked), CKR_OK);
    CHECK_EQUAL(p11->C_GetTokenInfo(0, (void *)(room + 513)), CKR_OK);
    CHECK_EQUAL(memcmp(room + 513, "toy ", 4), 0);
    CHECK_EQUAL(p11->C_SignInit(session, &mechanism, KEY_RSA_PRIVATE), CKR_OK);
    CHECK_EQUAL(p11->C_Sign(session, data, 4, NULL, crooked), CKR_OK);
    CHECK_EQUAL(p11->C_Sign(session, data, 4, out, crooked), CKR_OK);
    CHECK_EQUAL(p11->C_GenerateKey(session, &(CK_MECHANISM){0x1080, NULL, 0}, template, 1, crooked), CKR_OK);
    CHECK_EQUAL(room[1], KEY_AES);
}

static void tokenSaysWhatTheServiceSays(void) {
    CK_TOKEN_INFO info;
    CHECK_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
    CHECK_EQUAL(memcmp(info.label, "toy                             ", 32), 0);
    CHECK_EQUAL(memcmp(info.serialNumber, "73657269616c206f", 16), 0);
    CHECK_EQUAL(memcmp(info.utcTime, "2001090901464000", 16), 0);
    CHECK(info.hardwareVersion.major == 1 && info.hardwareVersion.minor == 2);
    CHECK(info.ulSessionCount == 1 && info.ulRwSessionCount == 1 && info.ulMaxPinLen == 100);
}

static void randomBytesComeInChunks(void) {
    size_t large = (2u << 20) + 5;
    CK_BYTE *bytes = calloc(1, large);
    long before = fixture_asked(OPERATION_RANDOM);
    CHECK_EQUAL(p11->C_GenerateRandom(session, bytes, large), CKR_OK);
    CHECK_EQUAL(bytes[large - 1], 0xab);
    CHECK_EQUAL(fixture_asked(OPERATION_RANDOM), before + 3);
    CHECK_EQUAL(p11->C_GenerateRandom(session, NULL, 0), CKR_OK);
    CHECK_EQUAL(p11->C_SeedRandom(session, bytes, 4), CKR_RANDOM_SEED_NOT_SUPPORTED);
    free(bytes);
}

int main(void) {
    fixture_begin();
    for (size_t i = 0; i < sizeof data; i++) {
        data[i] = (CK_BYTE)i;
    }
    session = fixture_log_in();
    RUN(signingIsOneRoundTrip);
    RUN(sizesAreAnsweredHere);
    RUN(sizesFitTheKey);
    RUN(encryptsWithPaddingAndBack);
    RUN(decryptsOnceForABufferThatIsTooSmall);
    RUN(decryptsAgainForOtherInput);
    RUN(ivMadeByTheModuleGoesWhereZerosWere);
    RUN(wrapsOnceForABufferThatIsTooSmall);
    RUN(recoversOnceForABufferThatIsTooSmall);
    RUN(misalignedPlacesAreServed);
    RUN(tokenSaysWhatTheServiceSays);
    RUN(randomBytesComeInChunks);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_end();
    return 0;
}
