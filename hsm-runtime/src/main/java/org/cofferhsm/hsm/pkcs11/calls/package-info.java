/** What Cryptoki's functions do, one class per section of the standard. */
@NullMarked
package org.cofferhsm.hsm.pkcs11.calls;

import org.jspecify.annotations.NullMarked;
