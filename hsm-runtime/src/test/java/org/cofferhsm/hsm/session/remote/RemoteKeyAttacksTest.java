package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.KeyAttacksContract;

class RemoteKeyAttacksTest extends KeyAttacksContract {

    RemoteKeyAttacksTest() {
        super(new ServedForm());
    }
}
