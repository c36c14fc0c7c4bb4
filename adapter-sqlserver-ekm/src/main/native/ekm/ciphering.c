#include "buffers.h"
#include "sizes.h"

/* What both directions are given. */
typedef struct {
    const ekm_data *thumbprint;
    const ekm_parameter *parameters;
    uint32_t count;
    const ekm_data *in;
    ekm_data *out;
} work;

/* More than this does not fit into a message with what goes with it. */
enum { DATA_LIMIT = 16 * 1024 * 1024 - 4096 };

/* At most one IV. */
static ekm_status check_parameters(const work *w) {
    if (w->count == 0) {
        return EKM_SUCCESS;
    }
    const ekm_parameter *iv = w->parameters;
    if (w->count > 1 || iv == NULL || iv->type != EKM_PARAMETER_IV || iv->cb > EKM_IV_LIMIT || (iv->pb == NULL && iv->cb > 0)) {
        return EKM_INVALID_ARGUMENT;
    }
    return EKM_SUCCESS;
}

static ekm_status check(const work *w, ekm_boolean final) {
    if (!buffers_readable(w->in) || w->in->cb > DATA_LIMIT) {
        return EKM_INVALID_ARGUMENT;
    }
    ekm_status status = check_parameters(w);
    return status == EKM_SUCCESS && final == 0 ? EKM_NOT_SUPPORTED : status;
}

/* The caller asks how much room he needs: EKM_INSUFFICIENT_BUFFER; nothing is asked of the service but what key that is. */
static ekm_status answer_size(ekm_call *call, const work *w, bool encrypt) {
    const ekm_algorithm *key;
    ekm_status status = sizes_algorithm(call, w->thumbprint->pb, &key);
    if (status != EKM_SUCCESS) {
        return status;
    }
    size_t size = encrypt ? algorithm_ciphertext(key, w->in->cb) : algorithm_plaintext(key, w->in->cb);
    return buffers_fit(w->out, size) ? EKM_SUCCESS : EKM_INSUFFICIENT_BUFFER;
}

/* Of a ciphertext the size is known before; of a plaintext only the most, and less room may do. */
static bool is_question(ekm_call *call, const work *w, bool encrypt) {
    if (w->out->pb == NULL || w->out->cb == 0) {
        return true;
    }
    const ekm_algorithm *key = encrypt ? sizes_known(call, w->thumbprint->pb) : NULL;
    return key != NULL && w->out->cb < algorithm_ciphertext(key, w->in->cb);
}

static ekm_status run(ekm_call *call, const work *w, bool encrypt) {
    if (is_question(call, w, encrypt)) {
        ekm_status status = answer_size(call, w, encrypt);
        if (status != EKM_SUCCESS) {
            return call_abandon(call, status);
        }
    }
    message_bytes(&call->request, w->count == 0 ? NULL : w->parameters->pb, w->count == 0 ? 0 : w->parameters->cb);
    message_bytes(&call->request, w->in->pb, w->in->cb);
    return call_answer(call, encrypt ? OPERATION_ENCRYPT : OPERATION_DECRYPT, w->out);
}

static ekm_status cipher(const ekm_handle *session, ekm_boolean final, const work *w, bool encrypt) {
    if (w->out == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    ekm_call call;
    ekm_status status = call_begin_on_key(&call, session, w->thumbprint);
    if (status != EKM_SUCCESS) {
        return status;
    }
    status = check(w, final);
    return status == EKM_SUCCESS ? run(&call, w, encrypt) : call_abandon(&call, status);
}

ekm_status SqlCryptEncrypt(const ekm_handle *session, const ekm_data *thumbprint, ekm_boolean final,
        const ekm_parameter *parameters, uint32_t count, const ekm_data *plaintext, ekm_data *ciphertext) {
    work w = {thumbprint, parameters, count, plaintext, ciphertext};
    return cipher(session, final, &w, true);
}

ekm_status SqlCryptDecrypt(const ekm_handle *session, const ekm_data *thumbprint, ekm_boolean final,
        const ekm_parameter *parameters, uint32_t count, const ekm_data *ciphertext, ekm_data *plaintext) {
    work w = {thumbprint, parameters, count, ciphertext, plaintext};
    return cipher(session, final, &w, false);
}
