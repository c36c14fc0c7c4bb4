/* Wrapping and unwrapping (PKCS#11 v3.1 §5.18). */
#include "buffers.h"
#include "making.h"
#include "mechanism.h"

typedef struct {
    CK_OBJECT_HANDLE wrapping_key;
    CK_OBJECT_HANDLE key;
    CK_BYTE *out;
    CK_ULONG *size;
} wrapping;

/* The length of a wrapped key is the service's knowledge: the key is wrapped once and waits for a large enough buffer. */
static CK_RV deliver(p11_session *session, const wrapping *wanted) {
    bool fetched;
    CK_RV rv = buffer_fill(session->wrapped.bytes, session->wrapped.size, wanted->out, wanted->size, &fetched);
    if (fetched) {
        octets_end(&session->wrapped);
        octets_end(&session->wrap_request);
    }
    return rv;
}

static CK_RV wrap_at_service(p11_call *call, p11_exchange *exchange) {
    CK_RV rv = exchange_run(exchange, OPERATION_WRAP_KEY, CHANNEL_REPEATABLE);
    if (rv != CKR_OK) {
        return rv;
    }
    size_t size;
    const uint8_t *wrapped = message_read_bytes(&exchange->reply, &size);
    if (!message_done(&exchange->reply)) {
        return CKR_DEVICE_ERROR;
    }
    return octets_set(&call->session->wrapped, wrapped, size) ? CKR_OK : CKR_HOST_MEMORY;
}

/* Whether a wrapped key waits that was asked for in the very same way; otherwise remembers the new way. */
static CK_RV recall(p11_session *session, const message *request, bool *waits) {
    octets asked = {request->bytes + MESSAGE_HEADER, request->size - MESSAGE_HEADER};
    *waits = session->wrapped.size > 0 && octets_equal(&session->wrap_request, &asked);
    if (*waits) {
        return CKR_OK;
    }
    octets_end(&session->wrapped);
    return octets_set(&session->wrap_request, asked.bytes, asked.size) ? CKR_OK : CKR_HOST_MEMORY;
}

static CK_RV wrap(p11_call *call, const CK_MECHANISM *mechanism, const wrapping *wanted) {
    bool waits = false;
    if (wanted->size == NULL) {
        return call_bad(call, "no place for the wrapped key's length");
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    CK_RV rv = mechanism_write(call, mechanism, CKF_WRAP, &exchange.request);
    message_u64(&exchange.request, wanted->wrapping_key);
    message_u64(&exchange.request, wanted->key);
    if (rv == CKR_OK) {
        rv = exchange.request.failed ? CKR_HOST_MEMORY : recall(call->session, &exchange.request, &waits);
    }
    if (rv == CKR_OK && !waits) {
        rv = wrap_at_service(call, &exchange);
    }
    if (rv == CKR_OK) {
        rv = deliver(call->session, wanted);
    }
    return exchange_end(&exchange, rv);
}

CK_RV C_WrapKey(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE wrapping_key, CK_OBJECT_HANDLE key,
        CK_BYTE *out, CK_ULONG *out_size) {
    p11_call call;
    wrapping wanted = {wrapping_key, key, out, out_size};
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, wrap(&call, mechanism, &wanted)) : rv;
}

typedef struct {
    CK_OBJECT_HANDLE unwrapping_key;
    const CK_BYTE *wrapped;
    CK_ULONG wrapped_size;
    given_template template;
    CK_OBJECT_HANDLE *key;
} unwrapping;

static CK_RV unwrap(p11_call *call, const CK_MECHANISM *mechanism, const unwrapping *wanted) {
    if (wanted->key == NULL || wanted->wrapped == NULL) {
        return call_bad(call, "no wrapped key, or no place for the key's handle");
    }
    if (wanted->wrapped_size > PART_LIMIT) {
        return call_refuse(call, CKR_WRAPPED_KEY_LEN_RANGE, "the wrapped key's length cannot be true");
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    CK_RV rv = mechanism_write(call, mechanism, CKF_UNWRAP, &exchange.request);
    message_u64(&exchange.request, wanted->unwrapping_key);
    message_bytes(&exchange.request, wanted->wrapped, wanted->wrapped_size);
    if (rv == CKR_OK) {
        rv = making_run(call, &exchange, OPERATION_UNWRAP_KEY, wanted->template, wanted->key);
    }
    return exchange_end(&exchange, rv);
}

CK_RV C_UnwrapKey(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE unwrapping_key, CK_BYTE *wrapped,
    CK_ULONG wrapped_size, CK_ATTRIBUTE *template, CK_ULONG count, CK_OBJECT_HANDLE *key) {
    p11_call call;
    unwrapping wanted = {unwrapping_key, wrapped, wrapped_size, {template, count}, key};
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, unwrap(&call, mechanism, &wanted)) : rv;
}
