/** Puts the PKCS#11 module where Oracle Database looks for it, and says whether Oracle could load it from there. */
@NullMarked
package org.cofferhsm.tde.install;

import org.jspecify.annotations.NullMarked;
