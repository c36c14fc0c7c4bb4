/** Oracle TDE's keystore: master keys in the module, and the tablespace keys that they wrap. */
@NullMarked
package org.cofferhsm.tde;

import org.jspecify.annotations.NullMarked;
