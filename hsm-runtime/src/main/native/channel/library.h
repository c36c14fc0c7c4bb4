/* Where the loaded library lies. See system.h. */
#ifndef COFFER_LIBRARY_H
#define COFFER_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* The directory of the library that contains the address; false when it has none, for it is the program itself. */
bool library_directory(const void *inside, char *directory, size_t size);

#endif
