/* Message digesting (PKCS#11 v3.1 §5.12). */
#include "running.h"

CK_RV C_DigestInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism) {
    return running_init((running){session, KIND_DIGEST, __func__}, mechanism, CK_INVALID_HANDLE);
}

CK_RV C_Digest(CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_size, CK_BYTE *out, CK_ULONG *out_size) {
    return running_whole((running){session, KIND_DIGEST, __func__}, (input){data, data_size}, (output){out, out_size});
}

CK_RV C_DigestUpdate(CK_SESSION_HANDLE session, CK_BYTE *part, CK_ULONG part_size) {
    return running_update((running){session, KIND_DIGEST, __func__}, (input){part, part_size});
}

CK_RV C_DigestKey(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key) {
    return running_digest_key((running){session, KIND_DIGEST, __func__}, key);
}

CK_RV C_DigestFinal(CK_SESSION_HANDLE session, CK_BYTE *out, CK_ULONG *out_size) {
    return running_final((running){session, KIND_DIGEST, __func__}, (output){out, out_size});
}
