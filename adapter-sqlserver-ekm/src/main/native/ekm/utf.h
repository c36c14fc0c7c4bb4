/* SQL Server's UTF-16LE from and into the channel's UTF-8. What is no proper text in the one never becomes the other. */
#ifndef COFFER_EKM_UTF_H
#define COFFER_EKM_UTF_H

#include "abi.h"
#include "message.h"

/* Writes a bytes field; false when the text is longer than the limit (in bytes of UTF-16), or no text. */
bool utf_write(message *request, const ekm_text *text, size_t limit);

/* The size of the text in UTF-16; false when it is no text. */
bool utf_measure(const uint8_t *utf8, size_t size, size_t *bytes);

/* Copies a measured text that fits. */
void utf_copy(const uint8_t *utf8, size_t size, ekm_text *out);

#endif
