package org.cofferhsm.hsm.jce;

import java.security.SecureRandomSpi;

/** The module's random generator. It seeds itself: a seed from outside is not taken. */
final class CofferRandom extends SecureRandomSpi {

    private static final int MOST_AT_ONCE = 1 << 20;

    private final transient Connection connection;

    CofferRandom(Connection connection) {
        this.connection = connection;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
        for (int from = 0; from < bytes.length; from += MOST_AT_ONCE) {
            int count = Math.min(MOST_AT_ONCE, bytes.length - from);
            System.arraycopy(random(count), 0, bytes, from, count);
        }
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
        byte[] seed = new byte[count];
        engineNextBytes(seed);
        return seed;
    }

    private byte[] random(int count) {
        return Failures.unchecked(() -> connection.session().random(count));
    }
}
