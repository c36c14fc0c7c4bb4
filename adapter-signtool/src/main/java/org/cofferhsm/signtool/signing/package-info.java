/** Signing files by keys in the module, and putting the results in place without risk for the originals. */
@NullMarked
package org.cofferhsm.signtool.signing;

import org.jspecify.annotations.NullMarked;
