/* A message of a message-based operation, whole or in parts; the call has its session. */
#ifndef COFFER_MESSAGE_RUNNING_H
#define COFFER_MESSAGE_RUNNING_H

#include "call.h"

typedef struct {
    const CK_BYTE *bytes;
    CK_ULONG size;
} piece;

typedef struct {
    CK_BYTE *bytes;
    CK_ULONG *size;
} place;

typedef struct {
    const void *bytes;
    CK_ULONG size;
} given_parameter;

/* C_MessageEncryptInit, C_MessageDecryptInit. */
CK_RV message_init_operation(p11_call *call, bool encrypts, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key);

/* C_EncryptMessage, C_DecryptMessage. */
CK_RV message_whole(p11_call *call, bool encrypts, given_parameter parameter, piece aad, piece data, place out);

/* C_EncryptMessageBegin, C_DecryptMessageBegin. */
CK_RV message_begin(p11_call *call, bool encrypts, given_parameter parameter, piece aad);

/* C_EncryptMessageNext, C_DecryptMessageNext. */
CK_RV message_next(p11_call *call, bool encrypts, given_parameter parameter, piece part, place out, CK_FLAGS flags);

/* C_MessageEncryptFinal, C_MessageDecryptFinal. */
CK_RV message_final(p11_call *call, bool encrypts);

#endif
