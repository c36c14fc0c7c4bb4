/** The verb {@code sign}, with everything that prepares or finishes signatures elsewhere. */
@NullMarked
package org.cofferhsm.signtool.commandline.sign;

import org.jspecify.annotations.NullMarked;
