/* Verifying signatures and MACs (PKCS#11 v3.1 §5.15). */
#include "running.h"

CK_RV C_VerifyInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    return running_init((running){session, KIND_VERIFY, __func__}, mechanism, key);
}

CK_RV C_Verify(CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_size, CK_BYTE *signature, CK_ULONG signature_size) {
    return running_verify((running){session, KIND_VERIFY, __func__}, (input){data, data_size}, (input){signature,
            signature_size});
}

CK_RV C_VerifyUpdate(CK_SESSION_HANDLE session, CK_BYTE *part, CK_ULONG part_size) {
    return running_update((running){session, KIND_VERIFY, __func__}, (input){part, part_size});
}

CK_RV C_VerifyFinal(CK_SESSION_HANDLE session, CK_BYTE *signature, CK_ULONG signature_size) {
    return running_verify_final((running){session, KIND_VERIFY, __func__}, (input){signature, signature_size});
}

CK_RV C_VerifyRecoverInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    return running_init((running){session, KIND_VERIFY_RECOVER, __func__}, mechanism, key);
}

CK_RV C_VerifyRecover(CK_SESSION_HANDLE session, CK_BYTE *signature, CK_ULONG signature_size, CK_BYTE *out,
        CK_ULONG *out_size) {
    return running_whole((running){session, KIND_VERIFY_RECOVER, __func__}, (input){signature, signature_size}, (output){out,
            out_size});
}
