/* How the value of an attribute lies in the caller's memory. */
#ifndef COFFER_ATTRIBUTE_SYNTAX_H
#define COFFER_ATTRIBUTE_SYNTAX_H

#include "cryptoki.h"

typedef enum {
    SYNTAX_BYTES,
    SYNTAX_NUMBER,   /* CK_ULONG */
    SYNTAX_NUMBERS,  /* CK_ULONG, any number of them */
    SYNTAX_BOOLEAN,  /* CK_BBOOL */
    SYNTAX_DATE,     /* CK_DATE or nothing */
    SYNTAX_TEMPLATE  /* CK_ATTRIBUTE, any number of them */
} attribute_syntax;

attribute_syntax attribute_syntax_of(CK_ATTRIBUTE_TYPE type);

#endif
