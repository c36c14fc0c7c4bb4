#include "algorithms.h"

#include "abi.h"
#include "buffers.h"

static const ekm_algorithm ALL[] = {
#define ALGORITHM(id, tag, type, bits, iv) {id, #tag, type, bits, iv},
#include "algorithms.def"
#undef ALGORITHM
};

enum { COUNT = sizeof ALL / sizeof ALL[0] };

/* RFC 8017 §7.1: two digests of SHA-256 and two bytes more. AES: a format byte, GCM's IV and its tag. */
enum { OAEP_OVERHEAD = 66, SEALED_OVERHEAD = 29, BLOB_HEADER = 24, BLOB_EXPONENT = 3 };

const ekm_algorithm *algorithm_of(uint32_t id) {
    for (size_t i = 0; i < COUNT; i++) {
        if (ALL[i].id == id) {
            return &ALL[i];
        }
    }
    return NULL;
}

size_t algorithm_ciphertext(const ekm_algorithm *a, size_t plaintext) {
    return a->type == EKM_ASYMMETRIC ? a->bits / 8 : plaintext + SEALED_OVERHEAD;
}

size_t algorithm_plaintext(const ekm_algorithm *a, size_t ciphertext) {
    if (a->type == EKM_ASYMMETRIC) {
        return a->bits / 8 - OAEP_OVERHEAD;
    }
    return ciphertext < SEALED_OVERHEAD ? 0 : ciphertext - SEALED_OVERHEAD;
}

size_t algorithm_public_blob(const ekm_algorithm *a) {
    return BLOB_HEADER + BLOB_EXPONENT + a->bits / 8;
}

ekm_status SqlCryptGetNextAlgorithmId(uint32_t *id) {
    if (id == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    if (*id == 0) {
        *id = ALL[0].id;
        return EKM_SUCCESS;
    }
    const ekm_algorithm *found = algorithm_of(*id);
    if (found == NULL || found == &ALL[COUNT - 1]) {
        return EKM_NOT_FOUND;
    }
    *id = found[1].id;
    return EKM_SUCCESS;
}

ekm_status SqlCryptGetAlgorithmInfo(uint32_t id, ekm_algorithm_info *information) {
    const ekm_algorithm *found = algorithm_of(id);
    if (information == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    if (found == NULL) {
        return EKM_NOT_FOUND;
    }
    ekm_status status = buffers_ascii(&information->tag, found->tag);
    if (status == EKM_SUCCESS) {
        information->id = found->id;
        information->type = found->type;
        information->bits = found->bits;
        information->iv_bits = found->iv_bits;
    }
    return status;
}
