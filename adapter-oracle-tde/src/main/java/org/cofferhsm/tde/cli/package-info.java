/** {@code coffer tde}: the keystore on the command line. */
@NullMarked
package org.cofferhsm.tde.cli;

import org.jspecify.annotations.NullMarked;
