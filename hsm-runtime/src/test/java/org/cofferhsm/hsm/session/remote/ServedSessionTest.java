package org.cofferhsm.hsm.session.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.cofferhsm.hsm.ModuleFixture.ALICE_PIN;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.DigestOperation;
import org.cofferhsm.hsm.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a session through the service has: messages of a limited size, and limits on what one client holds. */
class ServedSessionTest {

    @TempDir
    Path directory;

    private ModuleFixture module;
    private Session alice;

    @BeforeEach
    void open() {
        module = ModuleFixture.in(directory, new ServedForm());
        alice = module.alice();
    }

    @AfterEach
    void close() {
        module.close();
    }

    @Test
    void refusesInTheSameWordsAsTheOwner() {
        KeyId key = alice.generate(KeyTemplate.aes(256).labelled("k").allowing(Usage.ENCRYPT));
        List<Consumer<Session>> calls = List.of(
                session -> session.describe(new KeyId(99)),
                session -> session.sign(key, Algorithm.AES_CMAC, new byte[1]),
                session -> session.find("nothing").one(),
                session -> session.find(Attributes.of(Attribute.TOKEN, false)).one(),
                session -> session.generate(KeyTemplate.aes(200)),
                session -> session.change(key, Attributes.of(Attribute.SENSITIVE, false)),
                session -> session.value(key),
                session -> session.users().delete("bob"),
                session -> session.users().changeOwnPin("wrong-pin-1".toCharArray(), ALICE_PIN));
        try (Session own = module.hsm().login("alice", ALICE_PIN)) {
            for (Consumer<Session> call : calls) {
                HsmException there = (HsmException) catchThrowable(() -> call.accept(own));
                HsmException here = (HsmException) catchThrowable(() -> call.accept(alice));
                assertThat(here.reason()).isEqualTo(there.reason());
                assertThat(here).hasMessage(there.getMessage());
            }
        }
    }

    @Test
    void aValueThatNoMessageHoldsIsRefusedAndNothingBreaks() {
        Attributes note = Attributes.of(Attribute.CLASS, ObjectClass.DATA).with(Attribute.TOKEN, false);
        assertRefused(Reason.DATA_LENGTH_RANGE, () -> alice.create(note, new byte[17 << 20]));
        assertThat(alice.random(3)).hasSize(3);
    }

    @Test
    void oneSessionHoldsSoManyOperationsAndNoMore() {
        List<DigestOperation> running = new ArrayList<>();
        for (int i = 0; i < ServedStreams.MOST; i++) {
            running.add(alice.startDigest(Algorithm.SHA256));
        }
        assertRefused(Reason.SERVICE_UNAVAILABLE, () -> alice.startDigest(Algorithm.SHA256));

        running.get(0).close();

        assertThat(alice.startDigest(Algorithm.SHA256).finish()).hasSize(32);
        assertThat(running.get(1).finish()).hasSize(32);
    }

    @Test
    void thousandsOfSessionsAreOneClientsToHave() {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            sessions.add(module.alice());
        }
        assertThat(sessions).allSatisfy(session -> assertThat(session.random(1)).hasSize(1));
        sessions.forEach(Session::close);
    }

    @Test
    void operationsThatTheCollectorTookAreToldOf() {
        AbandonedStreams streams = new AbandonedStreams();
        Object held = new Object();
        streams.watch(new Object(), 1);
        streams.watch(held, 2);
        streams.watch(new Object(), 3);
        streams.forget(3);
        long deadline = System.nanoTime() + 30_000_000_000L;
        OptionalLong gone = streams.poll();
        while (gone.isEmpty() && System.nanoTime() < deadline) {
            System.gc();
            gone = streams.poll();
        }
        assertThat(gone).hasValue(1);
        assertThat(streams.poll()).isEmpty();
        Reference.reachabilityFence(held);
    }
}
