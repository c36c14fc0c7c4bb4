package org.cofferhsm.ekm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.testing.SharedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CofferSqlCryptTest {

    private static final int LIMIT = 3;

    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private CofferSqlCrypt provider;
    private String user;

    @BeforeEach
    void load() {
        provider = new CofferSqlCrypt(MODULE.hsm(), LIMIT);
        provider.initializeProvider();
        user = MODULE.addUser();
    }

    @AfterEach
    void unload() {
        provider.freeProvider();
    }

    private EkmSession session() {
        try (Credential credential = new Credential(user, TestModule.PIN.toCharArray())) {
            return provider.openSession(credential);
        }
    }

    private static void assertRefused(EkmStatus status, ThrowingCallable call) {
        EkmException refusal = catchThrowableOfType(EkmException.class, call);
        assertThat(refusal).as("a refusal by %s", status).isNotNull();
        assertThat(refusal.status()).as(refusal.getMessage()).isEqualTo(status);
    }

    private Thumbprint create(EkmSession session, String name) {
        return provider.createKey(session, name, EkmAlgorithm.AES_128.id(), Set.of());
    }

    @Test
    void listsTheAlgorithmsFromZeroToNotFound() {
        List<EkmAlgorithm> listed = new ArrayList<>();
        int last = 0;
        for (int i = 0; i < EkmAlgorithm.values().length; i++) {
            last = provider.nextAlgorithmId(last);
            listed.add(provider.algorithmInfo(last));
        }
        int end = last;

        assertThat(listed).containsExactly(EkmAlgorithm.values());
        assertRefused(EkmStatus.NOT_FOUND, () -> provider.nextAlgorithmId(end));
        assertRefused(EkmStatus.NOT_FOUND, () -> provider.nextAlgorithmId(-1));
        assertRefused(EkmStatus.NOT_FOUND, () -> provider.algorithmInfo(0));
    }

    /** Databases keep the GUID, and SQL Server compares the version at every load. */
    @Test
    void saysWhoItIsInWordsThatNeverChange() {
        ProviderInfo info = provider.providerInfo();

        assertThat(info.guid()).hasToString("af49bf6d-34fc-4605-81e8-765a6ec28c48");
        assertThat(info.version()).hasToString("1.0.0.0");
        assertThat(info.scpVersion()).hasToString("1.1.0.0");
        assertThat(info.thumbprintBytes()).isEqualTo(20);
    }

    @Test
    void limitsTheSessionsOfOneServerAndCountsNoneThatWasClosed() {
        for (int i = 0; i < 10_000; i++) {
            provider.closeSession(session(), i % 2 == 0);
        }
        List<EkmSession> open =
                IntStream.range(0, LIMIT).mapToObj(i -> session()).toList();

        assertRefused(EkmStatus.SERVICE_BUSY, this::session);

        provider.closeSession(open.get(0), false);
        provider.closeSession(open.get(0), true);
        assertThat(session().user()).isEqualTo(user);
    }

    @Test
    void endsAllSessionsWhenTheLibraryIsUnloaded() {
        EkmSession session = session();

        provider.freeProvider();

        assertRefused(EkmStatus.SESSION_EXPIRED, () -> provider.nextKeyId(session, 0));
    }

    @Test
    void givesOneNameToOneKeyWhenManyAskAtOnce() {
        EkmSession session = session();

        List<EkmStatus> outcomes = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> {
                    try {
                        create(session, "key");
                        return EkmStatus.SUCCESS;
                    } catch (EkmException e) {
                        return e.status();
                    }
                })
                .toList();

        assertThat(outcomes).containsOnlyOnce(EkmStatus.SUCCESS).containsOnly(EkmStatus.SUCCESS, EkmStatus.KEY_EXISTS);
    }

    @Test
    void importsNothingAndExportsNothingSecret() {
        EkmSession session = session();
        Thumbprint key = create(session, "key");
        ImportRequest request = new ImportRequest("new", key, BlobType.SIMPLE, Set.of(), Octets.EMPTY);

        assertRefused(EkmStatus.NOT_SUPPORTED, () -> provider.importKey(session, request));
        assertRefused(
                EkmStatus.NOT_SUPPORTED, () -> provider.exportKey(session, key, Optional.empty(), BlobType.SIMPLE));
        assertRefused(
                EkmStatus.NOT_SUPPORTED, () -> provider.exportKey(session, key, Optional.of(key), BlobType.PUBLIC_KEY));
    }

    @Test
    void showsNoSecretInWords() {
        try (Credential credential = new Credential(user, TestModule.PIN.toCharArray())) {
            assertThat(credential).asString().doesNotContain(TestModule.PIN);
        }
    }
}
