/**
 * The PKCS#11 module in the hands of programs that nobody here wrote. With {@code -Dinterop.module=softhsm} the same
 * scenarios run on SoftHSM, which tells a scenario that is wrong from a module that is.
 */
package org.cofferhsm.hsm.interop;
