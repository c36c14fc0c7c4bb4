/* Requests by which an object is made from a template. */
#ifndef COFFER_MAKING_H
#define COFFER_MAKING_H

#include "exchange.h"

typedef struct {
    const CK_ATTRIBUTE *attributes;
    CK_ULONG count;
} given_template;

/* Ends the request with the template, sends it, and brings the handle of what was made. */
CK_RV making_run(p11_call *call, p11_exchange *begun, uint32_t operation, given_template template, CK_OBJECT_HANDLE *made);

#endif
