package org.cofferhsm.hsm.session.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.RefusalAssert;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallTest {

    @Test
    void recordsARefusalWhateverTheLengthOfWhatWasAskedFor(@TempDir Path home) {
        String endless = "n".repeat(1 << 20);
        try (ModuleFixture module = ModuleFixture.in(home);
                Session admin = module.admin()) {
            RefusalAssert.assertRefused(
                    Reason.PIN_INCORRECT, () -> module.hsm().login(endless, "some-pin-1".toCharArray()));
            RefusalAssert.assertRefused(
                    Reason.USER_NOT_FOUND, () -> admin.users().delete(endless));
            assertThat(admin.auditTrail().read(1, 1000))
                    .extracting(AuditEntry::result)
                    .contains("PIN_INCORRECT", "USER_NOT_FOUND");
        }
    }
}
