/* What the C_* functions on keys share: an operation from its C_*Init on, in one call or in parts (PKCS#11 v3.1 §5.8–§5.15). */
#ifndef COFFER_RUNNING_H
#define COFFER_RUNNING_H

#include "call.h"
#include "exchange.h"

typedef struct {
    const CK_BYTE *bytes;
    CK_ULONG size;
} input;

typedef struct {
    CK_BYTE *bytes;
    CK_ULONG *size;
} output;

/* Where a C_* function is at. */
typedef struct {
    CK_SESSION_HANDLE session;
    operation_kind kind;
    const char *function;
} running;

/* C_*Init: checks mechanism, key and use by what is known here; nothing is started at the service. */
CK_RV running_init(running at, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key);

/* C_Encrypt, C_Decrypt, C_Sign, C_Digest, C_SignRecover, C_VerifyRecover. */
CK_RV running_whole(running at, input in, output out);

/* C_Verify. */
CK_RV running_verify(running at, input data, input signature);

/* C_EncryptUpdate, C_DecryptUpdate. */
CK_RV running_cipher_update(running at, input part, output out);

/* C_SignUpdate, C_VerifyUpdate, C_DigestUpdate. */
CK_RV running_update(running at, input part);

/* C_EncryptFinal, C_DecryptFinal, C_SignFinal, C_DigestFinal. */
CK_RV running_final(running at, output out);

/* C_VerifyFinal. */
CK_RV running_verify_final(running at, input signature);

/* C_DigestKey. */
CK_RV running_digest_key(running at, CK_OBJECT_HANDLE key);

/* The rest is shared between the files that implement these. */

/* Begins a call that needs the operation to be active; CKR_OPERATION_NOT_INITIALIZED, and then there is nothing to leave. */
CK_RV running_begin(p11_call *call, running at);

/* Ends the call, and the operation with it when that is over. */
CK_RV running_leave(p11_call *call, operation_kind kind, bool over, CK_RV rv);

/* Ends an operation, at the service too when it was started there. */
void running_end(p11_call *call, operation_kind kind);

/* Brings a result to the caller, or keeps it until the buffer is large enough. */
CK_RV running_deliver(p11_operation *operation, input result, output out, bool *fetched);

/* Refuses a function while the result of another one is kept: it belongs elsewhere in the data. */
CK_RV running_check_kept(p11_call *call, const p11_operation *operation, result_of by);

/* Brings the result that was kept. */
CK_RV running_redeliver(p11_operation *operation, output out, bool *fetched);

/* Gives the service one more part: START with the first, UPDATE with the others. What comes back is appended. */
CK_RV running_part(p11_call *call, operation_kind kind, input part, octets *back);

/* The same for any amount of data. */
CK_RV running_parts(p11_call *call, operation_kind kind, input data, octets *back);

/* FINISH, with the signature when it is to be verified. What comes back is appended. */
CK_RV running_finish(p11_call *call, operation_kind kind, input signature, octets *back);

/* Writes the IV that the module made to where the caller wants it. */
void running_give_iv(const p11_operation *operation, message *reply);

#endif
