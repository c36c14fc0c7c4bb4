/** Security catalogs: a signed certificate trust list, so the file is nothing but its signature. */
@NullMarked
package org.cofferhsm.signtool.format.cat;

import org.jspecify.annotations.NullMarked;
