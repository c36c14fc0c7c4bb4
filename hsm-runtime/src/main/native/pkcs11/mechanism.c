#include "mechanism.h"

#include "mechanism_shapes.h"

CK_RV mechanism_write(p11_call *call, const CK_MECHANISM *mechanism, CK_FLAGS wanted, message *request) {
    if (mechanism == NULL) {
        return call_bad(call, "no mechanism");
    }
    CK_MECHANISM copy = mechanism_copy(mechanism);
    const mechanism_entry *entry = mechanism_find(copy.mechanism);
    if (entry == NULL || (entry->info.flags & wanted) == 0) {
        return CKR_MECHANISM_INVALID;
    }
    if (!buffer_sound(copy.pParameter, copy.ulParameterLen)) {
        return call_refuse(call, CKR_MECHANISM_PARAM_INVALID, "a mechanism's parameter has a length but is NULL");
    }
    message_u64(request, copy.mechanism);
    if (mechanism_write_shape(entry->shape, &copy, request)) {
        return CKR_OK;
    }
    return call_refuse(call, CKR_MECHANISM_PARAM_INVALID, "the mechanism's parameter is not laid out as the mechanism wants it");
}

CK_RV mechanism_encode(p11_call *call, const CK_MECHANISM *mechanism, CK_FLAGS wanted, octets *encoded) {
    message request;
    message_init(&request);
    size_t start = request.size;
    CK_RV rv = mechanism_write(call, mechanism, wanted, &request);
    if (rv == CKR_OK && (request.failed || !octets_set(encoded, request.bytes + start, request.size - start))) {
        rv = CKR_HOST_MEMORY;
    }
    message_end(&request);
    return rv;
}
