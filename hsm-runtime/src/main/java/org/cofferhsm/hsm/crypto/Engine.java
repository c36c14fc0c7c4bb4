package org.cofferhsm.hsm.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The choice of engine: for each algorithm the fastest trustworthy JCA provider that has it.
 *
 * <p>RSA, EC and EdDSA come from Amazon Corretto Crypto Provider where its native library loads, else from the JDK; AES,
 * HMAC and SHA-2 from the JDK, whose intrinsics are as fast and need no native call; what both lack from Bouncy Castle.
 * Providers are asked directly and never registered, so that an embedding program's list stays as it is; each is loaded
 * when the first algorithm asks for it. Safe for use by several threads.
 */
public final class Engine {

    private final boolean nativeCode;
    private final Map<String, Provider> chosen = new ConcurrentHashMap<>();
    private final SecureRandom random = Randomness.ofTheOperatingSystem();

    private Engine(boolean nativeCode) {
        this.nativeCode = nativeCode;
    }

    /** With Amazon Corretto Crypto Provider where it runs. */
    public static Engine fastest() {
        return new Engine(true);
    }

    /** The JDK and Bouncy Castle only. */
    public static Engine withoutNativeCode() {
        return new Engine(false);
    }

    /** The source of all keys, IVs, nonces and salts. */
    public SecureRandom random() {
        return random;
    }

    /** {@code length} random bytes. */
    public byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The JCA provider that performs an algorithm, for people and benchmarks. */
    public String providerOf(String service, String algorithm) {
        return find(service, algorithm, factory(service))
                .orElseThrow(() -> missing(service, algorithm))
                .getName();
    }

    /** Whether any provider has the algorithm. */
    public boolean has(String service, String algorithm) {
        return find(service, algorithm, factory(service)).isPresent();
    }

    public Signature signature(String algorithm) {
        return make("Signature", algorithm, Signature::getInstance);
    }

    public Cipher cipher(String transformation) {
        return make("Cipher", transformation, Cipher::getInstance);
    }

    public Mac mac(String algorithm) {
        return make("Mac", algorithm, Mac::getInstance);
    }

    /**
     * For much data: in native code where that loads, since the JDK's own is slow in a JVM that runs without its
     * optimizing compiler, as short commands do.
     */
    public static MessageDigest bulkDigest(String algorithm) throws NoSuchAlgorithmException {
        Optional<Provider> found =
                Corretto.PROVIDER.filter(provider -> provider.getService("MessageDigest", algorithm) != null);
        return found.isPresent()
                ? MessageDigest.getInstance(algorithm, found.get())
                : MessageDigest.getInstance(algorithm);
    }

    public MessageDigest messageDigest(String algorithm) {
        return make("MessageDigest", algorithm, MessageDigest::getInstance);
    }

    public KeyFactory keyFactory(String algorithm) {
        return make("KeyFactory", algorithm, KeyFactory::getInstance);
    }

    public SecretKeyFactory secretKeyFactory(String algorithm) {
        return make("SecretKeyFactory", algorithm, SecretKeyFactory::getInstance);
    }

    public KeyPairGenerator keyPairGenerator(String algorithm) {
        return make("KeyPairGenerator", algorithm, KeyPairGenerator::getInstance);
    }

    public KeyAgreement keyAgreement(String algorithm) {
        return make("KeyAgreement", algorithm, KeyAgreement::getInstance);
    }

    private static Factory<?> factory(String service) {
        return switch (service) {
            case "Signature" -> Signature::getInstance;
            case "Cipher" -> Cipher::getInstance;
            case "Mac" -> Mac::getInstance;
            case "MessageDigest" -> MessageDigest::getInstance;
            case "KeyFactory" -> KeyFactory::getInstance;
            case "SecretKeyFactory" -> SecretKeyFactory::getInstance;
            case "KeyPairGenerator" -> KeyPairGenerator::getInstance;
            case "KeyAgreement" -> KeyAgreement::getInstance;
            default -> throw new IllegalArgumentException("the engine makes no " + service);
        };
    }

    private <T> T make(String service, String algorithm, Factory<T> factory) {
        Provider provider = find(service, algorithm, factory).orElseThrow(() -> missing(service, algorithm));
        try {
            return factory.make(algorithm, provider);
        } catch (GeneralSecurityException e) {
            throw missing(service, algorithm).causedBy(e);
        }
    }

    private Optional<Provider> find(String service, String algorithm, Factory<?> factory) {
        String name = service + "." + algorithm;
        Provider known = chosen.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Provider> found = candidates(service, algorithm)
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .filter(provider -> makes(provider, algorithm, factory))
                .findFirst();
        found.ifPresent(provider -> chosen.put(name, provider));
        return found;
    }

    /** Asked by making one: a cipher may be registered under its whole transformation or in parts. */
    private static boolean makes(Provider provider, String algorithm, Factory<?> factory) {
        try {
            factory.make(algorithm, provider);
            return true;
        } catch (GeneralSecurityException e) {
            return false; // this provider lacks it; the next is asked
        }
    }

    private Stream<Supplier<Optional<Provider>>> candidates(String service, String algorithm) {
        Stream<Supplier<Optional<Provider>>> first =
                nativeCode && isAsymmetric(service, algorithm) ? Stream.of(() -> Corretto.PROVIDER) : Stream.empty();
        Stream<Supplier<Optional<Provider>>> jdk = Stream.of("SUN", "SunRsaSign", "SunEC", "SunJCE")
                .map(name -> () -> Optional.ofNullable(Security.getProvider(name)));
        return Stream.of(first, jdk, Stream.<Supplier<Optional<Provider>>>of(() -> BouncyCastle.PROVIDER))
                .flatMap(Function.identity());
    }

    private static boolean isAsymmetric(String service, String algorithm) {
        return switch (service) {
            case "Signature", "KeyFactory", "KeyPairGenerator", "KeyAgreement" -> true;
            case "Cipher" -> algorithm.startsWith("RSA");
            default -> false;
        };
    }

    private static HsmException missing(String service, String algorithm) {
        return HsmException.internal("no engine offers the " + service + " " + algorithm
                + "; check that the JDK's own security providers are installed");
    }

    @FunctionalInterface
    private interface Factory<T> {
        T make(String algorithm, Provider provider) throws GeneralSecurityException;
    }

    /** Loaded on first use only: its native library is unpacked and tested then. */
    private static final class Corretto {
        static final Optional<Provider> PROVIDER = load();

        /** By name: the jar is one per platform, and there is none for some. */
        private static Optional<Provider> load() {
            try {
                Class<?> type = Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
                Provider provider = (Provider) type.getField("INSTANCE").get(null);
                return type.getMethod("getLoadingError").invoke(provider) == null
                        ? Optional.of(provider)
                        : Optional.empty();
            } catch (ReflectiveOperationException | LinkageError e) {
                return Optional.empty(); // the jar, or its native library for this platform, is not there
            }
        }
    }

    /** Loaded on first use only: the signed jar costs a third of a second. */
    private static final class BouncyCastle {
        static final Optional<Provider> PROVIDER = Optional.of(new BouncyCastleProvider());
    }
}
