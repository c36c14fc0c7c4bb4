/* Random numbers (PKCS#11 v3.1 §5.19). */
#include <string.h>

#include "buffers.h"
#include "exchange.h"

/* The most that the module gives at once. */
#define CHUNK (1024u * 1024u)

CK_RV C_SeedRandom(CK_SESSION_HANDLE session, CK_BYTE *seed, CK_ULONG seed_size) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    if (rv != CKR_OK) {
        return rv;
    }
    if (!buffer_sound(seed, seed_size)) {
        return call_end(&call, call_bad(&call, "the seed is NULL but has a length"));
    }
    return call_end(&call, CKR_RANDOM_SEED_NOT_SUPPORTED);
}

static CK_RV take(message *reply, CK_BYTE *out, size_t size) {
    size_t given;
    const uint8_t *bytes = message_read_bytes(reply, &given);
    if (!message_done(reply) || given != size) {
        return CKR_DEVICE_ERROR;
    }
    memcpy(out, bytes, size);
    return CKR_OK;
}

static CK_RV chunk(p11_call *call, CK_BYTE *out, size_t size) {
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    message_u32(&exchange.request, (uint32_t)size);
    CK_RV rv = exchange_run(&exchange, OPERATION_RANDOM, CHANNEL_REPEATABLE);
    if (rv == CKR_OK) {
        rv = take(&exchange.reply, out, size);
    }
    return exchange_end(&exchange, rv);
}

static CK_RV generate(p11_call *call, CK_BYTE *out, CK_ULONG size) {
    CK_RV rv = CKR_OK;
    if (!buffer_sound(out, size)) {
        return call_bad(call, "no place for the random bytes");
    }
    for (CK_ULONG done = 0; done < size && rv == CKR_OK; done += CHUNK) {
        rv = chunk(call, out + done, size - done < CHUNK ? size - done : CHUNK);
    }
    return rv;
}

CK_RV C_GenerateRandom(CK_SESSION_HANDLE session, CK_BYTE *out, CK_ULONG size) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, generate(&call, out, size)) : rv;
}
