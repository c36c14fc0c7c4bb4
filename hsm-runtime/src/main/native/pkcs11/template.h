/* Templates, from the caller's memory into a message and back (docs/channel.md, "template"). */
#ifndef COFFER_TEMPLATE_H
#define COFFER_TEMPLATE_H

#include "call.h"
#include "message.h"

/* Writes a template with its values; CKR_ARGUMENTS_BAD, CKR_ATTRIBUTE_TYPE_INVALID, CKR_ATTRIBUTE_VALUE_INVALID. */
CK_RV template_write(p11_call *call, const CK_ATTRIBUTE *template, CK_ULONG count, message *request);

/* Writes the numbers of the attributes alone. */
CK_RV template_write_types(p11_call *call, const CK_ATTRIBUTE *template, CK_ULONG count, message *request);

/* Fills a template from the reply to GET_ATTRIBUTES (PKCS#11 v3.1 §5.7.5). */
CK_RV template_read(CK_ATTRIBUTE *template, CK_ULONG count, message *reply);

#endif
