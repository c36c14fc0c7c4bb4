/*
 * The caller's memory. Numbers and handles are written byte by byte, since some programs pass misaligned pointers.
 */
#ifndef COFFER_BUFFERS_H
#define COFFER_BUFFERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cryptoki.h"

CK_ULONG ulong_at(const void *place);

void ulong_store(void *place, CK_ULONG value);

/* Whether a pointer and a length fit together: nothing may be at NULL, and no object has half of all addresses. */
bool buffer_sound(const void *bytes, CK_ULONG size);

/*
 * A result into the caller's buffer (PKCS#11 v3.1 §5.2): the size alone when there is no buffer, CKR_BUFFER_TOO_SMALL
 * and the size when it is too small. fetched tells that the bytes went over.
 */
CK_RV buffer_fill(const void *bytes, size_t size, void *out, CK_ULONG *out_size, bool *fetched);

/* The same for a result of which only the size is known: CKR_OK and enough when the buffer will do. */
CK_RV buffer_check(size_t size, const void *out, CK_ULONG *out_size, bool *enough);

/* Text into a field of fixed width, padded with blanks, cut at a character's beginning. */
void text_fill(CK_UTF8CHAR *field, size_t width, const void *text, size_t size);

#endif
