#include "attribute_syntax.h"

#include <stddef.h>

/* CKA_* of PKCS#11 v3.1 §4 (PARAMETER_SET v3.2) and the module's own from 0x80c0f001 on. */
static const struct {
    CK_ATTRIBUTE_TYPE type;
    attribute_syntax syntax;
} known[] = {
    {0x000, SYNTAX_NUMBER},       /* CLASS */
    {0x001, SYNTAX_BOOLEAN},      /* TOKEN */
    {0x002, SYNTAX_BOOLEAN},      /* PRIVATE */
    {0x080, SYNTAX_NUMBER},       /* CERTIFICATE_TYPE */
    {0x086, SYNTAX_BOOLEAN},      /* TRUSTED */
    {0x087, SYNTAX_NUMBER},       /* CERTIFICATE_CATEGORY */
    {0x088, SYNTAX_NUMBER},       /* JAVA_MIDP_SECURITY_DOMAIN */
    {0x08c, SYNTAX_NUMBER},       /* NAME_HASH_ALGORITHM */
    {0x100, SYNTAX_NUMBER},       /* KEY_TYPE */
    {0x103, SYNTAX_BOOLEAN},      /* SENSITIVE */
    {0x104, SYNTAX_BOOLEAN},      /* ENCRYPT */
    {0x105, SYNTAX_BOOLEAN},      /* DECRYPT */
    {0x106, SYNTAX_BOOLEAN},      /* WRAP */
    {0x107, SYNTAX_BOOLEAN},      /* UNWRAP */
    {0x108, SYNTAX_BOOLEAN},      /* SIGN */
    {0x109, SYNTAX_BOOLEAN},      /* SIGN_RECOVER */
    {0x10a, SYNTAX_BOOLEAN},      /* VERIFY */
    {0x10b, SYNTAX_BOOLEAN},      /* VERIFY_RECOVER */
    {0x10c, SYNTAX_BOOLEAN},      /* DERIVE */
    {0x110, SYNTAX_DATE},         /* START_DATE */
    {0x111, SYNTAX_DATE},         /* END_DATE */
    {0x121, SYNTAX_NUMBER},       /* MODULUS_BITS */
    {0x133, SYNTAX_NUMBER},       /* PRIME_BITS */
    {0x134, SYNTAX_NUMBER},       /* SUBPRIME_BITS */
    {0x160, SYNTAX_NUMBER},       /* VALUE_BITS */
    {0x161, SYNTAX_NUMBER},       /* VALUE_LEN */
    {0x162, SYNTAX_BOOLEAN},      /* EXTRACTABLE */
    {0x163, SYNTAX_BOOLEAN},      /* LOCAL */
    {0x164, SYNTAX_BOOLEAN},      /* NEVER_EXTRACTABLE */
    {0x165, SYNTAX_BOOLEAN},      /* ALWAYS_SENSITIVE */
    {0x166, SYNTAX_NUMBER},       /* KEY_GEN_MECHANISM */
    {0x170, SYNTAX_BOOLEAN},      /* MODIFIABLE */
    {0x171, SYNTAX_BOOLEAN},      /* COPYABLE */
    {0x172, SYNTAX_BOOLEAN},      /* DESTROYABLE */
    {0x201, SYNTAX_NUMBER},       /* AUTH_PIN_FLAGS */
    {0x202, SYNTAX_BOOLEAN},      /* ALWAYS_AUTHENTICATE */
    {0x210, SYNTAX_BOOLEAN},      /* WRAP_WITH_TRUSTED */
    {0x300, SYNTAX_NUMBER},       /* HW_FEATURE_TYPE */
    {0x500, SYNTAX_NUMBER},       /* MECHANISM_TYPE */
    {0x601, SYNTAX_NUMBER},       /* PROFILE_ID */
    {0x61d, SYNTAX_NUMBER},       /* PARAMETER_SET */
    {0x40000211, SYNTAX_TEMPLATE}, /* WRAP_TEMPLATE */
    {0x40000212, SYNTAX_TEMPLATE}, /* UNWRAP_TEMPLATE */
    {0x40000213, SYNTAX_TEMPLATE}, /* DERIVE_TEMPLATE */
    {0x40000600, SYNTAX_NUMBERS}, /* ALLOWED_MECHANISMS */
    {0x80c0f003, SYNTAX_NUMBER},  /* usage limit */
    {0x80c0f004, SYNTAX_NUMBER},  /* usage count */
    {0x80c0f005, SYNTAX_BOOLEAN}, /* caller's IV */
    {0x80c0f006, SYNTAX_NUMBER},  /* quorum for managing */
    {0x80c0f007, SYNTAX_NUMBER},  /* quorum for using */
};

attribute_syntax attribute_syntax_of(CK_ATTRIBUTE_TYPE type) {
    for (size_t at = 0; at < sizeof known / sizeof known[0]; at++) {
        if (known[at].type == type) {
            return known[at].syntax;
        }
    }
    return SYNTAX_BYTES;
}
