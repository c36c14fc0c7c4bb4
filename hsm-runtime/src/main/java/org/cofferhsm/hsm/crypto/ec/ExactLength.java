package org.cofferhsm.hsm.crypto.ec;

import org.cofferhsm.hsm.crypto.VerifyStream;

/**
 * A verification of signatures that have one length only. The JDK takes ECDSA halves with zeros in front, and of an
 * Ed25519 signature looks at the first 64 bytes: then one signature would have many forms.
 */
record ExactLength(VerifyStream stream, int bytes) implements VerifyStream {

    @Override
    public void update(byte[] data, int offset, int length) {
        stream.update(data, offset, length);
    }

    @Override
    public boolean finish(byte[] signature) {
        return signature.length == bytes && stream.finish(signature);
    }
}
