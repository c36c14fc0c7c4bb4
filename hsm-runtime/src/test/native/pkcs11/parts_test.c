/* Data given and results fetched in parts, and data that is too large for one frame (PKCS#11 v3.1 §5.2, §5.8–§5.15). */
#include <string.h>

#include "fixture.h"
#include "parameters.h"

static CK_SESSION_HANDLE session;
static CK_BYTE out[1024];
static CK_ULONG size;
static CK_BYTE data[100];

static void partsComeBackWhole(void) {
    CK_MECHANISM cbc = {0x1082, data, 16};
    CK_ULONG got = 0;
    CHECK_EQUAL(fixture_init_cipher(session, &cbc, KEY_AES, true), CKR_OK);
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
    long updates = fixture_asked(OPERATION_UPDATE), starts = fixture_asked(OPERATION_START);
    long finishes = fixture_asked(OPERATION_FINISH);
    CHECK_EQUAL(fixture_init_cipher(session, &cbc, KEY_AES, true), CKR_OK);
    size = 31;
    CHECK_EQUAL(p11->C_EncryptUpdate(session, data, 40, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(size, 32);
    CHECK_EQUAL(p11->C_EncryptUpdate(session, data, 40, out, &size), CKR_OK);
    CHECK_EQUAL(size, 32);
    size = 7;
    CHECK_EQUAL(p11->C_EncryptFinal(session, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(size, 8);
    CHECK_EQUAL(p11->C_EncryptFinal(session, out, &size), CKR_OK);
    CHECK_EQUAL(fixture_asked(OPERATION_START), starts + 1);
    CHECK_EQUAL(fixture_asked(OPERATION_UPDATE), updates);
    CHECK_EQUAL(fixture_asked(OPERATION_FINISH), finishes + 1);
}

/* A result that waits for a larger buffer is no other function's: its place in the data would be another. */
static void resultThatWaitsIsGivenToNoOtherFunction(void) {
    CK_MECHANISM cbc = {0x1082, data, 16}, cbc_pad = {0x1085, data, 16};
    CK_BYTE padded[32] = {[31] = 2};
    CHECK_EQUAL(fixture_init_cipher(session, &cbc, KEY_AES, true), CKR_OK);
    size = 31;
    CHECK_EQUAL(p11->C_EncryptUpdate(session, data, 40, out, &size), CKR_BUFFER_TOO_SMALL);
    size = sizeof out;
    CHECK_EQUAL(p11->C_EncryptFinal(session, out, &size), CKR_FUNCTION_FAILED);
    CHECK_EQUAL(p11->C_EncryptFinal(session, out, &size), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(fixture_init_cipher(session, &cbc, KEY_AES, true), CKR_OK);
    CHECK_EQUAL(p11->C_EncryptUpdate(session, data, 40, out, &size), CKR_OK);
    size = 7;
    CHECK_EQUAL(p11->C_EncryptFinal(session, out, &size), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(p11->C_EncryptUpdate(session, data, 40, out, &size), CKR_FUNCTION_FAILED);
    CHECK_EQUAL(fixture_init_cipher(session, &cbc_pad, KEY_AES, false), CKR_OK);
    size = 20;
    CHECK_EQUAL(p11->C_Decrypt(session, padded, 32, out, &size), CKR_BUFFER_TOO_SMALL);
    size = sizeof out;
    CHECK_EQUAL(p11->C_DecryptUpdate(session, padded, 32, out, &size), CKR_FUNCTION_FAILED);
    CHECK_EQUAL(fixture_init_cipher(session, &cbc, KEY_AES, false), CKR_OK);
    CHECK_EQUAL(p11->C_DecryptUpdate(session, data, 40, out, &size), CKR_OK);
    CHECK_EQUAL(p11->C_DecryptFinal(session, NULL, &size), CKR_OK);
    CHECK_EQUAL(p11->C_Decrypt(session, data, 40, out, &size), CKR_FUNCTION_FAILED);
}

static void signsAndVerifiesInParts(void) {
    CK_MECHANISM mechanism = {0x40, NULL, 0};
    CHECK_EQUAL(fixture_init_sign(session, 0x251, KEY_HMAC), CKR_OK);
    CHECK_EQUAL(p11->C_SignUpdate(session, data, 10), CKR_OK);
    CHECK_EQUAL(p11->C_Sign(session, data, 10, out, &size), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(fixture_init_sign(session, 0x251, KEY_HMAC), CKR_OK);
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
    CHECK_EQUAL(fixture_init_sign(session, 0x1041, KEY_EC_PRIVATE), CKR_OK);
    CHECK_EQUAL(p11->C_SignUpdate(session, data, 10), CKR_FUNCTION_NOT_SUPPORTED);
    CHECK_EQUAL(fixture_init_sign(session, 0x1041, KEY_EC_PRIVATE), CKR_OK);
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
    long updates = fixture_asked(OPERATION_UPDATE);
    CHECK_EQUAL(fixture_init_cipher(session, &cbc, KEY_AES, true), CKR_OK);
    size = large;
    CHECK_EQUAL(p11->C_Encrypt(session, plain, large, encrypted, &size), CKR_OK);
    CHECK_EQUAL(size, large);
    CHECK_EQUAL(encrypted[large - 1], 0xff);
    CHECK_EQUAL(fixture_asked(OPERATION_UPDATE), updates + 2);
    CHECK_EQUAL(fixture_init_sign(session, 0x251, KEY_HMAC), CKR_OK);
    size = 32;
    CHECK_EQUAL(p11->C_Sign(session, plain, large, out, &size), CKR_OK);
    CHECK_EQUAL(p11->C_VerifyInit(session, &rsa, KEY_RSA_PUBLIC), CKR_OK);
    CHECK_EQUAL(p11->C_Verify(session, plain, large, (CK_BYTE *)"good", 4), CKR_OK);
    CHECK_EQUAL(fixture_init_sign(session, pad.mechanism, KEY_RSA_PRIVATE), CKR_OK);
    size = sizeof out;
    CHECK_EQUAL(p11->C_Sign(session, plain, large, out, &size), CKR_DATA_LEN_RANGE);
    free(plain);
    free(encrypted);
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
    RUN(partsComeBackWhole);
    RUN(partIsNotGivenTwice);
    RUN(resultThatWaitsIsGivenToNoOtherFunction);
    RUN(signsAndVerifiesInParts);
    RUN(digestsWholeInPartsAndKeys);
    RUN(largeDataTravelsInParts);
    RUN(messagesAreEncryptedAndDecrypted);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_end();
    return 0;
}
