/** The verbs {@code timestamp} and {@code remove}. */
@NullMarked
package org.cofferhsm.signtool.commandline.edit;

import org.jspecify.annotations.NullMarked;
