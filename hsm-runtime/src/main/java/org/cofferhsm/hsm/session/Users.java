package org.cofferhsm.hsm.session;

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

    /** Gives a user a new PIN and unlocks it (admins only; anyone for themselves through {@link #changeOwnPin}). */
    void resetPin(String name, char[] newPin);

    /** Changes the PIN of the logged-in user, who proves the old one. */
    void changeOwnPin(char[] oldPin, char[] newPin);
}
