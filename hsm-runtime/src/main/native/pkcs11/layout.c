/* The layouts that programs were compiled against, on LP64 (PKCS#11 v3.1 §3); nothing here becomes code. */
#include "cryptoki.h"
#include "parameters.h"

#define SIZE(type, size) _Static_assert(sizeof(type) == (size), #type " has another size")
#define OFFSET(type, field, offset) _Static_assert(offsetof(type, field) == (offset), #type "." #field " lies elsewhere")

SIZE(CK_ULONG, 8);
SIZE(CK_VERSION, 2);
SIZE(CK_INFO, 88);
OFFSET(CK_INFO, flags, 40);
OFFSET(CK_INFO, libraryDescription, 48);
OFFSET(CK_INFO, libraryVersion, 80);
SIZE(CK_SLOT_INFO, 112);
OFFSET(CK_SLOT_INFO, flags, 96);
OFFSET(CK_SLOT_INFO, hardwareVersion, 104);
SIZE(CK_TOKEN_INFO, 208);
OFFSET(CK_TOKEN_INFO, serialNumber, 80);
OFFSET(CK_TOKEN_INFO, flags, 96);
OFFSET(CK_TOKEN_INFO, ulMaxPinLen, 136);
OFFSET(CK_TOKEN_INFO, hardwareVersion, 184);
OFFSET(CK_TOKEN_INFO, utcTime, 188);
SIZE(CK_SESSION_INFO, 32);
SIZE(CK_ATTRIBUTE, 24);
OFFSET(CK_ATTRIBUTE, ulValueLen, 16);
SIZE(CK_MECHANISM, 24);
SIZE(CK_MECHANISM_INFO, 24);
SIZE(CK_C_INITIALIZE_ARGS, 48);
OFFSET(CK_C_INITIALIZE_ARGS, flags, 32);
SIZE(CK_INTERFACE, 24);
SIZE(CK_FUNCTION_LIST, 8 * (1 + 68));
OFFSET(CK_FUNCTION_LIST, C_Initialize, 8);
OFFSET(CK_FUNCTION_LIST, C_Sign, 8 * (1 + 43));
OFFSET(CK_FUNCTION_LIST, C_WaitForSlotEvent, 8 * 68);
SIZE(CK_FUNCTION_LIST_3_0, 8 * (1 + 68 + 24));
OFFSET(CK_FUNCTION_LIST_3_0, C_GetInterfaceList, 8 * 69);
OFFSET(CK_FUNCTION_LIST_3_0, C_MessageVerifyFinal, 8 * 92);
SIZE(CK_GCM_PARAMS, 48);
OFFSET(CK_GCM_PARAMS, pAAD, 24);
SIZE(CK_GCM_PARAMS_OLD, 40);
SIZE(CK_GCM_MESSAGE_PARAMS, 48);
OFFSET(CK_GCM_MESSAGE_PARAMS, pTag, 32);
SIZE(CK_RSA_PKCS_OAEP_PARAMS, 40);
SIZE(CK_RSA_PKCS_PSS_PARAMS, 24);
SIZE(CK_RSA_AES_KEY_WRAP_PARAMS, 16);
SIZE(CK_ECDH1_DERIVE_PARAMS, 40);
SIZE(CK_HKDF_PARAMS, 64);
OFFSET(CK_HKDF_PARAMS, prfHashMechanism, 8);
OFFSET(CK_HKDF_PARAMS, hSaltKey, 40);
SIZE(CK_PRF_DATA_PARAM, 24);
SIZE(CK_SP800_108_KDF_PARAMS, 40);
SIZE(CK_EDDSA_PARAMS, 24);
OFFSET(CK_EDDSA_PARAMS, ulContextDataLen, 8);
SIZE(CK_SIGN_ADDITIONAL_CONTEXT, 24);
SIZE(CK_AES_CTR_PARAMS, 24);

typedef int layout_is_checked; /* C wants a translation unit to declare something */
