/* General-purpose functions (PKCS#11 v3.1 §5.4). */
#include <string.h>

#include "buffers.h"
#include "module.h"

static CK_RV check_arguments(const CK_C_INITIALIZE_ARGS *arguments) {
    return arguments->pReserved != NULL ? CKR_ARGUMENTS_BAD : CKR_OK;
}

CK_RV C_Initialize(CK_VOID_PTR given) {
    CK_C_INITIALIZE_ARGS arguments = {0};
    if (given != NULL) {
        memcpy(&arguments, given, sizeof arguments);
    }
    CK_RV rv = check_arguments(&arguments);
    return rv == CKR_OK ? module_open(&arguments) : rv;
}

CK_RV C_Finalize(CK_VOID_PTR reserved) {
    return reserved != NULL ? CKR_ARGUMENTS_BAD : module_close();
}

CK_RV C_GetInfo(CK_INFO *info) {
    static const char manufacturer[] = "Coffer", description[] = "Coffer PKCS#11 module";
    p11_module *module;
    CK_RV rv = module_enter(&module);
    if (rv != CKR_OK) {
        return rv;
    }
    module_leave(module);
    if (info == NULL) {
        return CKR_ARGUMENTS_BAD;
    }
    CK_INFO filled = {.cryptokiVersion = {3, 0}, .libraryVersion = {1, 0}};
    text_fill(filled.manufacturerID, sizeof filled.manufacturerID, manufacturer, sizeof manufacturer - 1);
    text_fill(filled.libraryDescription, sizeof filled.libraryDescription, description, sizeof description - 1);
    memcpy((void *)info, &filled, sizeof filled);
    return CKR_OK;
}
