#include "mechanism_table.h"

/* Short names for the table alone. */
enum {
    ENCRYPT = CKF_ENCRYPT,
    DECRYPT = CKF_DECRYPT,
    DIGEST = CKF_DIGEST,
    SIGN = CKF_SIGN,
    VERIFY = CKF_VERIFY,
    SIGN_RECOVER = CKF_SIGN_RECOVER,
    VERIFY_RECOVER = CKF_VERIFY_RECOVER,
    GENERATE = CKF_GENERATE,
    GENERATE_KEY_PAIR = CKF_GENERATE_KEY_PAIR,
    WRAP = CKF_WRAP,
    UNWRAP = CKF_UNWRAP,
    DERIVE = CKF_DERIVE,
    MESSAGE_ENCRYPT = CKF_MESSAGE_ENCRYPT,
    MESSAGE_DECRYPT = CKF_MESSAGE_DECRYPT,
    MULTI_MESSAGE = CKF_MULTI_MESSAGE,
    EC_F_P = CKF_EC_F_P,
    EC_NAMEDCURVE = CKF_EC_NAMEDCURVE,
    EC_UNCOMPRESS = CKF_EC_UNCOMPRESS
};

enum {
    NO_KEY = KEYS_NO_KEY,
    RSA = KEYS_RSA,
    EC = KEYS_EC,
    EDWARDS = KEYS_EDWARDS,
    MONTGOMERY = KEYS_MONTGOMERY,
    AES = KEYS_AES,
    SECRET = KEYS_SECRET,
    ML_DSA = KEYS_ML_DSA,
    ML_KEM = KEYS_ML_KEM
};

enum { WHOLE = 0, PARTS = 1 };

#define MECHANISM(name, number, least, most, keys, shape, parts, flags) \
    {number, {least, most, flags}, keys, SHAPE_##shape, parts},
const mechanism_entry mechanism_table[] = {
#include "mechanism_table.def"
};
#undef MECHANISM

const size_t mechanism_count = sizeof mechanism_table / sizeof mechanism_table[0];

const mechanism_entry *mechanism_find(CK_MECHANISM_TYPE type) {
    size_t low = 0, high = mechanism_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mechanism_table[middle].type == type) {
            return &mechanism_table[middle];
        }
        if (mechanism_table[middle].type < type) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static unsigned family(CK_ULONG key_type) {
    switch (key_type) {
    case CKK_RSA:
        return KEYS_RSA;
    case CKK_EC:
        return KEYS_EC;
    case CKK_EC_EDWARDS:
        return KEYS_EDWARDS;
    case CKK_EC_MONTGOMERY:
        return KEYS_MONTGOMERY;
    case CKK_AES:
        return KEYS_AES;
    case CKK_GENERIC_SECRET:
    case CKK_SHA_1_HMAC:
    case CKK_SHA224_HMAC:
    case CKK_SHA256_HMAC:
    case CKK_SHA384_HMAC:
    case CKK_SHA512_HMAC:
        return KEYS_SECRET;
    case CKK_ML_DSA:
        return KEYS_ML_DSA;
    case CKK_ML_KEM:
        return KEYS_ML_KEM;
    default:
        return 0;
    }
}

bool mechanism_takes(const mechanism_entry *entry, CK_ULONG key_type) {
    return (entry->keys & family(key_type)) != 0;
}
