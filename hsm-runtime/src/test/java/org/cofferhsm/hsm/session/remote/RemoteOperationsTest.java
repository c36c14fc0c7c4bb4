package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.OperationsContract;

class RemoteOperationsTest extends OperationsContract {

    RemoteOperationsTest() {
        super(new ServedForm());
    }
}
