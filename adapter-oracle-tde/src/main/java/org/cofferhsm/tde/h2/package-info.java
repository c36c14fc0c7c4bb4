/** TDE for embedded H2: a file system that encrypts every page, and the tools around it. */
@NullMarked
package org.cofferhsm.tde.h2;

import org.jspecify.annotations.NullMarked;
