package org.cofferhsm.tde.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.file.Path;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleConfigurationTest {

    @Test
    void namesTheSocket() {
        assertThat(ModuleConfiguration.fresh(Path.of("/run/coffer/tde.sock")).socket())
                .contains(Path.of("/run/coffer/tde.sock"));
    }

    @Test
    void addsASocketWhereNoneIsNamed() {
        ModuleConfiguration old = new ModuleConfiguration("# socket = /old\nlog = none\n");

        assertThat(old.socket()).isEmpty();
        assertThat(old.with(Path.of("/new")).text()).isEqualTo("# socket = /old\nlog = none\nsocket      = /new\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"coffer.sock", "/run/a\nlog = none"})
    void refusesASocketThatTheLibraryWouldReadOtherwise(String socket) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> ModuleConfiguration.fresh(Path.of(socket)));
    }

    @Test
    void refusesASocketThatIsTooLongForTheSystem() {
        assertRefused(Reason.ARGUMENT_INVALID, () -> ModuleConfiguration.fresh(Path.of("/" + "s".repeat(107))));
    }
}
