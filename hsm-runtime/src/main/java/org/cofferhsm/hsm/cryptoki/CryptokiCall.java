package org.cofferhsm.hsm.cryptoki;

/** Cryptoki's functions, in the order of CK_FUNCTION_LIST (PKCS#11 v2.40 §3.6). */
public enum CryptokiCall {
    INITIALIZE("C_Initialize"),
    FINALIZE("C_Finalize"),
    GET_INFO("C_GetInfo"),
    GET_FUNCTION_LIST("C_GetFunctionList"),
    GET_SLOT_LIST("C_GetSlotList"),
    GET_SLOT_INFO("C_GetSlotInfo"),
    GET_TOKEN_INFO("C_GetTokenInfo"),
    GET_MECHANISM_LIST("C_GetMechanismList"),
    GET_MECHANISM_INFO("C_GetMechanismInfo"),
    INIT_TOKEN("C_InitToken"),
    INIT_PIN("C_InitPIN"),
    SET_PIN("C_SetPIN"),
    OPEN_SESSION("C_OpenSession"),
    CLOSE_SESSION("C_CloseSession"),
    CLOSE_ALL_SESSIONS("C_CloseAllSessions"),
    GET_SESSION_INFO("C_GetSessionInfo"),
    GET_OPERATION_STATE("C_GetOperationState"),
    SET_OPERATION_STATE("C_SetOperationState"),
    LOGIN("C_Login"),
    LOGOUT("C_Logout"),
    CREATE_OBJECT("C_CreateObject"),
    COPY_OBJECT("C_CopyObject"),
    DESTROY_OBJECT("C_DestroyObject"),
    GET_OBJECT_SIZE("C_GetObjectSize"),
    GET_ATTRIBUTE_VALUE("C_GetAttributeValue"),
    SET_ATTRIBUTE_VALUE("C_SetAttributeValue"),
    FIND_OBJECTS_INIT("C_FindObjectsInit"),
    FIND_OBJECTS("C_FindObjects"),
    FIND_OBJECTS_FINAL("C_FindObjectsFinal"),
    ENCRYPT_INIT("C_EncryptInit"),
    ENCRYPT("C_Encrypt"),
    ENCRYPT_UPDATE("C_EncryptUpdate"),
    ENCRYPT_FINAL("C_EncryptFinal"),
    DECRYPT_INIT("C_DecryptInit"),
    DECRYPT("C_Decrypt"),
    DECRYPT_UPDATE("C_DecryptUpdate"),
    DECRYPT_FINAL("C_DecryptFinal"),
    DIGEST_INIT("C_DigestInit"),
    DIGEST("C_Digest"),
    DIGEST_UPDATE("C_DigestUpdate"),
    DIGEST_KEY("C_DigestKey"),
    DIGEST_FINAL("C_DigestFinal"),
    SIGN_INIT("C_SignInit"),
    SIGN("C_Sign"),
    SIGN_UPDATE("C_SignUpdate"),
    SIGN_FINAL("C_SignFinal"),
    SIGN_RECOVER_INIT("C_SignRecoverInit"),
    SIGN_RECOVER("C_SignRecover"),
    VERIFY_INIT("C_VerifyInit"),
    VERIFY("C_Verify"),
    VERIFY_UPDATE("C_VerifyUpdate"),
    VERIFY_FINAL("C_VerifyFinal"),
    VERIFY_RECOVER_INIT("C_VerifyRecoverInit"),
    VERIFY_RECOVER("C_VerifyRecover"),
    DIGEST_ENCRYPT_UPDATE("C_DigestEncryptUpdate"),
    DECRYPT_DIGEST_UPDATE("C_DecryptDigestUpdate"),
    SIGN_ENCRYPT_UPDATE("C_SignEncryptUpdate"),
    DECRYPT_VERIFY_UPDATE("C_DecryptVerifyUpdate"),
    GENERATE_KEY("C_GenerateKey"),
    GENERATE_KEY_PAIR("C_GenerateKeyPair"),
    WRAP_KEY("C_WrapKey"),
    UNWRAP_KEY("C_UnwrapKey"),
    DERIVE_KEY("C_DeriveKey"),
    SEED_RANDOM("C_SeedRandom"),
    GENERATE_RANDOM("C_GenerateRandom"),
    GET_FUNCTION_STATUS("C_GetFunctionStatus"),
    CANCEL_FUNCTION("C_CancelFunction"),
    WAIT_FOR_SLOT_EVENT("C_WaitForSlotEvent");

    private final String text;

    CryptokiCall(String text) {
        this.text = text;
    }

    /** The position of the function's address in the list. */
    int position() {
        return ordinal();
    }

    /** The name in C. */
    @Override
    public String toString() {
        return text;
    }
}
