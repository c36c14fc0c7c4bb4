package org.cofferhsm.hsm.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The service is killed or stopped during calls of several client processes: each call ends within its deadline, the
 * clients resume by themselves, and no key that was acknowledged is missing or there twice.
 */
class ServiceLossTest {
    private static final int CLIENTS = 4;
    private static final int THREADS = 3;
    private static final int KILLS = Integer.getInteger("interop.kills", 2);

    /** The channel's default. */
    private static final long DEADLINE_MILLIS = 5000;

    /** For a machine that does other things, too. */
    private static final long GRACE_MILLIS = 1500;

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private final List<EnduringClient> clients = new ArrayList<>();
    private CofferService service;

    @BeforeEach
    void startClients(TestInfo test) throws Exception {
        assumeFalse(TokenUnderTest.SOFTHSM, "it has no service");
        service = ((CofferToken) SUBJECT.token()).service();
        Pkcs11Tool tool = new Pkcs11Tool(SUBJECT.token());
        if (!tool.loggedIn("--list-objects", "--type", "privkey").text().contains("ec")) {
            tool.keyPair("EC:prime256v1", "ec", "02");
        }
        Client client = Client.compiled(SUBJECT.token(), SUBJECT.directory());
        String name = test.getTestMethod().orElseThrow().getName();
        for (int number = 0; number < CLIENTS; number++) {
            clients.add(EnduringClient.start(client, SUBJECT.log(name + "-" + number), THREADS));
        }
    }

    @AfterEach
    void stopClients() {
        clients.forEach(client -> client.process().destroyForcibly());
    }

    private void awaitAllUp(int failures) throws Exception {
        Await.that("all threads work again", () -> clients.stream().allMatch(client -> client.isUpAgain(failures)));
    }

    private void finishWithinTheDeadline() throws Exception {
        for (EnduringClient client : clients) {
            assertThat(client.finish())
                    .as("the longest call in ms; %s", client.failures())
                    .isLessThan(DEADLINE_MILLIS + GRACE_MILLIS);
        }
    }

    @Test
    void everyCallEndsAndNothingIsLostWhenTheServiceIsKilled() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            int failures = kill;
            service.kill();
            Await.that("all threads have noticed", () -> clients.stream().allMatch(client -> client.isDown(failures)));
            service.start();
            awaitAllUp(failures);
        }
        Await.that("keys were made before and after", () -> made().size() > CLIENTS);
        finishWithinTheDeadline();
        requireEachMadeKeyOnce();
    }

    private List<String> made() {
        return clients.stream().flatMap(client -> client.made().stream()).toList();
    }

    private void requireEachMadeKeyOnce() {
        Map<String, Integer> found = new HashMap<>();
        new Pkcs11Tool(SUBJECT.token())
                .loggedIn("--list-objects", "--type", "secrkey")
                .orComplain("list")
                .text()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("label:"))
                .forEach(line -> found.merge(line.substring("label:".length()).strip(), 1, Integer::sum));
        assertThat(found.keySet()).as("acknowledged keys").containsAll(made());
        assertThat(found.values()).as("keys made twice by a blind retry").containsOnly(1);
    }

    @Test
    void everyCallEndsWhenTheServiceAnswersNoMore() throws Exception {
        service.signal("STOP");
        try {
            Await.that("all threads have noticed", () -> clients.stream().allMatch(client -> client.isDown(1)));
        } finally {
            service.signal("CONT");
        }
        awaitAllUp(1);
        finishWithinTheDeadline();
    }
}
