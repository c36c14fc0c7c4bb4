/*
 * The secret file, where the system does not tell who is at the other end (docs/channel.md, "The secret file"): who can read it may
 * connect, and who knows its other half is the service.
 */
#ifndef COFFER_TOKEN_H
#define COFFER_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TOKEN_HALF = 32 };

typedef struct {
    uint8_t ours[TOKEN_HALF];   /* what we show */
    uint8_t theirs[TOKEN_HALF]; /* what we are to be shown */
} token;

/* Reads it: 128 hexadecimal digits. An errno, or 0; EILSEQ when it is none, ECANCELED when it is open to others. The caller wipes the token. */
int token_read(const char *path, token *);

/* Whether these bytes are what we are to be shown; takes as long whatever they are. */
bool token_proves(const token *, const uint8_t *bytes, size_t size);

#endif
