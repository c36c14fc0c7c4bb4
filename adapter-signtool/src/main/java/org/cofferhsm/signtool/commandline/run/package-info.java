/** The command {@code coffer signtool}. */
@NullMarked
package org.cofferhsm.signtool.commandline.run;

import org.jspecify.annotations.NullMarked;
