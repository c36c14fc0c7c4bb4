#include "running.h"

CK_RV running_begin(p11_call *call, running at) {
    CK_RV rv = call_begin(call, at.session, at.function);
    if (rv == CKR_OK && call->session->operations[at.kind].entry == NULL) {
        rv = call_end(call, CKR_OPERATION_NOT_INITIALIZED);
    }
    return rv;
}

CK_RV running_leave(p11_call *call, operation_kind kind, bool over, CK_RV rv) {
    if (over) {
        running_end(call, kind);
    }
    return call_end(call, rv);
}
