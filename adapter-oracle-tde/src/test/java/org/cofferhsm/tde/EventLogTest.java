package org.cofferhsm.tde;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventLogTest {
    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T06:15:00Z"), ZoneOffset.UTC);
    private static final MasterKeyId ONE = new MasterKeyId(Octets.ofHex("06" + "01".repeat(16)));
    private static final MasterKeyId TWO = new MasterKeyId(Octets.ofHex("06" + "02".repeat(16)));

    private Session session;
    private EventLog here;
    private EventLog there;

    @BeforeEach
    void login() {
        session = MODULE.login();
        here = new EventLog(session, CLOCK);
        there = new EventLog(session, CLOCK);
    }

    private KeyEvent activation(EventLog log, MasterKeyId key) {
        return log.next(KeyEvent.Kind.ACTIVATED, key, Container.ROOT, "");
    }

    @Test
    void seesWhatAnotherProcessAdds() {
        assertThat(here.history().keys()).isEmpty();
        there.add(activation(there, ONE));

        assertThat(here.history().current(Container.ROOT)).contains(ONE);
    }

    /** Both find the same number free: whoever has read one of the events has to see the other all the same. */
    @Test
    void losesNoEventWhenTwoAreAddedAtOnce() {
        KeyEvent first = activation(here, ONE);
        KeyEvent second = activation(there, TWO);
        assertThat(first.number()).isEqualTo(second.number());

        here.add(first);
        assertThat(here.history().current(Container.ROOT)).contains(ONE);
        there.add(second);

        assertThat(here.history().current(Container.ROOT)).contains(TWO);
        assertThat(here.history().keys())
                .usingRecursiveComparison()
                .isEqualTo(there.history().keys());
        assertThat(here.history().number()).isEqualTo(2);
    }

    /** What remains when somebody has deliberately destroyed an event. */
    @Test
    void goesOnBehindAGap() {
        here.add(activation(here, ONE));
        here.add(activation(here, TWO));
        var first = session.find(KeyEvent.label(1)).one();
        session.change(first, Attributes.of(Attribute.DESTROYABLE, true));
        session.destroy(first);

        EventLog fresh = new EventLog(session, CLOCK);
        assertThat(fresh.history().current(Container.ROOT)).contains(TWO);
        fresh.add(activation(fresh, ONE));
        assertThat(fresh.history().number()).isEqualTo(3);
    }
}
