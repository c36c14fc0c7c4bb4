/** Values: keys, their types, their PKCS#11 attributes, the mechanisms they are used with. */
@NullMarked
package org.cofferhsm.hsm.key;

import org.jspecify.annotations.NullMarked;
