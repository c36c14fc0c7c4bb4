/** PE images: programs, libraries, drivers, EFI applications ("PE Format", Microsoft). */
@NullMarked
package org.cofferhsm.signtool.format.pe;

import org.jspecify.annotations.NullMarked;
