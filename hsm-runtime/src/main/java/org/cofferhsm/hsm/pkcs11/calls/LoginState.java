package org.cofferhsm.hsm.pkcs11.calls;

import java.util.Optional;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Login;
import org.cofferhsm.hsm.pkcs11.wire.Pin;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in: one user for the whole application, as Cryptoki has it (PKCS#11 v3.1 §5.6.8). Changed by one thread at
 * a time, read by all.
 */
final class LoginState {

    private final Hsm hsm;
    private volatile @Nullable Session session;

    LoginState(Hsm hsm) {
        this.hsm = hsm;
    }

    /** The user's session in the module; complains by USER_NOT_LOGGED_IN. */
    Session require() {
        Session current = session;
        if (current == null) {
            throw Ckr.USER_NOT_LOGGED_IN.because("nobody is logged in; C_Login with user:PIN first");
        }
        return current;
    }

    Optional<Session> current() {
        return Optional.ofNullable(session);
    }

    /** Whether the security officer, an admin of the module, is logged in. */
    boolean isSecurityOfficer() {
        return current().filter(LoginState::isAdmin).isPresent();
    }

    /** Logs in; complains by the values of C_Login. */
    void begin(int userType, Pin pin) {
        requireNobody(userType);
        Session opened = open(userType, pin);
        boolean fits = userType == Login.SO ? isAdmin(opened) : opened.user().role() == Role.CRYPTO_USER;
        if (!fits) {
            String who =
                    opened.user().name() + " is of the role " + opened.user().role();
            opened.close();
            throw Ckr.USER_TYPE_INVALID.because(who + "; CKU_SO is for admins, CKU_USER for crypto users");
        }
        session = opened;
    }

    private void requireNobody(int userType) {
        if (userType == Login.CONTEXT_SPECIFIC) {
            throw Ckr.OPERATION_NOT_INITIALIZED.because("no key of the module asks for a login before each use");
        }
        if (userType != Login.SO && userType != Login.USER) {
            throw Ckr.USER_TYPE_INVALID.because("there is no user type " + userType);
        }
        if (session != null) {
            throw isSecurityOfficer() == (userType == Login.SO)
                    ? Ckr.USER_ALREADY_LOGGED_IN.because("the user is logged in already")
                    : Ckr.USER_ANOTHER_ALREADY_LOGGED_IN.because("another user is logged in; C_Logout first");
        }
    }

    private Session open(int userType, Pin pin) {
        if (pin.user().isEmpty() && userType != Login.SO) {
            throw Ckr.PIN_INCORRECT.because("the PIN does not say whose it is; give it as user:PIN");
        }
        return hsm.login(pin.user().orElse(Hsm.FIRST_ADMIN), pin.secret());
    }

    /**
     * Changes a PIN: that of who is logged in, else that of whom the old PIN names.
     *
     * @return whether somebody is logged in, whose tickets are void now
     */
    boolean changePin(Pin old, Pin fresh) {
        NewPins.requireLength(fresh);
        Session current = session;
        if (current != null) {
            NewPins.requireSame(current.user().name(), old, fresh);
            current.users().changeOwnPin(old.secret(), fresh.secret());
            return true;
        }
        String user = old.user().orElse(Hsm.FIRST_ADMIN);
        NewPins.requireSame(user, old, fresh);
        try (Session briefly = hsm.login(user, old.secret())) {
            briefly.users().changeOwnPin(old.secret(), fresh.secret());
        }
        return false;
    }

    /** C_InitPIN: the SO makes a crypto user, or gives one another PIN. */
    void initializePin(Pin pin) {
        if (!isSecurityOfficer()) {
            throw Ckr.USER_NOT_LOGGED_IN.because("C_InitPIN is for the SO");
        }
        NewPins.requireLength(pin);
        NewPins.initialize(require().users(), pin);
    }

    /** Takes over a login that was proved otherwise than by a PIN; complains by USER_NOT_LOGGED_IN as C_Login would. */
    void resume(Session resumed, boolean readOnlySessions) {
        boolean fits = isAdmin(resumed) ? !readOnlySessions : resumed.user().role() == Role.CRYPTO_USER;
        if (!fits) {
            resumed.close();
            throw Ckr.USER_NOT_LOGGED_IN.because("the ticket is one of an auditor, or of an SO, who has no read-only"
                    + " sessions; such a login C_Login does not give");
        }
        end();
        session = resumed;
    }

    /** Logs out; session objects go. */
    void end() {
        Session current = session;
        session = null;
        if (current != null) {
            current.close();
        }
    }

    /** Whether the module has ended the session by itself, such as when the user was removed. */
    boolean isLost() {
        Session current = session;
        try {
            if (current != null) {
                current.users();
            }
            return false;
        } catch (HsmException e) {
            return true; // whatever the module says, it does not serve this session any more
        }
    }

    private static boolean isAdmin(Session session) {
        return session.user().role() == Role.ADMIN;
    }
}
