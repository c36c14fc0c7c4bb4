/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The PKCS#11 token with the master keys: unwraps tablespace keys. For one thread at a time. */
#ifndef COFFER_TOKEN_H
#define COFFER_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TOKEN_LONGEST_KEY = 32, TOKEN_REASON = 256 };

/* Loads the module, opens its first token and logs in with the PIN in a file: user:password. False, and why. */
bool token_open(const char *module, const char *pin_file, char reason[TOKEN_REASON]);

/*
 * Unwraps what `coffer tde tablespace-key` wrote: the letters CTSK, the byte 1, the master key's identifier (17 bytes), the key's
 * length in bytes, a 12-byte IV, and AES-256-GCM of the key with all before the IV as associated data. False, and why.
 */
bool token_unwrap(const uint8_t *wrapped, size_t size, uint8_t key[TOKEN_LONGEST_KEY], size_t *length,
    char reason[TOKEN_REASON]);

/* Logs out and lets go of the module; may be called at any time. */
void token_close(void);

/* Wipes bytes, which no compiler may leave out. */
void token_wipe(void *bytes, size_t size);

#endif
