/** The native provider as SQL Server would load it, on Linux and as a library for Windows. */
@NullMarked
package org.cofferhsm.ekm.driver;

import org.jspecify.annotations.NullMarked;
