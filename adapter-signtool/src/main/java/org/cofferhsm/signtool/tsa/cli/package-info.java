/** {@code coffer tsa}. */
@NullMarked
package org.cofferhsm.signtool.tsa.cli;

import org.jspecify.annotations.NullMarked;
