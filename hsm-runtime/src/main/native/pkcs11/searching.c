/* C_FindObjects* (PKCS#11 v3.1 §5.7): one round trip; the handles are handed out from here. */
#include <stdlib.h>

#include "buffers.h"
#include "exchange.h"
#include "template.h"

static CK_RV take_handles(p11_session *session, message *reply) {
    uint32_t count = message_read_u32(reply);
    if (reply->failed || count > (reply->size - reply->at) / 8) {
        return CKR_DEVICE_ERROR;
    }
    session->found = calloc(count == 0 ? 1 : count, sizeof *session->found);
    if (session->found == NULL) {
        return CKR_HOST_MEMORY;
    }
    for (size_t at = 0; at < count; at++) {
        session->found[at] = message_read_u64(reply);
    }
    session->found_count = count;
    session->found_at = 0;
    session->searching = true;
    return CKR_OK;
}

static CK_RV search(p11_call *call, const CK_ATTRIBUTE *template, CK_ULONG count) {
    if (call->session->searching) {
        return CKR_OPERATION_ACTIVE;
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    CK_RV rv = template_write(call, template, count, &exchange.request);
    if (rv == CKR_OK) {
        rv = exchange_run(&exchange, OPERATION_FIND_OBJECTS, CHANNEL_REPEATABLE);
    }
    if (rv == CKR_OK) {
        rv = take_handles(call->session, &exchange.reply);
    }
    return exchange_end(&exchange, rv);
}

CK_RV C_FindObjectsInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, CK_ULONG count) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, search(&call, template, count)) : rv;
}

static CK_RV next(p11_call *call, CK_OBJECT_HANDLE *objects, CK_ULONG room, CK_ULONG *count) {
    p11_session *session = call->session;
    if (!session->searching) {
        return CKR_OPERATION_NOT_INITIALIZED;
    }
    if (count == NULL || !buffer_sound(objects, room)) {
        return call_bad(call, "no place for the handles or their number");
    }
    size_t left = session->found_count - session->found_at;
    size_t given = room < left ? room : left;
    for (size_t at = 0; at < given; at++) {
        ulong_store((char *)(void *)objects + at * sizeof *objects, session->found[session->found_at++]);
    }
    ulong_store((void *)count, given);
    return CKR_OK;
}

CK_RV C_FindObjects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *objects, CK_ULONG room, CK_ULONG *count) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, next(&call, objects, room, count)) : rv;
}

static CK_RV end(p11_call *call) {
    if (!call->session->searching) {
        return CKR_OPERATION_NOT_INITIALIZED;
    }
    session_end_search(call->session);
    return CKR_OK;
}

CK_RV C_FindObjectsFinal(CK_SESSION_HANDLE session) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, end(&call)) : rv;
}
