/* Object management (PKCS#11 v3.1 §5.7), but for searching. */
#include "making.h"
#include "template.h"

static void begin(p11_exchange *exchange, const p11_call *call, CK_OBJECT_HANDLE object) {
    exchange_begin(exchange, call);
    message_u64(&exchange->request, object);
}

static CK_RV create(p11_call *call, given_template template, CK_OBJECT_HANDLE *object) {
    if (object == NULL) {
        return call_bad(call, "no place for the object's handle");
    }
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    return exchange_end(&exchange, making_run(call, &exchange, OPERATION_CREATE_OBJECT, template, object));
}

CK_RV C_CreateObject(CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, CK_ULONG count, CK_OBJECT_HANDLE *object) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, create(&call, (given_template){template, count}, object)) : rv;
}

static CK_RV copy(p11_call *call, CK_OBJECT_HANDLE object, given_template template, CK_OBJECT_HANDLE *made) {
    if (made == NULL) {
        return call_bad(call, "no place for the copy's handle");
    }
    p11_exchange exchange;
    begin(&exchange, call, object);
    return exchange_end(&exchange, making_run(call, &exchange, OPERATION_COPY_OBJECT, template, made));
}

CK_RV C_CopyObject(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *template, CK_ULONG count,
        CK_OBJECT_HANDLE *made) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, copy(&call, object, (given_template){template, count}, made)) : rv;
}

static CK_RV destroy(p11_call *call, CK_OBJECT_HANDLE object) {
    p11_exchange exchange;
    begin(&exchange, call, object);
    CK_RV rv = exchange_run(&exchange, OPERATION_DESTROY_OBJECT, 0);
    facts_forget(call, object);
    return exchange_end(&exchange, rv);
}

CK_RV C_DestroyObject(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, destroy(&call, object)) : rv;
}

static CK_RV object_size(p11_call *call, CK_OBJECT_HANDLE object, CK_ULONG *size) {
    if (size == NULL) {
        return call_bad(call, "no place for the size");
    }
    p11_exchange exchange;
    begin(&exchange, call, object);
    CK_RV rv = exchange_run(&exchange, OPERATION_OBJECT_SIZE, CHANNEL_REPEATABLE);
    if (rv == CKR_OK) {
        exchange_take_number(&exchange, size);
    }
    return exchange_end(&exchange, rv);
}

CK_RV C_GetObjectSize(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ULONG *size) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, object_size(&call, object, size)) : rv;
}

static CK_RV get(p11_call *call, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *template, CK_ULONG count) {
    if (template == NULL) {
        return call_bad(call, "no template");
    }
    p11_exchange exchange;
    begin(&exchange, call, object);
    CK_RV rv = template_write_types(call, template, count, &exchange.request);
    if (rv == CKR_OK) {
        rv = exchange_run(&exchange, OPERATION_GET_ATTRIBUTES, CHANNEL_REPEATABLE);
    }
    if (rv == CKR_OK) {
        rv = template_read(template, count, &exchange.reply);
    }
    return exchange_end(&exchange, rv);
}

CK_RV C_GetAttributeValue(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *template, CK_ULONG count) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, get(&call, object, template, count)) : rv;
}

static CK_RV set(p11_call *call, CK_OBJECT_HANDLE object, const CK_ATTRIBUTE *template, CK_ULONG count) {
    if (template == NULL) {
        return call_bad(call, "no template");
    }
    p11_exchange exchange;
    begin(&exchange, call, object);
    CK_RV rv = template_write(call, template, count, &exchange.request);
    if (rv == CKR_OK) {
        rv = exchange_run(&exchange, OPERATION_SET_ATTRIBUTES, 0);
    }
    facts_forget(call, object);
    return exchange_end(&exchange, rv);
}

CK_RV C_SetAttributeValue(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *template, CK_ULONG count) {
    p11_call call;
    CK_RV rv = call_begin(&call, session, __func__);
    return rv == CKR_OK ? call_end(&call, set(&call, object, template, count)) : rv;
}
