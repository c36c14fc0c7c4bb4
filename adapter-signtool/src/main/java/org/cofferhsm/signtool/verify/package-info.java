/**
 * What a file's signatures are worth, as values: {@link org.cofferhsm.signtool.verify.FileVerification} is what the
 * command line prints, and prints nothing that is not in it.
 */
@NullMarked
package org.cofferhsm.signtool.verify;

import org.jspecify.annotations.NullMarked;
