package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.session.OperationsContract;

class LocalOperationsTest extends OperationsContract {

    LocalOperationsTest() {
        super(SessionForm.LOCAL);
    }
}
