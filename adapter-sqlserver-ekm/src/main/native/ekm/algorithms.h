/* The algorithms that keys may be created for, and how large what they give may be. */
#ifndef COFFER_EKM_ALGORITHMS_H
#define COFFER_EKM_ALGORITHMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t id;
    const char *tag;
    uint32_t type;
    uint32_t bits;
    uint32_t iv_bits;
} ekm_algorithm;

/* NULL when there is none of that number. */
const ekm_algorithm *algorithm_of(uint32_t id);

/* How long a ciphertext is. */
size_t algorithm_ciphertext(const ekm_algorithm *, size_t plaintext);

/* How long what such a ciphertext holds may be. */
size_t algorithm_plaintext(const ekm_algorithm *, size_t ciphertext);

/* How long a public key is as BCRYPT_RSAPUBLIC_BLOB, with the exponent 65537. */
size_t algorithm_public_blob(const ekm_algorithm *);

#endif
