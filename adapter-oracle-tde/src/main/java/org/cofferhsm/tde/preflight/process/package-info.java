/** The child process of a preflight: it loads the library and calls it as Oracle Database is documented to. */
@NullMarked
package org.cofferhsm.tde.preflight.process;

import org.jspecify.annotations.NullMarked;
