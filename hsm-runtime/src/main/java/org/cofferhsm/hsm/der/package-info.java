/** As much of DER (X.690) as the module's outer rooms need without an ASN.1 library. */
@NullMarked
package org.cofferhsm.hsm.der;

import org.jspecify.annotations.NullMarked;
