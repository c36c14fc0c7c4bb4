/* Slots (PKCS#11 v3.1 §5.5): one, with the token in it while the service answers. */
#include <string.h>

#include "buffers.h"
#include "slot.h"

CK_RV slot_enter(p11_module **entered, CK_SLOT_ID slot) {
    CK_RV rv = module_enter(entered);
    if (rv != CKR_OK || slot == THE_SLOT) {
        return rv;
    }
    module_leave(*entered);
    return CKR_SLOT_ID_INVALID;
}

static CK_RV list(p11_module *module, bool token_present, CK_SLOT_ID *slots, CK_ULONG *count) {
    bool enough;
    CK_SLOT_ID one = THE_SLOT;
    CK_ULONG found = token_present && channel_reach(module->channel) != CHANNEL_OK ? 0 : 1;
    CK_RV rv = buffer_check(found, slots, count, &enough);
    if (!enough) {
        return rv;
    }
    memcpy((void *)slots, &one, found * sizeof one);
    ulong_store((void *)count, found);
    return CKR_OK;
}

CK_RV C_GetSlotList(CK_BBOOL token_present, CK_SLOT_ID *slots, CK_ULONG *count) {
    p11_module *module;
    CK_RV rv = module_enter(&module);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = count == NULL ? CKR_ARGUMENTS_BAD : list(module, token_present != CK_FALSE, slots, count);
    module_leave(module);
    return rv;
}

static void describe(p11_module *module, CK_SLOT_INFO *info) {
    static const char description[] = "Coffer service", manufacturer[] = "Coffer";
    text_fill(info->slotDescription, sizeof info->slotDescription, description, sizeof description - 1);
    text_fill(info->manufacturerID, sizeof info->manufacturerID, manufacturer, sizeof manufacturer - 1);
    info->flags = CKF_REMOVABLE_DEVICE;
    if (channel_reach(module->channel) == CHANNEL_OK) {
        info->flags |= CKF_TOKEN_PRESENT;
    }
}

CK_RV C_GetSlotInfo(CK_SLOT_ID slot, CK_SLOT_INFO *info) {
    CK_SLOT_INFO filled = {.hardwareVersion = {1, 0}, .firmwareVersion = {1, 0}};
    p11_module *module;
    CK_RV rv = slot_enter(&module, slot);
    if (rv != CKR_OK) {
        return rv;
    }
    if (info == NULL) {
        rv = CKR_ARGUMENTS_BAD;
    } else {
        describe(module, &filled);
        memcpy((void *)info, &filled, sizeof filled);
    }
    module_leave(module);
    return rv;
}

CK_RV C_WaitForSlotEvent(CK_FLAGS flags, CK_SLOT_ID *slot, CK_VOID_PTR reserved) {
    p11_module *module;
    CK_RV rv = module_enter(&module);
    if (rv != CKR_OK) {
        return rv;
    }
    module_leave(module);
    if (slot == NULL || reserved != NULL) {
        return CKR_ARGUMENTS_BAD;
    }
    return (flags & CKF_DONT_BLOCK) != 0 ? CKR_NO_EVENT : CKR_FUNCTION_NOT_SUPPORTED;
}
