/** The AES mechanisms (FIPS 197), one class per mode. */
@NullMarked
package org.cofferhsm.hsm.crypto.aes;

import org.jspecify.annotations.NullMarked;
