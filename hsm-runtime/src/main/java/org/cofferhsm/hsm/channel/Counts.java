package org.cofferhsm.hsm.channel;

/** How much is going on. */
record Counts(Clients clientsNow, Connections connectionsNow) {

    int clients() {
        return clientsNow.count();
    }

    int connections() {
        return connectionsNow.count();
    }
}
