package org.cofferhsm.hsm.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cofferhsm.hsm.crypto.Argon2Parameters;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedMasterKeyTest {

    private static final Engine ENGINE = Engine.withoutNativeCode();
    private static final String BOTH =
            "the key file or passphrase is not the one it was sealed under, or its file \"seal\" was altered";

    @TempDir
    private Path home;

    private KeyFileSecret keyFile;
    private SealedMasterKey sealed;

    @BeforeEach
    void setUp() {
        keyFile = new KeyFileSecret(home.resolve("module.key"));
        sealed = SealedMasterKey.in(home, ENGINE, SealedMasterKeyTest::quick);
    }

    /** The least that Argon2id takes, so that a hundred wrong passphrases are tried in no time. */
    private static Argon2Parameters quick(Engine engine) {
        return new Argon2Parameters(8, 1, 1, Octets.of(engine.randomBytes(16)));
    }

    private static PassphraseSecret passphrase(String text) {
        return PassphraseSecret.of(text.toCharArray());
    }

    private Path seal() {
        return home.resolve("seal");
    }

    private byte[] create(SealSecret secret) {
        try (MasterKey key = sealed.create(secret)) {
            return key.use(byte[]::clone);
        }
    }

    private byte[] open(SealSecret secret) {
        try (MasterKey key = sealed.open(secret)) {
            return key.use(byte[]::clone);
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Reason reason, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void opensUnderItsKeyFile() {
        byte[] key = create(keyFile);
        assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(open(keyFile)).isEqualTo(key);
        assertThat(sealed.kind()).isEqualTo(SealKind.KEY_FILE);
    }

    @Test
    void opensUnderItsPassphrase() {
        byte[] key = create(passphrase("größer als 8"));
        assertThat(open(passphrase("größer als 8"))).isEqualTo(key);
        assertThat(sealed.kind()).isEqualTo(SealKind.PASSPHRASE);
        assertRefused(Reason.UNLOCK_REFUSED, () -> open(passphrase("groesser als 8")))
                .hasMessageContaining(BOTH);
    }

    @Test
    void stretchesAPassphraseAsRecommendedByRfc9106() throws IOException {
        SealedMasterKey usual = SealedMasterKey.in(home, ENGINE);
        try (MasterKey key = usual.create(passphrase("correct horse"))) {
            Argon2Parameters used = SealCodec.parse(Files.readAllBytes(seal()))
                    .orElseThrow()
                    .header()
                    .stretching()
                    .orElseThrow();
            assertThat(used.memoryKib()).isEqualTo(64 << 10);
            assertThat(used.salt().length()).isEqualTo(16);
            try (MasterKey again = usual.open(passphrase("correct horse"))) {
                assertThat(again.<byte[]>use(byte[]::clone)).isEqualTo(key.<byte[]>use(byte[]::clone));
                assertThat(again.module()).isEqualTo(key.module());
            }
        }
    }

    @Test
    void keepsTheModulesIdentity() {
        try (MasterKey created = sealed.create(keyFile);
                MasterKey opened = sealed.open(keyFile)) {
            assertThat(created.module().length()).isEqualTo(16);
            assertThat(opened.module()).isEqualTo(created.module());
        }
    }

    @Test
    void makesFilesThatOnlyTheirOwnerReads() throws IOException {
        create(keyFile);
        for (Path file : new Path[] {seal(), keyFile.path()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readAllBytes(keyFile.path())).hasSize(32);
    }

    @Test
    void usesAKeyFileThatIsThereAndNeverOverwritesIt() throws IOException {
        create(keyFile);
        byte[] first = Files.readAllBytes(keyFile.path());
        Files.delete(seal());
        byte[] key = create(keyFile);
        assertThat(Files.readAllBytes(keyFile.path())).isEqualTo(first);
        assertThat(open(keyFile)).isEqualTo(key);
    }

    @Test
    void refusesASecondModuleInTheSamePlace() throws IOException {
        create(keyFile);
        byte[] before = Files.readAllBytes(seal());
        assertRefused(Reason.MODULE_ALREADY_INITIALIZED, () -> create(keyFile));
        assertThat(Files.readAllBytes(seal())).isEqualTo(before);
    }

    @Test
    void refusesWhereThereIsNoModule() {
        assertThat(sealed.exists()).isFalse();
        assertRefused(Reason.MODULE_NOT_INITIALIZED, () -> open(keyFile));
        assertRefused(Reason.MODULE_NOT_INITIALIZED, () -> sealed.kind());
    }

    @Test
    void refusesAKeyFileThatOthersMayRead() throws IOException {
        create(keyFile);
        for (String permissions : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rw-------"}) {
            Files.setPosixFilePermissions(keyFile.path(), PosixFilePermissions.fromString(permissions));
            if (permissions.equals("rw-------")) {
                open(keyFile);
            } else {
                assertRefused(Reason.UNLOCK_REFUSED, () -> open(keyFile))
                        .hasMessageContaining(permissions)
                        .hasMessageContaining("chmod 600 " + keyFile.path());
            }
        }
    }

    @Test
    void refusesAKeyFileThatIsMissingOrHasAnotherLength() throws IOException {
        create(keyFile);
        byte[] key = Files.readAllBytes(keyFile.path());
        Files.write(keyFile.path(), Arrays.copyOf(key, 31));
        assertRefused(Reason.UNLOCK_REFUSED, () -> open(keyFile)).hasMessageContaining("31 bytes instead of 32");
        Files.delete(keyFile.path());
        assertRefused(Reason.UNLOCK_REFUSED, () -> open(keyFile)).hasMessageContaining("there is no key file");
    }

    @Test
    void refusesAnotherKeyFileWithoutTellingSecrets() throws IOException {
        create(keyFile);
        byte[] other = Files.readAllBytes(keyFile.path());
        other[31] ^= 1;
        Files.write(keyFile.path(), other);
        assertRefused(Reason.UNLOCK_REFUSED, () -> open(keyFile))
                .hasMessageContaining(BOTH)
                .hasMessageNotContaining(Octets.of(other).toHex());
    }

    @Test
    void refusesTheOtherKindOfSecret() {
        create(keyFile);
        assertRefused(Reason.UNLOCK_REFUSED, () -> open(passphrase("x")))
                .hasMessageContaining("sealed under a key file, not a passphrase");
    }

    @Test
    void refusesASealWithAnyByteAltered() throws IOException {
        byte[] key = create(keyFile);
        byte[] pristine = Files.readAllBytes(seal());
        for (int i = 0; i < pristine.length; i++) {
            byte[] altered = pristine.clone();
            altered[i] ^= 1;
            Files.write(seal(), altered);
            assertRefused(Reason.UNLOCK_REFUSED, () -> open(keyFile));
        }
        Files.write(seal(), pristine);
        assertThat(open(keyFile)).isEqualTo(key);
    }

    @Test
    void refusesAPassphraseSealWithAnyByteAltered() throws IOException {
        create(passphrase("a passphrase"));
        byte[] pristine = Files.readAllBytes(seal());
        for (int i = 0; i < pristine.length; i++) {
            byte[] altered = pristine.clone();
            altered[i] ^= 1;
            Files.write(seal(), altered);
            assertRefused(Reason.UNLOCK_REFUSED, () -> open(passphrase("a passphrase")));
        }
    }

    @Test
    void refusesAnythingThatIsNotASeal() throws IOException {
        create(passphrase("a passphrase"));
        byte[] pristine = Files.readAllBytes(seal());
        for (int length = 0; length < pristine.length; length++) {
            Files.write(seal(), Arrays.copyOf(pristine, length));
            assertRefused(Reason.UNLOCK_REFUSED, () -> open(passphrase("a passphrase")));
        }
        Files.write(seal(), Arrays.copyOf(pristine, pristine.length + 1));
        assertRefused(Reason.UNLOCK_REFUSED, () -> open(passphrase("a passphrase")));
        Files.write(seal(), new byte[1 << 20]);
        assertRefused(Reason.UNLOCK_REFUSED, () -> sealed.kind());
    }

    @Test
    void parsesOrRefusesAnyBytes() throws IOException {
        create(passphrase("a passphrase"));
        byte[] pristine = Files.readAllBytes(seal());
        Random random = new Random(20260103);
        int parsed = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(pristine, random.nextInt(2 * pristine.length));
            for (int flips = random.nextInt(6); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            parsed += SealCodec.parse(bytes).isPresent() ? 1 : 0;
        }
        assertThat(parsed).isBetween(1, 19_000);
    }

    @Test
    void changesTheSecretOfTheSameKey() throws IOException {
        byte[] key = create(passphrase("old"));
        Octets module = SealCodec.parse(Files.readAllBytes(seal()))
                .orElseThrow()
                .header()
                .module();
        sealed.reseal(passphrase("old"), passphrase("new"));
        assertThat(open(passphrase("new"))).isEqualTo(key);
        assertRefused(Reason.UNLOCK_REFUSED, () -> open(passphrase("old")));
        sealed.reseal(passphrase("new"), keyFile);
        assertThat(open(keyFile)).isEqualTo(key);
        assertThat(SealCodec.parse(Files.readAllBytes(seal()))
                        .orElseThrow()
                        .header()
                        .module())
                .isEqualTo(module);
    }

    @Test
    void refusesAnEmptyPassphraseForANewSeal() throws IOException {
        assertRefused(Reason.ARGUMENT_INVALID, () -> create(passphrase("")));
        assertThat(sealed.exists()).isFalse();

        create(passphrase("old"));
        byte[] before = Files.readAllBytes(seal());
        assertRefused(Reason.ARGUMENT_INVALID, () -> sealed.reseal(passphrase("old"), passphrase("")));
        assertThat(Files.readAllBytes(seal())).isEqualTo(before);
    }

    @Test
    void changesNothingWhenTheOldSecretIsWrong() throws IOException {
        create(passphrase("old"));
        byte[] before = Files.readAllBytes(seal());
        assertRefused(Reason.UNLOCK_REFUSED, () -> sealed.reseal(passphrase("wrong"), passphrase("new")));
        assertThat(Files.readAllBytes(seal())).isEqualTo(before);
    }

    @Test
    void survivesAProcessThatEndedBeforeTheNewSealHadItsName() throws IOException {
        byte[] key = create(passphrase("old"));
        Files.write(home.resolve("seal.tmp"), new byte[] {1, 2, 3});
        assertThat(open(passphrase("old"))).isEqualTo(key);
        sealed.reseal(passphrase("old"), passphrase("new"));
        assertThat(open(passphrase("new"))).isEqualTo(key);
        assertThat(home.resolve("seal.tmp")).doesNotExist();
    }

    @Test
    void keepsThePassphraseOutOfText() {
        assertThat(passphrase("swordfish").toString()).isEqualTo("PassphraseSecret");
    }
}
