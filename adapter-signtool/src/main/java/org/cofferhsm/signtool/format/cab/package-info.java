/** Cabinets (MS-CAB): a reserve in the header points to the signature behind the cabinet. */
@NullMarked
package org.cofferhsm.signtool.format.cab;

import org.jspecify.annotations.NullMarked;
