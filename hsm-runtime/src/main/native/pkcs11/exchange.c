#include "exchange.h"

#include "buffers.h"

void exchange_begin_without_session(p11_exchange *begun, p11_module *module) {
    begun->module = module;
    begun->outcome = CHANNEL_OK;
    message_init(&begun->request);
    message_init(&begun->reply);
}

void exchange_begin(p11_exchange *begun, const p11_call *call) {
    login_refresh(call->module);
    exchange_begin_without_session(begun, call->module);
    message_u64(&begun->request, call->session->handle);
}

static CK_RV of_outcome(channel_outcome outcome) {
    switch (outcome) {
    case CHANNEL_OK:
        return CKR_OK;
    case CHANNEL_ABSENT:
    case CHANNEL_FOREIGN:
    case CHANNEL_REFUSED:
        return CKR_DEVICE_REMOVED;
    case CHANNEL_NO_MEMORY:
        return CKR_HOST_MEMORY;
    case CHANNEL_LOST:
    case CHANNEL_TIMEOUT:
    case CHANNEL_PROTOCOL:
        break;
    }
    return CKR_DEVICE_ERROR;
}

/* The channel's own statuses are the library's or the service's defects, never the caller's. */
static CK_RV of_status(const p11_exchange *run, uint32_t operation) {
    uint32_t status = run->reply.status;
    if (status < 0xffff0000u) {
        return status;
    }
    channel_log(run->module->channel, 1, "the service answered operation %u with status 0x%x", (unsigned)operation,
            (unsigned)status);
    return status == 0xffff0007u ? CKR_FUNCTION_NOT_SUPPORTED : CKR_DEVICE_ERROR;
}

CK_RV exchange_run(p11_exchange *run, uint32_t operation, unsigned treatment) {
    if (run->request.failed) {
        return CKR_HOST_MEMORY;
    }
    run->outcome = channel_call(run->module->channel, operation, &run->request, &run->reply, treatment);
    return run->outcome == CHANNEL_OK ? of_status(run, operation) : of_outcome(run->outcome);
}

void exchange_take_number(p11_exchange *answered, CK_ULONG *place) {
    uint64_t number = message_read_u64(&answered->reply);
    if (!answered->reply.failed) {
        ulong_store((void *)place, number);
    }
}

CK_RV exchange_end(p11_exchange *ended, CK_RV rv) {
    if (rv == CKR_OK && ended->reply.failed) {
        channel_log(ended->module->channel, 1, "the service's reply ends too early");
        rv = CKR_DEVICE_ERROR;
    }
    message_end(&ended->request);
    message_end(&ended->reply);
    return rv;
}

CK_RV exchange_about_token(CK_RV rv) {
    return rv == CKR_DEVICE_REMOVED ? CKR_TOKEN_NOT_PRESENT : rv;
}
