package org.cofferhsm.hsm.session;

import java.time.Duration;
import java.util.List;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;

/** The users of a module. PINs are wiped by their owner, not here. */
public interface Users {

    /** All users, by name. */
    List<UserInfo> list();

    /** Makes a user (admins only). */
    void create(String name, Role role, char[] pin);

    /** Removes a user that owns no keys (admins only). */
    void delete(String name);

    /**
     * Gives a user a new PIN and unlocks it (admins only; anyone for themselves through {@link #changeOwnPin}). The PINs
     * from before end at once.
     */
    void resetPin(String name, char[] newPin);

    /** Changes the PIN of the logged-in user, who proves the present one. The PINs from before end at once. */
    void changeOwnPin(char[] oldPin, char[] newPin);

    /**
     * The same, but the old PIN goes on logging the user in for a while, so that a program that has it stored goes on
     * working until it has the new one (crypto users only). It proves nothing else: who has only the old one cannot change
     * the PIN.
     *
     * @param oldPinValidFor one minute to thirty days
     */
    void changeOwnPin(char[] oldPin, char[] newPin, Duration oldPinValidFor);

    /** Ends a user's old PIN at once, if it has one (admins; users for themselves). */
    void endOldPin(String name);
}
