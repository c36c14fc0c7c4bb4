/* What comes back: sizes, buffers that are too small, parts, misaligned places (PKCS#11 v3.1 §5.2). */
#include <string.h>

#include "fixture.h"
#include "parameters.h"

static CK_SESSION_HANDLE session;
static CK_BYTE out[1024];
static CK_ULONG size;
static CK_BYTE data[100];

static long asked(uint32_t operation) {
    return token_asked(fixture_token(), operation);
}

static CK_RV init_sign(CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE key) {
    CK_MECHANISM mechanism = {type, NULL, 0};
    return p11->C_SignInit(session, &mechanism, key);
}

static void signingIsOneRoundTrip(void) {
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    long facts = asked(OPERATION_KEY_FACTS), signs = asked(OPERATION_SIGN), starts = asked(OPERATION_START);
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(asked(OPERATION_KEY_FACTS), facts);
    CHECK_EQUAL(asked(OPERATION_SIGN), signs + 1);
    CHECK_EQUAL(asked(OPERATION_START), starts);
}

static void sizesAreAnsweredHere(void) {
    long before = asked(OPERATION_SIGN);
    CHECK_EQUAL(init_sign(0x40, KEY_RSA_PRIVATE), CKR_OK);
    CHECK_EQUAL(p11->C_Sign(session, data, 4, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 256);
    size = 255;
    CHECK_EQUAL(p11->C_Sign(session, data, 4, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(size, 256);
    CHECK_EQUAL(asked(OPERATION_SIGN), before);
    CHECK_EQUAL(p11->C_Sign(session, data, 4, out, &size), CKR_OK);
    CHECK_EQUAL(asked(OPERATION_SIGN), before + 1);
    CHECK_EQUAL(p11->C_Sign(session, data, 4, out, &size), CKR_OPERATION_NOT_INITIALIZED);
}

static void sizesFitTheKey(void) {
    static const struct {
        CK_MECHANISM_TYPE type;
        CK_OBJECT_HANDLE key;
        CK_ULONG size;
    } cases[] = {{0x1, KEY_RSA_PRIVATE, 256}, {0x1041, KEY_EC_PRIVATE, 64}, {0x251, KEY_HMAC, 32}, {0x108a, KEY_AES, 16}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_EQUAL(init_sign(cases[i].type, cases[i].key), CKR_OK);
        CHECK_EQUAL(p11->C_Sign(session, data, 4, NULL, &size), CKR_OK);
        CHECK_EQUAL(size, cases[i].size);
        CHECK_EQUAL(p11->C_Sign(session, data, 4, out, &size), CKR_OK);
        CHECK_EQUAL(size, cases[i].size);
    }
}

static CK_RV init_cipher(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, bool encrypts) {
    return encrypts ? p11->C_EncryptInit(session, mechanism, key) : p11->C_DecryptInit(session, mechanism, key);
}

static void encryptsWithPaddingAndBack(void) {
    CK_MECHANISM cbc_pad = {0x1085, data, 16};
    CK_BYTE back[128];
    CK_ULONG back_size = sizeof back;
    CHECK_EQUAL(init_cipher(&cbc_pad, KEY_AES, true), CKR_OK);
    CHECK_EQUAL(p11->C_Encrypt(session, data, 30, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 32);
    CHECK_EQUAL(p11->C_Encrypt(session, data, 30, out, &size), CKR_OK);
    CHECK_EQUAL(size, 32);
    CHECK_EQUAL(init_cipher(&cbc_pad, KEY_AES, false), CKR_OK);
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
    long before = asked(OPERATION_DECRYPT);
    CHECK_EQUAL(init_cipher(&rsa, KEY_RSA_PRIVATE, false), CKR_OK);
    size = 29;
    CHECK_EQUAL(p11->C_Decrypt(session, encrypted, 256, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(size, 30);
    CHECK_EQUAL(p11->C_Decrypt(session, encrypted, 256, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 30);
    CHECK_EQUAL(p11->C_Decrypt(session, encrypted, 256, out, &size), CKR_OK);
    CHECK_EQUAL(out[29], 0xff);
    CHECK_EQUAL(asked(OPERATION_DECRYPT), before + 1);
    CHECK_EQUAL(p11->C_Decrypt(session, encrypted, 256, out, &size), CKR_OPERATION_NOT_INITIALIZED);
}

/* What was kept belongs to its input: another input is another decryption. */
static void decryptsAgainForOtherInput(void) {
    CK_MECHANISM rsa = {0x1, NULL, 0};
    CK_BYTE encrypted[256] = {0};
    CHECK_EQUAL(init_cipher(&rsa, KEY_RSA_PRIVATE, false), CKR_OK);
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
    CHECK_EQUAL(init_cipher(&mechanism, KEY_AES, true), CKR_OK);
    size = sizeof out;
    CHECK_EQUAL(p11->C_Encrypt(session, data, 30, out, &size), CKR_OK);
    CHECK_EQUAL(size, 46);
    CHECK_EQUAL(memcmp(iv, "module's iv!", 12), 0);
    memset(iv, 7, sizeof iv);
    CHECK_EQUAL(init_cipher(&mechanism, KEY_AES, true), CKR_OK);
    size = sizeof out;
    CHECK_EQUAL(p11->C_Encrypt(session, data, 30, out, &size), CKR_OK);
    CHECK_EQUAL(iv[0], 7);
}

static void partsComeBackWhole(void) {
    CK_MECHANISM cbc = {0x1082, data, 16};
    CK_ULONG got = 0;
    CHECK_EQUAL(init_cipher(&cbc, KEY_AES, true), CKR_OK);
    for (int i = 0; i < 10; i++) {
        CHECK_EQUAL(p11->C_EncryptUpdate(session, data + 10 * i, 10, NULL, &size), CKR_OK);
        CHECK_EQUAL(size, (10 * (i + 1)) / 16 * 16 - got);
        CHECK_EQUAL(p11->C_EncryptUpdate(session, data + 10 * i, 10, out + got, &size), CKR_OK);
        got += size;
    }
    CHECK_EQUAL(got, 96);
    CHECK_EQUAL(p11->C_EncryptFinal(session, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 4);
    CHECK_EQUAL(p11->C_EncryptFinal(session, out + got, &size), CKR_OK);
    for (int i = 0; i < 100; i++) {
        CHECK_EQUAL(out[i], (CK_BYTE)~data[i]);
    }
    CHECK_EQUAL(p11->C_EncryptFinal(session, out, &size), CKR_OPERATION_NOT_INITIALIZED);
}

static void partIsNotGivenTwice(void) {
    CK_MECHANISM cbc = {0x1082, data, 16};
    long updates = asked(OPERATION_UPDATE), starts = asked(OPERATION_START), finishes = asked(OPERATION_FINISH);
    CHECK_EQUAL(init_cipher(&cbc, KEY_AES, true), CKR_OK);
    size = 31;
    CHECK_EQUAL(p11->C_EncryptUpdate(session, data, 40, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(size, 32);
    CHECK_EQUAL(p11->C_EncryptUpdate(session, data, 40, out, &size), CKR_OK);
    CHECK_EQUAL(size, 32);
    size = 7;
    CHECK_EQUAL(p11->C_EncryptFinal(session, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(size, 8);
    CHECK_EQUAL(p11->C_EncryptFinal(session, out, &size), CKR_OK);
    CHECK_EQUAL(asked(OPERATION_START), starts + 1);
    CHECK_EQUAL(asked(OPERATION_UPDATE), updates);
    CHECK_EQUAL(asked(OPERATION_FINISH), finishes + 1);
}

/* A result that waits for a larger buffer is no other function's: its place in the data would be another. */
static void resultThatWaitsIsGivenToNoOtherFunction(void) {
    CK_MECHANISM cbc = {0x1082, data, 16}, cbc_pad = {0x1085, data, 16};
    CK_BYTE padded[32] = {[31] = 2};
    CHECK_EQUAL(init_cipher(&cbc, KEY_AES, true), CKR_OK);
    size = 31;
    CHECK_EQUAL(p11->C_EncryptUpdate(session, data, 40, out, &size), CKR_BUFFER_TOO_SMALL);
    size = sizeof out;
    CHECK_EQUAL(p11->C_EncryptFinal(session, out, &size), CKR_FUNCTION_FAILED);
    CHECK_EQUAL(p11->C_EncryptFinal(session, out, &size), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(init_cipher(&cbc, KEY_AES, true), CKR_OK);
    CHECK_EQUAL(p11->C_EncryptUpdate(session, data, 40, out, &size), CKR_OK);
    size = 7;
    CHECK_EQUAL(p11->C_EncryptFinal(session, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(p11->C_EncryptUpdate(session, data, 40, out, &size), CKR_FUNCTION_FAILED);
    CHECK_EQUAL(init_cipher(&cbc_pad, KEY_AES, false), CKR_OK);
    size = 20;
    CHECK_EQUAL(p11->C_Decrypt(session, padded, 32, out, &size), CKR_BUFFER_TOO_SMALL);
    size = sizeof out;
    CHECK_EQUAL(p11->C_DecryptUpdate(session, padded, 32, out, &size), CKR_FUNCTION_FAILED);
    CHECK_EQUAL(init_cipher(&cbc, KEY_AES, false), CKR_OK);
    CHECK_EQUAL(p11->C_DecryptUpdate(session, data, 40, out, &size), CKR_OK);
    CHECK_EQUAL(p11->C_DecryptFinal(session, NULL, &size), CKR_OK);
    CHECK_EQUAL(p11->C_Decrypt(session, data, 40, out, &size), CKR_FUNCTION_FAILED);
}

static void signsAndVerifiesInParts(void) {
    CK_MECHANISM mechanism = {0x40, NULL, 0};
    CHECK_EQUAL(init_sign(0x251, KEY_HMAC), CKR_OK);
    CHECK_EQUAL(p11->C_SignUpdate(session, data, 10), CKR_OK);
    CHECK_EQUAL(p11->C_Sign(session, data, 10, out, &size), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(init_sign(0x251, KEY_HMAC), CKR_OK);
    CHECK_EQUAL(p11->C_SignUpdate(session, data, 10), CKR_OK);
    CHECK_EQUAL(p11->C_SignFinal(session, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 32);
    CHECK_EQUAL(p11->C_SignFinal(session, out, &size), CKR_OK);
    CHECK_EQUAL(p11->C_VerifyInit(session, &mechanism, KEY_RSA_PUBLIC), CKR_OK);
    CHECK_EQUAL(p11->C_VerifyUpdate(session, data, 10), CKR_OK);
    CHECK_EQUAL(p11->C_VerifyFinal(session, (CK_BYTE *)"good", 4), CKR_OK);
    CHECK_EQUAL(p11->C_VerifyInit(session, &mechanism, KEY_RSA_PUBLIC), CKR_OK);
    CHECK_EQUAL(p11->C_VerifyFinal(session, (CK_BYTE *)"evil", 4), CKR_SIGNATURE_INVALID);
    CHECK_EQUAL(p11->C_VerifyInit(session, &mechanism, KEY_RSA_PUBLIC), CKR_OK);
    CHECK_EQUAL(p11->C_Verify(session, data, 10, (CK_BYTE *)"good", 4), CKR_OK);
    CHECK_EQUAL(init_sign(0x1041, KEY_EC_PRIVATE), CKR_OK);
    CHECK_EQUAL(p11->C_SignUpdate(session, data, 10), CKR_FUNCTION_NOT_SUPPORTED);
    CHECK_EQUAL(init_sign(0x1041, KEY_EC_PRIVATE), CKR_OK);
    CHECK_EQUAL(p11->C_SessionCancel(session, CKF_SIGN), CKR_OK);
}

static void digestsWholeInPartsAndKeys(void) {
    CK_MECHANISM sha256 = {0x250, NULL, 0};
    CHECK_EQUAL(p11->C_DigestInit(session, &sha256), CKR_OK);
    size = sizeof out;
    CHECK_EQUAL(p11->C_Digest(session, NULL, 0, out, &size), CKR_OK);
    CHECK_EQUAL(size, 32);
    CHECK_EQUAL(p11->C_DigestInit(session, &sha256), CKR_OK);
    CHECK_EQUAL(p11->C_DigestKey(session, KEY_AES), CKR_OK);
    CHECK_EQUAL(p11->C_DigestUpdate(session, data, 10), CKR_OK);
    size = 31;
    CHECK_EQUAL(p11->C_DigestFinal(session, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(p11->C_DigestFinal(session, out, &size), CKR_OK);
}

/* 20 MB: more than a frame takes. */
static void largeDataTravelsInParts(void) {
    size_t large = 20u << 20;
    CK_BYTE *plain = calloc(1, large), *encrypted = malloc(large);
    CK_MECHANISM cbc = {0x1082, data, 16}, rsa = {0x40, NULL, 0}, pad = {0x1, NULL, 0};
    long updates = asked(OPERATION_UPDATE);
    CHECK_EQUAL(init_cipher(&cbc, KEY_AES, true), CKR_OK);
    size = large;
    CHECK_EQUAL(p11->C_Encrypt(session, plain, large, encrypted, &size), CKR_OK);
    CHECK_EQUAL(size, large);
    CHECK_EQUAL(encrypted[large - 1], 0xff);
    CHECK_EQUAL(asked(OPERATION_UPDATE), updates + 2);
    CHECK_EQUAL(init_sign(0x251, KEY_HMAC), CKR_OK);
    size = 32;
    CHECK_EQUAL(p11->C_Sign(session, plain, large, out, &size), CKR_OK);
    CHECK_EQUAL(p11->C_VerifyInit(session, &rsa, KEY_RSA_PUBLIC), CKR_OK);
    CHECK_EQUAL(p11->C_Verify(session, plain, large, (CK_BYTE *)"good", 4), CKR_OK);
    CHECK_EQUAL(init_sign(pad.mechanism, KEY_RSA_PRIVATE), CKR_OK);
    size = sizeof out;
    CHECK_EQUAL(p11->C_Sign(session, plain, large, out, &size), CKR_DATA_LEN_RANGE);
    free(plain);
    free(encrypted);
}

static void wrapsOnceForABufferThatIsTooSmall(void) {
    CK_MECHANISM kwp = {0x210b, NULL, 0};
    long before = asked(OPERATION_WRAP_KEY);
    CHECK_EQUAL(p11->C_WrapKey(session, &kwp, KEY_AES, KEY_HMAC, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 40);
    size = 39;
    CHECK_EQUAL(p11->C_WrapKey(session, &kwp, KEY_AES, KEY_HMAC, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(p11->C_WrapKey(session, &kwp, KEY_AES, KEY_HMAC, out, &size), CKR_OK);
    CHECK_EQUAL(asked(OPERATION_WRAP_KEY), before + 1);
    CHECK_EQUAL(p11->C_WrapKey(session, &kwp, KEY_AES, KEY_HMAC, NULL, &size), CKR_OK);
    CHECK_EQUAL(p11->C_WrapKey(session, &kwp, KEY_AES, KEY_RSA_PRIVATE, out, &size), CKR_OK);
    CHECK_EQUAL(asked(OPERATION_WRAP_KEY), before + 3);
}

static void recoversOnceForABufferThatIsTooSmall(void) {
    CK_MECHANISM rsa = {0x1, NULL, 0};
    long before = asked(OPERATION_VERIFY_RECOVER);
    CHECK_EQUAL(p11->C_VerifyRecoverInit(session, &rsa, KEY_RSA_PUBLIC), CKR_OK);
    CHECK_EQUAL(p11->C_VerifyRecover(session, out, 256, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 9);
    CHECK_EQUAL(p11->C_VerifyRecover(session, out, 256, out, &size), CKR_OK);
    CHECK_EQUAL(memcmp(out, "recovered", 9), 0);
    CHECK_EQUAL(asked(OPERATION_VERIFY_RECOVER), before + 1);
    CHECK_EQUAL(p11->C_SignRecoverInit(session, &rsa, KEY_RSA_PRIVATE), CKR_OK);
    size = sizeof out;
    CHECK_EQUAL(p11->C_SignRecover(session, data, 5, out, &size), CKR_OK);
    CHECK_EQUAL(size, 256);
}

static void findsInOneRoundTrip(void) {
    CK_OBJECT_HANDLE found[3];
    long before = asked(OPERATION_FIND_OBJECTS);
    CHECK_EQUAL(p11->C_FindObjectsInit(session, NULL, 0), CKR_OK);
    CHECK_EQUAL(p11->C_FindObjects(session, found, 3, &size), CKR_OK);
    CHECK(size == 3 && found[0] == 1 && found[2] == 3);
    CHECK_EQUAL(p11->C_FindObjects(session, found, 3, &size), CKR_OK);
    CHECK(size == 2 && found[0] == 4 && found[1] == 5);
    CHECK_EQUAL(p11->C_FindObjects(session, found, 3, &size), CKR_OK);
    CHECK_EQUAL(size, 0);
    CHECK_EQUAL(p11->C_FindObjectsFinal(session), CKR_OK);
    CHECK_EQUAL(p11->C_FindObjects(session, found, 3, &size), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(asked(OPERATION_FIND_OBJECTS), before + 1);
}

static void attributesComeEachWithItsOwnVerdict(void) {
    CK_BYTE label[5], value[32], small[4];
    CK_ULONG length = 0;
    CK_ATTRIBUTE template[] = {{3, label, sizeof label}, {0x11, value, sizeof value}, {0x161, &length, sizeof length},
        {0x777, value, sizeof value}, {3, small, sizeof small}, {3, NULL, 0}, {(CK_ULONG)1 << 40, value, 8}};
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template, 7), CKR_ATTRIBUTE_SENSITIVE);
    CHECK(template[0].ulValueLen == 5 && memcmp(label, "label", 5) == 0);
    CHECK_EQUAL(template[1].ulValueLen, CK_UNAVAILABLE_INFORMATION);
    CHECK(template[2].ulValueLen == sizeof length && length == 32);
    CHECK_EQUAL(template[3].ulValueLen, CK_UNAVAILABLE_INFORMATION);
    CHECK_EQUAL(template[4].ulValueLen, CK_UNAVAILABLE_INFORMATION);
    CHECK_EQUAL(template[5].ulValueLen, 5);
    CHECK_EQUAL(template[6].ulValueLen, CK_UNAVAILABLE_INFORMATION);
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template + 3, 1), CKR_ATTRIBUTE_TYPE_INVALID);
    template[4].ulValueLen = sizeof small;
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template + 4, 1), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template, 1), CKR_OK);
}

/* The length that the first try left behind is not that of a buffer. */
static void lengthThatIsNoneHasNoRoom(void) {
    CK_BYTE *small = malloc(4);
    CK_ATTRIBUTE template = {3, small, 4};
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, &template, 1), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, &template, 1), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(template.ulValueLen, CK_UNAVAILABLE_INFORMATION);
    free(small);
}

static void listsAndTemplatesWithinTemplatesAreRead(void) {
    CK_ULONG mechanisms[2];
    CK_BYTE label[5], sensitive;
    CK_ATTRIBUTE inner[] = {{0, label, sizeof label}, {0, &sensitive, 1}};
    CK_ATTRIBUTE template[] = {{0x40000600, mechanisms, sizeof mechanisms}, {0x40000212, NULL, 0}};
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template, 2), CKR_OK);
    CHECK(mechanisms[0] == 0x1087 && mechanisms[1] == 0x1085);
    CHECK_EQUAL(template[1].ulValueLen, 2 * sizeof(CK_ATTRIBUTE));
    template[1].pValue = inner;
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template + 1, 1), CKR_OK);
    CHECK(inner[0].type == 3 && inner[0].ulValueLen == 5 && memcmp(label, "inner", 5) == 0);
    CHECK(inner[1].type == 0x103 && sensitive == 1);
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
    long before = asked(OPERATION_RANDOM);
    CHECK_EQUAL(p11->C_GenerateRandom(session, bytes, large), CKR_OK);
    CHECK_EQUAL(bytes[large - 1], 0xab);
    CHECK_EQUAL(asked(OPERATION_RANDOM), before + 3);
    CHECK_EQUAL(p11->C_GenerateRandom(session, NULL, 0), CKR_OK);
    CHECK_EQUAL(p11->C_SeedRandom(session, bytes, 4), CKR_RANDOM_SEED_NOT_SUPPORTED);
    free(bytes);
}

static void messagesAreEncryptedAndDecrypted(void) {
    CK_BYTE iv[12] = {0}, tag[16], back[64];
    CK_GCM_MESSAGE_PARAMS gcm = {iv, 12, 0, 3, tag, 128};
    CK_MECHANISM mechanism = {0x1087, NULL, 0};
    CHECK_EQUAL(p11->C_MessageEncryptInit(session, &mechanism, KEY_AES), CKR_OK);
    CHECK_EQUAL(p11->C_EncryptMessage(session, &gcm, sizeof gcm, NULL, 0, data, 30, NULL, &size), CKR_OK);
    CHECK_EQUAL(size, 30);
    CHECK_EQUAL(p11->C_EncryptMessage(session, &gcm, sizeof gcm, NULL, 0, data, 30, out, &size), CKR_OK);
    CHECK(memcmp(iv, "generated iv", 12) == 0 && memcmp(tag, "0123456789abcdef", 16) == 0);
    CHECK_EQUAL(p11->C_MessageEncryptFinal(session), CKR_OK);
    CHECK_EQUAL(p11->C_MessageDecryptInit(session, &mechanism, KEY_AES), CKR_OK);
    CHECK_EQUAL(p11->C_DecryptMessageBegin(session, &gcm, sizeof gcm, NULL, 0), CKR_OK);
    size = sizeof back;
    CHECK_EQUAL(p11->C_DecryptMessageNext(session, &gcm, sizeof gcm, out, 10, back, &size, 0), CKR_OK);
    CHECK_EQUAL(size, 0);
    size = 29;
    CHECK_EQUAL(p11->C_DecryptMessageNext(session, &gcm, sizeof gcm, out + 10, 20, back, &size, CKF_END_OF_MESSAGE),
            CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(size, 30);
    CHECK_EQUAL(p11->C_DecryptMessageNext(session, &gcm, sizeof gcm, out + 10, 20, back, &size, CKF_END_OF_MESSAGE), CKR_OK);
    CHECK_EQUAL(memcmp(back, data, 30), 0);
    tag[0] ^= 1;
    size = sizeof back;
    CHECK_EQUAL(p11->C_DecryptMessage(session, &gcm, sizeof gcm, NULL, 0, out, 30, back, &size), 0x42);
    CHECK_EQUAL(p11->C_DecryptMessageNext(session, &gcm, sizeof gcm, out, 1, back, &size, 0), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_SessionCancel(session, CKF_MESSAGE_DECRYPT), CKR_OK);
    CHECK_EQUAL(p11->C_MessageDecryptFinal(session), CKR_OPERATION_NOT_INITIALIZED);
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
    RUN(partsComeBackWhole);
    RUN(partIsNotGivenTwice);
    RUN(resultThatWaitsIsGivenToNoOtherFunction);
    RUN(signsAndVerifiesInParts);
    RUN(digestsWholeInPartsAndKeys);
    RUN(largeDataTravelsInParts);
    RUN(wrapsOnceForABufferThatIsTooSmall);
    RUN(recoversOnceForABufferThatIsTooSmall);
    RUN(findsInOneRoundTrip);
    RUN(attributesComeEachWithItsOwnVerdict);
    RUN(lengthThatIsNoneHasNoRoom);
    RUN(listsAndTemplatesWithinTemplatesAreRead);
    RUN(misalignedPlacesAreServed);
    RUN(tokenSaysWhatTheServiceSays);
    RUN(randomBytesComeInChunks);
    RUN(messagesAreEncryptedAndDecrypted);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_end();
    return 0;
}
