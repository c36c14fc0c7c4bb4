/*
 * What SQL Server hands to a cryptographic provider, and what it wants back: sizes, offsets and numbers of its Extensible Key
 * Management, API version 1.1, on 64-bit systems (layout.c). Only the names of the functions and the numbers are the interface; all
 * other names are ours.
 *
 * Every buffer belongs to the caller. A result of any length that has no pointer, or too few bytes, is answered by
 * EKM_INSUFFICIENT_BUFFER with the size needed in each such `cb`; on success `cb` is the length, and the pointer stays.
 */
#ifndef COFFER_EKM_ABI_H
#define COFFER_EKM_ABI_H

#include <stdint.h>

#include "status.h"

#ifdef _WIN32
#define EKM_EXPORT __declspec(dllexport)
#else
#define EKM_EXPORT __attribute__((visibility("default")))
#endif

/* A Windows BOOLEAN. */
typedef uint8_t ekm_boolean;

typedef struct {
    uint32_t cb;
    uint8_t *pb;
} ekm_data;

/* UTF-16LE without an end; cb counts bytes. */
typedef struct {
    uint32_t cb;
    uint16_t *ws;
} ekm_text;

typedef struct {
    uint8_t major;
    uint8_t minor;
    uint16_t build;
    uint8_t revision;
} ekm_version;

typedef struct {
    uint32_t data1;
    uint16_t data2;
    uint16_t data3;
    uint8_t data4[8];
} ekm_guid;

typedef struct {
    ekm_text name;
    ekm_text secret;
} ekm_credential;

typedef struct {
    ekm_text name;
    ekm_data thumbprint;
    uint32_t algorithm;
    uint32_t flags;
} ekm_key_info;

typedef struct {
    ekm_text name;
    ekm_guid guid;
    ekm_version version;
    ekm_version api;
    uint32_t authentication;
    uint32_t symmetric;
    uint32_t asymmetric;
    uint32_t thumbprint_size;
    ekm_boolean accepts_key_name;
} ekm_provider_info;

typedef struct {
    uint32_t id;
    ekm_text tag;
    uint32_t type;
    uint32_t bits;
    uint32_t iv_bits;
} ekm_algorithm_info;

typedef struct {
    uint32_t type;
    uint32_t cb;
    const uint8_t *pb;
} ekm_parameter;

/* What SQL Server keeps between the calls of a session; a number, though it looks like a pointer. */
typedef void *ekm_handle;

EKM_EXPORT ekm_status SqlCryptInitializeProvider(void);
EKM_EXPORT ekm_status SqlCryptFreeProvider(void);
EKM_EXPORT ekm_status SqlCryptOpenSession(const ekm_credential *credential, ekm_handle *session);
EKM_EXPORT ekm_status SqlCryptCloseSession(ekm_handle *session, ekm_boolean abort);
EKM_EXPORT ekm_status SqlCryptGetProviderInfo(ekm_provider_info *information);
EKM_EXPORT ekm_status SqlCryptGetNextAlgorithmId(uint32_t *algorithm);
EKM_EXPORT ekm_status SqlCryptGetAlgorithmInfo(uint32_t algorithm, ekm_algorithm_info *information);
EKM_EXPORT ekm_status SqlCryptCreateKey(
        const ekm_handle *session, const ekm_text *name, uint32_t algorithm, uint32_t flags, ekm_data *thumbprint);
EKM_EXPORT ekm_status SqlCryptDropKey(const ekm_handle *session, const ekm_data *thumbprint);
EKM_EXPORT ekm_status SqlCryptGetNextKeyId(const ekm_handle *session, uint32_t *key);
EKM_EXPORT ekm_status SqlCryptGetKeyInfoByKeyId(const ekm_handle *session, uint32_t key, ekm_key_info *information);
EKM_EXPORT ekm_status SqlCryptGetKeyInfoByThumb(
        const ekm_handle *session, const ekm_data *thumbprint, ekm_key_info *information);
EKM_EXPORT ekm_status SqlCryptGetKeyInfoByName(const ekm_handle *session, const ekm_text *name, ekm_key_info *information);
EKM_EXPORT ekm_status SqlCryptExportKey(
        const ekm_handle *session, const ekm_data *thumbprint, const ekm_data *encryptor, uint32_t type, ekm_data *blob);
EKM_EXPORT ekm_status SqlCryptImportKey(const ekm_handle *session, const ekm_text *name, const ekm_data *decryptor, uint32_t type,
        uint32_t flags, const ekm_data *blob);
EKM_EXPORT ekm_status SqlCryptEncrypt(const ekm_handle *session, const ekm_data *thumbprint, ekm_boolean final,
        const ekm_parameter *parameters, uint32_t count, const ekm_data *plaintext, ekm_data *ciphertext);
EKM_EXPORT ekm_status SqlCryptDecrypt(const ekm_handle *session, const ekm_data *thumbprint, ekm_boolean final,
        const ekm_parameter *parameters, uint32_t count, const ekm_data *ciphertext, ekm_data *plaintext);

#endif
