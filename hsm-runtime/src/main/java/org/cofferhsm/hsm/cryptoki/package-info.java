/**
 * A Cryptoki module (PKCS#11 v2.40) as a program sees it that loads one: another token's whose keys are moved here, or
 * our own while somebody checks it. The only room beside the seal that calls native code.
 */
@NullMarked
package org.cofferhsm.hsm.cryptoki;

import org.jspecify.annotations.NullMarked;
