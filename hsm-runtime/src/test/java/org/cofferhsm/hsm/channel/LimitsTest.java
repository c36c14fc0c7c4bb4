package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a service refuses, and whom it still serves, when there are too many. */
class LimitsTest extends ServiceTests {

    @Test
    void saysThatThereIsNoRoomAndHasRoomAgain() throws Exception {
        serve(new Limits(2, 2, 10));
        Knock one = fixture.greeted(ClientNumber.draw());
        try (Knock two = fixture.greeted(ClientNumber.draw());
                Knock three = Knock.at(fixture.socket())) {
            Knock.Answer answer = three.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1));
            assertThat(answer.status()).isEqualTo(0xffff0003);
            assertThat(answer.fields().text()).contains("2 connections");
            assertThat(two.ask(EchoService.ECHO, bytes()).status()).isZero();
        }
        one.close();
        Eventually.holds(this::hasRoom);
    }

    private boolean hasRoom() {
        try (Knock again = Knock.at(fixture.socket())) {
            return again.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1)).status() == 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void limitsTheConnectionsOfOneUser() throws IOException {
        serve(new Limits(10, 1, 10));
        try (Knock one = fixture.greeted(ClientNumber.draw());
                Knock two = Knock.at(fixture.socket())) {
            Knock.Answer answer = two.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1));
            assertThat(answer.status()).isEqualTo(0xffff0003);
            assertThat(answer.fields().text()).contains("limit of one user");
            assertThat(one.ask(EchoService.ECHO, bytes()).status()).isZero();
        }
    }

    @Test
    void limitsTheClients() throws IOException {
        serve(new Limits(10, 10, 1));
        ClientNumber number = ClientNumber.draw();
        try (Knock one = fixture.greeted(number);
                Knock other = Knock.at(fixture.socket());
                Knock same = fixture.greeted(number)) {
            Knock.Answer answer = other.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1));
            assertThat(answer.status()).isEqualTo(0xffff0003);
            assertThat(answer.fields().text()).contains("1 clients");
            assertThat(same.ask(EchoService.ECHO, bytes()).status()).isZero();
            assertThat(one.ask(EchoService.ECHO, bytes()).status()).isZero();
        }
    }

    @Test
    void readsNoLargeGreeting() throws IOException {
        serve();
        try (Knock knock = Knock.at(fixture.socket())) {
            knock.send(
                    ByteBuffer.allocate(16).putInt(1 << 20).putLong(1).putInt(1).flip());
            assertThat(knock.closed()).isTrue();
        }
    }

    @Test
    void leavesRoomForTheClientsOfOtherUsers() throws IOException {
        serve(new Limits(10, 10, 4));
        try (Knock one = fixture.greeted(ClientNumber.draw());
                Knock two = fixture.greeted(ClientNumber.draw());
                Knock three = fixture.greeted(ClientNumber.draw());
                Knock four = Knock.at(fixture.socket())) {
            Knock.Answer answer = four.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1));
            assertThat(answer.status()).isEqualTo(0xffff0003);
            assertThat(answer.fields().text()).contains("3 clients", "limit of one user");
            assertThat(List.of(one, two, three)).allMatch(LimitsTest::answers);
        }
    }

    private static boolean answers(Knock knock) {
        try {
            return knock.ask(EchoService.ECHO, bytes()).status() == 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writesSoManyLinesOnOneUserAndThenTheirNumber() throws IOException {
        serve();
        try (Knock knock = fixture.greeted(ClientNumber.draw())) {
            for (int i = 0; i < 500; i++) {
                knock.ask(EchoService.DEFECT, nothing());
            }
        }
        fixture.service().close();
        assertThat(fixture.log.lines().stream().filter(line -> line.contains("deliberate")))
                .hasSizeLessThanOrEqualTo(3 * UserLogs.MOST_LINES);
        assertThat(fixture.log.lines()).anyMatch(line -> line.contains("more lines on programs of user"));
    }
}
