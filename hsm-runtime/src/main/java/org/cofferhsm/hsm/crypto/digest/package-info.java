/** Hash functions. */
@NullMarked
package org.cofferhsm.hsm.crypto.digest;

import org.jspecify.annotations.NullMarked;
