/** Asking timestamp authorities, and believing only what was checked: RFC 3161 and the legacy Authenticode protocol. */
@NullMarked
package org.cofferhsm.signtool.timestamp;

import org.jspecify.annotations.NullMarked;
