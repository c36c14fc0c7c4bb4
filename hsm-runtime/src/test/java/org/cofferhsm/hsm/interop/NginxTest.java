package org.cofferhsm.hsm.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** nginx with its keys in the module: worker forks, reloads, and the service restarted under it. */
class NginxTest {
    private static final int ENOUGH_FOR_BOTH_WORKERS = 30;

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private static OpensslEngine engine;

    private Nginx nginx;

    @BeforeAll
    static void makeKeysAndCertificates() throws IOException {
        Pkcs11Tool tool = new Pkcs11Tool(SUBJECT.token());
        tool.keyPair("rsa:2048", "rsa", "01");
        tool.keyPair("EC:prime256v1", "ec", "02");
        engine = OpensslEngine.on(SUBJECT.token(), SUBJECT.directory());
        engine.certificate("rsa", SUBJECT.file("rsa.pem"));
        engine.certificate("ec", SUBJECT.file("ec.pem"));
    }

    @BeforeEach
    void startNginx(TestInfo test) throws Exception {
        String user = test.getTags().contains("as-nobody") ? "nobody nogroup" : "root";
        Path log = SUBJECT.log(test.getTestMethod().orElseThrow().getName());
        nginx = Nginx.start(engine, SUBJECT.directory(), user, log);
    }

    @AfterEach
    void stopNginx() {
        nginx.close();
    }

    /** One full handshake for each key and protocol; gives the workers that answered. */
    private Set<String> requests() throws Exception {
        Set<String> workers = new TreeSet<>();
        TlsClient rsa = TlsClient.trusting(SUBJECT.file("rsa.pem"));
        TlsClient ec = TlsClient.trusting(SUBJECT.file("ec.pem"));
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            workers.add(answer(rsa, nginx.rsa(), protocol));
            workers.add(answer(ec, nginx.ec(), protocol));
        }
        return workers;
    }

    private static String answer(TlsClient client, int port, String protocol) throws IOException {
        String answer = client.get(port, protocol);
        assertThat(answer).contains("200 OK").contains("served by ");
        return answer.substring(answer.indexOf("served by ") + 10).strip();
    }

    /** Until each worker has answered: each has a connection of its own to the service. */
    private void requestsToBothWorkers() throws Exception {
        Set<String> workers = new TreeSet<>();
        for (int i = 0; i < ENOUGH_FOR_BOTH_WORKERS && workers.size() < 2; i++) {
            workers.addAll(requests());
        }
        assertThat(workers).as("the workers that answered").hasSize(2);
    }

    @Test
    void serves() throws Exception {
        requestsToBothWorkers();
    }

    @Test
    @Tag("as-nobody")
    void servesOnWithWorkersOfAnotherUser() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root's nginx changes its user");
        assumeFalse(TokenUnderTest.SOFTHSM, "its files would be root's");

        killAndStartAgain();
    }

    @Test
    void servesOnAfterAReload() throws Exception {
        requestsToBothWorkers();
        List<ProcessHandle> before = nginx.workers();
        nginx.daemon().signal("HUP");
        Await.that(
                "new workers have taken over",
                () -> nginx.workers().size() == 2 && nginx.workers().stream().noneMatch(before::contains));

        requestsToBothWorkers();
    }

    @Test
    void servesOnAfterAWorkerWasKilled() throws Exception {
        requestsToBothWorkers();
        ProcessHandle killed = nginx.workers().get(0);
        killed.destroyForcibly();
        Await.that(
                "there is a new worker",
                () -> nginx.workers().size() == 2 && !nginx.workers().contains(killed));

        requestsToBothWorkers();
    }

    /** Behind p11-kit's client, nginx would have to be stopped and started. */
    @Test
    void servesOnAfterTheServiceWasKilledAndStartedAgain() throws Exception {
        assumeFalse(TokenUnderTest.SOFTHSM);
        List<ProcessHandle> before = nginx.workers();
        killAndStartAgain();

        assertThat(nginx.workers()).as("neither reloaded nor restarted").containsExactlyInAnyOrderElementsOf(before);
        nginx.daemon().signal("HUP");
        Await.that(
                "the master's connection is good for a reload, too",
                () -> nginx.workers().size() == 2 && nginx.workers().stream().noneMatch(before::contains));
        requestsToBothWorkers();
    }

    /** libp11 waits for ever for a session that it could not open. */
    @Test
    void workersWhoseFirstHandshakeMeetsAnOutageServeOnceItIsOver() throws Exception {
        assumeFalse(TokenUnderTest.SOFTHSM);
        CofferService service = ((CofferToken) SUBJECT.token()).service();
        service.kill();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::requests).as("no key, no handshake").isInstanceOf(IOException.class);
        }
        service.start();

        requestsToBothWorkers();
    }

    private void killAndStartAgain() throws Exception {
        CofferService service = ((CofferToken) SUBJECT.token()).service();
        requestsToBothWorkers();
        service.kill();
        assertThatThrownBy(this::requests).as("no key, no handshake").isInstanceOf(IOException.class);
        service.start();
        requestsToBothWorkers();
    }
}
