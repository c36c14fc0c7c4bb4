/*
 * What the token does not do, said as the standard says it: wrong sessions and arguments are found first.
 *
 * Saving the state of an operation would let secrets out (PKCS#11 v3.1 §5.6.5); dual-function operations (§5.16) and
 * signing by messages (§5.14, §5.15) are optional.
 */
#include "buffers.h"
#include "call.h"

static CK_RV answer(CK_SESSION_HANDLE session, bool sound, CK_RV rv, const char *function) {
    p11_call call;
    CK_RV entered = call_begin(&call, session, function);
    if (entered != CKR_OK) {
        return entered;
    }
    return call_end(&call, sound ? rv : call_bad(&call, "a pointer is NULL"));
}

CK_RV C_GetOperationState(CK_SESSION_HANDLE session, CK_BYTE *state, CK_ULONG *state_size) {
    (void)state;
    return answer(session, state_size != NULL, CKR_STATE_UNSAVEABLE, __func__);
}

CK_RV C_SetOperationState(CK_SESSION_HANDLE session, CK_BYTE *state, CK_ULONG state_size, CK_OBJECT_HANDLE encryption_key,
        CK_OBJECT_HANDLE authentication_key) {
    (void)encryption_key;
    (void)authentication_key;
    return answer(session, state != NULL && state_size != 0, CKR_SAVED_STATE_INVALID, __func__);
}

/* Functions never run in parallel (PKCS#11 v3.1 §5.20). */
CK_RV C_GetFunctionStatus(CK_SESSION_HANDLE session) {
    return answer(session, true, CKR_FUNCTION_NOT_PARALLEL, __func__);
}

CK_RV C_CancelFunction(CK_SESSION_HANDLE session) {
    return answer(session, true, CKR_FUNCTION_NOT_PARALLEL, __func__);
}

CK_RV C_DigestEncryptUpdate(CK_SESSION_HANDLE session, CK_BYTE *part, CK_ULONG part_size, CK_BYTE *out, CK_ULONG *out_size) {
    (void)out;
    return answer(session, buffer_sound(part, part_size) && out_size != NULL, CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_DecryptDigestUpdate(CK_SESSION_HANDLE session, CK_BYTE *part, CK_ULONG part_size, CK_BYTE *out, CK_ULONG *out_size) {
    (void)out;
    return answer(session, buffer_sound(part, part_size) && out_size != NULL, CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_SignEncryptUpdate(CK_SESSION_HANDLE session, CK_BYTE *part, CK_ULONG part_size, CK_BYTE *out, CK_ULONG *out_size) {
    (void)out;
    return answer(session, buffer_sound(part, part_size) && out_size != NULL, CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_DecryptVerifyUpdate(CK_SESSION_HANDLE session, CK_BYTE *part, CK_ULONG part_size, CK_BYTE *out, CK_ULONG *out_size) {
    (void)out;
    return answer(session, buffer_sound(part, part_size) && out_size != NULL, CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_MessageSignInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    (void)key;
    return answer(session, mechanism != NULL, CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_SignMessage(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *data,
        CK_ULONG data_size, CK_BYTE *out, CK_ULONG *out_size) {
    (void)out;
    (void)out_size;
    return answer(session, buffer_sound(parameter, parameter_size) && buffer_sound(data, data_size),
            CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_SignMessageBegin(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size) {
    return answer(session, buffer_sound(parameter, parameter_size), CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_SignMessageNext(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *part,
        CK_ULONG part_size, CK_BYTE *out, CK_ULONG *out_size) {
    (void)out;
    (void)out_size;
    return answer(session, buffer_sound(parameter, parameter_size) && buffer_sound(part, part_size),
            CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_MessageSignFinal(CK_SESSION_HANDLE session) {
    return answer(session, true, CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_MessageVerifyInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    (void)key;
    return answer(session, mechanism != NULL, CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_VerifyMessage(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *data,
        CK_ULONG data_size, CK_BYTE *signature, CK_ULONG signature_size) {
    bool sound = buffer_sound(parameter, parameter_size) && buffer_sound(data, data_size) && buffer_sound(signature,
            signature_size);
    return answer(session, sound, CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_VerifyMessageBegin(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size) {
    return answer(session, buffer_sound(parameter, parameter_size), CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_VerifyMessageNext(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *part,
        CK_ULONG part_size, CK_BYTE *signature, CK_ULONG signature_size) {
    bool sound = buffer_sound(parameter, parameter_size) && buffer_sound(part, part_size) && buffer_sound(signature,
            signature_size);
    return answer(session, sound, CKR_FUNCTION_NOT_SUPPORTED, __func__);
}

CK_RV C_MessageVerifyFinal(CK_SESSION_HANDLE session) {
    return answer(session, true, CKR_FUNCTION_NOT_SUPPORTED, __func__);
}
