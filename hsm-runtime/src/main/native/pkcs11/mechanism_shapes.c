#include "mechanism_shapes.h"

#include <string.h>

#include "mechanism.h"
#include "parameters.h"

/* Longest label, IV, additional data … that a parameter may point to. */
#define PARAMETER_LIMIT (1024u * 1024u)
#define DATA_PARAMETERS 64u

/* The shapes of docs/channel.md. */
enum {
    WIRE_NONE = 0,
    WIRE_RAW = 1,
    WIRE_GCM = 2,
    WIRE_OAEP = 3,
    WIRE_PSS = 4,
    WIRE_ECDH1 = 5,
    WIRE_RSA_AES = 6,
    WIRE_HKDF = 7,
    WIRE_SP800_108 = 8,
    WIRE_CONTEXT = 9,
    WIRE_CTR = 10
};

CK_MECHANISM mechanism_copy(const CK_MECHANISM *mechanism) {
    CK_MECHANISM copy;
    memcpy(&copy, (const void *)mechanism, sizeof copy);
    return copy;
}

/* Copies a parameter of exactly that size. */
static bool fetch(const CK_MECHANISM *mechanism, void *parameter, size_t size) {
    if (mechanism->pParameter == NULL || mechanism->ulParameterLen != size) {
        return false;
    }
    memcpy(parameter, mechanism->pParameter, size);
    return true;
}

static bool sound(const void *bytes, CK_ULONG size) {
    return buffer_sound(bytes, size) && size <= PARAMETER_LIMIT;
}

/* A number that travels as 32 bits. */
static bool narrow(CK_ULONG value) {
    return value <= UINT32_MAX;
}

static bool write_none(const CK_MECHANISM *mechanism, message *request) {
    message_u8(request, WIRE_NONE);
    return mechanism->ulParameterLen == 0;
}

static bool write_raw(const CK_MECHANISM *mechanism, message *request) {
    message_u8(request, WIRE_RAW);
    message_bytes(request, mechanism->pParameter, mechanism->ulParameterLen);
    return true;
}

static bool write_iv(const CK_MECHANISM *mechanism, message *request) {
    return mechanism->ulParameterLen == 16 && write_raw(mechanism, request);
}

/* RFC 3394's IV has 8 bytes, RFC 5649's 4; both have defaults. */
static bool write_wrap_iv(const CK_MECHANISM *mechanism, message *request) {
    size_t size = mechanism->ulParameterLen;
    if (size == 0) {
        return write_none(mechanism, request);
    }
    return (size == 4 || size == 8) && write_raw(mechanism, request);
}

static bool fetch_gcm(const CK_MECHANISM *mechanism, CK_GCM_PARAMS *gcm) {
    if (fetch(mechanism, gcm, sizeof *gcm)) {
        return true;
    }
    CK_GCM_PARAMS_OLD old;
    if (!fetch(mechanism, &old, sizeof old)) {
        return false;
    }
    *gcm = (CK_GCM_PARAMS){old.pIv, old.ulIvLen, old.ulIvLen * 8, old.pAAD, old.ulAADLen, old.ulTagBits};
    return true;
}

static bool gcm_sound(const CK_GCM_PARAMS *gcm) {
    return sound(gcm->pIv, gcm->ulIvLen) && sound(gcm->pAAD, gcm->ulAADLen) && gcm->ulTagBits <= 128 && gcm->ulTagBits % 8 == 0;
}

static bool write_gcm_fields(const CK_GCM_PARAMS *gcm, CK_ULONG iv_size, message *request) {
    message_u8(request, WIRE_GCM);
    message_bytes(request, gcm->pIv, iv_size);
    message_bytes(request, gcm->pAAD, gcm->ulAADLen);
    message_u32(request, (uint32_t)gcm->ulTagBits);
    return true;
}

static bool write_gcm(const CK_MECHANISM *mechanism, message *request) {
    CK_GCM_PARAMS gcm;
    return fetch_gcm(mechanism, &gcm) && gcm.ulIvLen > 0 && gcm_sound(&gcm) && write_gcm_fields(&gcm, gcm.ulIvLen, request);
}

static bool write_gcm_own_iv(const CK_MECHANISM *mechanism, message *request) {
    CK_GCM_PARAMS gcm;
    return fetch_gcm(mechanism, &gcm) && gcm_sound(&gcm) && write_gcm_fields(&gcm, 0, request);
}

static bool zero(const uint8_t *bytes, size_t size) {
    uint8_t any = 0;
    for (size_t at = 0; at < size; at++) {
        any |= bytes[at];
    }
    return any == 0;
}

gcm_facts mechanism_gcm(const CK_MECHANISM *mechanism) {
    CK_MECHANISM copy = mechanism_copy(mechanism);
    CK_GCM_PARAMS gcm = {0};
    if (!fetch_gcm(&copy, &gcm)) {
        return (gcm_facts){0};
    }
    return (gcm_facts){gcm.pIv, gcm.ulIvLen, zero(gcm.pIv, gcm.ulIvLen), gcm.ulTagBits / 8};
}

static bool write_oaep_fields(const CK_RSA_PKCS_OAEP_PARAMS *oaep, message *request) {
    bool labelled = oaep->source == CKZ_DATA_SPECIFIED;
    if (!sound(oaep->pSourceData, oaep->ulSourceDataLen) || (!labelled && (oaep->source != 0 || oaep->ulSourceDataLen != 0))) {
        return false;
    }
    message_u64(request, oaep->hashAlg);
    message_u64(request, oaep->mgf);
    message_bytes(request, oaep->pSourceData, oaep->ulSourceDataLen);
    return true;
}

static bool write_oaep(const CK_MECHANISM *mechanism, message *request) {
    CK_RSA_PKCS_OAEP_PARAMS oaep;
    if (!fetch(mechanism, &oaep, sizeof oaep)) {
        return false;
    }
    message_u8(request, WIRE_OAEP);
    return write_oaep_fields(&oaep, request);
}

static bool write_rsa_aes(const CK_MECHANISM *mechanism, message *request) {
    CK_RSA_AES_KEY_WRAP_PARAMS rsa_aes;
    if (!fetch(mechanism, &rsa_aes, sizeof rsa_aes) || rsa_aes.pOAEPParams == NULL || !narrow(rsa_aes.ulAESKeyBits)) {
        return false;
    }
    CK_RSA_PKCS_OAEP_PARAMS oaep;
    memcpy(&oaep, (const void *)rsa_aes.pOAEPParams, sizeof oaep);
    message_u8(request, WIRE_RSA_AES);
    message_u32(request, (uint32_t)rsa_aes.ulAESKeyBits);
    return write_oaep_fields(&oaep, request);
}

static bool write_pss(const CK_MECHANISM *mechanism, message *request) {
    CK_RSA_PKCS_PSS_PARAMS pss;
    if (!fetch(mechanism, &pss, sizeof pss) || !narrow(pss.sLen)) {
        return false;
    }
    message_u8(request, WIRE_PSS);
    message_u64(request, pss.hashAlg);
    message_u64(request, pss.mgf);
    message_u32(request, (uint32_t)pss.sLen);
    return true;
}

static bool write_ecdh1(const CK_MECHANISM *mechanism, message *request) {
    CK_ECDH1_DERIVE_PARAMS ecdh;
    if (!fetch(mechanism, &ecdh, sizeof ecdh) || !sound(ecdh.pSharedData, ecdh.ulSharedDataLen)
        || !sound(ecdh.pPublicData, ecdh.ulPublicDataLen)) {
        return false;
    }
    message_u8(request, WIRE_ECDH1);
    message_u64(request, ecdh.kdf);
    message_bytes(request, ecdh.pSharedData, ecdh.ulSharedDataLen);
    message_bytes(request, ecdh.pPublicData, ecdh.ulPublicDataLen);
    return true;
}

static bool write_hkdf(const CK_MECHANISM *mechanism, message *request) {
    CK_HKDF_PARAMS hkdf;
    if (!fetch(mechanism, &hkdf, sizeof hkdf) || !sound(hkdf.pSalt, hkdf.ulSaltLen) || !sound(hkdf.pInfo, hkdf.ulInfoLen)) {
        return false;
    }
    message_u8(request, WIRE_HKDF);
    message_u8(request, hkdf.bExtract);
    message_u8(request, hkdf.bExpand);
    message_u64(request, hkdf.prfHashMechanism);
    message_u64(request, hkdf.ulSaltType);
    message_bytes(request, hkdf.pSalt, hkdf.ulSaltLen);
    message_u64(request, hkdf.hSaltKey);
    message_bytes(request, hkdf.pInfo, hkdf.ulInfoLen);
    return true;
}

static bool write_data_parameters(const CK_SP800_108_KDF_PARAMS *kdf, message *request) {
    for (size_t at = 0; at < kdf->ulNumberOfDataParams; at++) {
        CK_PRF_DATA_PARAM each;
        memcpy(&each, (const char *)kdf->pDataParams + at * sizeof each, sizeof each);
        if (!sound(each.pValue, each.ulValueLen)) {
            return false;
        }
        message_u64(request, each.type);
        message_bytes(request, each.pValue, each.ulValueLen);
    }
    return true;
}

/* Further keys from the same derivation are not offered. */
static bool write_sp800_108(const CK_MECHANISM *mechanism, message *request) {
    CK_SP800_108_KDF_PARAMS kdf;
    if (!fetch(mechanism, &kdf, sizeof kdf) || kdf.ulAdditionalDerivedKeys != 0
        || kdf.ulNumberOfDataParams > DATA_PARAMETERS || !buffer_sound(kdf.pDataParams, kdf.ulNumberOfDataParams)) {
        return false;
    }
    message_u8(request, WIRE_SP800_108);
    message_u64(request, kdf.prfType);
    message_u32(request, (uint32_t)kdf.ulNumberOfDataParams);
    return write_data_parameters(&kdf, request);
}

static bool write_context(CK_ULONG variant, const void *context, CK_ULONG size, message *request) {
    if (!narrow(variant) || !sound(context, size)) {
        return false;
    }
    message_u8(request, WIRE_CONTEXT);
    message_u32(request, (uint32_t)variant);
    message_bytes(request, context, size);
    return true;
}

static bool write_eddsa(const CK_MECHANISM *mechanism, message *request) {
    CK_EDDSA_PARAMS eddsa;
    if (mechanism->ulParameterLen == 0) {
        return write_none(mechanism, request);
    }
    return fetch(mechanism, &eddsa, sizeof eddsa)
        && write_context(eddsa.phFlag, eddsa.pContextData, eddsa.ulContextDataLen, request);
}

static bool write_ml_dsa(const CK_MECHANISM *mechanism, message *request) {
    CK_SIGN_ADDITIONAL_CONTEXT ml_dsa;
    if (mechanism->ulParameterLen == 0) {
        return write_none(mechanism, request);
    }
    return fetch(mechanism, &ml_dsa, sizeof ml_dsa)
        && write_context(ml_dsa.hedgeVariant, ml_dsa.pContext, ml_dsa.ulContextLen, request);
}

static bool write_ctr(const CK_MECHANISM *mechanism, message *request) {
    CK_AES_CTR_PARAMS ctr;
    if (!fetch(mechanism, &ctr, sizeof ctr) || ctr.ulCounterBits == 0 || ctr.ulCounterBits > 128) {
        return false;
    }
    message_u8(request, WIRE_CTR);
    message_u32(request, (uint32_t)ctr.ulCounterBits);
    message_bytes(request, ctr.cb, sizeof ctr.cb);
    return true;
}

bool mechanism_write_shape(parameter_shape shape, const CK_MECHANISM *mechanism, message *request) {
    static bool (*const writers[])(const CK_MECHANISM *, message *) = {
        [SHAPE_NONE] = write_none,
        [SHAPE_IV] = write_iv,
        [SHAPE_WRAP_IV] = write_wrap_iv,
        [SHAPE_GCM] = write_gcm,
        [SHAPE_GCM_OWN_IV] = write_gcm_own_iv,
        [SHAPE_OAEP] = write_oaep,
        [SHAPE_PSS] = write_pss,
        [SHAPE_ECDH1] = write_ecdh1,
        [SHAPE_RSA_AES] = write_rsa_aes,
        [SHAPE_HKDF] = write_hkdf,
        [SHAPE_SP800_108] = write_sp800_108,
        [SHAPE_EDDSA] = write_eddsa,
        [SHAPE_ML_DSA] = write_ml_dsa,
        [SHAPE_CTR] = write_ctr,
    };
    return writers[shape](mechanism, request);
}
