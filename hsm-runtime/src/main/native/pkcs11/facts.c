#include "facts.h"

#include "call.h"
#include "exchange.h"

static key_facts *place(facts_cache *cache, CK_OBJECT_HANDLE key) {
    return &cache->kept[key % FACTS_KEPT];
}

static bool cached(p11_call *call, CK_OBJECT_HANDLE key, unsigned use, key_facts *facts) {
    module_lock();
    *facts = *place(&call->module->facts, key);
    module_unlock();
    return facts->key == key && key != CK_INVALID_HANDLE && (facts->uses & use) == use;
}

static void keep(p11_call *call, const key_facts *facts) {
    module_lock();
    *place(&call->module->facts, facts->key) = *facts;
    module_unlock();
}

static CK_RV ask(p11_call *call, CK_OBJECT_HANDLE key, key_facts *facts) {
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    message_u64(&exchange.request, key);
    CK_RV rv = exchange_run(&exchange, OPERATION_KEY_FACTS, CHANNEL_REPEATABLE);
    if (rv == CKR_OK) {
        facts->key = key;
        facts->object_class = message_read_u32(&exchange.reply);
        facts->key_type = message_read_u32(&exchange.reply);
        facts->bits = message_read_u32(&exchange.reply);
        facts->uses = message_read_u32(&exchange.reply);
    }
    return exchange_end(&exchange, rv);
}

CK_RV facts_of(p11_call *call, CK_OBJECT_HANDLE key, unsigned use, key_facts *facts) {
    if (cached(call, key, use, facts)) {
        return CKR_OK;
    }
    CK_RV rv = ask(call, key, facts);
    if (rv == CKR_OK) {
        keep(call, facts);
    }
    return rv == CKR_OBJECT_HANDLE_INVALID ? CKR_KEY_HANDLE_INVALID : rv;
}

void facts_clear(facts_cache *cache) {
    *cache = (facts_cache){0};
}

void facts_forget(p11_call *call, CK_OBJECT_HANDLE key) {
    module_lock();
    if (place(&call->module->facts, key)->key == key) {
        place(&call->module->facts, key)->key = CK_INVALID_HANDLE;
    }
    module_unlock();
}
