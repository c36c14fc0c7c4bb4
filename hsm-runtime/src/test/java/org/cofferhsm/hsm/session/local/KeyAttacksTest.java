package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.session.KeyAttacksContract;

class KeyAttacksTest extends KeyAttacksContract {

    KeyAttacksTest() {
        super(SessionForm.LOCAL);
    }
}
