#include "abi.h"
#include "buffers.h"

/* af49bf6d-34fc-4605-81e8-765a6ec28c48: keys in databases refer to it. Never to be changed. */
static const ekm_guid IDENTITY = {0xaf49bf6d, 0x34fc, 0x4605, {0x81, 0xe8, 0x76, 0x5a, 0x6e, 0xc2, 0x8c, 0x48}};

/*
 * Compared at each loading with what CREATE CRYPTOGRAPHIC PROVIDER has stored: another number keeps all databases shut until
 * ALTER CRYPTOGRAPHIC PROVIDER is run. So it is no release number, and stays as long as no admin needs to do that.
 */
static const ekm_version VERSION = {1, 0, 0, 0};

static const ekm_version API = {1, 1, 0, 0};

ekm_status SqlCryptGetProviderInfo(ekm_provider_info *information) {
    if (information == NULL) {
        return EKM_INVALID_ARGUMENT;
    }
    ekm_status status = buffers_ascii(&information->name, "Coffer");
    if (status == EKM_SUCCESS) {
        information->guid = IDENTITY;
        information->version = VERSION;
        information->api = API;
        information->authentication = EKM_AUTHENTICATION_BASIC;
        information->symmetric = EKM_KEY_SUPPORTED;
        information->asymmetric = EKM_KEY_SUPPORTED | EKM_KEY_EXPORTABLE;
        information->thumbprint_size = EKM_THUMBPRINT;
        information->accepts_key_name = 1;
    }
    return status;
}
