#include "sizes.h"

const ekm_algorithm *sizes_known(ekm_call *call, const uint8_t thumbprint[EKM_THUMBPRINT]) {
    provider_lock();
    const ekm_algorithm *found = facts_find(&call->provider->facts, thumbprint);
    provider_unlock();
    return found;
}

static ekm_status read_fact(ekm_call *asked, const uint8_t *thumbprint, const ekm_algorithm **found) {
    size_t size;
    message_read_bytes(&asked->reply, &size);
    message_read_bytes(&asked->reply, &size);
    uint32_t id = message_read_u32(&asked->reply);
    message_read_u32(&asked->reply);
    *found = algorithm_of(id);
    if (!message_done(&asked->reply) || *found == NULL) {
        return EKM_PROTOCOL_ERROR;
    }
    provider_lock();
    facts_keep(&asked->provider->facts, thumbprint, id);
    provider_unlock();
    return EKM_SUCCESS;
}

ekm_status sizes_algorithm(ekm_call *call, const uint8_t thumbprint[EKM_THUMBPRINT], const ekm_algorithm **found) {
    *found = sizes_known(call, thumbprint);
    if (*found != NULL) {
        return EKM_SUCCESS;
    }
    ekm_call asked = {.provider = call->provider, .session = call->session};
    message_init(&asked.request);
    message_init(&asked.reply);
    message_u64(&asked.request, asked.session->number);
    message_bytes(&asked.request, thumbprint, EKM_THUMBPRINT);
    ekm_status status = call_run(&asked, OPERATION_KEY_BY_THUMBPRINT, CHANNEL_REPEATABLE);
    if (status == EKM_SUCCESS) {
        status = read_fact(&asked, thumbprint, found);
    }
    message_end(&asked.request);
    message_end(&asked.reply);
    return status;
}
