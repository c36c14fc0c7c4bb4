package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AccountLockedException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.Passphrase;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in by every way there is, and being one provider among others. */
class CofferProviderTest {

    @TempDir
    Path directory;

    private Path home;
    private Provider provider;

    @BeforeEach
    void makeModule() {
        home = TestModule.closedIn(directory.resolve("module"));
        provider = new CofferProvider().configure(home.toString());
    }

    private static CallbackHandler answering(String answer) {
        return callbacks -> {
            for (Callback callback : callbacks) {
                ((PasswordCallback) callback).setPassword(answer.toCharArray());
            }
        };
    }

    private CofferProvider coffer() {
        return (CofferProvider) provider;
    }

    private KeyStore loaded(String password) throws Exception {
        KeyStore store = KeyStore.getInstance("Coffer", provider);
        store.load(null, password == null ? null : password.toCharArray());
        return store;
    }

    private void assertClosed() {
        Hsm.open(home).close(); // complains when the provider still owns the module
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Provider.class))
                .filteredOn(found -> found.getName().equals("Coffer"))
                .singleElement()
                .isInstanceOf(CofferProvider.class);
    }

    @Test
    void logsInByTheKeyStoresPasswordAndOutAgain() throws Exception {
        KeyStore store = loaded(TestModule.ALICE);
        assertThat(store.size()).isZero();
        assertThatThrownBy(() -> Hsm.open(home))
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MODULE_IN_USE));

        coffer().logout();
        assertClosed();
        assertThatThrownBy(store::size)
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("nobody is logged in");
    }

    @Test
    void logsInByACallback() throws Exception {
        coffer().login(null, answering(TestModule.ALICE));

        assertThat(KeyGenerator.getInstance("AES", provider).generateKey()).isNotNull();
        coffer().logout();
    }

    @Test
    void logsInByTheHandlerThatWasSetWhenFirstNeeded() throws Exception {
        coffer().setCallbackHandler(answering(TestModule.ALICE));

        assertThat(SecureRandom.getInstance("Coffer", provider).generateSeed(4)).hasSize(4);
        coffer().logout();
        assertClosed();
    }

    @Test
    void logsInByACallbackOfTheKeyStore() throws Exception {
        KeyStore.Builder builder = KeyStore.Builder.newInstance(
                "Coffer", provider, new KeyStore.CallbackHandlerProtection(answering(TestModule.ALICE)));

        assertThat(builder.getKeyStore().size()).isZero();
        coffer().logout();
    }

    @Test
    void logsInByTheEnvironmentOrAFile() throws Exception {
        Path pin = directory.resolve("pin");
        Files.writeString(pin, TestModule.ALICE + "\nnot this line\n");
        List<Settings> told = List.of(
                new Settings(Map.of("COFFER_HOME", home.toString(), "COFFER_PIN", TestModule.ALICE)::get, name -> null),
                new Settings(
                        Map.of("COFFER_PIN", "nobody:at-all")::get,
                        Map.of("coffer.home", home.toString(), "coffer.pin.file", pin.toString())::get));
        for (Settings settings : told) {
            HomeConnection connection = new HomeConnection(settings, Optional.empty(), new Prompt(Optional::empty));
            assertThat(connection.session().user().name()).isEqualTo("alice");
            connection.logout();
        }
        assertClosed();
    }

    @Test
    void livesInTheUsersHomeWhenNothingIsSaid() {
        Settings silent = new Settings(name -> null, Map.of("user.home", "/home/alice")::get);

        assertThat(silent.home()).isEqualTo(Path.of("/home/alice/.coffer"));
        assertThat(silent.credentials()).isEmpty();
    }

    @Test
    void opensSealsThatAreNotInTheUsualPlace() throws Exception {
        Path moved = directory.resolve("moved.key");
        Files.move(KeyFile.in(home).path(), moved);
        HomeConnection lost = new HomeConnection(
                new Settings(name -> null, name -> null), Optional.of(home), new Prompt(Optional::empty));
        try (Credentials alice = Credentials.parse(TestModule.ALICE.toCharArray())) {
            assertThatThrownBy(() -> lost.login(alice)).hasMessageContaining("COFFER_KEY_FILE");
            HomeConnection found = new HomeConnection(
                    new Settings(Map.of("COFFER_KEY_FILE", moved.toString())::get, name -> null),
                    Optional.of(home),
                    new Prompt(Optional::empty));
            found.login(alice);
            found.logout();
        }
        assertClosed();
    }

    @Test
    void opensModulesSealedByAPassphrase() throws Exception {
        Path sealed = directory.resolve("sealed");
        try (Hsm hsm = Hsm.initialize(HsmConfig.at(sealed), Passphrase.of("open sesame, please".toCharArray()))) {
            hsm.activate(TestModule.PIN.toCharArray());
            try (Session admin = hsm.login("admin", TestModule.PIN.toCharArray())) {
                admin.users().create("alice", Role.CRYPTO_USER, TestModule.PIN.toCharArray());
            }
        }
        Path file = directory.resolve("passphrase");
        Files.writeString(file, "open sesame, please\n");
        Settings byFile = new Settings(Map.of("COFFER_PASSPHRASE_FILE", file.toString())::get, name -> null);
        Settings byValue = new Settings(Map.of("COFFER_PASSPHRASE", "open sesame, please")::get, name -> null);
        Settings byPrompt = new Settings(name -> null, name -> null);
        Prompt nobody = new Prompt(Optional::empty);
        Prompt somebody = new Prompt(() -> Optional.of(answering("open sesame, please")));
        try (Credentials alice = Credentials.parse(TestModule.ALICE.toCharArray())) {
            for (Settings settings : List.of(byFile, byValue, byPrompt)) {
                Prompt prompt = settings == byPrompt ? somebody : nobody;
                HomeConnection connection = new HomeConnection(settings, Optional.of(sealed), prompt);
                connection.login(alice);
                assertThat(connection.session().user().name()).isEqualTo("alice");
                connection.logout();
            }
        }
    }

    @Test
    void refusesWrongPinsAndSaysSoInJavasWords() throws Exception {
        assertThatThrownBy(() -> loaded("alice:wrong-pin-here"))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(UnrecoverableKeyException.class)
                .hasMessageNotContaining("wrong-pin-here");
        assertThatThrownBy(() -> coffer().login(null, answering("alice:wrong-pin-here")))
                .isInstanceOf(FailedLoginException.class);
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> coffer().login(null, answering("alice:wrong-pin-here")))
                    .isInstanceOf(LoginException.class);
        }
        assertThatThrownBy(() -> coffer().login(null, answering(TestModule.ALICE)))
                .isInstanceOf(AccountLockedException.class);
        assertClosed();
    }

    @Test
    void saysHowThePasswordIsWritten() {
        for (String wrong : new String[] {"", "alice", "alice:", ":pin"}) {
            assertThatThrownBy(() -> loaded(wrong))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("user:pin");
        }
        assertThatThrownBy(() -> loaded(null)).isInstanceOf(IOException.class).hasMessageContaining("COFFER_PIN");
    }

    @Test
    void checksThePinAgainWhenASecondStoreIsLoaded() throws Exception {
        loaded(TestModule.ALICE);

        assertThat(loaded(TestModule.ALICE).size()).isZero();
        assertThat(loaded(null).size()).isZero();
        assertThatThrownBy(() -> loaded("alice:wrong-pin-here")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> loaded("bob:" + TestModule.PIN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("logged in as alice");
        coffer().logout();
        coffer().logout();
    }

    @Test
    void standsSideBySideWithOthersForOtherDirectories() throws Exception {
        Path second = TestModule.closedIn(directory.resolve("second"));
        Provider other = new CofferProvider().configure(second.toString());
        coffer().login(null, answering(TestModule.ALICE));
        ((CofferProvider) other).login(null, answering(TestModule.ALICE));

        assertThat(provider.getName()).isEqualTo("Coffer-module");
        assertThat(other.getName()).isEqualTo("Coffer-second");
        KeyPair pair = KeyPairGenerator.getInstance("EC", other).generateKeyPair();
        assertThat(pair.getPrivate())
                .isNotEqualTo(KeyPairGenerator.getInstance("EC", provider)
                        .generateKeyPair()
                        .getPrivate());
        coffer().logout();
        ((CofferProvider) other).logout();
    }

    @Test
    void leavesTheSessionOfAnEmbedderOpen() throws Exception {
        try (Hsm hsm = Hsm.open(home).unlock(KeyFile.in(home));
                Session session = hsm.login("alice", TestModule.PIN.toCharArray())) {
            CofferProvider embedded = CofferProvider.of(session);
            embedded.login(null, answering(TestModule.ALICE));
            assertThatThrownBy(() -> embedded.login(null, answering("bob:" + TestModule.PIN)))
                    .isInstanceOf(LoginException.class);
            embedded.logout();

            assertThat(session.random(3)).hasSize(3);
        }
    }

    /** Pitfall 12: the JCA chooses the provider when it sees the key, wherever ours stands in the list. */
    @Test
    void isChosenByItsKeysAndOnlyByThem() throws Exception {
        coffer().login(null, answering(TestModule.ALICE));
        Provider bouncyCastle = new BouncyCastleProvider();
        Security.insertProviderAt(bouncyCastle, 1);
        Security.addProvider(provider);
        try {
            for (String algorithm : new String[] {"RSA", "EC"}) {
                String name = algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
                KeyPair own = KeyPairGenerator.getInstance(algorithm, provider).generateKeyPair();
                KeyPair software =
                        KeyPairGenerator.getInstance(algorithm, bouncyCastle).generateKeyPair();
                assertThat(signedBy(name, own)).isEqualTo(provider.getName());
                assertThat(signedBy(name, software)).isNotEqualTo(provider.getName());
            }
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    KeyGenerator.getInstance("AES", provider).generateKey());
            assertThat(cipher.getProvider()).isSameAs(provider);
        } finally {
            Security.removeProvider(provider.getName());
            Security.removeProvider(bouncyCastle.getName());
            coffer().logout();
        }
    }

    private static String signedBy(String algorithm, KeyPair pair) throws Exception {
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(pair.getPrivate());
        signer.update((byte) 1);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(pair.getPublic());
        verifier.update((byte) 1);
        assertThat(verifier.verify(signature)).isTrue();
        return signer.getProvider().getName();
    }

    /** Pitfall 12. */
    @Test
    void supportsItsOwnKeysOnly() throws Exception {
        coffer().login(null, answering(TestModule.ALICE));
        Provider.Service service = provider.getService("Signature", "SHA256withRSA");
        KeyPair own = KeyPairGenerator.getInstance("RSA", provider).generateKeyPair();
        KeyPair software = KeyPairGenerator.getInstance("RSA", "SunRsaSign").generateKeyPair();

        assertThat(service.supportsParameter(own.getPrivate())).isTrue();
        assertThat(service.supportsParameter(own.getPublic())).isTrue();
        assertThat(service.supportsParameter(software.getPublic())).isFalse();
        assertThat(service.supportsParameter(null)).isTrue();
        coffer().logout();
    }

    @Test
    void listsEachServiceOnce() {
        List<String> names = ServiceTable.lines().stream()
                .map(line -> line.type() + "." + line.algorithm())
                .toList();

        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(90);
        assertThat(provider.getServices()).hasSameSizeAs(names);
        assertThat(Arrays.asList("KeyStore.Coffer", "Signature.RSASSA-PSS", "Cipher.AES/GCM/NoPadding"))
                .allMatch(names::contains);
    }
}
