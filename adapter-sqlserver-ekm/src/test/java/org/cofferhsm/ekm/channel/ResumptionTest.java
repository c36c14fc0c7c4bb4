package org.cofferhsm.ekm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.ekm.channel.SqlServer.NO_IV;
import static org.cofferhsm.ekm.channel.SqlServer.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library does when it meets a service that does not know it. */
class ResumptionTest {

    private static final byte[] DEK = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private TestModule module;
    private Hsm hsm;
    private SqlServer server;
    private byte[] ticket;
    private byte[] otherTicket;
    private byte[] key;
    private byte[] ciphertext;

    @BeforeEach
    void openTwoSessions(@TempDir Path home) {
        module = TestModule.create(home, "tde", "cells");
        hsm = module.open();
        server = SqlServer.of(hsm);
        ticket = server.ticket(1, "tde");
        otherTicket = server.ticket(2, "cells");
        key = server.create(1, "key", EkmAlgorithm.AES_256);
        ciphertext = server.encrypt(1, key, DEK);
    }

    @AfterEach
    void close() {
        server.close();
        hsm.close();
    }

    private void restart() {
        server.close();
        hsm.close();
        hsm = module.open();
        server = SqlServer.of(hsm);
    }

    private List<Integer> resume(byte[] holder, byte[]... tickets) {
        MessageReader statuses = server.call(Operation.RESUME, out -> {
            out.raw(holder).u32(tickets.length);
            for (int i = 0; i < tickets.length; i++) {
                out.u64(i + 1).bytes(tickets[i]);
            }
        });
        List<Integer> each =
                IntStream.range(0, statuses.u32()).mapToObj(i -> statuses.u32()).toList();
        statuses.end();
        return each;
    }

    @Test
    void goesOnAfterARestartUnderTheSameNumbers() {
        restart();
        server.refused(EkmStatus.SESSION_EXPIRED, Operation.DECRYPT, data(1, key, NO_IV, ciphertext));

        assertThat(resume(SqlServer.NUMBER, ticket, otherTicket)).containsExactly(0, 0);
        assertThat(resume(SqlServer.NUMBER, ticket, otherTicket)).containsExactly(0, 0);

        assertThat(server.decrypt(1, key, ciphertext)).isEqualTo(DEK);
        server.refused(EkmStatus.NOT_FOUND, Operation.DECRYPT, data(2, key, NO_IV, ciphertext));
    }

    @Test
    void refusesTicketsOfOtherProgramsAndBrokenOnes() {
        byte[] thief = new byte[16];
        server.close();
        server = SqlServer.withNumber(hsm, thief);

        byte[] broken = ticket.clone();
        broken[broken.length / 2] ^= 1;
        int expired = EkmStatus.SESSION_EXPIRED.code();
        assertThat(resume(thief, ticket)).containsExactly(expired);
        assertThat(resume(SqlServer.NUMBER, broken, new byte[0])).containsExactly(expired, expired);
        assertThat(server.log()).hasSize(3).allMatch(line -> line.contains("RESUME: 2111 SESSION_EXPIRED"));
    }

    @Test
    void asksForTheCredentialAgainAfterThePinWasChanged() {
        try (Session admin = hsm.login("admin", TestModule.PIN.toCharArray())) {
            admin.users().resetPin("tde", "Another-Horse-43".toCharArray());
        }
        server.refused(EkmStatus.SESSION_EXPIRED, Operation.REFRESH, out -> out.u64(1));
        restart();

        assertThat(resume(SqlServer.NUMBER, ticket, otherTicket)).containsExactly(EkmStatus.SESSION_EXPIRED.code(), 0);
    }

    @Test
    void refreshesTickets() {
        byte[] fresh = server.call(Operation.REFRESH, out -> out.u64(1)).bytes();
        restart();

        assertThat(resume(SqlServer.NUMBER, fresh)).containsExactly(0);
        assertThat(server.decrypt(1, key, ciphertext)).isEqualTo(DEK);
    }

    @Test
    void saysThatTheModuleIsLockedAndNeverThatTheCredentialIsWrong() {
        hsm.lock();

        server.refused(EkmStatus.MODULE_LOCKED, Operation.DECRYPT, data(1, key, NO_IV, ciphertext));
        server.refused(EkmStatus.MODULE_LOCKED, Operation.OPEN_SESSION, SqlServer.credential(9, "tde", TestModule.PIN));
    }

    @Test
    void endsTheSessionsOfAUserThatWasRemoved() {
        server.close(2);
        server.ticket(3, "cells");
        try (Session admin = hsm.login("admin", TestModule.PIN.toCharArray())) {
            admin.users().delete("cells");
        }

        server.refused(
                EkmStatus.SESSION_EXPIRED, Operation.NEXT_KEY, out -> out.u64(3).u32(0));
    }
}
