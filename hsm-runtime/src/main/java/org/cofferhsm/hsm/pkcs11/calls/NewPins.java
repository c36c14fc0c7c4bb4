package org.cofferhsm.hsm.pkcs11.calls;

import java.util.Optional;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Pin;
import org.cofferhsm.hsm.session.Users;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;

/** PINs that users get (PKCS#11 v3.1 §5.5.8, §5.5.9). What else a PIN has to be, the module says. */
final class NewPins {

    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;

    private NewPins() {}

    static void requireLength(Pin pin) {
        if (pin.secret().length < SHORTEST || pin.secret().length > LONGEST) {
            throw Ckr.PIN_LEN_RANGE.because("a PIN has " + SHORTEST + " to " + LONGEST + " characters");
        }
    }

    /** Both PINs may say whose they are, but not somebody else. */
    static void requireSame(String user, Pin old, Pin fresh) {
        if (old.user().filter(name -> !name.equalsIgnoreCase(user)).isPresent()) {
            throw Ckr.PIN_INCORRECT.because("the old PIN is not that of " + user + ", who is logged in");
        }
        if (fresh.user().filter(name -> !name.equalsIgnoreCase(user)).isPresent()) {
            throw Ckr.PIN_INVALID.because("the new PIN names another user than " + user
                    + "; a PIN that holds a colon is given as " + user + ":PIN");
        }
    }

    static void initialize(Users users, Pin pin) {
        String name = pin.user()
                .orElseThrow(() -> Ckr.PIN_INVALID.because("the PIN does not say whose it is; give it as user:PIN"));
        Optional<UserInfo> user = users.list().stream()
                .filter(one -> one.name().equalsIgnoreCase(name))
                .findFirst();
        if (user.filter(one -> one.role() != Role.CRYPTO_USER).isPresent()) {
            throw Ckr.PIN_INVALID.because("C_InitPIN sets the PINs of crypto users, and " + name + " is none");
        }
        if (user.isPresent()) {
            users.resetPin(name, pin.secret());
        } else {
            users.create(name, Role.CRYPTO_USER, pin.secret());
        }
    }
}
