package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.EveryCallContract;

class RemoteEveryCallTest extends EveryCallContract {

    RemoteEveryCallTest() {
        super(new ServedForm());
    }
}
