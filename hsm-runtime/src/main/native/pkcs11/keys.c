/* Key management (PKCS#11 v3.1 §5.18): generating and deriving. */
#include "making.h"
#include "mechanism.h"
#include "template.h"

static CK_RV generate(p11_call *call, const CK_MECHANISM *mechanism, given_template template, CK_OBJECT_HANDLE *key) {
    if (key == NULL) {
        return call_bad(call, "no place for the key's handle");
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    CK_RV rv = mechanism_write(call, mechanism, CKF_GENERATE, &exchange.request);
    if (rv == CKR_OK) {
        rv = making_run(call, &exchange, OPERATION_GENERATE_KEY, template, key);
    }
    return exchange_end(&exchange, rv);
}

CK_RV C_GenerateKey(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_ATTRIBUTE *template, CK_ULONG count,
        CK_OBJECT_HANDLE *key) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, generate(&call, mechanism, (given_template){template, count}, key)) : rv;
}

typedef struct {
    given_template public_half;
    given_template private_half;
    CK_OBJECT_HANDLE *public_key;
    CK_OBJECT_HANDLE *private_key;
} pair;

static CK_RV write_pair(p11_call *call, const CK_MECHANISM *mechanism, const pair *wanted, message *request) {
    CK_RV rv = mechanism_write(call, mechanism, CKF_GENERATE_KEY_PAIR, request);
    if (rv == CKR_OK) {
        rv = template_write(call, wanted->public_half.attributes, wanted->public_half.count, request);
    }
    if (rv == CKR_OK) {
        rv = template_write(call, wanted->private_half.attributes, wanted->private_half.count, request);
    }
    return rv;
}

static CK_RV generate_pair(p11_call *call, const CK_MECHANISM *mechanism, const pair *wanted) {
    if (wanted->public_key == NULL || wanted->private_key == NULL) {
        return call_bad(call, "no place for the keys' handles");
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    CK_RV rv = write_pair(call, mechanism, wanted, &exchange.request);
    if (rv == CKR_OK) {
        rv = exchange_run(&exchange, OPERATION_GENERATE_KEY_PAIR, CHANNEL_SLOW);
    }
    if (rv == CKR_OK) {
        exchange_take_number(&exchange, wanted->public_key);
        exchange_take_number(&exchange, wanted->private_key);
    }
    return exchange_end(&exchange, rv);
}

CK_RV C_GenerateKeyPair(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_ATTRIBUTE *public_template,
        CK_ULONG public_count,
    CK_ATTRIBUTE *private_template, CK_ULONG private_count, CK_OBJECT_HANDLE *public_key, CK_OBJECT_HANDLE *private_key) {
    p11_call call;
    pair wanted = {{public_template, public_count}, {private_template, private_count}, public_key, private_key};
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, generate_pair(&call, mechanism, &wanted)) : rv;
}

static CK_RV derive(p11_call *call, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE base, given_template template,
        CK_OBJECT_HANDLE *key) {
    if (key == NULL) {
        return call_bad(call, "no place for the key's handle");
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    CK_RV rv = mechanism_write(call, mechanism, CKF_DERIVE, &exchange.request);
    message_u64(&exchange.request, base);
    if (rv == CKR_OK) {
        rv = making_run(call, &exchange, OPERATION_DERIVE_KEY, template, key);
    }
    return exchange_end(&exchange, rv);
}

CK_RV C_DeriveKey(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE base_key, CK_ATTRIBUTE *template,
        CK_ULONG count, CK_OBJECT_HANDLE *key) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, derive(&call, mechanism, base_key, (given_template){template, count}, key)) : rv;
}
