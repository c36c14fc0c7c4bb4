/** Key derivation functions. */
@NullMarked
package org.cofferhsm.hsm.crypto.kdf;

import org.jspecify.annotations.NullMarked;
