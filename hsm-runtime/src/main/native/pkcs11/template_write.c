#include <string.h>

#include "attribute_syntax.h"
#include "buffers.h"
#include "exchange.h"
#include "template.h"

#define COUNT_LIMIT 4096u
#define DEPTH_LIMIT 4u

static CK_ATTRIBUTE attribute_at(const CK_ATTRIBUTE *template, size_t at) {
    CK_ATTRIBUTE copy;
    memcpy(&copy, (const char *)(const void *)template + at * sizeof copy, sizeof copy);
    return copy;
}

static CK_RV check(p11_call *call, const CK_ATTRIBUTE *template, CK_ULONG count) {
    if (!buffer_sound(template, count)) {
        return call_bad(call, "a template is NULL but has a count");
    }
    return count > COUNT_LIMIT ? call_bad(call, "a template has thousands of attributes") : CKR_OK;
}

static bool fits(attribute_syntax syntax, size_t size) {
    switch (syntax) {
    case SYNTAX_NUMBER:
        return size == sizeof(CK_ULONG);
    case SYNTAX_NUMBERS:
        return size % sizeof(CK_ULONG) == 0;
    case SYNTAX_BOOLEAN:
        return size == sizeof(CK_BBOOL);
    case SYNTAX_DATE:
        return size == 0 || size == 8;
    case SYNTAX_TEMPLATE:
        return size % sizeof(CK_ATTRIBUTE) == 0;
    case SYNTAX_BYTES:
        break;
    }
    return true;
}

static void write_numbers(const CK_ATTRIBUTE *attribute, message *request) {
    size_t place = message_begin_bytes(request);
    for (size_t at = 0; at < attribute->ulValueLen; at += sizeof(CK_ULONG)) {
        message_u64(request, ulong_at((const char *)attribute->pValue + at));
    }
    message_end_bytes(request, place);
}

static CK_RV write_level(p11_call *call, const CK_ATTRIBUTE *template, CK_ULONG count, message *request, unsigned depth);

static CK_RV write_value(p11_call *call, const CK_ATTRIBUTE *attribute, message *request, unsigned depth) {
    attribute_syntax syntax = attribute_syntax_of(attribute->type);
    if (!fits(syntax, attribute->ulValueLen)) {
        return call_refuse(call, CKR_ATTRIBUTE_VALUE_INVALID, "an attribute's value has a wrong length");
    }
    if (syntax == SYNTAX_NUMBER || syntax == SYNTAX_NUMBERS) {
        write_numbers(attribute, request);
        return CKR_OK;
    }
    if (syntax != SYNTAX_TEMPLATE) {
        message_bytes(request, attribute->pValue, attribute->ulValueLen);
        return CKR_OK;
    }
    size_t place = message_begin_bytes(request);
    CK_RV rv = write_level(call, attribute->pValue, attribute->ulValueLen / sizeof *attribute, request, depth + 1);
    message_end_bytes(request, place);
    return rv;
}

static CK_RV write_attribute(p11_call *call, const CK_ATTRIBUTE *attribute, message *request, unsigned depth) {
    if (attribute->type > UINT32_MAX) {
        return CKR_ATTRIBUTE_TYPE_INVALID;
    }
    if (!buffer_sound(attribute->pValue, attribute->ulValueLen) || attribute->ulValueLen > PART_LIMIT) {
        return call_refuse(call, CKR_ATTRIBUTE_VALUE_INVALID, "an attribute's value is NULL or its length cannot be true");
    }
    message_u32(request, (uint32_t)attribute->type);
    return write_value(call, attribute, request, depth);
}

static CK_RV write_level(p11_call *call, const CK_ATTRIBUTE *template, CK_ULONG count, message *request, unsigned depth) {
    CK_RV rv = depth > DEPTH_LIMIT ? call_bad(call, "templates are nested too deeply") : check(call, template, count);
    if (rv == CKR_OK) {
        message_u32(request, (uint32_t)count);
    }
    for (size_t at = 0; at < count && rv == CKR_OK && !request->failed; at++) {
        CK_ATTRIBUTE attribute = attribute_at(template, at);
        rv = write_attribute(call, &attribute, request, depth);
    }
    return rv;
}

CK_RV template_write(p11_call *call, const CK_ATTRIBUTE *template, CK_ULONG count, message *request) {
    return write_level(call, template, count, request, 0);
}

/* A number that is too large to travel is asked for as the last vendor's, which nobody has. */
CK_RV template_write_types(p11_call *call, const CK_ATTRIBUTE *template, CK_ULONG count, message *request) {
    CK_RV rv = check(call, template, count);
    if (rv != CKR_OK) {
        return rv;
    }
    message_u32(request, (uint32_t)count);
    for (size_t at = 0; at < count; at++) {
        CK_ATTRIBUTE_TYPE type = attribute_at(template, at).type;
        message_u32(request, type > UINT32_MAX ? UINT32_MAX : (uint32_t)type);
    }
    return CKR_OK;
}
