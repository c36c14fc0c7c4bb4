/** Message authentication codes with a hash function, and the secrets for them. */
@NullMarked
package org.cofferhsm.hsm.crypto.mac;

import org.jspecify.annotations.NullMarked;
