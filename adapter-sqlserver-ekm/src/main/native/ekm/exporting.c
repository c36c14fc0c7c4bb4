#include "buffers.h"
#include "sizes.h"

/* Only public keys leave, in the clear (a reader of it is BCryptImportKeyPair). */
static ekm_status export(ekm_call *call, const uint8_t *thumbprint, ekm_data *blob) {
    const ekm_algorithm *key;
    ekm_status status = sizes_algorithm(call, thumbprint, &key);
    if (status != EKM_SUCCESS) {
        return call_abandon(call, status);
    }
    if (key->type != EKM_ASYMMETRIC) {
        return call_abandon(call, EKM_NOT_SUPPORTED);
    }
    if (blob->pb == NULL) {
        blob->cb = (uint32_t) algorithm_public_blob(key);
        return call_abandon(call, EKM_INSUFFICIENT_BUFFER);
    }
    return call_answer(call, OPERATION_EXPORT_KEY, blob);
}

ekm_status SqlCryptExportKey(
        const ekm_handle *session, const ekm_data *thumbprint, const ekm_data *encryptor, uint32_t type, ekm_data *blob) {
    if (blob == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    ekm_call call;
    ekm_status status = call_begin_on_key(&call, session, thumbprint);
    if (status != EKM_SUCCESS) {
        return status;
    }
    if (type != EKM_BLOB_PUBLIC || (encryptor != NULL && encryptor->cb > 0)) {
        return call_abandon(&call, EKM_NOT_SUPPORTED);
    }
    return export(&call, thumbprint->pb, blob);
}

ekm_status SqlCryptImportKey(const ekm_handle *session, const ekm_text *name, const ekm_data *decryptor, uint32_t type, uint32_t flags,
        const ekm_data *blob) {
    (void) session;
    (void) name;
    (void) decryptor;
    (void) type;
    (void) flags;
    (void) blob;
    return EKM_NOT_SUPPORTED;
}
