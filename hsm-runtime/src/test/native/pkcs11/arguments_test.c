/* Every function with NULL where it should not be, lengths that lie, handles of nothing: a CKR code, and no crash. */
#include "fixture.h"
#include "parameters.h"

#define LIE ((CK_ULONG)-1)

static CK_SESSION_HANDLE session;
static CK_BYTE bytes[64];
static CK_ULONG size;
static CK_OBJECT_HANDLE object;
static CK_MECHANISM sha256 = {0x250, NULL, 0}, rsa = {0x1, NULL, 0}, ecb = {0x1081, NULL, 0};

/* All functions, with the session given and nothing else. */
static void call_all_with_nothing(CK_SESSION_HANDLE s, CK_RV (*expect)(CK_RV)) {
#define TRY(call) CHECK_EQUAL(expect(p11->call), CKR_OK)
    TRY(C_GetSessionInfo(s, NULL));
    TRY(C_GetOperationState(s, NULL, NULL));
    TRY(C_SetOperationState(s, NULL, 0, 0, 0));
    TRY(C_SetOperationState(s, NULL, LIE, 0, 0));
    TRY(C_Login(s, CKU_USER, NULL, 0));
    TRY(C_Login(s, CKU_USER, NULL, LIE));
    TRY(C_Login(s, CKU_SO, NULL, 7));
    TRY(C_LoginUser(s, CKU_USER, NULL, 0, NULL, 0));
    TRY(C_LoginUser(s, CKU_USER, bytes, 4, NULL, 4));
    TRY(C_LoginUser(s, CKU_USER, bytes, LIE, bytes, LIE));
    TRY(C_InitPIN(s, NULL, 0));
    TRY(C_InitPIN(s, NULL, LIE));
    TRY(C_SetPIN(s, NULL, 0, NULL, 0));
    TRY(C_SetPIN(s, bytes, LIE, bytes, LIE));
    TRY(C_CreateObject(s, NULL, 0, NULL));
    TRY(C_CreateObject(s, NULL, 3, &object));
    TRY(C_CopyObject(s, 1, NULL, 0, NULL));
    TRY(C_CopyObject(s, 1, NULL, LIE, &object));
    TRY(C_GetObjectSize(s, 1, NULL));
    TRY(C_GetAttributeValue(s, 1, NULL, 0));
    TRY(C_GetAttributeValue(s, 1, NULL, LIE));
    TRY(C_SetAttributeValue(s, 1, NULL, 0));
    TRY(C_SetAttributeValue(s, 1, NULL, LIE));
    TRY(C_FindObjectsInit(s, NULL, 1));
    TRY(C_FindObjectsInit(s, NULL, LIE));
    TRY(C_FindObjects(s, NULL, 1, NULL));
    TRY(C_FindObjectsFinal(s));
    TRY(C_EncryptInit(s, NULL, 1));
    TRY(C_Encrypt(s, NULL, 1, NULL, NULL));
    TRY(C_EncryptUpdate(s, NULL, 1, NULL, NULL));
    TRY(C_EncryptFinal(s, NULL, NULL));
    TRY(C_DecryptInit(s, NULL, 1));
    TRY(C_Decrypt(s, NULL, 1, NULL, NULL));
    TRY(C_DecryptUpdate(s, NULL, 1, NULL, NULL));
    TRY(C_DecryptFinal(s, NULL, NULL));
    TRY(C_DigestInit(s, NULL));
    TRY(C_Digest(s, NULL, 1, NULL, NULL));
    TRY(C_DigestUpdate(s, NULL, 1));
    TRY(C_DigestKey(s, 0));
    TRY(C_DigestFinal(s, NULL, NULL));
    TRY(C_SignInit(s, NULL, 1));
    TRY(C_Sign(s, NULL, 1, NULL, NULL));
    TRY(C_SignUpdate(s, NULL, 1));
    TRY(C_SignFinal(s, NULL, NULL));
    TRY(C_SignRecoverInit(s, NULL, 1));
    TRY(C_SignRecover(s, NULL, 1, NULL, NULL));
    TRY(C_VerifyInit(s, NULL, 1));
    TRY(C_Verify(s, NULL, 1, NULL, 1));
    TRY(C_VerifyUpdate(s, NULL, 1));
    TRY(C_VerifyFinal(s, NULL, 1));
    TRY(C_VerifyRecoverInit(s, NULL, 1));
    TRY(C_VerifyRecover(s, NULL, 1, NULL, NULL));
    TRY(C_DigestEncryptUpdate(s, NULL, 1, NULL, NULL));
    TRY(C_DecryptDigestUpdate(s, NULL, 1, NULL, NULL));
    TRY(C_SignEncryptUpdate(s, NULL, 1, NULL, NULL));
    TRY(C_DecryptVerifyUpdate(s, NULL, 1, NULL, NULL));
    TRY(C_GenerateKey(s, NULL, NULL, 0, NULL));
    TRY(C_GenerateKey(s, NULL, NULL, 0, &object));
    TRY(C_GenerateKeyPair(s, NULL, NULL, 0, NULL, 0, NULL, NULL));
    TRY(C_GenerateKeyPair(s, NULL, NULL, 1, NULL, 1, &object, &object));
    TRY(C_WrapKey(s, NULL, 1, 1, NULL, NULL));
    TRY(C_WrapKey(s, NULL, 1, 1, NULL, &size));
    TRY(C_UnwrapKey(s, NULL, 1, NULL, 0, NULL, 0, NULL));
    TRY(C_UnwrapKey(s, NULL, 1, bytes, LIE, NULL, 0, &object));
    TRY(C_DeriveKey(s, NULL, 1, NULL, 0, NULL));
    TRY(C_DeriveKey(s, NULL, 1, NULL, 0, &object));
    TRY(C_SeedRandom(s, NULL, 1));
    TRY(C_GenerateRandom(s, NULL, 1));
    TRY(C_GenerateRandom(s, bytes, LIE));
    TRY(C_GetFunctionStatus(s));
    TRY(C_CancelFunction(s));
    TRY(C_MessageEncryptInit(s, NULL, 1));
    TRY(C_EncryptMessage(s, NULL, 1, NULL, 1, NULL, 1, NULL, NULL));
    TRY(C_EncryptMessageBegin(s, NULL, 1, NULL, 1));
    TRY(C_EncryptMessageNext(s, NULL, 1, NULL, 1, NULL, NULL, 0));
    TRY(C_MessageEncryptFinal(s));
    TRY(C_MessageDecryptInit(s, NULL, 1));
    TRY(C_DecryptMessage(s, NULL, 1, NULL, 1, NULL, 1, NULL, NULL));
    TRY(C_DecryptMessageBegin(s, NULL, 1, NULL, 1));
    TRY(C_DecryptMessageNext(s, NULL, 1, NULL, 1, NULL, NULL, 0));
    TRY(C_MessageDecryptFinal(s));
    TRY(C_MessageSignInit(s, NULL, 1));
    TRY(C_SignMessage(s, NULL, 1, NULL, 1, NULL, NULL));
    TRY(C_SignMessageBegin(s, NULL, 1));
    TRY(C_SignMessageNext(s, NULL, 1, NULL, 1, NULL, NULL));
    TRY(C_MessageSignFinal(s));
    TRY(C_MessageVerifyInit(s, NULL, 1));
    TRY(C_VerifyMessage(s, NULL, 1, NULL, 1, NULL, 1));
    TRY(C_VerifyMessageBegin(s, NULL, 1));
    TRY(C_VerifyMessageNext(s, NULL, 1, NULL, 1, NULL, 1));
    TRY(C_MessageVerifyFinal(s));
#undef TRY
}

static CK_RV not_initialized(CK_RV rv) {
    return rv == CKR_CRYPTOKI_NOT_INITIALIZED ? CKR_OK : rv;
}

static CK_RV wrong_session(CK_RV rv) {
    return rv == CKR_SESSION_HANDLE_INVALID ? CKR_OK : rv;
}

/* Something that says no: never OK, never a defect of the service. */
static CK_RV refused(CK_RV rv) {
    switch (rv) {
    case CKR_ARGUMENTS_BAD:
    case CKR_OPERATION_NOT_INITIALIZED:
    case CKR_USER_TYPE_INVALID:
    case CKR_FUNCTION_NOT_SUPPORTED:
    case CKR_FUNCTION_NOT_PARALLEL:
    case CKR_WRAPPED_KEY_LEN_RANGE:
        return CKR_OK;
    default:
        return rv == CKR_OK ? CKR_GENERAL_ERROR : rv;
    }
}

static void nothingWorksBeforeInitialize(void) {
    CK_INFO info;
    call_all_with_nothing(1, not_initialized);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_GetInfo(&info), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_GetSlotList(0, NULL, &size), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_GetSlotInfo(0, NULL), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_GetTokenInfo(0, NULL), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_GetMechanismList(0, NULL, &size), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &session), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_CloseSession(1), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_CloseAllSessions(0), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &size, NULL), CKR_CRYPTOKI_NOT_INITIALIZED);
}

static void foreignSessionsAreFoundFirst(void) {
    call_all_with_nothing(session + 1, wrong_session);
    call_all_with_nothing(0, wrong_session);
    call_all_with_nothing(LIE, wrong_session);
}

static void missingPointersAreRefused(void) {
    call_all_with_nothing(session, refused);
    CHECK(fixture_logged("C_GenerateRandom: ") >= 1);
}

static void slotsAndListsRefuseNull(void) {
    CK_FUNCTION_LIST *list;
    CK_INTERFACE *interface;
    CHECK_EQUAL(p11->C_GetInfo(NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_GetFunctionList(NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_GetFunctionList(&list), CKR_OK);
    CHECK(list->version.major == 2 && list->version.minor == 40 && list->C_Sign == p11->C_Sign);
    CHECK_EQUAL(p11->C_GetInterfaceList(NULL, NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_GetInterface(NULL, NULL, NULL, 0), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_GetInterface((CK_UTF8CHAR *)"PKCS 12", NULL, &interface, 0), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_GetInterface(NULL, &(CK_VERSION){2, 40}, &interface, 0), CKR_OK);
    CHECK(interface->pFunctionList == list);
    CHECK_EQUAL(p11->C_GetInterface(NULL, &(CK_VERSION){2, 41}, &interface, 0), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_GetSlotList(1, NULL, NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_GetSlotInfo(0, NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_GetSlotInfo(1, NULL), CKR_SLOT_ID_INVALID);
    CHECK_EQUAL(p11->C_GetTokenInfo(0, NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_GetTokenInfo(LIE, NULL), CKR_SLOT_ID_INVALID);
    CHECK_EQUAL(p11->C_GetMechanismList(0, NULL, NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_GetMechanismInfo(0, 0x1087, NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_InitToken(0, NULL, 4, NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_InitToken(0, bytes, 4, bytes), CKR_FUNCTION_NOT_SUPPORTED);
    CHECK_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_OpenSession(0, 0, NULL, NULL, &object), CKR_SESSION_PARALLEL_NOT_SUPPORTED);
    CHECK_EQUAL(p11->C_OpenSession(3, CKF_SERIAL_SESSION, NULL, NULL, &object), CKR_SLOT_ID_INVALID);
    CHECK_EQUAL(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, NULL, NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &size, bytes), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &size, NULL), CKR_NO_EVENT);
    CHECK_EQUAL(p11->C_WaitForSlotEvent(0, &size, NULL), CKR_FUNCTION_NOT_SUPPORTED);
    CHECK_EQUAL(p11->C_Finalize(bytes), CKR_ARGUMENTS_BAD);
}

/* With an operation running, a wrong argument ends it (PKCS#11 v3.1 §5.13.3). */
static void wrongInputEndsTheOperation(void) {
    CHECK_EQUAL(p11->C_SignInit(session, &rsa, KEY_RSA_PRIVATE), CKR_OK);
    CHECK_EQUAL(p11->C_Sign(session, NULL, 5, bytes, &size), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_Sign(session, bytes, 5, bytes, &size), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_SignInit(session, &rsa, KEY_RSA_PRIVATE), CKR_OK);
    CHECK_EQUAL(p11->C_Sign(session, bytes, 5, bytes, NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_DigestInit(session, &sha256), CKR_OK);
    CHECK_EQUAL(p11->C_Digest(session, bytes, LIE, bytes, &size), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_DigestInit(session, &sha256), CKR_OK);
    CHECK_EQUAL(p11->C_DigestUpdate(session, NULL, 5), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_EncryptInit(session, &ecb, KEY_AES), CKR_OK);
    CHECK_EQUAL(p11->C_EncryptUpdate(session, bytes, 16, bytes, NULL), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_VerifyInit(session, &rsa, KEY_RSA_PUBLIC), CKR_OK);
    CHECK_EQUAL(p11->C_Verify(session, bytes, 16, NULL, 256), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_Verify(session, bytes, 16, bytes, 64), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_FindObjectsInit(session, NULL, 0), CKR_OK);
    CHECK_EQUAL(p11->C_FindObjects(session, NULL, 5, &size), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(p11->C_FindObjectsFinal(session), CKR_OK);
}

static CK_RV init(CK_MECHANISM_TYPE type, void *parameter, CK_ULONG parameter_size, CK_OBJECT_HANDLE key) {
    CK_MECHANISM mechanism = {type, parameter, parameter_size};
    CK_RV rv = p11->C_EncryptInit(session, &mechanism, key);
    if (rv == CKR_OK) {
        CHECK_EQUAL(p11->C_SessionCancel(session, CKF_ENCRYPT), CKR_OK);
    }
    return rv;
}

static void parametersMustFit(void) {
    CK_GCM_PARAMS gcm = {bytes, 12, 96, NULL, 0, 128};
    CK_GCM_PARAMS_OLD old = {bytes, 12, NULL, 0, 128};
    CK_RSA_PKCS_OAEP_PARAMS oaep = {0x250, 2, CKZ_DATA_SPECIFIED, NULL, 0};
    CK_AES_CTR_PARAMS ctr = {128, {0}};
    CHECK_EQUAL(init(0x1082, bytes, 16, KEY_AES), CKR_OK);
    CHECK_EQUAL(init(0x1082, bytes, 15, KEY_AES), CKR_MECHANISM_PARAM_INVALID);
    CHECK_EQUAL(init(0x1082, NULL, 16, KEY_AES), CKR_MECHANISM_PARAM_INVALID);
    CHECK_EQUAL(init(0x1082, NULL, 0, KEY_AES), CKR_MECHANISM_PARAM_INVALID);
    CHECK_EQUAL(init(0x1081, bytes, 1, KEY_AES), CKR_MECHANISM_PARAM_INVALID);
    CHECK_EQUAL(init(0x1087, &gcm, sizeof gcm, KEY_AES), CKR_OK);
    CHECK_EQUAL(init(0x1087, &old, sizeof old, KEY_AES), CKR_OK);
    CHECK_EQUAL(init(0x1087, &gcm, sizeof gcm - 1, KEY_AES), CKR_MECHANISM_PARAM_INVALID);
    gcm.ulIvLen = LIE;
    CHECK_EQUAL(init(0x1087, &gcm, sizeof gcm, KEY_AES), CKR_MECHANISM_PARAM_INVALID);
    gcm = (CK_GCM_PARAMS){bytes, 12, 96, NULL, 9, 128};
    CHECK_EQUAL(init(0x1087, &gcm, sizeof gcm, KEY_AES), CKR_MECHANISM_PARAM_INVALID);
    gcm = (CK_GCM_PARAMS){bytes, 12, 96, NULL, 0, 1000};
    CHECK_EQUAL(init(0x1087, &gcm, sizeof gcm, KEY_AES), CKR_MECHANISM_PARAM_INVALID);
    CHECK_EQUAL(init(0x9, &oaep, sizeof oaep, KEY_RSA_PUBLIC), CKR_OK);
    oaep.ulSourceDataLen = LIE;
    CHECK_EQUAL(init(0x9, &oaep, sizeof oaep, KEY_RSA_PUBLIC), CKR_MECHANISM_PARAM_INVALID);
    CHECK_EQUAL(init(0x1086, &ctr, sizeof ctr, KEY_AES), CKR_OK);
    ctr.ulCounterBits = 0;
    CHECK_EQUAL(init(0x1086, &ctr, sizeof ctr, KEY_AES), CKR_MECHANISM_PARAM_INVALID);
}

static void keysMustFit(void) {
    CK_MECHANISM unknown = {0x123456, NULL, 0};
    CHECK_EQUAL(p11->C_SignInit(session, &unknown, KEY_RSA_PRIVATE), CKR_MECHANISM_INVALID);
    CHECK_EQUAL(p11->C_SignInit(session, &sha256, KEY_RSA_PRIVATE), CKR_MECHANISM_INVALID);
    CHECK_EQUAL(p11->C_SignInit(session, &rsa, 0), CKR_KEY_HANDLE_INVALID);
    CHECK_EQUAL(p11->C_SignInit(session, &rsa, 99), CKR_KEY_HANDLE_INVALID);
    CHECK_EQUAL(p11->C_SignInit(session, &rsa, DATA_OBJECT), CKR_KEY_HANDLE_INVALID);
    CHECK_EQUAL(p11->C_SignInit(session, &rsa, KEY_EC_PRIVATE), CKR_KEY_TYPE_INCONSISTENT);
    CHECK_EQUAL(p11->C_SignInit(session, &rsa, KEY_RSA_PUBLIC), CKR_KEY_FUNCTION_NOT_PERMITTED);
    CHECK_EQUAL(p11->C_SignInit(session, &rsa, KEY_RSA_SMALL), CKR_KEY_SIZE_RANGE);
    CHECK_EQUAL(p11->C_DecryptInit(session, &rsa, KEY_RSA_SIGN_ONLY), CKR_KEY_FUNCTION_NOT_PERMITTED);
    CHECK_EQUAL(p11->C_SignInit(session, &rsa, KEY_RSA_PRIVATE), CKR_OK);
    CHECK_EQUAL(p11->C_SignInit(session, &rsa, KEY_RSA_PRIVATE), CKR_OPERATION_ACTIVE);
    CHECK_EQUAL(p11->C_SignInit(session, NULL, KEY_RSA_PRIVATE), CKR_OK);
    CHECK_EQUAL(p11->C_Sign(session, bytes, 5, bytes, &size), CKR_OPERATION_NOT_INITIALIZED);
}

int main(void) {
    fixture_begin();
    RUN(nothingWorksBeforeInitialize);
    CHECK_EQUAL(p11->C_Initialize(NULL), CKR_OK);
    session = fixture_open_session();
    RUN(foreignSessionsAreFoundFirst);
    RUN(missingPointersAreRefused);
    RUN(slotsAndListsRefuseNull);
    RUN(wrongInputEndsTheOperation);
    RUN(parametersMustFit);
    RUN(keysMustFit);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_end();
    return 0;
}
