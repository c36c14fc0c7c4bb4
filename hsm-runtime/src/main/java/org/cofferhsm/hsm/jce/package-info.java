/** The JCE provider {@code Coffer}: keys of the module behind the standard Java interfaces. */
@NullMarked
package org.cofferhsm.hsm.jce;

import org.jspecify.annotations.NullMarked;
