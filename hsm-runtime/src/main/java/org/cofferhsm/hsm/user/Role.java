package org.cofferhsm.hsm.user;

import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;

/** What a user is for. */
public enum Role {
    /** Manages users, PINs and trust; cannot use keys (CloudHSM's crypto officer). */
    ADMIN("admin"),
    /** Owns and uses keys. */
    CRYPTO_USER("crypto-user"),
    /** Reads the audit log and nothing else. */
    AUDITOR("auditor");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** The role that the command line calls so. */
    public static Role named(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> HsmException.argumentInvalid(
                        "no role is called \"" + text + "\"; write admin, crypto-user or auditor"));
    }

    @Override
    public String toString() {
        return text;
    }
}
