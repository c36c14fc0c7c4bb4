package org.cofferhsm.hsm.session.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.ModuleFixture.ADMIN_PIN;
import static org.cofferhsm.hsm.ModuleFixture.ALICE_PIN;
import static org.cofferhsm.hsm.ModuleFixture.BOB_PIN;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one session does while another is in the middle of something. */
class RacesTest {

    private static final int ROUNDS = 40;

    private final InterposedClock clock = new InterposedClock();

    @TempDir
    Path directory;

    private Hsm hsm;

    @BeforeEach
    void open() {
        ModuleFixture.in(directory).close();
        hsm = Hsm.open(HsmConfig.at(directory).withClock(clock), KeyFile.in(directory));
    }

    @AfterEach
    void close() {
        hsm.close();
    }

    @Test
    void aKeyThatIsBeingMadeDoesNotOutliveItsOwner() {
        Session admin = hsm.login(Hsm.FIRST_ADMIN, ADMIN_PIN);
        Session alice = hsm.login("alice", ALICE_PIN);
        Session bob = hsm.login("bob", BOB_PIN);
        KeyId base = alice.generate(KeyTemplate.genericSecret(256)
                .allowing(Usage.DERIVE)
                .with(Attribute.START_DATE, LocalDate.of(2020, 1, 1)));
        alice.share(base, "bob");

        clock.next(() -> admin.users().delete("bob")); // when bob's derivation asks for the date
        assertRefused(
                Reason.SESSION_CLOSED,
                () -> bob.derive(
                        base,
                        Algorithm.hkdf(Hash.SHA256, Octets.EMPTY, Octets.EMPTY),
                        KeyTemplate.genericSecret(256).labelled("orphan")));

        assertThat(admin.find("orphan").list()).isEmpty();
        assertThat(admin.users().list()).noneMatch(user -> user.name().equals("bob"));
    }

    /** The copy would do what the trusted key must not. */
    @Test
    void aKeyIsNotCopiedWhileAnAdminMarksItAsTrusted() throws Exception {
        Session admin = hsm.login(Hsm.FIRST_ADMIN, ADMIN_PIN);
        Session alice = hsm.login("alice", ALICE_PIN);
        for (int round = 0; round < ROUNDS; round++) {
            KeyId key = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.UNWRAP));
            CyclicBarrier start = new CyclicBarrier(2);
            CompletableFuture<Boolean> trusted =
                    did(start, () -> admin.change(key, Attributes.of(Attribute.TRUSTED, true)));
            CompletableFuture<Boolean> copied = did(start, () -> alice.copy(key, Attributes.NONE));
            assertThat(trusted.get() && copied.get()).isFalse();
        }
    }

    private static CompletableFuture<Boolean> did(CyclicBarrier start, Runnable work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                start.await();
                work.run();
                return true;
            } catch (HsmException refused) {
                return false;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    /** The system's clock, which lets something happen the next time that somebody looks at it. */
    private static final class InterposedClock extends Clock {

        private static final Runnable NOTHING = () -> {};

        private final AtomicReference<Runnable> next = new AtomicReference<>(NOTHING);

        void next(Runnable event) {
            next.set(event);
        }

        @Override
        public Instant instant() {
            next.getAndSet(NOTHING).run();
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
