package org.cofferhsm.hsm.session.local;

import java.time.Instant;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.policy.PinRules;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;

/**
 * A user as the store keeps it; the {@link Verifiers} of its PINs are the record's secret.
 *
 * @param failures wrong PINs in a row
 * @param activated whether there is a PIN yet
 * @param oldPinUntil until when the PIN before the present one is good, where a change left it so
 */
record UserAccount(long id, String name, Role role, int failures, boolean activated, Optional<Instant> oldPinUntil) {

    static UserAccount fresh(long id, String name, Role role, boolean activated) {
        return new UserAccount(id, name, role, 0, activated, Optional.empty());
    }

    boolean locked() {
        return failures >= PinRules.MAX_FAILURES;
    }

    boolean hasOldPinAt(Instant now) {
        return oldPinUntil.filter(now::isBefore).isPresent();
    }

    UserAccount withFailures(int count) {
        return new UserAccount(id, name, role, count, activated, oldPinUntil);
    }

    /** The same with a new PIN: no failures, activated, and no old PIN. */
    UserAccount withNewPin() {
        return new UserAccount(id, name, role, 0, true, Optional.empty());
    }

    UserAccount withOldPinUntil(Instant time) {
        return new UserAccount(id, name, role, failures, activated, Optional.of(time));
    }

    UserAccount withoutOldPin() {
        return new UserAccount(id, name, role, failures, activated, Optional.empty());
    }

    UserInfo info(Instant now) {
        return new UserInfo(name, role, locked(), activated, oldPinUntil.filter(now::isBefore));
    }

    /** In the lowest version that can say it, so that a module without old PINs stays readable for older versions. */
    byte[] encode() {
        return oldPinUntil.isPresent() ? UserRecordV2.encode(this) : UserRecordV1.encode(this);
    }

    static UserAccount decode(long id, byte[] encoded) {
        int version = encoded.length == 0 ? 0 : encoded[0];
        return switch (version) {
            case UserRecordV1.VERSION -> UserRecordV1.decode(id, encoded);
            case UserRecordV2.VERSION -> UserRecordV2.decode(id, encoded);
            default ->
                throw HsmException.storeVersionUnsupported(
                        "the user record " + id + " was written by a newer version of Coffer");
        };
    }
}
