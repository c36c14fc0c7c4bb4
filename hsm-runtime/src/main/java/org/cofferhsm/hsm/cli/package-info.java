/** The command {@code coffer}: one class per command. */
@NullMarked
package org.cofferhsm.hsm.cli;

import org.jspecify.annotations.NullMarked;
