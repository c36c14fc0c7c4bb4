/** How the verbs come by timestamps. */
@NullMarked
package org.cofferhsm.signtool.commandline.stamp;

import org.jspecify.annotations.NullMarked;
