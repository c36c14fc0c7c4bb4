/** The form of a session that works in this process: every operation is decided, done and recorded here. */
@NullMarked
package org.cofferhsm.hsm.session.local;

import org.jspecify.annotations.NullMarked;
