/* Message-based encryption and decryption (PKCS#11 v3.1 §5.9, §5.11). */
#include "message_running.h"

/* Where a C_* function is at. */
typedef struct {
    CK_SESSION_HANDLE session;
    bool encrypts;
    const char *function;
} at_message;

static CK_RV init(at_message at, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    p11_call call;
    CK_RV rv = call_begin(&call, at.session, at.function);
    return rv == CKR_OK ? call_end(&call, message_init_operation(&call, at.encrypts, mechanism, key)) : rv;
}

static CK_RV whole(at_message at, given_parameter given, piece aad, piece data, place out) {
    p11_call call;
    CK_RV rv = call_begin(&call, at.session, at.function);
    return rv == CKR_OK ? call_end(&call, message_whole(&call, at.encrypts, given, aad, data, out)) : rv;
}

static CK_RV begin(at_message at, given_parameter given, piece aad) {
    p11_call call;
    CK_RV rv = call_begin(&call, at.session, at.function);
    return rv == CKR_OK ? call_end(&call, message_begin(&call, at.encrypts, given, aad)) : rv;
}

static CK_RV next(at_message at, given_parameter given, piece part, place out, CK_FLAGS flags) {
    p11_call call;
    CK_RV rv = call_begin(&call, at.session, at.function);
    return rv == CKR_OK ? call_end(&call, message_next(&call, at.encrypts, given, part, out, flags)) : rv;
}

static CK_RV final(at_message at) {
    p11_call call;
    CK_RV rv = call_begin(&call, at.session, at.function);
    return rv == CKR_OK ? call_end(&call, message_final(&call, at.encrypts)) : rv;
}

CK_RV C_MessageEncryptInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    return init((at_message){session, true, __func__}, mechanism, key);
}

CK_RV C_EncryptMessage(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *aad, CK_ULONG aad_size,
        CK_BYTE *data, CK_ULONG data_size, CK_BYTE *out, CK_ULONG *out_size) {
    return whole((at_message){session, true, __func__}, (given_parameter){parameter, parameter_size}, (piece){aad, aad_size},
            (piece){data, data_size}, (place){out, out_size});
}

CK_RV C_EncryptMessageBegin(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *aad,
        CK_ULONG aad_size) {
    return begin((at_message){session, true, __func__}, (given_parameter){parameter, parameter_size}, (piece){aad, aad_size});
}

CK_RV C_EncryptMessageNext(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *part,
        CK_ULONG part_size, CK_BYTE *out, CK_ULONG *out_size, CK_FLAGS flags) {
    return next((at_message){session, true, __func__}, (given_parameter){parameter, parameter_size}, (piece){part, part_size},
            (place){out, out_size}, flags);
}

CK_RV C_MessageEncryptFinal(CK_SESSION_HANDLE session) {
    return final((at_message){session, true, __func__});
}

CK_RV C_MessageDecryptInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    return init((at_message){session, false, __func__}, mechanism, key);
}

CK_RV C_DecryptMessage(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *aad, CK_ULONG aad_size,
        CK_BYTE *data, CK_ULONG data_size, CK_BYTE *out, CK_ULONG *out_size) {
    return whole((at_message){session, false, __func__}, (given_parameter){parameter, parameter_size}, (piece){aad, aad_size},
            (piece){data, data_size}, (place){out, out_size});
}

CK_RV C_DecryptMessageBegin(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *aad,
        CK_ULONG aad_size) {
    return begin((at_message){session, false, __func__}, (given_parameter){parameter, parameter_size}, (piece){aad, aad_size});
}

CK_RV C_DecryptMessageNext(CK_SESSION_HANDLE session, CK_VOID_PTR parameter, CK_ULONG parameter_size, CK_BYTE *part,
        CK_ULONG part_size, CK_BYTE *out, CK_ULONG *out_size, CK_FLAGS flags) {
    return next((at_message){session, false, __func__}, (given_parameter){parameter, parameter_size}, (piece){part, part_size},
            (place){out, out_size}, flags);
}

CK_RV C_MessageDecryptFinal(CK_SESSION_HANDLE session) {
    return final((at_message){session, false, __func__});
}
