/* The layouts that SQL Server was compiled with, on 64-bit systems; nothing here becomes code. */
#include <stddef.h>

#include "abi.h"

#define SIZE(type, size) _Static_assert(sizeof(type) == (size), #type " has another size")
#define OFFSET(type, field, offset) _Static_assert(offsetof(type, field) == (offset), #type "." #field " lies elsewhere")

SIZE(ekm_status, 4);
SIZE(ekm_boolean, 1);
SIZE(ekm_handle, 8);
SIZE(ekm_data, 16);
OFFSET(ekm_data, cb, 0);
OFFSET(ekm_data, pb, 8);
SIZE(ekm_text, 16);
OFFSET(ekm_text, cb, 0);
OFFSET(ekm_text, ws, 8);
SIZE(ekm_version, 6);
OFFSET(ekm_version, major, 0);
OFFSET(ekm_version, minor, 1);
OFFSET(ekm_version, build, 2);
OFFSET(ekm_version, revision, 4);
SIZE(ekm_guid, 16);
_Static_assert(_Alignof(ekm_guid) == 4, "ekm_guid is aligned otherwise");
SIZE(ekm_credential, 32);
OFFSET(ekm_credential, secret, 16);
SIZE(ekm_key_info, 40);
OFFSET(ekm_key_info, thumbprint, 16);
OFFSET(ekm_key_info, algorithm, 32);
OFFSET(ekm_key_info, flags, 36);
SIZE(ekm_provider_info, 64);
OFFSET(ekm_provider_info, guid, 16);
OFFSET(ekm_provider_info, version, 32);
OFFSET(ekm_provider_info, api, 38);
OFFSET(ekm_provider_info, authentication, 44);
OFFSET(ekm_provider_info, symmetric, 48);
OFFSET(ekm_provider_info, asymmetric, 52);
OFFSET(ekm_provider_info, thumbprint_size, 56);
OFFSET(ekm_provider_info, accepts_key_name, 60);
SIZE(ekm_algorithm_info, 40);
OFFSET(ekm_algorithm_info, tag, 8);
OFFSET(ekm_algorithm_info, type, 24);
OFFSET(ekm_algorithm_info, bits, 28);
OFFSET(ekm_algorithm_info, iv_bits, 32);
SIZE(ekm_parameter, 16);
OFFSET(ekm_parameter, cb, 4);
OFFSET(ekm_parameter, pb, 8);

typedef int layout_is_checked; /* C wants a translation unit to declare something */
