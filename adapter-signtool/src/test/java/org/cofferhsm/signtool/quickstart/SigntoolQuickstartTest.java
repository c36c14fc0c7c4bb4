package org.cofferhsm.signtool.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.hsm.spi.QuickstartStep.Outcome;
import org.cofferhsm.hsm.testing.TestQuickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigntoolQuickstartTest {
    private final QuickstartStep step = TestQuickstart.step("SignTool");
    private TestQuickstart context;

    @BeforeEach
    void createModule(@TempDir Path home, @TempDir Path directory) {
        context = TestQuickstart.of(step, home, directory);
    }

    @Test
    void signsAJarByTwoKeysAndVerifiesItAgainWhenRunAgain() throws IOException {
        Outcome first = step.run(context);
        Path signed = context.directory().resolve("app-signed.jar");
        byte[] before = Files.readAllBytes(signed);

        Outcome again = step.run(context);

        assertThat(first.done()).contains("RSA-3072 and P-256");
        assertThat(first.checkedBy()).startsWith("jarsigner " + Runtime.version());
        assertThat(again.done()).contains("earlier run");
        assertThat(signed).hasBinaryContent(before);
        assertThat(SampleJar.stampedSigners(signed)).isEqualTo(2);
    }

    @Test
    void signsAnewAJarThatWasCutShort() throws IOException {
        step.run(context);
        Path signed = context.directory().resolve("app-signed.jar");
        Files.write(signed, Arrays.copyOf(Files.readAllBytes(signed), 1000));

        assertThat(step.run(context).done()).startsWith("damaged or expired JAR");

        assertThat(SampleJar.stampedSigners(signed)).isEqualTo(2);
        assertThat(context.directory().toFile().list())
                .containsExactlyInAnyOrder("app-signed.jar", "program-signed.exe", "trusted.pem");
    }

    @Test
    void keepsBothKeysInTheModule() {
        step.run(context);

        boolean neverLeft =
                context.withSession(session -> session.find(Attributes.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                                        .with(Attribute.NEVER_EXTRACTABLE, true)
                                        .with(Attribute.LOCAL, true))
                                .ids()
                                .size()
                        == 3);
        assertThat(neverLeft).isTrue();
    }
}
