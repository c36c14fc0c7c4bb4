/** What the tests of signing share: identities with their own roots, and files to sign. */
@NullMarked
package org.cofferhsm.signtool.testing;

import org.jspecify.annotations.NullMarked;
