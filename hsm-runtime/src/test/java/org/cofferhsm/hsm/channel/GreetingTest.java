package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.Test;

/** What a service answers to a greeting. */
class GreetingTest extends ServiceTests {

    @Test
    void saysWhichModuleAndSoftwareAnswer() throws IOException {
        serve();
        try (Knock knock = Knock.at(fixture.socket())) {
            Knock.Answer answer = knock.ask(1, Knock.greeting("echo", ClientNumber.draw(), 1));
            Welcome welcome = Welcome.read(answer.fields());

            assertThat(answer.status()).isZero();
            assertThat(welcome.known()).isFalse();
            assertThat(welcome.serial()).isEqualTo(fixture.module.hsm().serialNumber());
            assertThat(welcome.serial().length()).isEqualTo(16);
            assertThat(welcome.softwareVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
        }
    }

    @Test
    void knowsAClientAgainByItsNumber() throws IOException {
        serve();
        ClientNumber number = ClientNumber.draw();
        try (Knock first = fixture.greeted(number);
                Knock second = Knock.at(fixture.socket())) {
            Welcome welcome = Welcome.read(
                    second.ask(1, Knock.greeting("echo", number, 1)).fields());
            first.ask(EchoService.ECHO, bytes());

            assertThat(welcome.known()).isTrue();
            assertThat(second.ask(EchoService.COUNT, nothing()).fields().u32()).isEqualTo(2);
            assertThat(fixture.echo.connected).hasValue(1);
        }
    }

    @Test
    void tellsOtherVersionsWhichItSpeaks() throws IOException {
        serve();
        try (Knock knock = Knock.at(fixture.socket())) {
            Knock.Answer answer =
                    knock.ask(1, new MessageWriter(8).u32(0x434f4652).u16(2));

            assertThat(answer.status()).isEqualTo(0xffff0001);
            assertThat(answer.fields().u16()).isEqualTo(1);
            assertThat(knock.closed()).isTrue();
        }
    }

    @Test
    void closesAfterAGreetingThatIsNone() throws IOException {
        serve();
        for (MessageWriter bad : List.of(
                nothing(), bytes((byte) 1), new MessageWriter(8).u32(0x434f4652).u16(1))) {
            try (Knock knock = Knock.at(fixture.socket())) {
                assertThat(knock.ask(1, bad).status()).isEqualTo(0xffff0005);
                assertThat(knock.closed()).isTrue();
            }
        }
        try (Knock knock = Knock.at(fixture.socket())) {
            assertThat(knock.ask(EchoService.ECHO, bytes()).status()).isEqualTo(0xffff0005);
            assertThat(knock.closed()).isTrue();
        }
    }

    @Test
    void saysThatNobodyAnswersUnderAName() throws IOException {
        serve();
        try (Knock knock = Knock.at(fixture.socket())) {
            assertThat(knock.ask(1, Knock.greeting("ekm", ClientNumber.draw(), 1))
                            .status())
                    .isEqualTo(0xffff0004);
            assertThat(knock.closed()).isTrue();
        }
        assertThat(fixture.log.lines()).anyMatch(line -> line.contains("\"ekm\""));
    }
}
