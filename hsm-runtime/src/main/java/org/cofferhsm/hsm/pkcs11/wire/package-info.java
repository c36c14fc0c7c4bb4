/** The messages of the service {@code pkcs11} as {@code docs/channel.md} draws them: one record each, with its reader. */
@NullMarked
package org.cofferhsm.hsm.pkcs11.wire;

import org.jspecify.annotations.NullMarked;
