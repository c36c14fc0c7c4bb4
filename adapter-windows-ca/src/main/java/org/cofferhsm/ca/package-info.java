/** A certification authority whose key never leaves the module. */
@NullMarked
package org.cofferhsm.ca;

import org.jspecify.annotations.NullMarked;
