/*
 * What SQL Server does with a provider, call by call: the size is asked for first, buffers are the caller's, and nothing is to be written
 * beside them.
 */
#ifndef DRIVER_ENGINE_H
#define DRIVER_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#include "abi.h"

/* The provider's functions, in the order in which they are looked up. */
typedef struct {
    __typeof__(SqlCryptInitializeProvider) *initialize;
    __typeof__(SqlCryptFreeProvider) *release;
    __typeof__(SqlCryptOpenSession) *open_session;
    __typeof__(SqlCryptCloseSession) *close_session;
    __typeof__(SqlCryptGetProviderInfo) *provider_info;
    __typeof__(SqlCryptGetNextAlgorithmId) *next_algorithm;
    __typeof__(SqlCryptGetAlgorithmInfo) *algorithm_info;
    __typeof__(SqlCryptCreateKey) *create_key;
    __typeof__(SqlCryptDropKey) *drop_key;
    __typeof__(SqlCryptGetNextKeyId) *next_key;
    __typeof__(SqlCryptGetKeyInfoByKeyId) *key_by_id;
    __typeof__(SqlCryptGetKeyInfoByThumb) *key_by_thumbprint;
    __typeof__(SqlCryptGetKeyInfoByName) *key_by_name;
    __typeof__(SqlCryptExportKey) *export_key;
    __typeof__(SqlCryptImportKey) *import_key;
    __typeof__(SqlCryptEncrypt) *encrypt;
    __typeof__(SqlCryptDecrypt) *decrypt;
} engine_functions;

extern engine_functions provider;

/* Loads the library and initializes the provider; frees and unloads it. */
void engine_load(const char *library);
void engine_unload(void);

/* So many bytes with a guard on both sides, and the check that nobody has touched it, which frees them. */
uint8_t *guarded(size_t size);
void guard(uint8_t *bytes, size_t size);

/* A text as SQL Server hands it over, in memory that lasts. */
ekm_text text_of(const char *ascii);

ekm_status engine_open(const char *user, const char *secret, ekm_handle *session);

/* The number of an algorithm by its tag, and its length; 0 when the provider does not have it. */
uint32_t engine_algorithm(const char *tag, uint32_t *bits);

/* The thumbprint of a new key, in 32 bytes. */
ekm_status engine_create(const ekm_handle *, const char *name, const char *tag, uint8_t thumbprint[32], uint32_t *size);

typedef struct {
    uint32_t size;
    uint8_t bytes[4096];
} engine_value;

/* Asks for the size, gives too little room, and then enough. */
ekm_status engine_encrypt(const ekm_handle *, const ekm_data *thumbprint, const ekm_parameter *iv, const engine_value *in, engine_value *out);
ekm_status engine_decrypt(const ekm_handle *, const ekm_data *thumbprint, const ekm_parameter *iv, const engine_value *in, engine_value *out);
ekm_status engine_export(const ekm_handle *, const ekm_data *thumbprint, engine_value *out);

typedef struct {
    engine_value name; /* UTF-16 */
    engine_value thumbprint;
    uint32_t algorithm;
    uint32_t flags;
} engine_key;

ekm_status engine_key_by_name(const ekm_handle *, const char *name, engine_key *);
ekm_status engine_key_by_id(const ekm_handle *, uint32_t id, engine_key *);
ekm_status engine_key_by_thumbprint(const ekm_handle *, const ekm_data *thumbprint, engine_key *);

#endif
