/** The one exception of the runtime and the reasons it carries. */
@NullMarked
package org.cofferhsm.hsm.error;

import org.jspecify.annotations.NullMarked;
