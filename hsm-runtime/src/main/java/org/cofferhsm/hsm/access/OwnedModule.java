package org.cofferhsm.hsm.access;

import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.session.Session;

/** A module that this process owns. */
record OwnedModule(Hsm hsm) implements ModuleAccess {

    @Override
    public Session login(String userName, char[] pin) {
        return hsm.login(userName, pin);
    }

    @Override
    public boolean isServed() {
        return false;
    }

    @Override
    public void close() {
        hsm.close();
    }
}
