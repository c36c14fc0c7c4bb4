/** Tests of the C libraries that outside programs load: how they are built, and the C tests of what is in them. */
@NullMarked
package org.cofferhsm.hsm.channel.library;

import org.jspecify.annotations.NullMarked;
