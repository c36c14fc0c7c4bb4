#include "exchange.h"

#include "buffers.h"
#include "frame.h"
#include "resuming.h"

enum { REASON = 200 };

static const moment QUIET = INT64_C(60) * 1000 * 1000;

/* A service that does not want to be called. */
static ekm_status of_refusal(ekm_provider *p) {
    switch (channel_refusal(p->line)) {
        case FRAME_BUSY:
            return EKM_SERVICE_BUSY;
        case FRAME_REFUSED:
            return EKM_SERVICE_REFUSED;
        case 0:
            break;
        default:
            return EKM_PROTOCOL_ERROR;
    }
    provider_lock();
    ekm_status hindrance = p->hindrance;
    provider_unlock();
    return hindrance == EKM_SUCCESS ? EKM_PROTOCOL_ERROR : hindrance;
}

static ekm_status of_outcome(ekm_provider *p, channel_outcome outcome) {
    switch (outcome) {
        case CHANNEL_FOREIGN:
            return EKM_SERVICE_REFUSED;
        case CHANNEL_REFUSED:
            return of_refusal(p);
        case CHANNEL_TIMEOUT:
            return EKM_SERVICE_TIMEOUT;
        case CHANNEL_NO_MEMORY:
            return EKM_NO_MEMORY;
        case CHANNEL_PROTOCOL:
            return EKM_PROTOCOL_ERROR;
        default:
            return EKM_SERVICE_UNREACHABLE;
    }
}

/* The channel's own statuses, and numbers that are SQL Server's or the library's to give. */
ekm_status exchange_status(uint32_t status) {
    if (status == 0xffff0006u) {
        return EKM_FAILURE;
    }
    bool known = status <= EKM_INVALID_ARGUMENT && status != EKM_INSUFFICIENT_BUFFER;
    bool ours = status > EKM_RESERVED && status < 0xffff0000u;
    return known || ours ? status : EKM_PROTOCOL_ERROR;
}

/* Whether a refusal is worth a line: not the same one over and over. */
static bool is_news(ekm_provider *p, ekm_status status) {
    moment now = deadline_now();
    provider_lock();
    bool news = status != EKM_NOT_FOUND && (status != p->told || now - p->told_at > QUIET);
    if (news) {
        p->told = status;
        p->told_at = now;
    }
    provider_unlock();
    return news;
}

static void tell(ekm_provider *p, uint32_t operation, ekm_status status, message *reply) {
    char reason[REASON + 1];
    size_t size;
    const uint8_t *text = message_read_bytes(reply, &size);
    size = size < REASON ? size : REASON;
    for (size_t i = 0; i < size; i++) {
        reason[i] = (char) (text[i] >= ' ' && text[i] < 0x7f ? text[i] : '?');
    }
    reason[size] = '\0';
    channel_log(p->line, EKM_WARNING, "operation %u was refused with %u: %s", (unsigned) operation, (unsigned) status, reason);
}

ekm_status exchange_once(ekm_provider *p, uint32_t operation, const message *request, message *reply, unsigned treatment) {
    channel_outcome outcome = channel_call(p->line, operation, request, reply, treatment);
    if (outcome != CHANNEL_OK) {
        return of_outcome(p, outcome);
    }
    ekm_status status = exchange_status(reply->status);
    if (status != EKM_SUCCESS && is_news(p, status)) {
        tell(p, operation, status, reply);
    }
    return status;
}

ekm_status call_begin(ekm_call *begun, const ekm_handle *handle) {
    if (handle == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    begun->provider = provider_enter();
    if (begun->provider == NULL) {
        return EKM_FAILURE;
    }
    ekm_status status = provider_take(begun->provider, *handle, &begun->session);
    if (status != EKM_SUCCESS) {
        provider_leave(begun->provider);
        return status;
    }
    message_init(&begun->request);
    message_init(&begun->reply);
    message_u64(&begun->request, begun->session->number);
    return EKM_SUCCESS;
}

ekm_status call_begin_on_key(ekm_call *begun, const ekm_handle *handle, const ekm_data *thumbprint) {
    ekm_status status = call_begin(begun, handle);
    if (status != EKM_SUCCESS) {
        return status;
    }
    status = buffers_thumbprint(thumbprint);
    if (status != EKM_SUCCESS) {
        return call_abandon(begun, status);
    }
    message_bytes(&begun->request, thumbprint->pb, EKM_THUMBPRINT);
    return EKM_SUCCESS;
}

/* AuthFailure makes SQL Server think that the credential is wrong: only who shows one is told so. */
static ekm_status within_session(ekm_status status) {
    return status == EKM_AUTH_FAILURE ? EKM_SESSION_EXPIRED : status;
}

ekm_status call_run(ekm_call *call, uint32_t operation, unsigned treatment) {
    resuming_refresh(call->provider, call->session);
    ekm_status status = exchange_once(call->provider, operation, &call->request, &call->reply, treatment);
    if (status == EKM_SESSION_EXPIRED && operation != OPERATION_CREATE_KEY) {
        status = resuming_one(call->provider, call->session);
        if (status == EKM_SUCCESS) {
            status = exchange_once(call->provider, operation, &call->request, &call->reply, treatment);
        }
    }
    return within_session(status);
}

ekm_status call_abandon(ekm_call *call, ekm_status status) {
    message_end(&call->request);
    message_end(&call->reply);
    provider_give_back(call->session);
    provider_leave(call->provider);
    return status;
}

ekm_status call_end(ekm_call *call, ekm_status status) {
    if (status == EKM_SUCCESS && !message_done(&call->reply)) {
        channel_log(call->provider->line, EKM_ERROR, "the service's reply has another length than it should");
        status = EKM_PROTOCOL_ERROR;
    }
    return call_abandon(call, status);
}

ekm_status call_answer(ekm_call *call, uint32_t operation, ekm_data *out) {
    ekm_status status = call_run(call, operation, CHANNEL_REPEATABLE);
    if (status == EKM_SUCCESS) {
        size_t size;
        const uint8_t *bytes = message_read_bytes(&call->reply, &size);
        status = message_done(&call->reply) ? buffers_answer(out, bytes, size) : EKM_PROTOCOL_ERROR;
    }
    return call_end(call, status);
}
