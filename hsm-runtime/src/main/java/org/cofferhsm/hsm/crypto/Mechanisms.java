package org.cofferhsm.hsm.crypto;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.cofferhsm.hsm.crypto.aes.AesCbc;
import org.cofferhsm.hsm.crypto.aes.AesCbcPad;
import org.cofferhsm.hsm.crypto.aes.AesCmac;
import org.cofferhsm.hsm.crypto.aes.AesCtr;
import org.cofferhsm.hsm.crypto.aes.AesEcb;
import org.cofferhsm.hsm.crypto.aes.AesGcm;
import org.cofferhsm.hsm.crypto.aes.AesKeyGen;
import org.cofferhsm.hsm.crypto.aes.AesKeyWrap;
import org.cofferhsm.hsm.crypto.digest.Sha;
import org.cofferhsm.hsm.crypto.ec.EcKeyPairs;
import org.cofferhsm.hsm.crypto.ec.EcdhDerive;
import org.cofferhsm.hsm.crypto.ec.Ecdsa;
import org.cofferhsm.hsm.crypto.ec.EdDsa;
import org.cofferhsm.hsm.crypto.kdf.CounterKdf;
import org.cofferhsm.hsm.crypto.kdf.Hkdf;
import org.cofferhsm.hsm.crypto.mac.GenericSecretKeyGen;
import org.cofferhsm.hsm.crypto.mac.Hmac;
import org.cofferhsm.hsm.crypto.pqc.MlDsa;
import org.cofferhsm.hsm.crypto.pqc.MlKem;
import org.cofferhsm.hsm.crypto.pqc.PqcKeyPairs;
import org.cofferhsm.hsm.crypto.rsa.RsaAesKeyWrap;
import org.cofferhsm.hsm.crypto.rsa.RsaKeyPairs;
import org.cofferhsm.hsm.crypto.rsa.RsaOaep;
import org.cofferhsm.hsm.crypto.rsa.RsaPkcs1;
import org.cofferhsm.hsm.crypto.rsa.RsaPss;
import org.cofferhsm.hsm.crypto.rsa.RsaRaw;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.jspecify.annotations.Nullable;

/**
 * The one list of what the module can do.
 *
 * <p>A mechanism is handed out when it has the operation, the key fits it, and its self-test has passed; the test runs
 * before first use. When one fails, no mechanism is handed out any more (FIPS 140-3's error state). Safe for use by
 * several threads.
 */
public final class Mechanisms {

    private final @Nullable ListedMechanism[] listed = new ListedMechanism[MechanismType.values().length];
    private final Object testing = new Object();
    private volatile @Nullable HsmException failure;
    private volatile Consumer<HsmException> failureListener = failed -> {};

    /** Of these families alone. */
    Mechanisms(List<Mechanism> families) {
        families.forEach(family ->
                family.infos().forEach(info -> listed[info.type().ordinal()] = new ListedMechanism(family, info)));
    }

    /** Of all families. */
    public static Mechanisms standard(Engine engine) {
        AesCmac aesCmac = new AesCmac(engine);
        AesKeyWrap aesKeyWrap = new AesKeyWrap(engine);
        Hmac hmac = new Hmac(engine);
        return new Mechanisms(List.of(
                new AesKeyGen(engine),
                new AesEcb(engine),
                new AesCbc(engine),
                new AesCbcPad(engine),
                new AesCtr(engine),
                new AesGcm(engine),
                aesKeyWrap,
                aesCmac,
                new GenericSecretKeyGen(engine),
                hmac,
                new Sha(engine),
                new Hkdf(engine),
                new CounterKdf(hmac, aesCmac),
                new RsaKeyPairs(engine),
                new RsaPkcs1(engine),
                new RsaPss(engine),
                new RsaOaep(engine),
                new RsaRaw(engine),
                new RsaAesKeyWrap(engine, aesKeyWrap),
                new EcKeyPairs(engine),
                new Ecdsa(engine),
                new EdDsa(engine),
                new EcdhDerive(engine),
                new PqcKeyPairs(engine),
                new MlDsa(engine),
                new MlKem(engine)));
    }

    /** All mechanisms, in the order of {@link MechanismType}. */
    public List<MechanismInfo> infos() {
        return Arrays.stream(listed)
                .filter(Objects::nonNull)
                .map(ListedMechanism::info)
                .toList();
    }

    /** What a mechanism says of itself, when the module has it. */
    public Optional<MechanismInfo> info(MechanismType type) {
        return Optional.ofNullable(listed[type.ordinal()]).map(ListedMechanism::info);
    }

    /**
     * The mechanism for an operation without a key; complains by {@code mechanismInvalid} when it has none, and by
     * {@code selfTestFailed}.
     */
    public Mechanism ready(Algorithm algorithm, Operation operation) {
        return tested(offering(algorithm, operation));
    }

    /**
     * The mechanism for an operation with that key; complains as the other form does, and by
     * {@code keyTypeInconsistent} and {@code keySizeRange} when the key does not fit.
     */
    public Mechanism ready(Algorithm algorithm, Operation operation, EngineKey key) {
        ListedMechanism mechanism = offering(algorithm, operation);
        mechanism.requireFitting(operation, key);
        return tested(mechanism);
    }

    /** Calls {@code listener} once with the failure of a self-test, when there is one. */
    public void onFailure(Consumer<HsmException> listener) {
        synchronized (testing) {
            failureListener = listener;
            if (failure != null) {
                listener.accept(failure);
            }
        }
    }

    /** The self-test that failed, if one has. */
    public Optional<HsmException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Runs every self-test that has not run yet: what an admin asks for, and a check of a new machine. */
    public void testAll() {
        Arrays.stream(listed).filter(Objects::nonNull).forEach(this::tested);
    }

    /** Drops pooled engine objects, which remember the last key they were given. */
    public void forget() {
        Arrays.stream(listed)
                .filter(Objects::nonNull)
                .map(ListedMechanism::family)
                .distinct()
                .forEach(Mechanism::forget);
    }

    private ListedMechanism offering(Algorithm algorithm, Operation operation) {
        ListedMechanism mechanism = listed[algorithm.type().ordinal()];
        if (mechanism == null || !mechanism.has(operation)) {
            throw Mechanism.refused(algorithm, operation);
        }
        return mechanism;
    }

    private Mechanism tested(ListedMechanism mechanism) {
        Mechanism ready = mechanism.ready();
        return ready != null ? ready : test(mechanism);
    }

    private Mechanism test(ListedMechanism mechanism) {
        synchronized (testing) {
            requireNoFailure();
            try {
                return mechanism.test();
            } catch (RuntimeException e) { // whatever an engine throws at a known answer is a failed test
                throw latch(mechanism, e);
            }
        }
    }

    private void requireNoFailure() {
        HsmException earlier = failure;
        if (earlier != null) {
            throw HsmException.selfTestFailed("no mechanism works after a failed self-test: " + earlier.getMessage())
                    .causedBy(earlier);
        }
    }

    private HsmException latch(ListedMechanism mechanism, RuntimeException cause) {
        HsmException failed = Mechanism.selfTestFailed(mechanism.info()).causedBy(cause);
        failure = failed;
        Arrays.stream(listed).filter(Objects::nonNull).forEach(ListedMechanism::withdraw);
        failureListener.accept(failed);
        return failed;
    }
}
