#include "buffers.h"

#include <string.h>

CK_ULONG ulong_at(const void *place) {
    CK_ULONG value;
    memcpy(&value, place, sizeof value);
    return value;
}

void ulong_store(void *place, CK_ULONG value) {
    memcpy(place, &value, sizeof value);
}

bool buffer_sound(const void *bytes, CK_ULONG size) {
    return size == 0 || (bytes != NULL && size <= PTRDIFF_MAX);
}

CK_RV buffer_check(size_t size, const void *out, CK_ULONG *out_size, bool *enough) {
    CK_ULONG room = ulong_at((const void *)out_size);
    *enough = out != NULL && room >= size;
    if (*enough) {
        return CKR_OK;
    }
    ulong_store((void *)out_size, size);
    return out == NULL ? CKR_OK : CKR_BUFFER_TOO_SMALL;
}

CK_RV buffer_fill(const void *bytes, size_t size, void *out, CK_ULONG *out_size, bool *fetched) {
    CK_RV rv = buffer_check(size, out, out_size, fetched);
    if (!*fetched) {
        return rv;
    }
    if (size > 0) {
        memcpy(out, bytes, size);
    }
    ulong_store((void *)out_size, size);
    return CKR_OK;
}

void text_fill(CK_UTF8CHAR *field, size_t width, const void *text, size_t size) {
    const unsigned char *bytes = text;
    size_t used = size < width ? size : width;
    if (used < size) {
        while (used > 0 && (bytes[used] & 0xc0) == 0x80) {
            used--;
        }
    }
    memset(field, ' ', width);
    if (used > 0) {
        memcpy(field, bytes, used);
    }
}
