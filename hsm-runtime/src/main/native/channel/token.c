#include "token.h"

#include <errno.h>

#include "system.h"
#include "wipe.h"

enum { DIGITS = 4 * TOKEN_HALF };

/* -1 of what is no digit. */
static int value_of(char digit) {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static bool decode(const char *digits, uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        int high = value_of(digits[2 * i]);
        int low = value_of(digits[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        bytes[i] = (uint8_t) (high << 4 | low);
    }
    return true;
}

static bool line_end(const char *text, ptrdiff_t size) {
    return size == 0 || (size == 1 && text[0] == '\n') || (size == 2 && text[0] == '\r' && text[1] == '\n');
}

int token_read(const char *path, token *t) {
    char text[DIGITS + 2];
    int reason;
    ptrdiff_t size = system_read_secret(path, text, sizeof text, &reason);
    if (size >= 0) {
        bool whole = size >= DIGITS && line_end(text + DIGITS, size - DIGITS) && decode(text, t->ours, TOKEN_HALF)
                && decode(text + (size_t) 2 * TOKEN_HALF, t->theirs, TOKEN_HALF);
        reason = whole ? 0 : EILSEQ;
    }
    wipe(text, sizeof text);
    return reason;
}

bool token_proves(const token *t, const uint8_t *bytes, size_t size) {
    unsigned different = 0;
    for (size_t i = 0; size == TOKEN_HALF && i < TOKEN_HALF; i++) {
        different |= (unsigned) (bytes[i] ^ t->theirs[i]);
    }
    return size == TOKEN_HALF && different == 0;
}
