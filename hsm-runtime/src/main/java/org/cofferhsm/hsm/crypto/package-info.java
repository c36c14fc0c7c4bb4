/** The mechanisms, the choice of engine, and the self-tests; the only room that knows a JCA cipher or Bouncy Castle. */
@NullMarked
package org.cofferhsm.hsm.crypto;

import org.jspecify.annotations.NullMarked;
