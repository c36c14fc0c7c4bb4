/* Signing and MACing (PKCS#11 v3.1 §5.13). */
#include "running.h"

CK_RV C_SignInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    return running_init((running){session, KIND_SIGN, __func__}, mechanism, key);
}

CK_RV C_Sign(CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_size, CK_BYTE *out, CK_ULONG *out_size) {
    return running_whole((running){session, KIND_SIGN, __func__}, (input){data, data_size}, (output){out, out_size});
}

CK_RV C_SignUpdate(CK_SESSION_HANDLE session, CK_BYTE *part, CK_ULONG part_size) {
    return running_update((running){session, KIND_SIGN, __func__}, (input){part, part_size});
}

CK_RV C_SignFinal(CK_SESSION_HANDLE session, CK_BYTE *out, CK_ULONG *out_size) {
    return running_final((running){session, KIND_SIGN, __func__}, (output){out, out_size});
}

CK_RV C_SignRecoverInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    return running_init((running){session, KIND_SIGN_RECOVER, __func__}, mechanism, key);
}

CK_RV C_SignRecover(CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_size, CK_BYTE *out, CK_ULONG *out_size) {
    return running_whole((running){session, KIND_SIGN_RECOVER, __func__}, (input){data, data_size}, (output){out, out_size});
}
