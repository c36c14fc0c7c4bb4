/** The way in for programs that do not care whether this process or a service owns the module. */
@NullMarked
package org.cofferhsm.hsm.access;

import org.jspecify.annotations.NullMarked;
