/** How programs outside the process use the module: the local service, and the Java client of the same channel. */
@NullMarked
package org.cofferhsm.hsm.channel;

import org.jspecify.annotations.NullMarked;
