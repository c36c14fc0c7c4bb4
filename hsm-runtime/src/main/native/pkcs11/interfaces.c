/* C_GetFunctionList, C_GetInterfaceList, C_GetInterface (PKCS#11 v3.1 §5.4). */
#include <string.h>

#include "buffers.h"
#include "cryptoki.h"

#define FUNCTION(name, parameters) .name = name,
#define FUNCTION_3_0(name, parameters)
static CK_FUNCTION_LIST functions = {
    .version = {2, 40},
#include "functions.def"
};
#undef FUNCTION_3_0

#define FUNCTION_3_0(name, parameters) FUNCTION(name, parameters)
static CK_FUNCTION_LIST_3_0 functions_3_0 = {
    .version = {3, 0},
#include "functions.def"
};

static CK_UTF8CHAR name_of_all[] = "PKCS 11";

/* The newest first: who asks for no version gets the first of the name. */
static CK_INTERFACE interfaces[] = {
    {name_of_all, &functions_3_0, CKF_INTERFACE_FORK_SAFE},
    {name_of_all, &functions, CKF_INTERFACE_FORK_SAFE},
};

enum { INTERFACES = sizeof interfaces / sizeof interfaces[0] };

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list) {
    CK_FUNCTION_LIST *ours = &functions;
    if (list == NULL) {
        return CKR_ARGUMENTS_BAD;
    }
    memcpy((void *)list, &ours, sizeof ours);
    return CKR_OK;
}

CK_RV C_GetInterfaceList(CK_INTERFACE *list, CK_ULONG *count) {
    bool enough;
    if (count == NULL) {
        return CKR_ARGUMENTS_BAD;
    }
    CK_RV rv = buffer_check(INTERFACES, list, count, &enough);
    if (!enough) {
        return rv;
    }
    memcpy((void *)list, interfaces, sizeof interfaces);
    ulong_store((void *)count, INTERFACES);
    return CKR_OK;
}

static bool matches(const CK_INTERFACE *interface, const CK_UTF8CHAR *name, const CK_VERSION *version, CK_FLAGS flags) {
    if (name != NULL && strcmp((const char *)name, (const char *)interface->pInterfaceName) != 0) {
        return false;
    }
    if (version != NULL && memcmp(version, interface->pFunctionList, sizeof *version) != 0) {
        return false;
    }
    return (interface->flags & flags) == flags;
}

CK_RV C_GetInterface(CK_UTF8CHAR *name, CK_VERSION *version, CK_INTERFACE **interface, CK_FLAGS flags) {
    if (interface == NULL) {
        return CKR_ARGUMENTS_BAD;
    }
    for (size_t at = 0; at < INTERFACES; at++) {
        CK_INTERFACE *candidate = &interfaces[at];
        if (matches(candidate, name, version, flags)) {
            memcpy((void *)interface, &candidate, sizeof candidate);
            return CKR_OK;
        }
    }
    return CKR_ARGUMENTS_BAD;
}
