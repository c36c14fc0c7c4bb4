/** RSA: key pairs, PKCS#1 v1.5, PSS, OAEP, the raw primitive and CKM_RSA_AES_KEY_WRAP (RFC 8017, PKCS#11 v3.1 §6.1). */
@NullMarked
package org.cofferhsm.hsm.crypto.rsa;

import org.jspecify.annotations.NullMarked;
