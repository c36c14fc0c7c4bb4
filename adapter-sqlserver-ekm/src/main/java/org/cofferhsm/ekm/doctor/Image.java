package org.cofferhsm.ekm.doctor;

import java.util.Set;

/**
 * What matters of a native library.
 *
 * @param format how its kind of file is called
 * @param x64 whether it is for 64-bit Intel and AMD machines
 * @param exports the names that it exports
 * @param signatureBytes the size of its embedded signature; 0 where there is none
 */
record Image(String format, boolean x64, Set<String> exports, long signatureBytes) {}
