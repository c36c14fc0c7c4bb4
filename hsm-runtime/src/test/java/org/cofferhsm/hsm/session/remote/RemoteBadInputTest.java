package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.session.BadInputContract;

class RemoteBadInputTest extends BadInputContract {

    RemoteBadInputTest() {
        super(new ServedForm());
    }
}
