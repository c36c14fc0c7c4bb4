package org.cofferhsm.hsm.policy;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.user.Role;

/** What user names and PINs may be, and how often a PIN may be wrong. */
public final class PinRules {

    /** The number of wrong PINs in a row after which a user is locked. */
    public static final int MAX_FAILURES = 5;

    private static final Duration SHORTEST_OVERLAP = Duration.ofMinutes(1);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    private static final int MIN_PIN = 8;
    private static final int MAX_PIN = 128;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,30}");

    private PinRules() {}

    /** Complains about a name that is not 1 to 31 letters, digits, dots, dashes, underscores or at-signs. */
    public static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw HsmException.userNameInvalid("a user name has 1 to 31 characters out of A-Z a-z 0-9 . _ @ -"
                    + " and begins with a letter or digit; a colon would end it in user:PIN");
        }
    }

    /** Complains about a PIN that is too short, too long, holds control characters, or is the user's name. */
    public static void requirePin(String userName, char[] pin) {
        if (pin.length < MIN_PIN || pin.length > MAX_PIN) {
            throw HsmException.pinInvalid("a PIN has " + MIN_PIN + " to " + MAX_PIN + " characters");
        }
        for (char character : pin) {
            if (Character.isISOControl(character)) {
                throw HsmException.pinInvalid("a PIN holds no control characters");
            }
        }
        if (isName(userName, pin)) {
            throw HsmException.pinInvalid("the PIN must not be the user name");
        }
    }

    /** Complains unless the old PIN of such a user may be good that long after a change. */
    public static void requireOverlap(Role role, Duration time) {
        if (role != Role.CRYPTO_USER) {
            throw HsmException.roleNotPermitted("only a crypto user's old PIN may stay good for a while, since programs"
                    + " have it stored; that of an " + role + " ends with the change");
        }
        if (time.compareTo(SHORTEST_OVERLAP) < 0 || time.compareTo(LONGEST_OVERLAP) > 0) {
            throw HsmException.argumentInvalid("an old PIN stays good for one minute to thirty days, not for " + time);
        }
    }

    private static boolean isName(String userName, char[] pin) {
        if (userName.length() != pin.length) {
            return false;
        }
        String lower = userName.toLowerCase(Locale.ROOT);
        for (int i = 0; i < pin.length; i++) {
            if (Character.toLowerCase(pin[i]) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
