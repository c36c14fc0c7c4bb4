package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.session.EveryCallContract;

class LocalEveryCallTest extends EveryCallContract {

    LocalEveryCallTest() {
        super(SessionForm.LOCAL);
    }
}
