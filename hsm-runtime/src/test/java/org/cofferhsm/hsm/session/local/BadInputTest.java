package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.session.BadInputContract;

class BadInputTest extends BadInputContract {

    BadInputTest() {
        super(SessionForm.LOCAL);
    }
}
