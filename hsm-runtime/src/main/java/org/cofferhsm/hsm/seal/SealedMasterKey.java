package org.cofferhsm.hsm.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.cofferhsm.hsm.crypto.Aead;
import org.cofferhsm.hsm.crypto.Argon2Parameters;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.file.WholeFile;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.seal.SealCodec.Parsed;

/** The master key of the module in a directory, as its file {@code seal} keeps it: under AES-256-GCM. */
public final class SealedMasterKey {

    private static final String NAME = "seal";
    private static final String TEMPORARY = ".tmp";

    private final Path file;
    private final Engine engine;
    private final Function<Engine, Argon2Parameters> stretching;

    private SealedMasterKey(Path file, Engine engine, Function<Engine, Argon2Parameters> stretching) {
        this.file = file;
        this.engine = engine;
        this.stretching = stretching;
    }

    /** The sealed key of the module in this directory, which may not be there yet. */
    public static SealedMasterKey in(Path home, Engine engine) {
        return in(home, engine, Argon2Parameters::recommended);
    }

    static SealedMasterKey in(Path home, Engine engine, Function<Engine, Argon2Parameters> stretching) {
        return new SealedMasterKey(home.resolve(NAME), engine, stretching);
    }

    /** Whether there is one. */
    public boolean exists() {
        return Files.exists(file);
    }

    /** What the key is sealed under; complains by {@code moduleNotInitialized} when there is none. */
    public SealKind kind() {
        return reading(() -> parsed().header().kind());
    }

    /** The identity of the module, which the seal says in the clear; who opens it learns whether that is authentic. */
    public Octets module() {
        return reading(() -> parsed().header().module());
    }

    /**
     * Makes a new master key and seals it; a key file that is not there is made, one that is there is used as it is.
     * Complains by {@code moduleAlreadyInitialized} when the directory holds a sealed key.
     */
    public MasterKey create(SealSecret secret) {
        if (exists()) {
            throw HsmException.moduleAlreadyInitialized(
                    "there is a module in " + file.getParent() + " already; open it, or choose another directory");
        }
        byte[] key = engine.randomBytes(MasterKey.BYTES);
        try {
            return sealed(MasterKey.of(Octets.of(engine.randomBytes(SealCodec.MODULE_BYTES)), key), secret);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private MasterKey sealed(MasterKey master, SealSecret secret) {
        try {
            write(master, secret);
            return master;
        } catch (HsmException e) {
            master.close();
            throw e;
        }
    }

    /**
     * Opens the seal. Complains by {@code unlockRefused}, in the same words whether the secret is wrong or the seal was
     * altered, since nobody can tell these apart.
     */
    public MasterKey open(SealSecret secret) {
        return reading(() -> open(secret, parsed()));
    }

    /** Seals the same master key under another secret, and lets go of the old one. */
    public void reseal(SealSecret old, SealSecret other) {
        try (MasterKey master = open(old)) {
            write(master, other);
        }
    }

    private MasterKey open(SealSecret secret, Parsed seal) throws IOException {
        if (secret.kind() != seal.header().kind()) {
            throw HsmException.unlockRefused("the module in " + file.getParent() + " is sealed under "
                    + seal.header().kind() + ", not " + secret.kind());
        }
        try (SecretBytes key = SealKeys.of(secret, seal.header());
                Aead aead = new Aead(engine, key);
                SecretBytes master = aead.open(seal.context(), seal.sealed())) {
            return master.use(bytes -> MasterKey.of(seal.header().module(), bytes));
        } catch (HsmException e) {
            throw e.reason() == Reason.ENCRYPTED_DATA_INVALID ? refused().causedBy(e) : e;
        }
    }

    private void write(MasterKey master, SealSecret secret) {
        reading(() -> {
            SealKeys.requireFit(secret);
            SealKeys.provide(secret, engine);
            SealHeader header = header(master.module(), secret);
            byte[] context = SealCodec.context(header);
            try (SecretBytes key = SealKeys.of(secret, header);
                    Aead aead = new Aead(engine, key)) {
                WholeFile.ownersOnly(file)
                        .by(TEMPORARY)
                        .replace(SealCodec.file(context, sealed(master, aead, context)));
            }
            return secret.kind();
        });
    }

    private static byte[] sealed(MasterKey master, Aead aead, byte[] context) {
        return master.use(bytes -> {
            try (SecretBytes copy = SecretBytes.copyOf(bytes)) {
                return aead.seal(context, copy);
            }
        });
    }

    private SealHeader header(Octets module, SealSecret secret) {
        return new SealHeader(
                secret.kind(),
                module,
                secret.kind() == SealKind.PASSPHRASE ? Optional.of(stretching.apply(engine)) : Optional.empty());
    }

    private Parsed parsed() throws IOException {
        if (!exists()) {
            throw HsmException.moduleNotInitialized(
                    "there is no module in " + file.getParent() + "; make one with coffer init");
        }
        if (Files.size(file) > SealCodec.MAX_BYTES) {
            throw refused();
        }
        return SealCodec.parse(Files.readAllBytes(file)).orElseThrow(this::refused);
    }

    private HsmException refused() {
        return HsmException.unlockRefused("the module in " + file.getParent() + " cannot be unlocked: the key file or"
                + " passphrase is not the one it was sealed under, or its file \"seal\" was altered or comes from"
                + " another version; present the right one, or restore the file from a backup");
    }

    @FunctionalInterface
    private interface FileWork<T> {
        T run() throws IOException;
    }

    private <T> T reading(FileWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw HsmException.storeUnavailable(
                            "the seal of the module in " + file.getParent() + " cannot be read or written: " + e)
                    .causedBy(e);
        }
    }
}
