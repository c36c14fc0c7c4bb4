/** Files that are there whole and on disk, or not at all. */
@NullMarked
package org.cofferhsm.hsm.file;

import org.jspecify.annotations.NullMarked;
