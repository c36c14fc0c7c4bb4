#include "buffers.h"
#include "exchange.h"
#include "utf.h"

/* The name of a key, which is not empty. */
static ekm_status write_name(ekm_call *call, const ekm_text *name) {
    bool written = name != NULL && name->cb > 0 && utf_write(&call->request, name, EKM_KEY_NAME_LIMIT);
    return written ? EKM_SUCCESS : EKM_INVALID_ARGUMENT;
}

static void learn(ekm_provider *p, const uint8_t *thumbprint, uint32_t algorithm) {
    provider_lock();
    facts_keep(&p->facts, thumbprint, algorithm);
    provider_unlock();
}

static ekm_status read_thumbprint(ekm_call *call, const uint8_t **thumbprint) {
    size_t size;
    *thumbprint = message_read_bytes(&call->reply, &size);
    return size == EKM_THUMBPRINT ? EKM_SUCCESS : EKM_PROTOCOL_ERROR;
}

/* Nothing else is in the reply. */
static ekm_status read_created(ekm_call *call, const uint8_t **thumbprint) {
    ekm_status status = read_thumbprint(call, thumbprint);
    return message_done(&call->reply) ? status : EKM_PROTOCOL_ERROR;
}

/* The caller's room was looked at before: a key that is made twice would be one that nobody knows. */
static ekm_status create(ekm_call *call, const ekm_text *name, uint32_t algorithm, uint32_t flags, ekm_data *thumbprint) {
    ekm_status status = write_name(call, name);
    if (status != EKM_SUCCESS) {
        return call_abandon(call, status);
    }
    message_u32(&call->request, algorithm);
    message_u32(&call->request, flags);
    const uint8_t *made;
    status = call_run(call, OPERATION_CREATE_KEY, CHANNEL_SLOW);
    status = status == EKM_SUCCESS ? read_created(call, &made) : status;
    if (status == EKM_SUCCESS) {
        learn(call->provider, made, algorithm);
        buffers_put(thumbprint, made, EKM_THUMBPRINT);
    }
    return call_end(call, status);
}

ekm_status SqlCryptCreateKey(
        const ekm_handle *session, const ekm_text *name, uint32_t algorithm, uint32_t flags, ekm_data *thumbprint) {
    if (thumbprint == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    if (algorithm_of(algorithm) == NULL) {
        return EKM_NOT_SUPPORTED;
    }
    ekm_call call;
    ekm_status status = call_begin(&call, session);
    if (status != EKM_SUCCESS) {
        return status;
    }
    if (!buffers_fit(thumbprint, EKM_THUMBPRINT)) {
        return call_abandon(&call, EKM_INSUFFICIENT_BUFFER);
    }
    return create(&call, name, algorithm, flags, thumbprint);
}

ekm_status SqlCryptDropKey(const ekm_handle *session, const ekm_data *thumbprint) {
    ekm_call call;
    ekm_status status = call_begin_on_key(&call, session, thumbprint);
    return status == EKM_SUCCESS ? call_end(&call, call_run(&call, OPERATION_DROP_KEY, 0)) : status;
}

ekm_status SqlCryptGetNextKeyId(const ekm_handle *session, uint32_t *key) {
    if (key == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    ekm_call call;
    ekm_status status = call_begin(&call, session);
    if (status != EKM_SUCCESS) {
        return status;
    }
    message_u32(&call.request, *key);
    status = call_run(&call, OPERATION_NEXT_KEY, CHANNEL_REPEATABLE);
    uint32_t next = status == EKM_SUCCESS ? message_read_u32(&call.reply) : 0;
    status = status == EKM_SUCCESS && next == 0 ? EKM_PROTOCOL_ERROR : status;
    status = call_end(&call, status);
    if (status == EKM_SUCCESS) {
        *key = next;
    }
    return status;
}

/* What a key is, as it lies in the reply. */
typedef struct {
    const uint8_t *name;
    size_t name_size;
    size_t name_bytes; /* in UTF-16 */
    const uint8_t *thumbprint;
    uint32_t algorithm;
    uint32_t flags;
} description;

static ekm_status read_key(ekm_call *call, description *d) {
    d->name = message_read_bytes(&call->reply, &d->name_size);
    ekm_status status = read_thumbprint(call, &d->thumbprint);
    d->algorithm = message_read_u32(&call->reply);
    d->flags = message_read_u32(&call->reply);
    if (!message_done(&call->reply) || !utf_measure(d->name, d->name_size, &d->name_bytes) || d->name_bytes > EKM_KEY_NAME_LIMIT
            || algorithm_of(d->algorithm) == NULL) {
        return EKM_PROTOCOL_ERROR;
    }
    return status;
}

static ekm_status write_key(const description *d, ekm_key_info *out) {
    bool named = buffers_fit_text(&out->name, d->name_bytes);
    if (!buffers_fit(&out->thumbprint, EKM_THUMBPRINT) || !named) {
        return EKM_INSUFFICIENT_BUFFER;
    }
    utf_copy(d->name, d->name_size, &out->name);
    buffers_put(&out->thumbprint, d->thumbprint, EKM_THUMBPRINT);
    out->algorithm = d->algorithm;
    out->flags = d->flags;
    return EKM_SUCCESS;
}

static ekm_status describe(ekm_call *call, uint32_t operation, ekm_key_info *out) {
    description d;
    ekm_status status = call_run(call, operation, CHANNEL_REPEATABLE);
    if (status == EKM_SUCCESS) {
        status = read_key(call, &d);
    }
    if (status == EKM_SUCCESS) {
        learn(call->provider, d.thumbprint, d.algorithm);
        status = write_key(&d, out);
    }
    return call_end(call, status);
}

ekm_status SqlCryptGetKeyInfoByKeyId(const ekm_handle *session, uint32_t key, ekm_key_info *information) {
    if (information == NULL || key == 0) {
        return EKM_INVALID_ARGUMENT;
    }
    ekm_call call;
    ekm_status status = call_begin(&call, session);
    if (status != EKM_SUCCESS) {
        return status;
    }
    message_u32(&call.request, key);
    return describe(&call, OPERATION_KEY_BY_ID, information);
}

ekm_status SqlCryptGetKeyInfoByThumb(const ekm_handle *session, const ekm_data *thumbprint, ekm_key_info *information) {
    if (information == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    ekm_call call;
    ekm_status status = call_begin_on_key(&call, session, thumbprint);
    return status == EKM_SUCCESS ? describe(&call, OPERATION_KEY_BY_THUMBPRINT, information) : status;
}

ekm_status SqlCryptGetKeyInfoByName(const ekm_handle *session, const ekm_text *name, ekm_key_info *information) {
    if (information == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    ekm_call call;
    ekm_status status = call_begin(&call, session);
    if (status != EKM_SUCCESS) {
        return status;
    }
    status = write_name(&call, name);
    if (status != EKM_SUCCESS) {
        return call_abandon(&call, status);
    }
    return describe(&call, OPERATION_KEY_BY_NAME, information);
}
