#include "making.h"

#include "template.h"

CK_RV making_run(p11_call *call, p11_exchange *begun, uint32_t operation, given_template template, CK_OBJECT_HANDLE *made) {
    CK_RV rv = template_write(call, template.attributes, template.count, &begun->request);
    if (rv == CKR_OK) {
        rv = exchange_run(begun, operation, 0);
    }
    if (rv == CKR_OK) {
        exchange_take_number(begun, made);
    }
    return rv;
}
