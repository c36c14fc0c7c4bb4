/* A mechanism with its parameter, from the caller's memory into a message (docs/channel.md, "mechanism"). */
#ifndef COFFER_MECHANISM_H
#define COFFER_MECHANISM_H

#include "call.h"
#include "mechanism_table.h"
#include "message.h"

/* Finds the mechanism that has the wanted CKF_* flag and writes it; CKR_MECHANISM_INVALID, CKR_MECHANISM_PARAM_INVALID. */
CK_RV mechanism_write(p11_call *call, const CK_MECHANISM *mechanism, CK_FLAGS wanted, message *request);

/* The same into bytes that an operation keeps. */
CK_RV mechanism_encode(p11_call *call, const CK_MECHANISM *mechanism, CK_FLAGS wanted, octets *encoded);

/* What encrypting by AES-GCM needs to know beyond the encoded parameter. */
typedef struct {
    uint8_t *iv;
    size_t iv_size;
    bool iv_is_zero; /* an IV of zeros asks the module to make one and to put it there */
    size_t tag_size;
} gcm_facts;

/* Of a parameter that mechanism_write has accepted. */
gcm_facts mechanism_gcm(const CK_MECHANISM *mechanism);

#endif
