/** The quickstart's step for Oracle TDE. */
@NullMarked
package org.cofferhsm.tde.quickstart;

import org.jspecify.annotations.NullMarked;
