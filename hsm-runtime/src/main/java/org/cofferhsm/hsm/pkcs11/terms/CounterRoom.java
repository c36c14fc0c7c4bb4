package org.cofferhsm.hsm.pkcs11.terms;

import java.math.BigInteger;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Mechanism;
import org.cofferhsm.hsm.pkcs11.wire.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * How much AES-CTR may take before its counter, of 1 to 128 bits at the end of the block, comes round (PKCS#11 v3.1
 * §6.12.3). The module counts with all 128 bits, which is the same up to there.
 */
public final class CounterRoom {

    private static final int BLOCK_BYTES = 16;

    /** Null where there is no end: for mechanisms that do not count. */
    private @Nullable BigInteger left;

    private CounterRoom(@Nullable BigInteger left) {
        this.left = left;
    }

    public static CounterRoom of(Mechanism mechanism) {
        return mechanism.parameter() instanceof Parameter.Ctr ctr && ctr.counterBits() < 128
                ? new CounterRoom(bytes(ctr))
                : new CounterRoom(null);
    }

    private static BigInteger bytes(Parameter.Ctr ctr) {
        BigInteger turns = BigInteger.ONE.shiftLeft(Math.max(ctr.counterBits(), 0));
        BigInteger counter = new BigInteger(1, ctr.block()).mod(turns);
        return turns.subtract(counter).multiply(BigInteger.valueOf(BLOCK_BYTES));
    }

    /** Takes so many bytes; complains by DATA_LEN_RANGE where the counter would come round. */
    public void take(int bytes) {
        if (left == null) {
            return;
        }
        left = left.subtract(BigInteger.valueOf(bytes));
        if (left.signum() < 0) {
            throw Ckr.DATA_LEN_RANGE.because("the data is longer than the counter's bits can count the blocks of");
        }
    }
}
