/** A session in a process that does not own the module: its calls travel over the channel to the service that does. */
@NullMarked
package org.cofferhsm.hsm.session.remote;

import org.jspecify.annotations.NullMarked;
