#include <string.h>

#include "buffers.h"
#include "running.h"
#include "sizes.h"

static const uint32_t operations[KIND_COUNT] = {
    [KIND_ENCRYPT] = OPERATION_ENCRYPT,
    [KIND_DECRYPT] = OPERATION_DECRYPT,
    [KIND_SIGN] = OPERATION_SIGN,
    [KIND_VERIFY] = OPERATION_VERIFY,
    [KIND_DIGEST] = OPERATION_DIGEST,
    [KIND_SIGN_RECOVER] = OPERATION_SIGN_RECOVER,
    [KIND_VERIFY_RECOVER] = OPERATION_VERIFY_RECOVER,
};

void running_give_iv(const p11_operation *operation, message *reply) {
    size_t size;
    const uint8_t *iv = message_read_bytes(reply, &size);
    if (size > 0 && operation->iv_place != NULL && size <= operation->iv_size) {
        memcpy(operation->iv_place, iv, size);
    }
}

static void begin(p11_exchange *exchange, p11_call *call, const p11_operation *operation, operation_kind kind) {
    exchange_begin(exchange, call);
    message_raw(&exchange->request, operation->mechanism.bytes, operation->mechanism.size);
    if (kind != KIND_DIGEST) {
        message_u64(&exchange->request, operation->facts.key);
    }
}

CK_RV running_deliver(p11_operation *operation, input result, output out, bool *fetched) {
    CK_RV rv = buffer_fill(result.bytes, result.size, out.bytes, out.size, fetched);
    if (*fetched) {
        return rv;
    }
    if (!octets_set(&operation->kept, result.bytes, result.size)) {
        return CKR_HOST_MEMORY;
    }
    operation->keeps = true;
    return rv;
}

CK_RV running_check_kept(p11_call *call, const p11_operation *operation, result_of by) {
    if (!operation->keeps || operation->kept_by == by) {
        return CKR_OK;
    }
    return call_refuse(call, CKR_FUNCTION_FAILED, "the result of the function before was not fetched: its buffer was too small");
}

CK_RV running_redeliver(p11_operation *operation, output out, bool *fetched) {
    CK_RV rv = buffer_fill(operation->kept.bytes, operation->kept.size, out.bytes, out.size, fetched);
    if (*fetched) {
        octets_end(&operation->kept);
        operation->keeps = false;
    }
    return rv;
}

/* One round trip: the result goes from the reply to the caller's buffer. */
static CK_RV do_at_once(p11_call *call, operation_kind kind, input in, output out, bool *fetched) {
    p11_operation *done = &call->session->operations[kind];
    p11_exchange exchange;
    begin(&exchange, call, done, kind);
    message_bytes(&exchange.request, in.bytes, in.size);
    CK_RV rv = exchange_run(&exchange, operations[kind], CHANNEL_REPEATABLE);
    if (rv == CKR_OK) {
        if (kind == KIND_ENCRYPT) {
            running_give_iv(done, &exchange.reply);
        }
        input result;
        result.bytes = message_read_bytes(&exchange.reply, &result.size);
        rv = message_done(&exchange.reply) ? running_deliver(done, result, out, fetched) : CKR_DEVICE_ERROR;
    }
    return exchange_end(&exchange, rv);
}

/* More data than one request takes: in parts, where the mechanism has them. */
static CK_RV do_in_parts(p11_call *call, operation_kind kind, input in, output out, bool *fetched) {
    p11_operation *done = &call->session->operations[kind];
    octets back = {0};
    CK_RV rv = running_parts(call, kind, in, &back);
    if (rv == CKR_OK) {
        rv = running_finish(call, kind, (input){0}, &back);
    }
    if (rv == CKR_OK) {
        rv = running_deliver(done, (input){back.bytes, back.size}, out, fetched);
    }
    octets_end(&back);
    return rv;
}

static CK_RV too_long(operation_kind kind) {
    return kind == KIND_DECRYPT ? CKR_ENCRYPTED_DATA_LEN_RANGE : CKR_DATA_LEN_RANGE;
}

static CK_RV perform(p11_call *call, operation_kind kind, input in, output out, bool *fetched) {
    const p11_operation *done = &call->session->operations[kind];
    if (in.size <= PART_LIMIT) {
        return do_at_once(call, kind, in, out, fetched);
    }
    return done->entry->parts ? do_in_parts(call, kind, in, out, fetched) : too_long(kind);
}

/* Whether the answer is a size alone: then ask nobody. */
static bool answered_by_size(const p11_operation *operation, operation_kind kind, input in, output out, CK_RV *rv) {
    size_t size;
    bool enough;
    size_certainty certainty = size_of_result(operation, kind, in.size, &size);
    if (certainty == SIZE_UNKNOWN || (certainty == SIZE_AT_MOST && out.bytes != NULL)) {
        return false;
    }
    *rv = buffer_check(size, out.bytes, out.size, &enough);
    return !enough;
}

/* done tells that the operation has ended. */
static CK_RV whole(p11_call *call, operation_kind kind, input in, output out, bool *done) {
    p11_operation *operation = &call->session->operations[kind];
    CK_RV rv;
    *done = true;
    if (out.size == NULL) {
        return call_bad(call, "no place for the result's length");
    }
    if (!buffer_sound(in.bytes, in.size)) {
        return call_bad(call, "the input is NULL but has a length");
    }
    if (operation->started) {
        return CKR_OPERATION_NOT_INITIALIZED;
    }
    rv = running_check_kept(call, operation, RESULT_OF_WHOLE);
    if (rv != CKR_OK) {
        return rv;
    }
    if (operation->keeps && operation->kept_for == in.size) {
        return running_redeliver(operation, out, done);
    }
    *done = false;
    if (answered_by_size(operation, kind, in, out, &rv)) {
        return rv;
    }
    operation->kept_for = in.size;
    operation->kept_by = RESULT_OF_WHOLE;
    rv = perform(call, kind, in, out, done);
    *done |= rv != CKR_OK && rv != CKR_BUFFER_TOO_SMALL;
    return rv;
}

CK_RV running_whole(running at, input in, output out) {
    p11_call call;
    bool done = false;
    CK_RV rv = running_begin(&call, at);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = whole(&call, at.kind, in, out, &done);
    return running_leave(&call, at.kind, done, rv);
}

static CK_RV verify_at_once(p11_call *call, input data, input signature) {
    p11_exchange exchange;
    begin(&exchange, call, &call->session->operations[KIND_VERIFY], KIND_VERIFY);
    message_bytes(&exchange.request, data.bytes, data.size);
    message_bytes(&exchange.request, signature.bytes, signature.size);
    return exchange_end(&exchange, exchange_run(&exchange, OPERATION_VERIFY, CHANNEL_REPEATABLE));
}

static CK_RV verify_in_parts(p11_call *call, input data, input signature) {
    octets nothing = {0};
    CK_RV rv = running_parts(call, KIND_VERIFY, data, &nothing);
    if (rv == CKR_OK) {
        rv = running_finish(call, KIND_VERIFY, signature, &nothing);
    }
    octets_end(&nothing);
    return rv;
}

static CK_RV verify(p11_call *call, input data, input signature) {
    const p11_operation *operation = &call->session->operations[KIND_VERIFY];
    if (!buffer_sound(data.bytes, data.size)) {
        return call_bad(call, "the data is NULL but has a length");
    }
    if (!buffer_sound(signature.bytes, signature.size)) {
        return call_bad(call, "the signature is NULL but has a length");
    }
    if (operation->started) {
        return CKR_OPERATION_NOT_INITIALIZED;
    }
    if (signature.size > PART_LIMIT) {
        return CKR_SIGNATURE_LEN_RANGE;
    }
    if (data.size <= PART_LIMIT) {
        return verify_at_once(call, data, signature);
    }
    return operation->entry->parts ? verify_in_parts(call, data, signature) : CKR_DATA_LEN_RANGE;
}

CK_RV running_verify(running at, input data, input signature) {
    p11_call call;
    CK_RV rv = running_begin(&call, at);
    if (rv != CKR_OK) {
        return rv;
    }
    return running_leave(&call, at.kind, true, verify(&call, data, signature));
}
