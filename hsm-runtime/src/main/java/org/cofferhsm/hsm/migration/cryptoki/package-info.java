/**
 * Another token's Cryptoki module (PKCS#11 v2.40), loaded into this process: as much of it as moving keys takes. The
 * only room beside the seal that calls native code.
 */
@NullMarked
package org.cofferhsm.hsm.migration.cryptoki;

import org.jspecify.annotations.NullMarked;
