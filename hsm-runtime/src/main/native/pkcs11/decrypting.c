/* Decryption (PKCS#11 v3.1 §5.10). */
#include "running.h"

CK_RV C_DecryptInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    return running_init((running){session, KIND_DECRYPT, __func__}, mechanism, key);
}

CK_RV C_Decrypt(CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_size, CK_BYTE *out, CK_ULONG *out_size) {
    return running_whole((running){session, KIND_DECRYPT, __func__}, (input){data, data_size}, (output){out, out_size});
}

CK_RV C_DecryptUpdate(CK_SESSION_HANDLE session, CK_BYTE *part, CK_ULONG part_size, CK_BYTE *out, CK_ULONG *out_size) {
    return running_cipher_update((running){session, KIND_DECRYPT, __func__}, (input){part, part_size}, (output){out, out_size});
}

CK_RV C_DecryptFinal(CK_SESSION_HANDLE session, CK_BYTE *out, CK_ULONG *out_size) {
    return running_final((running){session, KIND_DECRYPT, __func__}, (output){out, out_size});
}
