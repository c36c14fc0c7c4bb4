#include "buffers.h"

#include <string.h>

bool buffers_readable(const ekm_data *data) {
    return data != NULL && (data->pb != NULL || data->cb == 0);
}

ekm_status buffers_thumbprint(const ekm_data *thumbprint) {
    if (thumbprint == NULL || thumbprint->pb == NULL || thumbprint->cb == 0 || thumbprint->cb > EKM_THUMBPRINT_LIMIT) {
        return EKM_INVALID_ARGUMENT;
    }
    return thumbprint->cb == EKM_THUMBPRINT ? EKM_SUCCESS : EKM_NOT_FOUND;
}

bool buffers_fit(ekm_data *out, size_t size) {
    if ((out->pb == NULL && size > 0) || out->cb < size) {
        out->cb = (uint32_t) size;
        return false;
    }
    return true;
}

bool buffers_fit_text(ekm_text *out, size_t size) {
    if ((out->ws == NULL && size > 0) || out->cb < size) {
        out->cb = (uint32_t) size;
        return false;
    }
    return true;
}

void buffers_put(ekm_data *out, const uint8_t *bytes, size_t size) {
    if (size > 0) {
        memcpy(out->pb, bytes, size);
    }
    out->cb = (uint32_t) size;
}

ekm_status buffers_answer(ekm_data *out, const uint8_t *bytes, size_t size) {
    if (!buffers_fit(out, size)) {
        return EKM_INSUFFICIENT_BUFFER;
    }
    buffers_put(out, bytes, size);
    return EKM_SUCCESS;
}

ekm_status buffers_ascii(ekm_text *out, const char *text) {
    size_t length = strlen(text);
    size_t size = length * sizeof(uint16_t);
    if (!buffers_fit_text(out, size)) {
        return EKM_INSUFFICIENT_BUFFER;
    }
    for (size_t i = 0; i < length; i++) {
        uint16_t unit = (uint8_t) text[i];
        memcpy((uint8_t *) out->ws + i * sizeof unit, &unit, sizeof unit);
    }
    out->cb = (uint32_t) size;
    return EKM_SUCCESS;
}
