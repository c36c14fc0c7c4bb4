/* An operation of a session between its C_*Init and its end. */
#ifndef COFFER_OPERATION_H
#define COFFER_OPERATION_H

#include <stdbool.h>
#include <stdint.h>

#include "facts.h"
#include "mechanism_table.h"
#include "octets.h"

/* 1 to 5 are START's kinds. */
typedef enum {
    KIND_ENCRYPT = 1,
    KIND_DECRYPT = 2,
    KIND_SIGN = 3,
    KIND_VERIFY = 4,
    KIND_DIGEST = 5,
    KIND_SIGN_RECOVER = 6,
    KIND_VERIFY_RECOVER = 7,
    KIND_COUNT = 8
} operation_kind;

/* The functions whose results can wait for a large enough buffer: C_Encrypt and its like, C_*Update, C_*Final. */
typedef enum { RESULT_OF_WHOLE, RESULT_OF_PART, RESULT_OF_FINAL } result_of;

typedef struct {
    const mechanism_entry *entry; /* NULL: not active */
    octets mechanism;             /* as it goes to the service */
    key_facts facts;              /* all zeros for a digest */
    size_t overhead;              /* of AES-GCM: how much longer the ciphertext is */
    uint8_t *iv_place;            /* where the caller wants the IV that the module makes, or NULL */
    size_t iv_size;
    bool started;                 /* the service has it too */
    uint64_t taken;               /* bytes given to the service in parts */
    uint64_t given;               /* bytes it gave back */
    bool keeps;                   /* a result waits for a large enough buffer */
    octets kept;
    result_of kept_by;
    size_t kept_for;              /* size of the input it belongs to */
} p11_operation;

/* Forgets everything, wiped. */
void operation_end(p11_operation *ended);

#endif
