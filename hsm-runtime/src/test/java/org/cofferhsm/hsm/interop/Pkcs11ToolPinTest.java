package org.cofferhsm.hsm.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.cofferhsm.hsm.spi.OutsideProgram.Finished;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** pkcs11-tool sets PINs: a user's own, and as the security officer, who is the module's admin, another's. */
class Pkcs11ToolPinTest {
    private static final String FRESH = "Fresh-Staple-77";

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private final Pkcs11Tool tool = new Pkcs11Tool(SUBJECT.token());

    private boolean opens(String pin) {
        return tool.loggedInAs(pin, "--list-objects").status() == 0;
    }

    @Test
    void changesTheUsersOwnPin() {
        String old = SUBJECT.token().pin();
        String fresh = TokenUnderTest.SOFTHSM ? FRESH : "alice:" + FRESH;

        tool.loggedInAs(old, "--change-pin", "--new-pin", fresh).orComplain("--change-pin");
        assertThat(opens(fresh)).isTrue();
        assertThat(opens(old)).isFalse();

        tool.loggedInAs(fresh, "--change-pin", "--new-pin", old).orComplain("--change-pin, back");
        assertThat(opens(old)).isTrue();
    }

    @Test
    void doesNotChangeAPinForAWrongOne() {
        Finished wrong = tool.loggedInAs(SUBJECT.token().pin() + "x", "--change-pin", "--new-pin", FRESH);

        assertThat(wrong.messages()).contains("CKR_PIN_INCORRECT");
        assertThat(opens(SUBJECT.token().pin())).isTrue();
    }

    @Test
    void refusesAPinThatIsTooShort() {
        Finished refused = tool.loggedIn("--change-pin", "--new-pin", "123");

        assertThat(refused.messages()).contains("CKR_PIN_LEN_RANGE");
    }

    @Test
    void theSecurityOfficerMakesAUser() {
        assumeFalse(TokenUnderTest.SOFTHSM, "it has one user");
        String admin = ((CofferToken) SUBJECT.token()).pinOf("admin");
        String dave = "dave:" + FRESH;
        assertThat(opens(dave)).isFalse();

        tool.run("--login", "--login-type", "so", "--so-pin", admin, "--init-pin", "--new-pin", dave)
                .orComplain("--init-pin");

        assertThat(opens(dave)).isTrue();
    }
}
