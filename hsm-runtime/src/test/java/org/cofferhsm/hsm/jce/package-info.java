/** Tests of the JCE provider, on a real module. */
@NullMarked
package org.cofferhsm.hsm.jce;

import org.jspecify.annotations.NullMarked;
