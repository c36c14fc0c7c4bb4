package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.session.SessionContract;

class LocalSessionTest extends SessionContract {

    LocalSessionTest() {
        super(SessionForm.LOCAL);
    }
}
