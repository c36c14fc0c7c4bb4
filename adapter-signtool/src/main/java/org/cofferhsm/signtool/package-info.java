/** Code signing by keys that never leave the module. */
@NullMarked
package org.cofferhsm.signtool;

import org.jspecify.annotations.NullMarked;
