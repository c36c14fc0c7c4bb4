/**
 * Checks an installed PKCS#11 module as Oracle Database would use it, from processes of their own, and says for each
 * step what a DBA would see if it failed.
 */
@NullMarked
package org.cofferhsm.tde.preflight;

import org.jspecify.annotations.NullMarked;
