#include "sizes.h"

#define BLOCK 16u

static size_t digest_size(CK_MECHANISM_TYPE type) {
    switch (type) {
    case 0x220: /* SHA_1 */
    case 0x221:
        return 20;
    case 0x255: /* SHA224 */
    case 0x256:
        return 28;
    case 0x250: /* SHA256 */
    case 0x251:
        return 32;
    case 0x260: /* SHA384 */
    case 0x261:
        return 48;
    case 0x270: /* SHA512 */
    case 0x271:
        return 64;
    default:
        return 0;
    }
}

static size_t bytes_of(CK_ULONG bits) {
    return (bits + 7) / 8;
}

/* FIPS 204 table 2, by the size of the public key. */
static size_t ml_dsa_size(CK_ULONG public_key_bits) {
    switch (public_key_bits / 8) {
    case 1312:
        return 2420;
    case 1952:
        return 3309;
    case 2592:
        return 4627;
    default:
        return 0;
    }
}

static size_t signature_size(const p11_operation *operation) {
    switch (operation->facts.key_type) {
    case CKK_RSA:
        return bytes_of(operation->facts.bits);
    case CKK_EC:
        return 2 * bytes_of(operation->facts.bits);
    case CKK_EC_EDWARDS:
        return 64;
    case CKK_ML_DSA:
        return ml_dsa_size(operation->facts.bits);
    case CKK_AES:
        return BLOCK; /* CMAC */
    default:
        return digest_size(operation->entry->type);
    }
}

static size_t padded(size_t input) {
    return (input / BLOCK + 1) * BLOCK;
}

static size_certainty encrypted_size(const p11_operation *operation, size_t input, size_t *size) {
    switch (operation->entry->shape) {
    case SHAPE_GCM:
    case SHAPE_GCM_OWN_IV:
        *size = input + operation->overhead;
        return SIZE_EXACT;
    case SHAPE_NONE:
    case SHAPE_OAEP:
        *size = operation->facts.key_type == CKK_RSA ? bytes_of(operation->facts.bits) : input;
        return SIZE_EXACT;
    default:
        *size = operation->entry->type == 0x1085 /* AES_CBC_PAD */ ? padded(input) : input;
        return SIZE_EXACT;
    }
}

static size_certainty decrypted_size(const p11_operation *operation, size_t input, size_t *size) {
    if (operation->facts.key_type == CKK_RSA) {
        *size = bytes_of(operation->facts.bits);
        return operation->entry->type == 0x3 /* RSA_X_509 */ ? SIZE_EXACT : SIZE_AT_MOST;
    }
    *size = input < operation->overhead ? 0 : input - operation->overhead;
    return operation->entry->type == 0x1085 ? SIZE_AT_MOST : SIZE_EXACT;
}

size_certainty size_of_result(const p11_operation *operation, operation_kind kind, size_t input, size_t *size) {
    switch (kind) {
    case KIND_ENCRYPT:
        return encrypted_size(operation, input, size);
    case KIND_DECRYPT:
        return decrypted_size(operation, input, size);
    case KIND_DIGEST:
        *size = digest_size(operation->entry->type);
        return SIZE_EXACT;
    case KIND_SIGN:
    case KIND_SIGN_RECOVER:
        *size = signature_size(operation);
        return *size == 0 ? SIZE_UNKNOWN : SIZE_EXACT;
    default:
        return SIZE_UNKNOWN;
    }
}

size_t size_of_part(const p11_operation *operation, size_t input) {
    size_t pending = (size_t)(operation->taken - operation->given);
    CK_MECHANISM_TYPE type = operation->entry->type;
    bool whole_blocks = type == 0x1081 || type == 0x1082; /* AES_ECB, AES_CBC */
    return whole_blocks ? (pending + input) / BLOCK * BLOCK : pending + input;
}
