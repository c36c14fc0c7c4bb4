/** Cryptoki (PKCS#11 v3.1) on the service side: what the native module's programs ask for over the channel. */
@NullMarked
package org.cofferhsm.hsm.pkcs11;

import org.jspecify.annotations.NullMarked;
