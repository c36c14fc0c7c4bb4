#include "buffers.h"
#include "mechanism.h"
#include "running.h"

/* What each kind asks of mechanism and key. */
static const struct {
    CK_FLAGS flag;
    unsigned use;
} wants[KIND_COUNT] = {
    [KIND_ENCRYPT] = {CKF_ENCRYPT, USE_ENCRYPT},
    [KIND_DECRYPT] = {CKF_DECRYPT, USE_DECRYPT},
    [KIND_SIGN] = {CKF_SIGN, USE_SIGN},
    [KIND_VERIFY] = {CKF_VERIFY, USE_VERIFY},
    [KIND_DIGEST] = {CKF_DIGEST, 0},
    [KIND_SIGN_RECOVER] = {CKF_SIGN_RECOVER, USE_SIGN},
    [KIND_VERIFY_RECOVER] = {CKF_VERIFY_RECOVER, USE_VERIFY},
};

/* Tells the service to drop its side; when that fails, the service drops it with the next START or with the session. */
static void cancel(p11_call *call, operation_kind kind) {
    p11_exchange exchange;
    exchange_begin(&exchange, call);
    message_u8(&exchange.request, (uint8_t)kind);
    CK_RV rv = exchange_run(&exchange, OPERATION_CANCEL, CHANNEL_REPEATABLE);
    if (rv != CKR_OK) {
        channel_log(call->module->channel, 2, "%s: an operation was not cancelled at the service (CKR 0x%lx)", call->function, rv);
    }
    exchange_end(&exchange, CKR_OK);
}

void running_end(p11_call *call, operation_kind kind) {
    p11_operation *ended = &call->session->operations[kind];
    if (ended->started) {
        cancel(call, kind);
    }
    operation_end(ended);
}

#define OWN_IV_SIZE 12u

/* PKCS#11 counts AES and HMAC keys in bytes, all others in bits. */
static CK_ULONG size_in_units(const key_facts *facts) {
    return facts->object_class == CKO_SECRET_KEY ? facts->bits / 8 : facts->bits;
}

static CK_RV check_key(const p11_operation *operation, unsigned use) {
    const key_facts *facts = &operation->facts;
    CK_ULONG size = size_in_units(facts);
    if (facts->object_class < CKO_PUBLIC_KEY || facts->object_class > CKO_SECRET_KEY) {
        return CKR_KEY_HANDLE_INVALID;
    }
    if (!mechanism_takes(operation->entry, facts->key_type)) {
        return CKR_KEY_TYPE_INCONSISTENT;
    }
    if ((facts->uses & use) != use) {
        return CKR_KEY_FUNCTION_NOT_PERMITTED;
    }
    if (size < operation->entry->info.ulMinKeySize || size > operation->entry->info.ulMaxKeySize) {
        return CKR_KEY_SIZE_RANGE;
    }
    return CKR_OK;
}

/* A module-made IV goes where the caller laid zeros for it: a program that gave a real IV gets none back. */
static void remember_gcm(p11_operation *operation, const CK_MECHANISM *mechanism, operation_kind kind) {
    parameter_shape shape = operation->entry->shape;
    if (shape != SHAPE_GCM && shape != SHAPE_GCM_OWN_IV) {
        return;
    }
    gcm_facts gcm = mechanism_gcm(mechanism);
    operation->overhead = gcm.tag_size + (shape == SHAPE_GCM_OWN_IV ? OWN_IV_SIZE : 0);
    operation->iv_place = kind == KIND_ENCRYPT && gcm.iv_is_zero ? gcm.iv : NULL;
    operation->iv_size = gcm.iv_size;
}

static CK_RV prepare(p11_call *call, operation_kind kind, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    p11_operation *fresh = &call->session->operations[kind];
    CK_RV rv = mechanism_encode(call, mechanism, wants[kind].flag, &fresh->mechanism);
    if (rv != CKR_OK) {
        return rv;
    }
    fresh->entry = mechanism_find(ulong_at(mechanism));
    remember_gcm(fresh, mechanism, kind);
    if (kind == KIND_DIGEST) {
        return CKR_OK;
    }
    rv = facts_of(call, key, wants[kind].use, &fresh->facts);
    return rv == CKR_OK ? check_key(fresh, wants[kind].use) : rv;
}

/* PKCS#11 v3.0: a C_*Init without a mechanism ends the operation that is running. */
static CK_RV end_active(p11_call *call, operation_kind kind) {
    if (call->session->operations[kind].entry == NULL) {
        return call_bad(call, "no mechanism");
    }
    running_end(call, kind);
    return CKR_OK;
}

static CK_RV init(p11_call *call, operation_kind kind, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    if (mechanism == NULL) {
        return end_active(call, kind);
    }
    if (call->session->operations[kind].entry != NULL) {
        return CKR_OPERATION_ACTIVE;
    }
    CK_RV rv = prepare(call, kind, mechanism, key);
    if (rv != CKR_OK) {
        operation_end(&call->session->operations[kind]);
    }
    return rv;
}

CK_RV running_init(running at, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    p11_call call;
    CK_RV rv = call_begin(&call, at.session, at.function);
    if (rv != CKR_OK) {
        return rv;
    }
    return call_end(&call, init(&call, at.kind, mechanism, key));
}
