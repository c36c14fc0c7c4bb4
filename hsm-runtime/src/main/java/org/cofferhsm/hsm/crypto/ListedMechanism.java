package org.cofferhsm.hsm.crypto;

import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.jspecify.annotations.Nullable;

/** One line of {@link Mechanisms}: a mechanism, the family that performs it, and whether its self-test has passed. */
final class ListedMechanism {

    private final Mechanism family;
    private final MechanismInfo info;
    /** The info's sets as bits, for the check before every use. */
    private final int operations;

    private final int keyTypes;
    private volatile @Nullable Mechanism ready;

    ListedMechanism(Mechanism family, MechanismInfo info) {
        this.family = family;
        this.info = info;
        this.operations = bits(info.operations());
        this.keyTypes = bits(info.keyTypes());
    }

    MechanismInfo info() {
        return info;
    }

    Mechanism family() {
        return family;
    }

    /** The family once its self-test has passed. */
    @Nullable
    Mechanism ready() {
        return ready;
    }

    Mechanism test() {
        family.selfTest(info);
        ready = family;
        return family;
    }

    void withdraw() {
        ready = null;
    }

    boolean has(Operation operation) {
        return (operations & bit(operation)) != 0;
    }

    void requireFitting(Operation operation, EngineKey key) {
        if ((keyTypes & bit(key.type())) == 0) {
            throw HsmException.keyTypeInconsistent(
                    "the mechanism " + info.type() + " takes keys of type " + info.keyTypes() + ", not " + key.type());
        }
        if (key.objectClass() != classFor(operation, key.type())) {
            throw HsmException.keyTypeInconsistent("with " + info.type() + " this operation takes a "
                    + classFor(operation, key.type()) + ", not a " + key.objectClass());
        }
        if (key.bits() < info.minBits() || key.bits() > info.maxBits()) {
            throw HsmException.keySizeRange("the mechanism " + info.type() + " takes keys of " + info.minBits() + " to "
                    + info.maxBits() + " bits, not " + key.bits());
        }
    }

    private static ObjectClass classFor(Operation operation, KeyType type) {
        if (type.isSymmetric()) {
            return ObjectClass.SECRET_KEY;
        }
        return switch (operation) {
            case ENCRYPT, VERIFY, WRAP, ENCAPSULATE -> ObjectClass.PUBLIC_KEY;
            case DECRYPT, SIGN, UNWRAP, DECAPSULATE, DERIVE, GENERATE, GENERATE_PAIR, DIGEST -> ObjectClass.PRIVATE_KEY;
        };
    }

    private static int bits(Set<? extends Enum<?>> constants) {
        return constants.stream().mapToInt(ListedMechanism::bit).reduce(0, (a, b) -> a | b);
    }

    private static int bit(Enum<?> constant) {
        return 1 << constant.ordinal();
    }
}
