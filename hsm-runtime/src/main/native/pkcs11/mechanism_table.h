/* The mechanisms of the token, in one table. */
#ifndef COFFER_MECHANISM_TABLE_H
#define COFFER_MECHANISM_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "cryptoki.h"

/* How a mechanism's parameter is laid out in the caller's memory. */
typedef enum {
    SHAPE_NONE,
    SHAPE_IV,
    SHAPE_WRAP_IV,
    SHAPE_GCM,
    SHAPE_GCM_OWN_IV, /* the IV is the module's and stands before the ciphertext */
    SHAPE_OAEP,
    SHAPE_PSS,
    SHAPE_ECDH1,
    SHAPE_RSA_AES,
    SHAPE_HKDF,
    SHAPE_SP800_108,
    SHAPE_EDDSA,
    SHAPE_ML_DSA,
    SHAPE_CTR
} parameter_shape;

/* Families of key types, as a set. */
enum {
    KEYS_NO_KEY = 0,
    KEYS_RSA = 1,
    KEYS_EC = 2,
    KEYS_EDWARDS = 4,
    KEYS_MONTGOMERY = 8,
    KEYS_AES = 16,
    KEYS_SECRET = 32,
    KEYS_ML_DSA = 64,
    KEYS_ML_KEM = 128
};

typedef struct {
    CK_MECHANISM_TYPE type;
    CK_MECHANISM_INFO info;
    unsigned keys;
    parameter_shape shape;
    bool parts;
} mechanism_entry;

extern const mechanism_entry mechanism_table[];
extern const size_t mechanism_count;

/* The entry of a mechanism, or NULL. */
const mechanism_entry *mechanism_find(CK_MECHANISM_TYPE type);

/* Whether keys of this CKK_* type belong to one of the mechanism's families. */
bool mechanism_takes(const mechanism_entry *entry, CK_ULONG key_type);

#endif
