/*
 * Message-based encryption and decryption (PKCS#11 v3.1 §5.9, §5.11) by AES-GCM (§6.13.4).
 *
 * The service takes a message as a whole. What C_EncryptMessageNext and C_DecryptMessageNext are given is gathered, and comes
 * back with the last part: no plaintext is let out before its tag was checked.
 */
#include "message_running.h"

#include <string.h>

#include "buffers.h"
#include "exchange.h"
#include "parameters.h"

#define AES_GCM 0x1087UL
#define FIELD_LIMIT (1024u * 1024u)

static message_operation *operation_of(p11_call *call, bool encrypts) {
    return encrypts ? &call->session->message_encrypt : &call->session->message_decrypt;
}

static CK_RV check_key(p11_call *call, CK_OBJECT_HANDLE key, unsigned use) {
    key_facts facts;
    CK_RV rv = facts_of(call, key, use, &facts);
    if (rv != CKR_OK) {
        return rv;
    }
    if (facts.object_class != CKO_SECRET_KEY || facts.key_type != CKK_AES) {
        return CKR_KEY_TYPE_INCONSISTENT;
    }
    return (facts.uses & use) == use ? CKR_OK : CKR_KEY_FUNCTION_NOT_PERMITTED;
}

CK_RV message_init_operation(p11_call *call, bool encrypts, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    message_operation *operation = operation_of(call, encrypts);
    if (mechanism == NULL && operation->active) {
        message_operation_end(operation); /* PKCS#11 v3.0: an Init without a mechanism ends */
        return CKR_OK;
    }
    if (mechanism == NULL) {
        return call_bad(call, "no mechanism");
    }
    if (operation->active) {
        return CKR_OPERATION_ACTIVE;
    }
    if (ulong_at((const void *)mechanism) != AES_GCM) {
        return CKR_MECHANISM_INVALID;
    }
    CK_RV rv = check_key(call, key, encrypts ? USE_ENCRYPT : USE_DECRYPT);
    if (rv == CKR_OK) {
        *operation = (message_operation){.active = true, .key = key};
    }
    return rv;
}

/* The parameter of one message; the tag's and the IV's places are the caller's. */
static CK_RV take_parameter(p11_call *call, const void *parameter, CK_ULONG size, CK_GCM_MESSAGE_PARAMS *gcm) {
    if (parameter == NULL || size != sizeof *gcm) {
        return call_refuse(call, CKR_MECHANISM_PARAM_INVALID, "the message's parameter is not a CK_GCM_MESSAGE_PARAMS");
    }
    memcpy(gcm, parameter, sizeof *gcm);
    bool sound = gcm->pIv != NULL && gcm->ulIvLen > 0 && gcm->ulIvLen <= FIELD_LIMIT && gcm->pTag != NULL;
    if (!sound || gcm->ulTagBits > 128 || gcm->ulTagBits % 8 != 0 || gcm->ulIvFixedBits > 8 * gcm->ulIvLen
            || gcm->ivGenerator > UINT32_MAX) {
        return call_refuse(call, CKR_MECHANISM_PARAM_INVALID, "IV or tag are missing, or have sizes that AES-GCM has not");
    }
    return CKR_OK;
}

static bool generates_iv(const CK_GCM_MESSAGE_PARAMS *gcm) {
    return gcm->ivGenerator != 0; /* CKG_NO_GENERATE */
}

static CK_RV take_encrypted(message *reply, const CK_GCM_MESSAGE_PARAMS *gcm, message_operation *operation) {
    size_t iv_size, size, tag_size;
    const uint8_t *iv = message_read_bytes(reply, &iv_size);
    const uint8_t *encrypted = message_read_bytes(reply, &size);
    const uint8_t *tag = message_read_bytes(reply, &tag_size);
    if (!message_done(reply) || tag_size != gcm->ulTagBits / 8 || iv_size > gcm->ulIvLen) {
        return CKR_DEVICE_ERROR;
    }
    memcpy(gcm->pTag, tag, tag_size);
    if (generates_iv(gcm) && iv_size > 0) {
        memcpy(gcm->pIv, iv, iv_size);
    }
    return octets_set(&operation->result, encrypted, size) ? CKR_OK : CKR_HOST_MEMORY;
}

static CK_RV encrypt(p11_call *call, const CK_GCM_MESSAGE_PARAMS *gcm, piece aad, piece data) {
    message_operation *operation = operation_of(call, true);
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    message_u64(&exchange.request, operation->key);
    message_bytes(&exchange.request, gcm->pIv, gcm->ulIvLen);
    message_u32(&exchange.request, (uint32_t)gcm->ulIvFixedBits);
    message_u32(&exchange.request, (uint32_t)gcm->ivGenerator);
    message_u32(&exchange.request, (uint32_t)gcm->ulTagBits);
    message_bytes(&exchange.request, aad.bytes, aad.size);
    message_bytes(&exchange.request, data.bytes, data.size);
    CK_RV rv = exchange_run(&exchange, OPERATION_ENCRYPT_MESSAGE, CHANNEL_REPEATABLE);
    if (rv == CKR_OK) {
        rv = take_encrypted(&exchange.reply, gcm, operation);
    }
    return exchange_end(&exchange, rv);
}

static CK_RV decrypt(p11_call *call, const CK_GCM_MESSAGE_PARAMS *gcm, piece aad, piece data) {
    message_operation *operation = operation_of(call, false);
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    message_u64(&exchange.request, operation->key);
    message_bytes(&exchange.request, gcm->pIv, gcm->ulIvLen);
    message_bytes(&exchange.request, aad.bytes, aad.size);
    message_bytes(&exchange.request, data.bytes, data.size);
    message_bytes(&exchange.request, gcm->pTag, gcm->ulTagBits / 8);
    CK_RV rv = exchange_run(&exchange, OPERATION_DECRYPT_MESSAGE, CHANNEL_REPEATABLE);
    if (rv == CKR_OK) {
        size_t size;
        const uint8_t *plain = message_read_bytes(&exchange.reply, &size);
        rv = octets_set(&operation->result, plain, size) ? CKR_OK : CKR_HOST_MEMORY;
    }
    return exchange_end(&exchange, rv);
}

/* Hands out the result, whose buffer was found large enough before the service was asked; that ends the message. */
static CK_RV deliver(message_operation *operation, place out) {
    bool fetched;
    CK_RV rv = buffer_fill(operation->result.bytes, operation->result.size, out.bytes, out.size, &fetched);
    message_operation_end_message(operation);
    return fetched ? rv : CKR_DEVICE_ERROR;
}

static CK_RV perform(p11_call *call, bool encrypts, const CK_GCM_MESSAGE_PARAMS *gcm, piece aad, piece data) {
    if (aad.size > PART_LIMIT / 2 || data.size > PART_LIMIT) {
        return CKR_DATA_LEN_RANGE;
    }
    return encrypts ? encrypt(call, gcm, aad, data) : decrypt(call, gcm, aad, data);
}

static CK_RV require_active(const message_operation *operation, bool begun) {
    if (!operation->active) {
        return CKR_OPERATION_NOT_INITIALIZED;
    }
    if (operation->begun != begun) {
        return begun ? CKR_OPERATION_NOT_INITIALIZED : CKR_OPERATION_ACTIVE;
    }
    return CKR_OK;
}

CK_RV message_whole(p11_call *call, bool encrypts, given_parameter parameter, piece aad, piece data, place out) {
    message_operation *operation = operation_of(call, encrypts);
    CK_GCM_MESSAGE_PARAMS gcm;
    bool enough;
    CK_RV rv = require_active(operation, false);
    if (rv == CKR_OK) {
        rv = take_parameter(call, parameter.bytes, parameter.size, &gcm);
    }
    if (rv != CKR_OK) {
        return rv;
    }
    if (out.size == NULL || !buffer_sound(aad.bytes, aad.size) || !buffer_sound(data.bytes, data.size)) {
        return call_bad(call, "a pointer is NULL but has a length");
    }
    rv = buffer_check(data.size, out.bytes, out.size, &enough); /* the tag has a place of its own */
    if (!enough) {
        return rv;
    }
    rv = perform(call, encrypts, &gcm, aad, data);
    if (rv == CKR_OK) {
        rv = deliver(operation, out);
    }
    if (rv != CKR_OK) {
        message_operation_end_message(operation);
    }
    return rv;
}

CK_RV message_begin(p11_call *call, bool encrypts, given_parameter parameter, piece aad) {
    message_operation *operation = operation_of(call, encrypts);
    CK_GCM_MESSAGE_PARAMS gcm;
    CK_RV rv = require_active(operation, false);
    if (rv == CKR_OK) {
        rv = take_parameter(call, parameter.bytes, parameter.size, &gcm);
    }
    if (rv != CKR_OK) {
        return rv;
    }
    if (!buffer_sound(aad.bytes, aad.size) || aad.size > PART_LIMIT / 2) {
        return call_bad(call, "the additional data is NULL but has a length, or is too long");
    }
    if (!octets_set(&operation->aad, aad.bytes, aad.size)) {
        return CKR_HOST_MEMORY;
    }
    operation->begun = true;
    return CKR_OK;
}

static CK_RV gather(message_operation *operation, piece part) {
    if (part.size > PART_LIMIT - operation->parts.size) {
        return CKR_DATA_LEN_RANGE;
    }
    return octets_append(&operation->parts, part.bytes, part.size) ? CKR_OK : CKR_HOST_MEMORY;
}

static CK_RV last(p11_call *call, bool encrypts, given_parameter parameter, piece part, place out) {
    message_operation *operation = operation_of(call, encrypts);
    CK_GCM_MESSAGE_PARAMS gcm;
    bool enough;
    CK_RV rv = take_parameter(call, parameter.bytes, parameter.size, &gcm);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = buffer_check(operation->parts.size + part.size, out.bytes, out.size, &enough);
    if (!enough) {
        return rv; /* the part is not taken yet: the caller gives it again */
    }
    rv = gather(operation, part);
    if (rv == CKR_OK) {
        rv = perform(call, encrypts, &gcm, (piece){operation->aad.bytes, operation->aad.size},
                (piece){operation->parts.bytes, operation->parts.size});
    }
    return rv == CKR_OK ? deliver(operation, out) : rv;
}

CK_RV message_next(p11_call *call, bool encrypts, given_parameter parameter, piece part, place out, CK_FLAGS flags) {
    message_operation *operation = operation_of(call, encrypts);
    CK_RV rv = require_active(operation, true);
    if (rv != CKR_OK) {
        return rv;
    }
    if (out.size == NULL || !buffer_sound(part.bytes, part.size)) {
        return call_bad(call, "a pointer is NULL");
    }
    if ((flags & CKF_END_OF_MESSAGE) != 0) {
        rv = last(call, encrypts, parameter, part, out);
    } else if (out.bytes == NULL) {
        ulong_store((void *)out.size, 0);
    } else {
        rv = gather(operation, part);
        ulong_store((void *)out.size, 0);
    }
    if (rv != CKR_OK && rv != CKR_BUFFER_TOO_SMALL) {
        message_operation_end_message(operation);
    }
    return rv;
}

CK_RV message_final(p11_call *call, bool encrypts) {
    message_operation *operation = operation_of(call, encrypts);
    if (!operation->active) {
        return CKR_OPERATION_NOT_INITIALIZED;
    }
    message_operation_end(operation);
    return CKR_OK;
}
