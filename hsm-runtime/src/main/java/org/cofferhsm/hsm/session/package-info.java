/** What a logged-in user may do; every use is decided, done and recorded here. */
@NullMarked
package org.cofferhsm.hsm.session;

import org.jspecify.annotations.NullMarked;
