package org.cofferhsm.signtool.timestamp;

import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;

/** Where a signature gets its timestamp: an authority, asked by one of two protocols. */
public sealed interface TimestampSource permits Rfc3161Source, AuthenticodeSource {

    /**
     * Asks for a timestamp and checks it.
     *
     * @return the signature with the timestamp as its only one; nested signatures are as they were
     * @throws TimestampException when none was had, or one that is not to be believed
     */
    AuthenticodeSignature stamp(AuthenticodeSignature signature) throws TimestampException;
}
