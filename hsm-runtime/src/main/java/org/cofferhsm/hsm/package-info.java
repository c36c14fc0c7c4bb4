/** The way in: {@link org.cofferhsm.hsm.Hsm} opens a module, unlocks it and logs users in. */
@NullMarked
package org.cofferhsm.hsm;

import org.jspecify.annotations.NullMarked;
