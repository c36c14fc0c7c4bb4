/**
 * Packages for Windows: APPX, MSIX and bundles of them, which are ZIP files (PKWARE APPNOTE.TXT) with a block map and
 * content types (ECMA-376 part 2, Open Packaging Conventions). The signature is the last file in the archive,
 * {@code AppxSignature.p7x}.
 */
@NullMarked
package org.cofferhsm.signtool.format.appx;

import org.jspecify.annotations.NullMarked;
