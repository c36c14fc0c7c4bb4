/** Files on disk: opened by the format that their content tells, and replaced without risk. */
@NullMarked
package org.cofferhsm.signtool.file;

import org.jspecify.annotations.NullMarked;
