/* The token (PKCS#11 v3.1 §5.5): what it says of itself, its mechanisms, PINs. */
#include <stdio.h>
#include <string.h>

#include "buffers.h"
#include "date.h"
#include "mechanism_table.h"
#include "slot.h"

static void take_text(message *reply, CK_UTF8CHAR *field, size_t width) {
    size_t size;
    const uint8_t *text = message_read_bytes(reply, &size);
    text_fill(field, width, text, size);
}

/* "1.2" or more; what follows the second number does not fit into a CK_VERSION. */
static CK_VERSION take_version(message *reply) {
    size_t size;
    const uint8_t *text = message_read_bytes(reply, &size);
    CK_VERSION version = {0, 0};
    CK_BYTE *number = &version.major;
    for (size_t at = 0; at < size; at++) {
        if (text[at] == '.' && number == &version.major) {
            number = &version.minor;
        } else if (text[at] >= '0' && text[at] <= '9') {
            *number = (CK_BYTE)(*number * 10 + (text[at] - '0'));
        } else {
            break;
        }
    }
    return version;
}

static void take_time(message *reply, CK_TOKEN_INFO *info) {
    date d = date_of((int64_t)message_read_u64(reply));
    char text[128];
    memset(info->utcTime, ' ', sizeof info->utcTime);
    if ((info->flags & CKF_CLOCK_ON_TOKEN) != 0) {
        snprintf(text, sizeof text, "%04ld%02ld%02ld%02ld%02ld%02ld00", d.year, d.month, d.day, d.second / 3600,
                d.second / 60 % 60, d.second % 60);
        memcpy(info->utcTime, text, sizeof info->utcTime);
    }
}

/* The field has room for half of the module's 16 bytes. */
static void take_serial(p11_module *module, CK_TOKEN_INFO *info) {
    static const char digits[] = "0123456789abcdef";
    uint8_t serial[16];
    channel_serial(module->channel, serial);
    for (size_t at = 0; at < 8; at++) {
        info->serialNumber[2 * at] = (CK_BYTE)digits[serial[at] >> 4];
        info->serialNumber[2 * at + 1] = (CK_BYTE)digits[serial[at] & 15];
    }
}

static void take_sessions(p11_module *module, CK_TOKEN_INFO *info) {
    module_lock();
    info->ulSessionCount = module->sessions.count;
    info->ulRwSessionCount = module->sessions.count - module->sessions.read_only_count;
    module_unlock();
    info->ulMaxSessionCount = info->ulMaxRwSessionCount = CK_EFFECTIVELY_INFINITE;
}

static void take_memory(CK_TOKEN_INFO *info) {
    info->ulTotalPublicMemory = info->ulFreePublicMemory = CK_UNAVAILABLE_INFORMATION;
    info->ulTotalPrivateMemory = info->ulFreePrivateMemory = CK_UNAVAILABLE_INFORMATION;
}

static void take_reply(message *reply, CK_TOKEN_INFO *info) {
    take_text(reply, info->label, sizeof info->label);
    take_text(reply, info->model, sizeof info->model);
    info->hardwareVersion = info->firmwareVersion = take_version(reply);
    info->flags = message_read_u32(reply);
    info->ulMaxPinLen = message_read_u32(reply);
    info->ulMinPinLen = message_read_u32(reply);
    take_time(reply, info);
}

static CK_RV describe(p11_module *module, CK_TOKEN_INFO *info) {
    p11_exchange exchange;
    exchange_begin_without_session(&exchange, module);
    CK_RV rv = exchange_run(&exchange, OPERATION_TOKEN_INFO, CHANNEL_REPEATABLE);
    if (rv == CKR_OK) {
        take_reply(&exchange.reply, info);
        text_fill(info->manufacturerID, sizeof info->manufacturerID, "Coffer", sizeof "Coffer" - 1);
        take_serial(module, info);
        take_sessions(module, info);
        take_memory(info);
    }
    return exchange_about_token(exchange_end(&exchange, rv));
}

CK_RV C_GetTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO *info) {
    CK_TOKEN_INFO filled = {0};
    p11_module *module;
    CK_RV rv = slot_enter(&module, slot);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = info == NULL ? CKR_ARGUMENTS_BAD : describe(module, &filled);
    if (rv == CKR_OK) {
        memcpy((void *)info, &filled, sizeof filled);
    }
    module_leave(module);
    return rv;
}

static CK_RV list_mechanisms(CK_MECHANISM_TYPE *mechanisms, CK_ULONG *count) {
    bool enough;
    CK_RV rv = buffer_check(mechanism_count, mechanisms, count, &enough);
    if (!enough) {
        return rv;
    }
    for (size_t at = 0; at < mechanism_count; at++) {
        ulong_store((char *)(void *)mechanisms + at * sizeof *mechanisms, mechanism_table[at].type);
    }
    ulong_store((void *)count, mechanism_count);
    return CKR_OK;
}

/* Known without the service, but a slot without a token has no mechanisms. */
static CK_RV require_token(p11_module *module) {
    return channel_reach(module->channel) == CHANNEL_OK ? CKR_OK : CKR_TOKEN_NOT_PRESENT;
}

CK_RV C_GetMechanismList(CK_SLOT_ID slot, CK_MECHANISM_TYPE *mechanisms, CK_ULONG *count) {
    p11_module *module;
    CK_RV rv = slot_enter(&module, slot);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = count == NULL ? CKR_ARGUMENTS_BAD : require_token(module);
    if (rv == CKR_OK) {
        rv = list_mechanisms(mechanisms, count);
    }
    module_leave(module);
    return rv;
}

static CK_RV describe_mechanism(CK_MECHANISM_TYPE type, CK_MECHANISM_INFO *info) {
    const mechanism_entry *entry = mechanism_find(type);
    if (entry == NULL) {
        return CKR_MECHANISM_INVALID;
    }
    memcpy((void *)info, &entry->info, sizeof entry->info);
    return CKR_OK;
}

CK_RV C_GetMechanismInfo(CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO *info) {
    p11_module *module;
    CK_RV rv = slot_enter(&module, slot);
    if (rv != CKR_OK) {
        return rv;
    }
    rv = info == NULL ? CKR_ARGUMENTS_BAD : require_token(module);
    if (rv == CKR_OK) {
        rv = describe_mechanism(type, info);
    }
    module_leave(module);
    return rv;
}

/* A module is made by the command line alone, where the first admin's activation belongs to it. */
CK_RV C_InitToken(CK_SLOT_ID slot, CK_BYTE *pin, CK_ULONG pin_size, CK_BYTE *label) {
    p11_module *module;
    CK_RV rv = slot_enter(&module, slot);
    if (rv != CKR_OK) {
        return rv;
    }
    module_leave(module);
    return !buffer_sound(pin, pin_size) || label == NULL ? CKR_ARGUMENTS_BAD : CKR_FUNCTION_NOT_SUPPORTED;
}
