/* Message-based encryption and decryption (PKCS#11 v3.1 §5.9, §5.11). */
#include "message_running.h"

CK_RV C_MessageEncryptInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, message_init_operation(&call, true, mechanism, key)) : rv;
}

CK_RV C_EncryptMessage(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *aad,
        CK_ULONG aad_size,
        CK_BYTE *data, CK_ULONG data_size, CK_BYTE *out, CK_ULONG *out_size) {
    p11_call call;
    given_parameter given = {parameter, parameter_size};
    CK_RV rv = call_begin(&call, session, __func__);
    if (rv != CKR_OK) {
        return rv;
    }
    return call_end(&call, message_whole(&call, true, given, (piece){aad, aad_size}, (piece){data, data_size}, (place){out,
            out_size}));
}

CK_RV C_EncryptMessageBegin(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *aad,
        CK_ULONG aad_size) {
    p11_call call;
    given_parameter given = {parameter, parameter_size};
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, message_begin(&call, true, given, (piece){aad, aad_size})) : rv;
}

CK_RV C_EncryptMessageNext(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *part,
        CK_ULONG part_size, CK_BYTE *out, CK_ULONG *out_size, CK_FLAGS flags) {
    p11_call call;
    given_parameter given = {parameter, parameter_size};
    CK_RV rv = call_begin(&call, session, __func__);
    if (rv != CKR_OK) {
        return rv;
    }
    return call_end(&call, message_next(&call, true, given, (piece){part, part_size}, (place){out, out_size}, flags));
}

CK_RV C_MessageEncryptFinal(CK_SESSION_HANDLE session) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, message_final(&call, true)) : rv;
}

CK_RV C_MessageDecryptInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, message_init_operation(&call, false, mechanism, key)) : rv;
}

CK_RV C_DecryptMessage(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *aad,
        CK_ULONG aad_size,
        CK_BYTE *data, CK_ULONG data_size, CK_BYTE *out, CK_ULONG *out_size) {
    p11_call call;
    given_parameter given = {parameter, parameter_size};
    CK_RV rv = call_begin(&call, session, __func__);
    if (rv != CKR_OK) {
        return rv;
    }
    return call_end(&call, message_whole(&call, false, given, (piece){aad, aad_size}, (piece){data, data_size}, (place){out,
            out_size}));
}

CK_RV C_DecryptMessageBegin(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *aad,
        CK_ULONG aad_size) {
    p11_call call;
    given_parameter given = {parameter, parameter_size};
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, message_begin(&call, false, given, (piece){aad, aad_size})) : rv;
}

CK_RV C_DecryptMessageNext(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *part,
        CK_ULONG part_size, CK_BYTE *out, CK_ULONG *out_size, CK_FLAGS flags) {
    p11_call call;
    given_parameter given = {parameter, parameter_size};
    CK_RV rv = call_begin(&call, session, __func__);
    if (rv != CKR_OK) {
        return rv;
    }
    return call_end(&call, message_next(&call, false, given, (piece){part, part_size}, (place){out, out_size}, flags));
}

CK_RV C_MessageDecryptFinal(CK_SESSION_HANDLE session) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, message_final(&call, false)) : rv;
}
