package org.cofferhsm.hsm.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.Passphrase;
import org.cofferhsm.hsm.Seal;

/** What opens the module: its key file, or a passphrase from a file, the environment or a prompt. */
public final class SealSource {

    public static final String KEY_FILE_VARIABLE = "COFFER_KEY_FILE";
    private static final String PASSPHRASE_VARIABLE = "COFFER_PASSPHRASE";
    private static final String PASSPHRASE_FILE_VARIABLE = "COFFER_PASSPHRASE_FILE";

    private final Invocation invocation;
    private final Path home;

    private SealSource(Invocation invocation, Path home) {
        this.invocation = invocation;
        this.home = home;
    }

    public static void declare(OptionSet options) {
        options.value("key-file", "FILE", "the key file that opens the module; else COFFER_KEY_FILE, else its own")
                .value(
                        "passphrase-file",
                        "FILE",
                        "a file with the passphrase; else COFFER_PASSPHRASE, else the file COFFER_PASSPHRASE_FILE,"
                                + " else a prompt");
    }

    /** Lends the seal of an existing module; a passphrase is wiped afterwards. */
    public static <T> T use(Invocation invocation, Path home, Function<Seal, T> work) {
        return lend(new SealSource(invocation, home).existing(), work);
    }

    /** Lends the seal for a new module: a passphrase if one is given or asked for, else a key file. */
    public static <T> T useNew(Invocation invocation, Path home, Function<Seal, T> work) {
        SealSource source = new SealSource(invocation, home);
        return lend(invocation.has("passphrase") ? source.newPassphrase() : source.fresh(), work);
    }

    private static <T> T lend(Seal seal, Function<Seal, T> work) {
        try {
            return work.apply(seal);
        } finally {
            if (seal instanceof Passphrase passphrase) {
                passphrase.close();
            }
        }
    }

    private Seal existing() {
        return givenKeyFile()
                .or(this::givenPassphrase)
                .or(() -> Files.exists(KeyFile.in(home).path()) ? Optional.empty() : askedPassphrase())
                .orElseGet(() -> KeyFile.in(home));
    }

    private Seal fresh() {
        return givenKeyFile().or(this::givenPassphrase).orElseGet(() -> KeyFile.in(home));
    }

    private Optional<Seal> givenKeyFile() {
        return invocation
                .findPath("key-file")
                .or(() -> invocation.has("passphrase-file")
                        ? Optional.empty()
                        : invocation.environment(KEY_FILE_VARIABLE).map(invocation::path))
                .map(KeyFile::at);
    }

    private Optional<Seal> givenPassphrase() {
        return SecretSource.file(invocation, "passphrase-file")
                .or(() -> SecretSource.environment(invocation, PASSPHRASE_VARIABLE))
                .or(() -> invocation
                        .environment(PASSPHRASE_FILE_VARIABLE)
                        .map(invocation::path)
                        .map(SecretSource::firstLine))
                .map(SealSource::passphrase);
    }

    /** Whoever made a module without a key file was asked for a passphrase then. */
    private Optional<Seal> askedPassphrase() {
        return invocation.terminal().askSecret("Passphrase of the module: ").map(SealSource::passphrase);
    }

    private Seal newPassphrase() {
        return givenPassphrase()
                .or(() -> SecretSource.askTwice(invocation, "passphrase of the module")
                        .map(SealSource::passphrase))
                .orElseThrow(() -> new UsageException("no passphrase: set " + PASSPHRASE_VARIABLE + " or "
                        + PASSPHRASE_FILE_VARIABLE + ", or give --passphrase-file, or run this in a terminal"));
    }

    private static Seal passphrase(char[] secret) {
        try {
            return Passphrase.of(secret);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }
}
