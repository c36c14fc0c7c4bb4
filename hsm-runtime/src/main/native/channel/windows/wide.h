/* Texts as Windows wants them: paths and names are UTF-8 in the channel, and UTF-16 in the system. */
#ifndef COFFER_WIDE_H
#define COFFER_WIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

enum { WIDE_PATH = 1024 };

/* False when the text is not UTF-8, or does not fit. */
bool wide_of(const char *text, wchar_t *wide, size_t size);

/* The same back; leaves an empty text when it is false. */
bool wide_to(const wchar_t *wide, char *text, size_t size);

/* The number of errno.h that says the same as GetLastError(); its own number when there is none. */
int wide_error(unsigned long error);

#endif
