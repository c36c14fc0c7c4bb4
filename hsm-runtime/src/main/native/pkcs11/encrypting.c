/* Encryption (PKCS#11 v3.1 §5.8). */
#include "running.h"

CK_RV C_EncryptInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    return running_init((running){session, KIND_ENCRYPT, __func__}, mechanism, key);
}

CK_RV C_Encrypt(CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_size, CK_BYTE *out, CK_ULONG *out_size) {
    return running_whole((running){session, KIND_ENCRYPT, __func__}, (input){data, data_size}, (output){out, out_size});
}

CK_RV C_EncryptUpdate(CK_SESSION_HANDLE session, CK_BYTE *part, CK_ULONG part_size, CK_BYTE *out, CK_ULONG *out_size) {
    return running_cipher_update((running){session, KIND_ENCRYPT, __func__}, (input){part, part_size}, (output){out, out_size});
}

CK_RV C_EncryptFinal(CK_SESSION_HANDLE session, CK_BYTE *out, CK_ULONG *out_size) {
    return running_final((running){session, KIND_ENCRYPT, __func__}, (output){out, out_size});
}
