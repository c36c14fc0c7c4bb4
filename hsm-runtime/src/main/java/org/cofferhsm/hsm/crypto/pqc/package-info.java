/** Lattices: ML-DSA signatures and ML-KEM encapsulation (FIPS 204, FIPS 203, PKCS#11 v3.2 §6.67, §6.68). */
@NullMarked
package org.cofferhsm.hsm.crypto.pqc;

import org.jspecify.annotations.NullMarked;
