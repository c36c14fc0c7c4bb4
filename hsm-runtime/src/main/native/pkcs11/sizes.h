/* How long results will be, as far as the key's facts and the mechanism tell. */
#ifndef COFFER_SIZES_H
#define COFFER_SIZES_H

#include "operation.h"

typedef enum {
    SIZE_EXACT,
    SIZE_AT_MOST,
    SIZE_UNKNOWN
} size_certainty;

/* Of the result of C_Encrypt, C_Decrypt, C_Sign, C_Digest … on that much input. */
size_certainty size_of_result(const p11_operation *operation, operation_kind kind, size_t input, size_t *size);

/* The most that C_EncryptUpdate or C_DecryptUpdate returns for that much more input. */
size_t size_of_part(const p11_operation *operation, size_t input);

#endif
