#include "buffers.h"
#include "running.h"
#include "sizes.h"

static CK_RV take_back(p11_exchange *exchange, p11_operation *operation, octets *back) {
    size_t size;
    const uint8_t *bytes = message_read_bytes(&exchange->reply, &size);
    if (!message_done(&exchange->reply)) {
        return CKR_DEVICE_ERROR;
    }
    operation->given += size;
    return octets_append(back, bytes, size) ? CKR_OK : CKR_HOST_MEMORY;
}

static void write_start(message *request, const p11_operation *operation, operation_kind kind) {
    message_u8(request, (uint8_t)kind);
    message_raw(request, operation->mechanism.bytes, operation->mechanism.size);
    message_u64(request, operation->facts.key);
}

CK_RV running_part(p11_call *call, operation_kind kind, input part, octets *back) {
    p11_operation *operation = &call->session->operations[kind];
    p11_exchange exchange;
    bool first = !operation->started;
    exchange_begin(&exchange, call);
    if (first) {
        write_start(&exchange.request, operation, kind);
    } else {
        message_u8(&exchange.request, (uint8_t)kind);
    }
    message_bytes(&exchange.request, part.bytes, part.size);
    CK_RV rv = exchange_run(&exchange, first ? OPERATION_START : OPERATION_UPDATE, 0);
    operation->started = rv == CKR_OK;
    if (rv == CKR_OK) {
        operation->taken += part.size;
        if (first) {
            running_give_iv(operation, &exchange.reply);
        }
        rv = take_back(&exchange, operation, back);
    }
    return exchange_end(&exchange, rv);
}

CK_RV running_parts(p11_call *call, operation_kind kind, input data, octets *back) {
    CK_RV rv = CKR_OK;
    do {
        CK_ULONG size = data.size < PART_LIMIT ? data.size : PART_LIMIT;
        rv = running_part(call, kind, (input){data.bytes, size}, back);
        if (size > 0) {
            data = (input){data.bytes + size, data.size - size};
        }
    } while (rv == CKR_OK && data.size > 0);
    return rv;
}

CK_RV running_finish(p11_call *call, operation_kind kind, input signature, octets *back) {
    p11_operation *operation = &call->session->operations[kind];
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    message_u8(&exchange.request, (uint8_t)kind);
    message_bytes(&exchange.request, signature.bytes, signature.size);
    CK_RV rv = exchange_run(&exchange, OPERATION_FINISH, 0);
    operation->started = false;
    if (rv == CKR_OK) {
        rv = take_back(&exchange, operation, back);
    }
    return exchange_end(&exchange, rv);
}

/* Whether parts make sense here. */
static CK_RV check_part(p11_call *call, const p11_operation *operation, input part) {
    if (!buffer_sound(part.bytes, part.size)) {
        return call_bad(call, "the part is NULL but has a length");
    }
    return operation->entry->parts ? CKR_OK : call_refuse(call, CKR_FUNCTION_NOT_SUPPORTED, "the mechanism takes its data whole");
}

static CK_RV cipher_part(p11_call *call, operation_kind kind, input part, output out) {
    p11_operation *operation = &call->session->operations[kind];
    octets back = {0};
    bool fetched;
    operation->kept_by = RESULT_OF_PART;
    CK_RV rv = running_parts(call, kind, part, &back);
    if (rv == CKR_OK) {
        rv = running_deliver(operation, (input){back.bytes, back.size}, out, &fetched);
    }
    octets_end(&back);
    return rv;
}

static CK_RV cipher_update(p11_call *call, operation_kind kind, input part, output out) {
    p11_operation *operation = &call->session->operations[kind];
    bool fetched;
    if (out.size == NULL) {
        return call_bad(call, "no place for the result's length");
    }
    CK_RV rv = check_part(call, operation, part);
    if (rv == CKR_OK) {
        rv = running_check_kept(call, operation, RESULT_OF_PART);
    }
    if (rv != CKR_OK) {
        return rv;
    }
    if (operation->keeps) {
        return running_redeliver(operation, out, &fetched);
    }
    if (out.bytes == NULL) {
        return buffer_check(size_of_part(operation, part.size), NULL, out.size, &fetched);
    }
    return cipher_part(call, kind, part, out);
}

static bool goes_on(CK_RV rv) {
    return rv == CKR_OK || rv == CKR_BUFFER_TOO_SMALL;
}

CK_RV running_cipher_update(running at, input part, output out) {
    p11_call call;
    CK_RV rv = running_begin(&call, at);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = cipher_update(&call, at.kind, part, out);
    return running_leave(&call, at.kind, !goes_on(rv), rv);
}

static CK_RV update(p11_call *call, operation_kind kind, input part) {
    octets nothing = {0};
    CK_RV rv = check_part(call, &call->session->operations[kind], part);
    if (rv == CKR_OK) {
        rv = running_check_kept(call, &call->session->operations[kind], RESULT_OF_PART);
    }
    if (rv == CKR_OK) {
        rv = running_parts(call, kind, part, &nothing);
    }
    octets_end(&nothing);
    return rv;
}

CK_RV running_update(running at, input part) {
    p11_call call;
    CK_RV rv = running_begin(&call, at);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = update(&call, at.kind, part);
    return running_leave(&call, at.kind, rv != CKR_OK, rv);
}

/* An operation that got no part yet is started by an empty one. */
static CK_RV ensure_started(p11_call *call, operation_kind kind, octets *back) {
    const p11_operation *operation = &call->session->operations[kind];
    CK_RV rv = check_part(call, operation, (input){0});
    return rv == CKR_OK && !operation->started ? running_part(call, kind, (input){0}, back) : rv;
}

static CK_RV finish_into(p11_call *call, operation_kind kind, output out, bool *done) {
    octets back = {0};
    call->session->operations[kind].kept_by = RESULT_OF_FINAL;
    CK_RV rv = ensure_started(call, kind, &back);
    if (rv == CKR_OK) {
        rv = running_finish(call, kind, (input){0}, &back);
    }
    if (rv == CKR_OK) {
        rv = running_deliver(&call->session->operations[kind], (input){back.bytes, back.size}, out, done);
    }
    octets_end(&back);
    return rv;
}

static CK_RV final(p11_call *call, operation_kind kind, output out, bool *done) {
    p11_operation *operation = &call->session->operations[kind];
    size_t size;
    bool enough = true;
    CK_RV rv = running_check_kept(call, operation, RESULT_OF_FINAL);
    if (out.size == NULL) {
        return call_bad(call, "no place for the result's length");
    }
    if (rv != CKR_OK) {
        return rv;
    }
    if (operation->keeps) {
        return running_redeliver(operation, out, done);
    }
    if ((kind == KIND_SIGN || kind == KIND_DIGEST) && size_of_result(operation, kind, 0, &size) == SIZE_EXACT) {
        rv = buffer_check(size, out.bytes, out.size, &enough);
    }
    return enough ? finish_into(call, kind, out, done) : rv;
}

CK_RV running_final(running at, output out) {
    p11_call call;
    bool done = false;
    CK_RV rv = running_begin(&call, at);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = final(&call, at.kind, out, &done);
    return running_leave(&call, at.kind, done || !goes_on(rv), rv);
}

static CK_RV verify_final(p11_call *call, input signature) {
    octets nothing = {0};
    if (!buffer_sound(signature.bytes, signature.size)) {
        return call_bad(call, "the signature is NULL but has a length");
    }
    CK_RV rv = signature.size > PART_LIMIT ? CKR_SIGNATURE_LEN_RANGE : ensure_started(call, KIND_VERIFY, &nothing);
    if (rv == CKR_OK) {
        rv = running_finish(call, KIND_VERIFY, signature, &nothing);
    }
    octets_end(&nothing);
    return rv;
}

CK_RV running_verify_final(running at, input signature) {
    p11_call call;
    CK_RV rv = running_begin(&call, at);
    if (rv != CKR_OK) {
        return rv;
    }
    return running_leave(&call, at.kind, true, verify_final(&call, signature));
}

static CK_RV digest_key(p11_call *call, CK_OBJECT_HANDLE key) {
    octets nothing = {0};
    CK_RV rv = ensure_started(call, KIND_DIGEST, &nothing);
    octets_end(&nothing);
    if (rv != CKR_OK) {
        return rv;
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    message_u64(&exchange.request, key);
    return exchange_end(&exchange, exchange_run(&exchange, OPERATION_DIGEST_KEY, 0));
}

CK_RV running_digest_key(running at, CK_OBJECT_HANDLE key) {
    p11_call call;
    CK_RV rv = running_begin(&call, at);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = digest_key(&call, key);
    return running_leave(&call, at.kind, rv != CKR_OK, rv);
}
