/** Moving keys from another PKCS#11 token into the module: wrapped where they are secret, and proved to be the same. */
@NullMarked
package org.cofferhsm.hsm.migration;

import org.jspecify.annotations.NullMarked;
