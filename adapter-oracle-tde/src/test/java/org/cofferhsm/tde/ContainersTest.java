package org.cofferhsm.tde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several databases and pluggable databases on one module, united and isolated. */
class ContainersTest {
    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private Session session;
    private TdeKeystore root;
    private TdeKeystore hr;
    private TdeKeystore sales;

    @BeforeEach
    void login() {
        session = MODULE.login();
        root = new TdeKeystore(session);
        hr = new TdeKeystore(session, Container.united("HRPDB"));
        sales = new TdeKeystore(session, Container.united("SALESPDB"));
    }

    private static WrappedTablespaceKey wrapNew(TdeKeystore keystore) {
        try (TablespaceKey key = keystore.generate(TablespaceAlgorithm.AES256)) {
            return keystore.wrap(key);
        }
    }

    @Test
    void haveAMasterKeyEach() {
        MasterKey ofRoot = root.setKey("root");
        MasterKey ofHr = hr.setKey("hr");
        MasterKey ofSales = sales.setKey("sales");

        assertThat(root.currentMasterKey()).contains(ofRoot);
        assertThat(hr.currentMasterKey()).contains(ofHr);
        assertThat(sales.masterKeys()).containsExactly(ofSales);
        assertThat(wrapNew(hr).masterKey()).isEqualTo(ofHr.id());
        assertThat(root.encryptionKeys()).hasSize(3);
    }

    @Test
    void doNotFallBackOnTheKeyOfTheRoot() {
        root.setKey("root");

        assertRefused(Reason.KEY_NOT_FOUND, () -> wrapNew(hr))
                .hasMessageContaining("OPEN_NO_MASTER_KEY")
                .hasMessageContaining("HRPDB");
    }

    @Test
    void refuseTablespacesOfEachOther() {
        hr.setKey("hr");
        sales.setKey("sales");
        WrappedTablespaceKey ofHr = wrapNew(hr);

        assertRefused(Reason.KEY_NOT_FOUND, () -> sales.unwrap(ofHr))
                .hasMessageContaining("ORA-28374")
                .hasMessageContaining("HRPDB");
        assertRefused(Reason.KEY_NOT_FOUND, () -> sales.rewrap(ofHr));
    }

    @Test
    void refuseMasterKeysOfEachOther() {
        MasterKey ofHr = hr.createKey("for later");

        assertRefused(Reason.KEY_NOT_OWNED, () -> sales.useKey(ofHr.id())).hasMessageContaining("ORA-46696");
        assertRefused(Reason.KEY_NOT_OWNED, () -> sales.setTag(ofHr.id(), "mine"));
    }

    @Test
    void rotateAlone() {
        MasterKey ofRoot = root.setKey("root");
        MasterKey before = hr.setKey("before");
        WrappedTablespaceKey wrapped = wrapNew(hr);
        MasterKey after = hr.setKey("after");

        assertThat(hr.rewrap(wrapped).masterKey()).isEqualTo(after.id());
        assertThat(root.currentMasterKey()).contains(ofRoot);
        assertThat(hr.masterKeys()).extracting(MasterKey::id).containsExactly(before.id(), after.id());
    }

    @Test
    void seeWhatAnotherSessionOfTheUserDoes() {
        root.setKey("first");
        WrappedTablespaceKey wrapped = wrapNew(root);
        TdeKeystore elsewhere = new TdeKeystore(session);
        MasterKey second = elsewhere.setKey("second");

        assertThat(root.rewrap(wrapped).masterKey()).isEqualTo(second.id());
    }

    @Test
    void inIsolatedModeHaveAUserOfTheirOwn() {
        TdeKeystore isolated = new TdeKeystore(session, Container.isolated("FINPDB"));
        MasterKey key = isolated.setKey("fin");

        assertThat(isolated.currentMasterKey()).contains(key);
        assertThat(isolated.status())
                .extracting(status -> status.container().mode())
                .containsExactly(Container.Mode.ISOLATED);
        assertRefused(Reason.ARGUMENT_INVALID, () -> root.setKey("root")).hasMessageContaining("FINPDB");
        assertRefused(Reason.ARGUMENT_INVALID, () -> hr.setKey("hr"));
        try (Session other = MODULE.login()) {
            WrappedTablespaceKey wrapped = wrapNew(isolated);
            TdeKeystore theirs = new TdeKeystore(other, Container.isolated("FINPDB"));
            theirs.setKey("of another database");
            assertRefused(Reason.KEY_NOT_FOUND, () -> theirs.unwrap(wrapped)).hasMessageContaining("ORA-28362");
        }
    }

    /** The mode was settled by the first key; a command that only names the container finds it again. */
    @Test
    void stayIsolatedWhenNamedWithoutTheMode() {
        new TdeKeystore(session, Container.isolated("FINPDB")).setKey("first");

        new TdeKeystore(session, Container.united("FINPDB")).setKey("second");

        assertThat(root.encryptionKeys())
                .extracting(key -> key.history().orElseThrow().activation().orElseThrow())
                .extracting(moment -> moment.container().mode())
                .containsOnly(Container.Mode.ISOLATED);
    }

    @Test
    void inUnitedModeAreNotIsolatedLater() {
        root.setKey("root");

        assertRefused(
                Reason.ARGUMENT_INVALID, () -> new TdeKeystore(session, Container.isolated("FINPDB")).setKey("fin"));
    }
}
