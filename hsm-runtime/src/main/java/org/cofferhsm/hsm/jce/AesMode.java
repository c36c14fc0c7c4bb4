package org.cofferhsm.hsm.jce;

import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Octets;

/** A mode of AES without authentication, with its padding (SP 800-38A). */
enum AesMode {
    ECB(false, false),
    ECB_PAD(false, true),
    CBC(true, false),
    CBC_PAD(true, true),
    CTR(true, false);

    static final int BLOCK = 16;

    private final boolean takesIv;
    private final boolean pads;

    AesMode(boolean takesIv, boolean pads) {
        this.takesIv = takesIv;
        this.pads = pads;
    }

    boolean takesIv() {
        return takesIv;
    }

    /** Whether output comes in whole blocks only. */
    boolean isOfBlocks() {
        return this != CTR;
    }

    boolean pads() {
        return pads;
    }

    Algorithm algorithm(byte[] iv) {
        return switch (this) {
            case ECB, ECB_PAD -> Algorithm.AES_ECB;
            case CBC -> Algorithm.aesCbc(Octets.of(iv));
            case CBC_PAD -> Algorithm.aesCbcPad(Octets.of(iv));
            case CTR -> Algorithm.aesCtr(Octets.of(iv));
        };
    }
}
