/**
 * What Authenticode puts into a signature, whatever the file's format: Microsoft's "Windows Authenticode Portable
 * Executable Signature Format" on top of PKCS#7 (RFC 2315) and CMS (RFC 5652).
 *
 * <p>A signature is made in stages: {@link org.cofferhsm.signtool.authenticode.SignatureTemplate} (who signs, what it
 * says) prepares a {@link org.cofferhsm.signtool.authenticode.PreparedSignature}, which can be stored and carried
 * elsewhere; the signature value, wherever it was made, completes it to an
 * {@link org.cofferhsm.signtool.authenticode.AuthenticodeSignature}.
 */
@NullMarked
package org.cofferhsm.signtool.authenticode;

import org.jspecify.annotations.NullMarked;
