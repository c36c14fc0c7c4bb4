/* The configuration file: lines of `key = value`, comments after `#`. */
#ifndef COFFER_CONFIGURATION_H
#define COFFER_CONFIGURATION_H

#include <stdbool.h>

#include "system.h"

enum { CONFIGURATION_ENTRIES = 32, CONFIGURATION_SIZE = 16384 };

typedef struct {
    const char *key;
    const char *value;
} configuration_entry;

typedef struct {
    char source[SYSTEM_PATH]; /* the file; empty when there is none */
    int error;             /* an errno when the file could not be read */
    int wrong;             /* the first line that is none, or 0 */
    int count;
    configuration_entry entries[CONFIGURATION_ENTRIES];
    char text[CONFIGURATION_SIZE + 1];
} configuration;

/*
 * Reads the first file there is: the one that an environment variable names, for "coffer-pkcs11.conf" COFFER_PKCS11_CONF
 * (not in a setuid program); the one beside the library that contains the address; the one in /etc/coffer, which system.h says.
 */
void configuration_read(configuration *, const char *name, const void *inside);

/* Takes the text apart, which must be in its place already. */
void configuration_parse(configuration *);

const char *configuration_value(const configuration *, const char *key);

/* A number between the limits; what is given instead when the key is not there. False when it is no such number. */
bool configuration_number(const configuration *, const char *key, long least, long most, long *value);

#endif
