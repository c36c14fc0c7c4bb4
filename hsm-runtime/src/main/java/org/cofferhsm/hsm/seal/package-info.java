/** The module master key, how it is sealed, and the locked memory it lives in. */
@NullMarked
package org.cofferhsm.hsm.seal;

import org.jspecify.annotations.NullMarked;
