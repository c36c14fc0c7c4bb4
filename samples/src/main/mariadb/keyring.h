/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The tablespace keys of a directory, unwrapped: KEY-ID.VERSION.key holds one version of one key. Any thread may ask; a file
 * that is new is noticed at the next question after a second, and one that cannot be unwrapped is tried again each second.
 */
#ifndef COFFER_KEYRING_H
#define COFFER_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Takes the complaints: one line each. */
typedef void keyring_complaint(const char *line);

/* Unwraps every key of the directory; false when one cannot be unwrapped, or there is none. */
bool keyring_open(const char *directory, keyring_complaint *complain);

/* The newest version of a key; 0 when there is none. */
unsigned keyring_latest(unsigned id);

/* Copies a key of at most *length bytes, and sets its length; 1: no such key, 2: too little room. */
int keyring_get(unsigned id, unsigned version, uint8_t *key, unsigned *length);

/* Wipes them all. */
void keyring_close(void);

#endif
