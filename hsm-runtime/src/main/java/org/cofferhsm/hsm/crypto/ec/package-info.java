/** Elliptic curves: key pairs, ECDSA, EdDSA and ECDH (FIPS 186-5, RFC 8032, RFC 7748, PKCS#11 v3.1 §6.3). */
@NullMarked
package org.cofferhsm.hsm.crypto.ec;

import org.jspecify.annotations.NullMarked;
