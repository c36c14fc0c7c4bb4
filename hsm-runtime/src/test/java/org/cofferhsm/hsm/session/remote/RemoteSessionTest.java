package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.SessionContract;

class RemoteSessionTest extends SessionContract {

    RemoteSessionTest() {
        super(new ServedForm());
    }
}
