/** What an adapter plugs into the runtime: commands and quickstart steps. */
@NullMarked
package org.cofferhsm.hsm.spi;

import org.jspecify.annotations.NullMarked;
