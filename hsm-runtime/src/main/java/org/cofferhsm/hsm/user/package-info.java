/** Values: the users of a module and their roles. */
@NullMarked
package org.cofferhsm.hsm.user;

import org.jspecify.annotations.NullMarked;
