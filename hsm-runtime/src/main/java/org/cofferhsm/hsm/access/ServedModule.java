package org.cofferhsm.hsm.access;

import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.remote.ServiceClient;

/** A module that a service owns. */
record ServedModule(ServiceClient client) implements ModuleAccess {

    static ServedModule at(ServiceAddress service) {
        return new ServedModule(ServiceClient.connect(service));
    }

    @Override
    public Session login(String userName, char[] pin) {
        return client.login(userName, pin);
    }

    @Override
    public boolean isServed() {
        return true;
    }

    @Override
    public void close() {
        client.close();
    }
}
