package org.cofferhsm.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassphraseTest {

    @TempDir
    Path directory;

    @Test
    void isLentAsItWas() {
        try (Passphrase passphrase = Passphrase.of('o', 'p', 'e', 'n')) {
            assertThat(passphrase.use(char[]::clone)).containsExactly('o', 'p', 'e', 'n');
            assertThat(passphrase).hasToString("Passphrase");
        }
    }

    @Test
    void sealsNothingAfterItWasWiped() {
        Passphrase passphrase = Passphrase.of('o', 'p', 'e', 'n');
        passphrase.close();

        assertThatThrownBy(() -> passphrase.use(char[]::clone)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Hsm.initialize(HsmConfig.at(directory), passphrase))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Hsm.stateOf(directory)).isEqualTo(ModuleState.UNINITIALIZED);
    }
}
