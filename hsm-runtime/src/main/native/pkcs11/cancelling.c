/* C_SessionCancel (PKCS#11 v3.1 §5.6.11): ends the named operations of a session, those that do not run included. */
#include "running.h"

static void cancel_kinds(p11_call *call, CK_FLAGS flags) {
    static const CK_FLAGS of_kind[KIND_COUNT] = {
        [KIND_ENCRYPT] = CKF_ENCRYPT,
        [KIND_DECRYPT] = CKF_DECRYPT,
        [KIND_SIGN] = CKF_SIGN,
        [KIND_VERIFY] = CKF_VERIFY,
        [KIND_DIGEST] = CKF_DIGEST,
        [KIND_SIGN_RECOVER] = CKF_SIGN_RECOVER,
        [KIND_VERIFY_RECOVER] = CKF_VERIFY_RECOVER,
    };
    for (int kind = KIND_ENCRYPT; kind < KIND_COUNT; kind++) {
        if ((flags & of_kind[kind]) != 0) {
            running_end(call, (operation_kind)kind);
        }
    }
}

CK_RV C_SessionCancel(CK_SESSION_HANDLE session, CK_FLAGS flags) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    if (rv != CKR_OK) {
        return rv;
    }
    cancel_kinds(&call, flags);
    if ((flags & CKF_MESSAGE_ENCRYPT) != 0) {
        message_operation_end(&call.session->message_encrypt);
    }
    if ((flags & CKF_MESSAGE_DECRYPT) != 0) {
        message_operation_end(&call.session->message_decrypt);
    }
    if ((flags & CKF_FIND_OBJECTS) != 0) {
        session_end_search(call.session);
    }
    return call_end(&call, CKR_OK);
}
