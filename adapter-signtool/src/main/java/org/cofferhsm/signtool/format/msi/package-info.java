/**
 * Installer databases and patches, which are compound files ("Compound File Binary File Format", MS-CFB): a small file
 * system in a file. The signature is a stream in its root.
 */
@NullMarked
package org.cofferhsm.signtool.format.msi;

import org.jspecify.annotations.NullMarked;
