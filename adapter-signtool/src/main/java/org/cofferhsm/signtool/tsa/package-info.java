/** A timestamp authority whose key stays in the module: RFC 3161, and the legacy Authenticode protocol. */
@NullMarked
package org.cofferhsm.signtool.tsa;

import org.jspecify.annotations.NullMarked;
