package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.LoginContract;

class RemoteLoginTest extends LoginContract {

    RemoteLoginTest() {
        super(new ServedForm());
    }
}
