/** The verb {@code verify}. */
@NullMarked
package org.cofferhsm.signtool.commandline.verify;

import org.jspecify.annotations.NullMarked;
