package org.cofferhsm.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HsmTest {

    private static final char[] PIN = "first-admin-pin".toCharArray();

    @TempDir
    Path directory;

    @Test
    void aNewModuleWaitsForItsAdmin() {
        try (Hsm hsm = initialize()) {
            assertThat(hsm.state()).isEqualTo(ModuleState.OPERATIONAL);
            assertThat(hsm.activated()).isFalse();
            assertRefused(Reason.MODULE_NOT_ACTIVATED, () -> hsm.login("admin", PIN));

            hsm.activate(PIN);

            assertThat(hsm.activated()).isTrue();
            try (Session admin = hsm.login("admin", PIN)) {
                assertThat(admin.users().list())
                        .containsExactly(new UserInfo("admin", Role.ADMIN, false, true, Optional.empty()));
            }
            assertRefused(Reason.MODULE_STATE_WRONG, () -> hsm.activate("another-pin".toCharArray()));
        }
    }

    @Test
    void refusesToInitializeTwice() {
        initialize().close();

        assertRefused(Reason.MODULE_ALREADY_INITIALIZED, this::initialize);
    }

    @Test
    void anEmptyDirectoryHoldsNoModule() {
        assertThat(Hsm.stateOf(directory)).isEqualTo(ModuleState.UNINITIALIZED);
        assertRefused(Reason.MODULE_NOT_INITIALIZED, () -> Hsm.open(directory));
    }

    /** As root, nobody is kept from looking; a link that leads nowhere keeps root, too. */
    @Test
    void aDirectoryThatCannotBeLookedIntoIsNotCalledEmpty() throws Exception {
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, link);

        assertRefused(Reason.STORE_UNAVAILABLE, () -> Hsm.stateOf(link));
    }

    @Test
    void anInterruptedMakingIsBegunAnew() throws Exception {
        initialize().close();
        Files.createFile(directory.resolve("initializing"));

        assertThat(Hsm.stateOf(directory)).isEqualTo(ModuleState.UNINITIALIZED);
        try (Hsm hsm = initialize()) {
            hsm.activate(PIN);
        }
        assertThat(Hsm.stateOf(directory)).isEqualTo(ModuleState.LOCKED);
    }

    @Test
    void onlyOneProcessOwnsAModule() {
        try (Hsm hsm = initialize()) {
            assertThat(hsm.state()).isEqualTo(ModuleState.OPERATIONAL);
            assertThat(Hsm.ownerOf(directory)).hasValue(ProcessHandle.current().pid());
            assertThat(assertRefused(Reason.MODULE_IN_USE, () -> Hsm.open(directory)))
                    .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
        }
        assertThat(Hsm.ownerOf(directory)).isEmpty();
    }

    @Test
    void aLockedModuleLetsNobodyIn() {
        initialize().close();

        try (Hsm hsm = Hsm.open(directory)) {
            assertThat(hsm.state()).isEqualTo(ModuleState.LOCKED);
            assertRefused(Reason.MODULE_LOCKED, () -> hsm.login("admin", PIN));
        }
    }

    @Test
    void lockingEndsSessionsAndUnlockingFindsTheKeys() {
        try (Hsm hsm = initialize()) {
            hsm.activate(PIN);
            try (Session admin = hsm.login("admin", PIN)) {
                admin.users().create("alice", Role.CRYPTO_USER, PIN);
            }
            Session before = hsm.login("alice", PIN);
            KeyId key = before.generate(KeyTemplate.aes(256).labelled("k").allowing(Usage.ENCRYPT, Usage.DECRYPT));
            byte[] sealed = before.encrypt(key, Algorithm.AES_GCM, new byte[] {1, 2, 3});

            hsm.lock();

            assertRefused(Reason.MODULE_LOCKED, () -> before.encrypt(key, Algorithm.AES_GCM, new byte[1]));
            hsm.unlock(KeyFile.in(directory));
            try (Session after = hsm.login("alice", PIN)) {
                assertThat(after.find("k").one()).isEqualTo(key);
                assertThat(after.decrypt(key, Algorithm.AES_GCM, sealed)).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void keysSignAlikeWithoutNativeCode() {
        byte[] data = {1, 2, 3};
        KeyId key;
        byte[] signature;
        try (ModuleFixture module = ModuleFixture.in(directory);
                Session alice = module.alice()) {
            key = alice.generate(KeyPairTemplate.rsa(2048).allowing(Usage.SIGN, Usage.VERIFY))
                    .privateKey();
            signature = alice.sign(key, Algorithm.SHA256_RSA_PKCS, data);
        }

        HsmConfig config = HsmConfig.at(directory).withoutNativeCode();
        try (Hsm hsm = Hsm.open(config, KeyFile.in(directory));
                Session alice = hsm.login("alice", ModuleFixture.ALICE_PIN)) {
            assertThat(alice.sign(key, Algorithm.SHA256_RSA_PKCS, data)).isEqualTo(signature);
        }
    }

    @Test
    void anOpeningThatIsRefusedGivesTheDirectoryBack() {
        initialize().close();

        assertRefused(Reason.UNLOCK_REFUSED, () -> Hsm.open(directory, Passphrase.of('n', 'o')));
        try (Hsm hsm = Hsm.open(directory, KeyFile.in(directory))) {
            assertThat(hsm.state()).isEqualTo(ModuleState.OPERATIONAL);
        }
    }

    @Test
    void unlockingCanBeTriedAgain() {
        initialize().close();

        try (Hsm hsm = Hsm.open(directory)) {
            assertRefused(Reason.UNLOCK_REFUSED, () -> hsm.unlock(Passphrase.of('n', 'o')));
            assertThat(hsm.unlock(KeyFile.in(directory)).state()).isEqualTo(ModuleState.OPERATIONAL);
        }
    }

    @Test
    void aClosedModuleRefusesEveryCall() {
        Hsm hsm = initialize();
        hsm.close();
        hsm.close();

        KeyFile seal = KeyFile.in(directory);
        assertRefused(Reason.MODULE_LOCKED, () -> hsm.unlock(seal));
        assertRefused(Reason.MODULE_LOCKED, () -> hsm.liftLockDown(seal));
        assertRefused(Reason.MODULE_LOCKED, () -> hsm.changeSeal(seal, seal));
        assertRefused(Reason.MODULE_LOCKED, () -> hsm.login("admin", PIN));
        assertRefused(Reason.MODULE_LOCKED, hsm::activated);
    }

    @Test
    void aZeroizedModuleHasNoSealAndStaysZeroized() throws Exception {
        try (Hsm hsm = initialize()) {
            hsm.activate(PIN);
            Files.write(directory.resolve("seal.tmp"), Files.readAllBytes(directory.resolve("seal")));

            hsm.zeroize(hsm.login("admin", PIN));

            KeyFile seal = KeyFile.in(directory);
            assertThat(hsm.state()).isEqualTo(ModuleState.ZEROIZED);
            assertThat(directory.resolve("seal")).doesNotExist();
            assertThat(directory.resolve("seal.tmp")).doesNotExist();
            assertRefused(Reason.MODULE_ZEROIZED, () -> hsm.unlock(seal));
            assertRefused(Reason.MODULE_ZEROIZED, () -> hsm.login("admin", PIN));
            assertRefused(Reason.MODULE_ZEROIZED, () -> hsm.changeSeal(seal, seal));
            assertRefused(Reason.MODULE_ZEROIZED, () -> hsm.liftLockDown(seal));
        }
        assertRefused(Reason.MODULE_ZEROIZED, () -> Hsm.open(directory));
        assertRefused(Reason.MODULE_ALREADY_INITIALIZED, this::initialize);
    }

    @Test
    void aZeroizationThatWasInterruptedIsFinished() throws Exception {
        initialize().close();
        Files.createFile(directory.resolve("zeroized"));

        assertRefused(Reason.MODULE_ZEROIZED, () -> Hsm.open(directory));
        assertThat(directory.resolve("seal")).doesNotExist();
    }

    @Test
    void aMarkThatCameBackDoesNotCostAUsedModule() throws Exception {
        try (Hsm hsm = initialize()) {
            hsm.activate(PIN);
        }
        Path mark = Files.createFile(directory.resolve("initializing"));

        assertThat(assertRefused(Reason.MODULE_STATE_WRONG, this::initialize)).hasMessageContaining(mark.toString());
        Files.delete(mark);
        Hsm.open(directory, KeyFile.in(directory)).close();
    }

    @Test
    void aModuleThatLacksItsSealIsNotMadeAnew() throws Exception {
        initialize().close();
        byte[] seal = Files.readAllBytes(directory.resolve("seal"));
        Files.delete(directory.resolve("seal"));

        assertRefused(Reason.MODULE_ALREADY_INITIALIZED, this::initialize);
        assertRefused(Reason.MODULE_ALREADY_INITIALIZED, this::initialize);
        Files.write(directory.resolve("seal"), seal);
        Hsm.open(directory, KeyFile.in(directory)).close();
    }

    @Test
    void auditTellsTheModulesLife() {
        try (ModuleFixture module = ModuleFixture.in(directory);
                Session auditor = module.eve()) {
            List<String> operations = auditor.auditTrail().read(1, 100).stream()
                    .map(entry -> entry.operation() + " " + entry.result())
                    .toList();

            assertThat(operations)
                    .containsSequence("initialize OK", "initialize OK", "activate OK", "login OK", "user-create OK");
            assertThat(auditor.auditTrail().verify().isSound()).isTrue();
        }
    }

    private Hsm initialize() {
        return Hsm.initialize(HsmConfig.at(directory), KeyFile.in(directory));
    }
}
